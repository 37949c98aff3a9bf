#include "domain/text/written.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace whynow::domain::text {
namespace {

constexpr int near_days = 300;      // a day this close needs no year
constexpr int counted_in_days = 60; // an age beyond is told in months
constexpr double days_in_month = 30.44;

// What the sentences of "dates.*" may say of a day. Of `year` and `first` one asks whether they are there.
slots parts_of(const phrasebook& book, std::string_view language, local_date day, bool with_year) {
    const auto weekdays = book.list(language, "dates.weekdays"), months = book.list(language, "dates.months");
    const auto weekday = weekday_of(day).c_encoding();
    const auto month = unsigned(day.month());
    slots s;
    s.set("weekday", weekday < weekdays.size() ? weekdays[weekday] : "")
        .set("day", unsigned(day.day()))
        .set("first", unsigned(day.day()) == 1)
        .set("month", month <= months.size() ? months[month - 1] : "")
        .set("year", with_year ? std::to_string(int(day.year())) : std::string{});
    return s;
}

std::string with_mark(std::string digits, const phrasebook& book, std::string_view language) {
    if (const auto at = digits.find('.'); at != std::string::npos)
        digits.replace(at, 1, book.say(language, "numbers.decimal"));
    return digits;
}

} // namespace

std::string long_day(const phrasebook& book, std::string_view language, local_date day, local_date today) {
    return book.say(language, "dates.long", parts_of(book, language, day, day.year() != today.year()));
}

std::string day_and_month(const phrasebook& book, std::string_view language, local_date day, local_date today) {
    const bool far = std::abs(days_between(day, today)) > near_days;
    return book.say(language, "dates.short", parts_of(book, language, day, far));
}

std::string age_in_words(const phrasebook& book, std::string_view language, int days) {
    if (days <= 0)
        return book.say(language, "dates.today");
    if (days == 1)
        return book.say(language, "dates.yesterday");
    if (days < counted_in_days)
        return book.say(language, "dates.days_ago", slots{}.set("days", days));
    return book.say(language, "dates.months_ago", slots{}.set("months", int(std::lround(days / days_in_month))));
}

std::string clock(const phrasebook& book, std::string_view language, minute_of_day at) {
    const auto digits = to_clock(at); // "08:05"
    const auto hour = at.count() / 60;
    return book.say(language, "dates.clock",
                    slots{}
                        .set("hour", hour)
                        .set("two_digit_hour", digits.substr(0, 2))
                        .set("minute", digits.substr(3))
                        .set("past", at.count() % 60 != 0));
}

std::string moment(const phrasebook& book, std::string_view language, std::string_view day, minute_of_day at) {
    return book.say(language, "dates.moment", slots{}.set("day", day).set("time", clock(book, language, at)));
}

std::string number(const phrasebook& book, std::string_view language, std::int64_t n) {
    auto digits = std::to_string(std::abs(n));
    const auto from = book.say(language, "numbers.grouped_from"), sign = book.say(language, "numbers.group");
    if (digits.size() >= from.size()) // as many digits as the smallest number that is parted
        for (auto at = std::ptrdiff_t(digits.size()) - 3; at > 0; at -= 3)
            digits.insert(std::size_t(at), sign);
    return (n < 0 ? "-" : "") + digits;
}

std::string signed_decimal(const phrasebook& book, std::string_view language, double x, int places) {
    return with_mark(fmt::format("{:+.{}f}", x, places), book, language);
}

std::string decimal(const phrasebook& book, std::string_view language, double x, int places) {
    return with_mark(fmt::format("{:.{}f}", x, places), book, language);
}

std::string percent(const phrasebook& book, std::string_view language, double share) {
    return book.say(language, "numbers.percent", slots{}.set("n", std::lround(100 * share)));
}

bool singular(const phrasebook& book, std::string_view language, std::int64_t n) {
    const auto ones = book.list(language, "numbers.singular");
    return std::ranges::find(ones, std::to_string(n)) != ones.end();
}

} // namespace whynow::domain::text
