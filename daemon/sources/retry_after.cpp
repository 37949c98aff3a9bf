#include "sources/fetching.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace whynow::sources {

namespace {

using domain::instant;
using std::chrono::seconds;

bool digit(char c) { return c >= '0' && c <= '9'; }

// The number of `digits` digits at `at`, which moves behind them; -1 where they are not there.
int number(std::string_view text, std::size_t& at, std::size_t most) {
    int value = 0;
    std::size_t n = 0;
    for (; n < most && at < text.size() && digit(text[at]); ++n, ++at)
        value = value * 10 + (text[at] - '0');
    return n == 0 ? -1 : value;
}

// "Sun, 06 Nov 1994 08:49:37 GMT", the one form servers must send.
std::optional<instant> http_date(std::string_view text) {
    auto at = text.find(", ");
    if (at == std::string_view::npos)
        return std::nullopt;
    at += 2;
    const int day = number(text, at, 2);
    static constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (at + 5 > text.size())
        return std::nullopt;
    const auto month = months.find(text.substr(at + 1, 3));
    at += 5;
    const int year = number(text, at, 4);
    std::array<int, 3> clock{};
    for (int& part : clock) {
        ++at;
        part = number(text, at, 2);
    }
    if (month == std::string_view::npos || month % 3 != 0 || day < 1 || year < 1970 || clock[0] < 0 || clock[0] > 23 ||
        clock[1] < 0 || clock[1] > 59 || clock[2] < 0 || clock[2] > 60)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month / 3 + 1)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok())
        return std::nullopt;
    return instant{std::chrono::sys_days{date}} + std::chrono::hours{clock[0]} + std::chrono::minutes{clock[1]} +
           seconds{clock[2]};
}

} // namespace

std::optional<seconds> read_retry_after(std::string_view value, instant now) {
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
        value.remove_prefix(1);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t'))
        value.remove_suffix(1);
    if (value.empty() || value.size() > 64)
        return std::nullopt;
    if (std::all_of(value.begin(), value.end(), digit)) {
        std::int64_t n = 0;
        for (const char c : value.substr(0, 12))
            n = n * 10 + (c - '0');
        return seconds{std::min<std::int64_t>(n, 365LL * 24 * 3600)};
    }
    const auto at = http_date(value);
    if (!at)
        return std::nullopt;
    return std::clamp(*at - now, seconds{0}, seconds{365LL * 24 * 3600});
}

} // namespace whynow::sources
