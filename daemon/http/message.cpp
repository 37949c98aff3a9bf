#include "http/message.hpp"

#include <algorithm>
#include <cstdio>

namespace whynow::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

int hex_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    const char l = lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

std::string decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
            out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
            out += escaped;
        } else {
            out += c;
        }
    }
    out += '"';
}

response with_type(int status, std::string_view type, std::string body) {
    response r;
    r.status = status;
    r.fields.add("Content-Type", std::string(type));
    r.body = std::move(body);
    return r;
}

} // namespace

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

void fields::add(std::string name, std::string value) { entries_.emplace_back(std::move(name), std::move(value)); }

void fields::set(std::string name, std::string value) {
    std::erase_if(entries_, [&](const entry& e) { return same_name(e.first, name); });
    add(std::move(name), std::move(value));
}

std::string_view fields::get(std::string_view name) const {
    for (const auto& [n, v] : entries_)
        if (same_name(n, name))
            return v;
    return {};
}

int fields::count(std::string_view name) const {
    return static_cast<int>(
        std::count_if(entries_.begin(), entries_.end(), [&](const entry& e) { return same_name(e.first, name); }));
}

std::optional<std::string> request::parameter(std::string_view name) const {
    for (auto& [n, v] : parse_form(query))
        if (n == name)
            return std::move(v);
    return std::nullopt;
}

std::string_view request::captured(std::string_view name) const {
    for (const auto& [n, v] : captures)
        if (n == name)
            return v;
    return {};
}

response response::text(int status, std::string body) {
    return with_type(status, "text/plain; charset=utf-8", std::move(body));
}

response response::html(int status, std::string body) {
    return with_type(status, "text/html; charset=utf-8", std::move(body));
}

response response::json(int status, std::string body) { return with_type(status, "application/json", std::move(body)); }

response response::problem(int status, std::string_view type, std::string_view title, std::string_view detail) {
    std::string body = "{\"type\":";
    append_json_string(body, type);
    body += ",\"title\":";
    append_json_string(body, title);
    body += ",\"status\":" + std::to_string(status);
    if (!detail.empty()) {
        body += ",\"detail\":";
        append_json_string(body, detail);
    }
    body += "}";
    return with_type(status, "application/problem+json", std::move(body));
}

std::vector<std::pair<std::string, std::string>> parse_form(std::string_view body) {
    std::vector<std::pair<std::string, std::string>> out;
    while (!body.empty()) {
        const auto end = std::min(body.find('&'), body.size());
        const auto part = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (part.empty())
            continue;
        const auto eq = part.find('=');
        auto value = eq == std::string_view::npos ? std::string_view{} : part.substr(eq + 1);
        out.emplace_back(decoded(part.substr(0, eq), true), decoded(value, true));
    }
    return out;
}

std::string percent_decoded(std::string_view text) { return decoded(text, false); }

std::string percent_encoded(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += digits[u >> 4];
            out += digits[u & 15];
        }
    }
    return out;
}

} // namespace whynow::http
