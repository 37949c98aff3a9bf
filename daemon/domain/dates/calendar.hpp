// Periods of the calendar and the days in them. Private to this room.
#pragma once

#include "domain/dates/lexicon.hpp"
#include "domain/dates/window.hpp"

#include <optional>

namespace whynow::domain::dates {

// Days as a phrase means them, before a clock time is added.
struct days {
    local_date from{};
    local_date to{};
    local_date best{};
    grain size = grain::day;
    bool counted = false;
    bool bare = false;
    bool weekend = false; // a Saturday or Sunday was meant
};

// Whole months from `first`, or the week of that Monday.
struct period {
    local_date first{};
    int months = 0; // 0: a week
    int cycle = 0;  // months (weeks where months is 0) after which it comes again; 0 for one that was named exactly
    grain size = grain::week;
    bool bare_unit = false; // "the month", "the year": the running one
    bool fiscal = false;    // a fiscal year
    bool weekend = false;   // the Saturday and Sunday of the week

    local_date last() const;
    period shifted(int cycles) const;
};

local_date date_of(int year, int month, int day);
int year_of(local_date d);
int month_of(local_date d);
int day_of(local_date d);
int day_number_of(local_date d); // 1 = Monday
int month_length(int year, int month);
local_date monday_of(local_date d);
local_date easter_sunday(int year);
// The nth (1.., or -1 for the last) weekday (1 = Monday) of a month.
std::optional<local_date> nth_weekday(int year, int month, int nth, int weekday);
// Monday of an ISO week; nothing where the year has no such week.
std::optional<local_date> iso_week(int year, int week);
period month_period(int year, int month);
days feast_days(const feast& f, int year);

// The whole of a period, or a part of it; with `today` as the first day that counts. Nothing where it has passed.
std::optional<days> whole(const period& p, local_date today);
std::optional<days> part_of(const period& p, part which, local_date today);
// Not before today, the best day inside and on a working day where the window allows it.
std::optional<days> settled(days d, local_date today);

} // namespace whynow::domain::dates
