// Which of a date's numbers is the year, which the month, which the day.
#pragma once

#include "sources/documents/date_parts.hpp"

#include <string>
#include <vector>

namespace whynow::sources::documents {

struct date_number {
    std::string text;
    int value = 0;
    char before = ' '; // the sign between it and the number before, ' ' for none

    int digits() const { return static_cast<int>(text.size()); }
};

// Sets the date from at most three numbers and, unless it is 0, a month that a word named. False where they are no
// date in any usual order; that the day exists is not looked at.
bool set_date(moment& m, const std::vector<date_number>& numbers, int month);

} // namespace whynow::sources::documents
