#include "log/log.hpp"

#include "log/log_and_continue.hpp"

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <time.h>

namespace whynow::log {
namespace {

std::atomic<level> least_level{level::info};
std::mutex sink_lock;
std::function<void(std::string_view)> other_sink; // guarded by sink_lock

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// The length of the well-formed UTF-8 sequence at the front (RFC 3629), 0 where there is none.
std::size_t sequence_length(std::string_view s) {
    const auto at = [&](std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
    const unsigned a = at(0);
    const auto tail = [&](std::size_t i) { return (at(i) & 0xC0u) == 0x80u; };
    if (a < 0x80)
        return 1;
    if (a >= 0xC2 && a <= 0xDF)
        return tail(1) ? 2 : 0;
    if (a >= 0xE0 && a <= 0xEF) {
        const bool bad = (a == 0xE0 && at(1) < 0xA0) || (a == 0xED && at(1) > 0x9F);
        return !bad && tail(1) && tail(2) ? 3 : 0;
    }
    if (a >= 0xF0 && a <= 0xF4) {
        const bool bad = (a == 0xF0 && at(1) < 0x90) || (a == 0xF4 && at(1) > 0x8F);
        return !bad && tail(1) && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

void append_ascii(std::string& out, unsigned char c) {
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    default: break;
    }
    if (c >= 0x20 && c != 0x7F) {
        out += static_cast<char>(c);
        return;
    }
    char escaped[8];
    std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
    out += escaped;
}

void append_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const auto n = sequence_length(text);
        if (n == 1)
            append_ascii(out, static_cast<unsigned char>(text.front()));
        else
            out += n == 0 ? replacement : text.substr(0, n);
        text.remove_prefix(n == 0 ? 1 : n);
    }
    out += '"';
}

void append_value(std::string& out, const field& f) {
    if (const auto* s = std::get_if<std::string>(&f.value)) {
        append_string(out, *s);
    } else if (const auto* n = std::get_if<std::int64_t>(&f.value)) {
        out += std::to_string(*n);
    } else if (const auto* b = std::get_if<bool>(&f.value)) {
        out += *b ? "true" : "false";
    } else {
        const double d = std::get<double>(f.value);
        char text[32];
        std::snprintf(text, sizeof text, "%.6g", d);
        out += std::isfinite(d) ? text : "null";
    }
}

void append_now(std::string& out) {
    const auto now = std::chrono::system_clock::now();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[48];
    const auto n = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
    std::snprintf(text + n, sizeof text - n, ".%03dZ", static_cast<int>(ms % 1000));
    out += text;
}

std::string_view name_of(level at) {
    switch (at) {
    case level::debug: return "debug";
    case level::info: return "info";
    case level::warn: return "warn";
    case level::error: break;
    }
    return "error";
}

} // namespace

bool enabled(level at) { return at >= least_level.load(std::memory_order_relaxed); }

void set_level(level least) { least_level.store(least, std::memory_order_relaxed); }

void set_sink(std::function<void(std::string_view)> sink) {
    const std::lock_guard hold(sink_lock);
    other_sink = std::move(sink);
}

void write(level at, std::string_view event, std::initializer_list<field> fields) {
    if (!enabled(at))
        return;
    std::string line = "{\"at\":\"";
    append_now(line);
    line += "\",\"level\":\"";
    line += name_of(at);
    line += "\",\"event\":";
    append_string(line, event);
    for (const auto& f : fields) {
        line += ',';
        append_string(line, f.name);
        line += ':';
        append_value(line, f);
    }
    line += "}\n";
    const std::lock_guard hold(sink_lock);
    if (other_sink)
        other_sink(line);
    else
        std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace whynow::log
