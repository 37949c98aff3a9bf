// One JSON line per event on stderr: {"at":…,"level":…,"event":…,…}. Values are escaped; never hand over secrets or
// customers' text: ids, counts, durations, provider error words.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace whynow::log {

enum class level { debug, info, warn, error };

struct field {
    std::string_view name;
    std::variant<std::string, std::int64_t, double, bool> value;

    field(std::string_view n, std::string_view v) : name(n), value(std::string(v)) {}
    field(std::string_view n, const char* v) : name(n), value(std::string(v)) {}
    field(std::string_view n, const std::string& v) : name(n), value(v) {}
    field(std::string_view n, std::int64_t v) : name(n), value(v) {}
    field(std::string_view n, int v) : name(n), value(std::int64_t{v}) {}
    field(std::string_view n, std::size_t v) : name(n), value(static_cast<std::int64_t>(v)) {}
    field(std::string_view n, double v) : name(n), value(v) {}
    field(std::string_view n, bool v) : name(n), value(v) {}
};

// All may be called from any thread; a line is written whole.
void write(level at, std::string_view event, std::initializer_list<field> fields = {});
inline void debug(std::string_view event, std::initializer_list<field> f = {}) { write(level::debug, event, f); }
inline void info(std::string_view event, std::initializer_list<field> f = {}) { write(level::info, event, f); }
inline void warn(std::string_view event, std::initializer_list<field> f = {}) { write(level::warn, event, f); }
inline void error(std::string_view event, std::initializer_list<field> f = {}) { write(level::error, event, f); }

void set_level(level least);
// Whether a line of that level would be written; asks before costly fields are built.
bool enabled(level at);
// Where lines go instead of stderr, whole and with their newline; an empty function brings stderr back. For tests.
void set_sink(std::function<void(std::string_view line)> sink);

} // namespace whynow::log
