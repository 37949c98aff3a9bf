#include "sources/documents/date_parts.hpp"

#include "domain/text/utf8.hpp"
#include "sources/documents/date_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace whynow::sources::documents {

using domain::instant;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

} // namespace

std::optional<instant> instant_of(const moment& m) {
    const std::chrono::year_month_day day{std::chrono::year{m.year}, std::chrono::month{static_cast<unsigned>(m.month)},
                                          std::chrono::day{static_cast<unsigned>(m.day)}};
    if (m.year < 1000 || m.year > 9999 || m.month < 1 || m.day < 1 || !day.ok())
        return std::nullopt;
    const bool midnight_end = m.hour == 24 && m.minute == 0 && m.second == 0;
    if ((m.hour > 23 && !midnight_end) || m.minute > 59 || m.second > 61 || m.hour < 0)
        return std::nullopt;
    if (m.east > minutes{15 * 60} || m.east < minutes{-15 * 60})
        return std::nullopt;
    const instant at = instant{std::chrono::sys_days{day}} + std::chrono::hours{m.hour} + minutes{m.minute} +
                       seconds{m.second} - m.east;
    constexpr std::chrono::sys_days beyond{std::chrono::year{10'000} / std::chrono::January / 1};
    return at < instant{beyond} ? std::optional(at) : std::nullopt;
}

int full_year(int value, int digits) {
    if (digits <= 2)
        return value + (value < 90 ? 2000 : 1900);
    return digits == 3 ? value + 1900 : value;
}

bool set_ordinal(moment& m, int year, int day_of_year) {
    const std::chrono::year y{year};
    if (day_of_year < 1 || day_of_year > (y.is_leap() ? 366 : 365))
        return false;
    const std::chrono::year_month_day d{std::chrono::sys_days{y / std::chrono::January / 1} +
                                        std::chrono::days{day_of_year - 1}};
    m.year = year;
    m.month = static_cast<int>(unsigned{d.month()});
    m.day = static_cast<int>(unsigned{d.day()});
    return true;
}

std::vector<token> tokens_of(std::string_view text) {
    std::vector<token> out;
    bool spaced = false;
    int parentheses = 0;
    for (std::size_t at = 0; at < text.size() && out.size() < 48;) {
        const std::size_t from = at;
        const char32_t c = domain::text::next_code_point(text, at);
        if (c == '(' || c == ')') {
            parentheses += c == '(' ? 1 : -1;
            continue;
        }
        if (parentheses > 0)
            continue;
        if (c <= ' ' || c == 0xA0 || c == 0x3000) {
            spaced = true;
            continue;
        }
        token t;
        t.spaced = std::exchange(spaced, false);
        if (c >= '0' && c <= '9') {
            t.what = token::kind::number;
            for (at = from; at < text.size() && digit(text[at]); ++at)
                t.value = std::min<std::int64_t>(t.value * 10 + (text[at] - '0'), 100'000'000'000'000'000);
        } else if (domain::text::is_letter(c)) {
            t.what = token::kind::word;
            for (std::size_t next = at;
                 next < text.size() && domain::text::is_letter(domain::text::next_code_point(text, next));)
                at = next;
        }
        t.text = t.what == token::kind::word ? date_word(text.substr(from, at - from))
                                             : std::string(text.substr(from, at - from));
        out.push_back(std::move(t));
    }
    return out;
}

std::optional<moment> compact(std::string_view d) {
    const auto at = [&](std::size_t from, std::size_t n) {
        int v = 0;
        for (const char c : d.substr(from, n))
            v = v * 10 + (c - '0');
        return v;
    };
    moment m;
    switch (d.size()) {
    case 14: m.second = at(12, 2); [[fallthrough]];
    case 12:
        m.minute = at(10, 2);
        m.hour = at(8, 2);
        [[fallthrough]];
    case 8:
        m.year = at(0, 4);
        m.month = at(4, 2);
        m.day = at(6, 2);
        return m;
    case 7: return set_ordinal(m, at(0, 4), at(4, 3)) ? std::optional(m) : std::nullopt;
    case 6:
        m.year = full_year(at(0, 2), 2);
        m.month = at(2, 2);
        m.day = at(4, 2);
        if (m.month > 12 || m.day > 31) { // "199912"
            m.year = at(0, 4);
            m.month = at(4, 2);
            m.day = 1;
        }
        return m;
    case 5: return set_ordinal(m, full_year(at(0, 2), 2), at(2, 3)) ? std::optional(m) : std::nullopt;
    case 4:
        m.year = at(0, 4);
        if (m.year >= 1300)
            return m;
        m.year = full_year(at(0, 2), 2);
        m.month = at(2, 2);
        return m;
    case 2: m.year = full_year(at(0, 2), 2); return m;
    default: return std::nullopt;
    }
}

std::optional<instant> since_1970(std::string_view text) {
    if (text.size() < 9 || text.size() > 13 || text.size() == 12 || !std::all_of(text.begin(), text.end(), digit))
        return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text)
        value = value * 10 + (c - '0');
    return instant{seconds{text.size() == 13 ? value / 1000 : value}};
}

std::string without_weeks(std::string_view text) {
    const auto digits = [&](std::size_t from, std::size_t n) {
        return text.size() >= from + n && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from),
                                                      text.begin() + static_cast<std::ptrdiff_t>(from + n), digit);
    };
    const auto value = [&](std::size_t from, std::size_t n) {
        int v = 0;
        for (const char c : text.substr(from, n))
            v = v * 10 + (c - '0');
        return v;
    };
    std::size_t at = 4;
    const bool dashed = text.size() > at && text[at] == '-';
    at += dashed ? 1 : 0;
    if (!digits(0, 4) || text.size() <= at || (text[at] != 'W' && text[at] != 'w') || !digits(at + 1, 2))
        return std::string(text);
    const int week = value(at + 1, 2);
    at += 3;
    int weekday = 1;
    if (const std::size_t day = at + (dashed && text.size() > at && text[at] == '-' ? 1 : 0);
        digits(day, 1) && !digits(day, 2) && (day != at || !dashed)) {
        weekday = value(day, 1);
        at = day + 1;
    }
    if (week < 1 || week > 53 || weekday < 1 || weekday > 7)
        return {};
    const std::chrono::sys_days fourth{std::chrono::year{value(0, 4)} / std::chrono::January / 4};
    const std::chrono::weekday w{fourth};
    const std::chrono::year_month_day named{fourth - std::chrono::days{w.iso_encoding() - 1} +
                                            std::chrono::days{(week - 1) * 7 + weekday - 1}};
    return fmt::format("{:04}-{:02}-{:02}", int{named.year()}, unsigned{named.month()}, unsigned{named.day()}) +
           std::string(text.substr(at));
}

} // namespace whynow::sources::documents
