#include "domain/core/time.hpp"

#include <fmt/format.h>

#include <charconv>

namespace whynow::domain {
namespace {

using namespace std::chrono;

// Exactly the digits of text, or nothing.
std::optional<int> digits(std::string_view text) {
    int value = 0;
    const auto [end, err] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (err != std::errc{} || end != text.data() + text.size() || text.empty() || text.front() == '-')
        return std::nullopt;
    return value;
}

} // namespace

std::string to_iso(local_date day) {
    return fmt::format("{:04}-{:02}-{:02}", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

std::optional<local_date> parse_iso_date(std::string_view t) {
    if (t.size() != 10 || t[4] != '-' || t[7] != '-')
        return std::nullopt;
    const auto y = digits(t.substr(0, 4)), m = digits(t.substr(5, 2)), d = digits(t.substr(8, 2));
    if (!y || !m || !d)
        return std::nullopt;
    const local_date day{year{*y}, month{unsigned(*m)}, std::chrono::day{unsigned(*d)}};
    if (!day.ok())
        return std::nullopt;
    return day;
}

std::string to_iso(instant at) {
    const auto midnight = floor<days>(at);
    const auto s = (at - midnight).count();
    return fmt::format("{}T{:02}:{:02}:{:02}Z", to_iso(local_date{midnight}), s / 3600, s / 60 % 60, s % 60);
}

std::optional<instant> parse_iso_instant(std::string_view t) {
    if (t.size() < 17 || (t[10] != 'T' && t[10] != ' '))
        return std::nullopt;
    const auto day = parse_iso_date(t.substr(0, 10));
    const auto clock = parse_clock(t.substr(11, 5));
    if (!day || !clock)
        return std::nullopt;
    auto at = sys_days{*day} + *clock + seconds{0};
    auto rest = t.substr(16);
    if (rest.size() >= 3 && rest[0] == ':') {
        const auto s = digits(rest.substr(1, 2));
        if (!s || *s > 60)
            return std::nullopt;
        at += seconds{*s};
        rest.remove_prefix(3);
        if (!rest.empty() && (rest[0] == '.' || rest[0] == ',')) {
            rest.remove_prefix(1);
            while (!rest.empty() && rest[0] >= '0' && rest[0] <= '9')
                rest.remove_prefix(1);
        }
    }
    if (rest == "Z" || rest == "z")
        return at;
    if ((rest.size() != 6 && rest.size() != 5) || (rest[0] != '+' && rest[0] != '-'))
        return std::nullopt;
    const auto h = digits(rest.substr(1, 2)), m = digits(rest.substr(rest.size() - 2));
    if (!h || !m || *h > 15 || *m > 59)
        return std::nullopt;
    const auto offset = hours{*h} + minutes{*m};
    return rest[0] == '+' ? at - offset : at + offset;
}

std::string to_clock(minute_of_day at) { return fmt::format("{:02}:{:02}", at.count() / 60, at.count() % 60); }

std::optional<minute_of_day> parse_clock(std::string_view t) {
    if (t.size() != 5 || t[2] != ':')
        return std::nullopt;
    const auto h = digits(t.substr(0, 2)), m = digits(t.substr(3, 2));
    if (!h || !m || *h > 23 || *m > 59)
        return std::nullopt;
    return hours{*h} + minutes{*m};
}

weekday weekday_of(local_date day) { return weekday{sys_days{day}}; }

local_date add_days(local_date day, int n) { return local_date{sys_days{day} + days{n}}; }

local_date add_months(local_date day, int n) {
    const auto moved = day + months{n};
    return moved.ok() ? moved : local_date{moved.year() / moved.month() / last};
}

int days_between(local_date from, local_date to) { return int((sys_days{to} - sys_days{from}).count()); }

} // namespace whynow::domain
