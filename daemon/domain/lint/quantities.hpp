// Numbers, dates, weekdays and times in a text, in digits or in words, each with the values that it may mean.
#pragma once

#include "domain/lint/pattern.hpp"
#include "domain/lint/rulebook.hpp"

#include <vector>

namespace whynow::domain::lint {

struct quantity {
    enum class kind { number, date, month, weekday, year, time, quarter };
    kind what = kind::number;
    std::vector<double>
        values; // readings of a number ("1.200" is 1200 or 1.2); one of month, weekday, year, quarter, minutes
    int year = 0, month = 0, day = 0;   // of a date; year 0 where none is said
    int other_day = 0, other_month = 0; // "03/04" read the other way round
    bool strong = false;                // a percentage, an amount, or with a scale: never only part of a date
    bool in_words = false;
    bool as_day = false;  // "the 14th", "am 21.", "jueves 14": may be the day of a date
    bool as_hour = false; // "at ten": may be the hour of a time
    double unit = 0;      // "three weeks": 7 days
    bool ratio = false;   // "one in eight": the number is 8, about 12 %
    bool each = false;    // "for every twelve", "auf zwölf": one number of the facts by another
    bool part = false;    // the "four" of "four in ten", which its ratio speaks for
    double share = 1;     // of a ratio: "four in ten" is a share of 4
    span at;
};

std::vector<quantity> read_quantities(const std::vector<text::word>& words, const rulebook& rules,
                                      const language& lang);

// 1 for Monday to 7; 0 where there is no such day.
int weekday_of(int year, int month, int day);

} // namespace whynow::domain::lint
