// The parts that a date is read from.
#pragma once

#include "domain/core/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::sources::documents {

struct moment {
    int year = 0, month = 1, day = 1;
    int hour = 0, minute = 0, second = 0;
    std::chrono::minutes east{0};
};

// A word, a number or one sign.
struct token {
    enum class kind : std::uint8_t { number, word, sign };
    kind what = kind::sign;
    std::string text;
    std::int64_t value = 0;
    bool spaced = false; // white space stands before it

    bool sign(char c) const { return what == kind::sign && text.size() == 1 && text[0] == c; }
    bool number() const { return what == kind::number; }
    bool word() const { return what == kind::word; }
    int digits() const { return static_cast<int>(text.size()); }
};

// At most 48; what stands in parentheses is left out.
std::vector<token> tokens_of(std::string_view text);
// Nothing for a day or a time of day that does not exist.
std::optional<domain::instant> instant_of(const moment& m);
// "04" is 2004, "94" is 1994, "103" is 2003.
int full_year(int value, int digits);
// Sets the date to that day of the year; false where the year has no such day.
bool set_ordinal(moment& m, int year, int day_of_year);
// Digits alone: 20031231, 2003, 031231, 199912, 0312, 03, 2003335, 03335, 20031231101455.
std::optional<moment> compact(std::string_view digits);
// Seconds or milliseconds since 1970, nine digits at least.
std::optional<domain::instant> since_1970(std::string_view text);
// "2004-W53-6T10:00" with the date as year, month and day; other text as it stands; empty for a week that no year has.
std::string without_weeks(std::string_view text);

} // namespace whynow::sources::documents
