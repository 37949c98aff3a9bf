#include "domain/calls/moments.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>

namespace whynow::domain::calls {
namespace {

std::optional<unsigned> digits(std::string_view cell, std::size_t at, std::size_t n) {
    unsigned out = 0;
    for (std::size_t i = at; i < at + n; ++i) {
        if (i >= cell.size() || cell[i] < '0' || cell[i] > '9')
            return std::nullopt;
        out = out * 10 + unsigned(cell[i] - '0');
    }
    return out;
}

std::optional<std::chrono::year_month_day> day_in(std::string_view cell) {
    const auto year = digits(cell, 0, 4), month = digits(cell, 5, 2), day = digits(cell, 8, 2);
    if (!year || !month || !day || cell[4] != '-' || cell[7] != '-')
        return std::nullopt;
    const std::chrono::year_month_day d{std::chrono::year(int(*year)), std::chrono::month(*month),
                                        std::chrono::day(*day)};
    return d.ok() ? std::optional(d) : std::nullopt;
}

} // namespace

bool is_moment(std::string_view cell) {
    return day_in(cell) && (cell.size() == 10 || cell[10] == 'T' || cell[10] == ' ');
}

std::array<std::string, 3> parts_of_moment(std::string_view cell) {
    if (!is_moment(cell))
        return {std::string(cell), "", ""};
    const auto day = *day_in(cell);
    const auto weekday = std::chrono::weekday(std::chrono::sys_days(day)).iso_encoding();
    const auto hour = digits(cell, 11, 2);
    return {fmt::format("weekday {}", weekday), fmt::format("month {}", unsigned(day.month())),
            hour && cell.size() >= 16 && cell[13] == ':' ? fmt::format("hour {}", *hour) : std::string()};
}

} // namespace whynow::domain::calls
