// Instants, local dates and the port through which the pure rooms see time zones. Nothing here reads a clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace whynow::domain {

using instant = std::chrono::sys_seconds;
using local_date = std::chrono::year_month_day; // a day somewhere; the zone stands beside it
using minute_of_day = std::chrono::minutes;     // 0..1439, wall clock

// A wall-clock moment in a named zone.
struct local_time {
    local_date date{};
    minute_of_day at{0};
    friend bool operator==(const local_time&, const local_time&) = default;
};

// Time zones by IANA name. Implemented over the system's tzdata by schedule::system_zones; tests bring their own.
// All calls may be made from any thread.
class zones {
  public:
    virtual ~zones() = default;
    virtual bool known(std::string_view zone) const = 0;
    // The wall clock there at that instant. An unknown zone counts as UTC.
    virtual local_time to_local(instant at, std::string_view zone) const = 0;
    // The instant of a wall-clock moment. A moment that does not exist (spring gap) is the first instant after the
    // gap; one that comes twice (autumn overlap) is the first of the two.
    virtual instant to_instant(const local_time& wall, std::string_view zone) const = 0;
};

// "2026-11-24"; the reader takes nothing else and gives nothing for a day that does not exist.
std::string to_iso(local_date day);
std::optional<local_date> parse_iso_date(std::string_view text);
// "2026-11-24T08:00:00Z"; the reader also takes an offset ("+02:00") and fractions of a second, which it drops.
std::string to_iso(instant at);
std::optional<instant> parse_iso_instant(std::string_view text);
// "08:05"
std::string to_clock(minute_of_day at);
std::optional<minute_of_day> parse_clock(std::string_view text);

std::chrono::weekday weekday_of(local_date day);
local_date add_days(local_date day, int days);
// The same day of the month, or its last day where the month is shorter (31 August + 6 months = 28 February).
local_date add_months(local_date day, int months);
int days_between(local_date from, local_date to); // to - from

} // namespace whynow::domain
