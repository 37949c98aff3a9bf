#include "domain/dates/workdays.hpp"

namespace whynow::domain::dates {

namespace {
constexpr int furthest = 366;

local_date walk(const workdays& w, local_date day, int step) {
    auto at = day;
    for (int i = 0; i < furthest; ++i, at = add_days(at, step))
        if (w.works(at))
            return at;
    return day;
}
} // namespace

bool workdays::works(local_date day) const {
    const auto bits = week.none() ? std::bitset<7>{0b0011111} : week;
    return bits.test(weekday_of(day).iso_encoding() - 1) && !holidays.contains(day);
}

local_date workdays::on_or_before(local_date day) const { return walk(*this, day, -1); }
local_date workdays::on_or_after(local_date day) const { return walk(*this, day, 1); }

local_date workdays::minus_weeks(local_date day, int weeks) const { return on_or_before(add_days(day, -7 * weeks)); }

local_date workdays::plus(local_date day, int worked_days) const {
    auto at = on_or_after(day);
    for (int i = 0; i < worked_days; ++i)
        at = on_or_after(add_days(at, 1));
    return at;
}

} // namespace whynow::domain::dates
