// What a date phrase means: a window of days with the one day in it that is the best guess.
#pragma once

#include "domain/core/time.hpp"

#include <cstddef>
#include <optional>

namespace whynow::domain::dates {

// Bytes of the text as it was written: [from, to).
struct span {
    std::size_t from = 0;
    std::size_t to = 0;
    friend bool operator==(const span&, const span&) = default;
};

// How coarse the words were: "Tuesday" is a day, "next week" a week, "after Q1" a quarter.
enum class grain { day, week, month, quarter, year };

// Days from..to (both included, from <= date <= to, none of them in the past), in the reader's own zone.
struct window {
    local_date from{};
    local_date to{};
    local_date date{};
    std::optional<minute_of_day> time; // wall clock in the reader's zone, converted where the text named another
    grain size = grain::day;
    span at{};
    bool counted = false; // an amount of days, weeks, months ("in 6 months"), not a place in the calendar
    bool bare = false;    // an amount without "in", "from now" or the like: a date only where the context says so
    friend bool operator==(const window&, const window&) = default;
};

} // namespace whynow::domain::dates
