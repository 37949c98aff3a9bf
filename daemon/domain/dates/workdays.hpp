// Working days: which weekdays a team works, less its holidays.
#pragma once

#include "domain/core/time.hpp"

#include <bitset>
#include <set>

namespace whynow::domain::dates {

struct workdays {
    std::bitset<7> week{0b0011111}; // bit 0 is Monday, bit 6 Sunday; none set counts as Monday to Friday
    std::set<local_date> holidays;

    bool works(local_date day) const;
    // The day itself where it is worked, else the nearest worked day before or behind it (at most a year away,
    // then the day itself).
    local_date on_or_before(local_date day) const;
    local_date on_or_after(local_date day) const;
    // So many weeks earlier, then the worked day on or before.
    local_date minus_weeks(local_date day, int weeks) const;
    // So many worked days later; 0 is on_or_after.
    local_date plus(local_date day, int worked_days) const;
};

} // namespace whynow::domain::dates
