// Numbers, days and times as people write them, by "numbers.*" and "dates.*" of the book. All pure, any thread.
#pragma once

#include "domain/core/time.hpp"
#include "domain/text/phrasebook.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace whynow::domain::text {

// "Tuesday 24 November", with the year unless it is that of `today`.
std::string long_day(const phrasebook& book, std::string_view language, local_date day, local_date today);
// "12 November", with the year unless it is within 10 months.
std::string day_and_month(const phrasebook& book, std::string_view language, local_date day, local_date today);
// "today", "yesterday", "12 days ago", "6 months ago"
std::string age_in_words(const phrasebook& book, std::string_view language, int days);
// "08:05", "8:05", "8h05"
std::string clock(const phrasebook& book, std::string_view language, minute_of_day at);
// A day, as one of the above gave it, and a time of it.
std::string moment(const phrasebook& book, std::string_view language, std::string_view day, minute_of_day at);

// "1,200", "1.200"
std::string number(const phrasebook& book, std::string_view language, std::int64_t n);
// "+0.41", "+0,41"; and without a sign before what is positive.
std::string signed_decimal(const phrasebook& book, std::string_view language, double x, int places = 2);
std::string decimal(const phrasebook& book, std::string_view language, double x, int places = 2);
// 0.394 as "39 %"
std::string percent(const phrasebook& book, std::string_view language, double share);
// Whether so many take the singular: 1 everywhere, 0 in French as well.
bool singular(const phrasebook& book, std::string_view language, std::int64_t n);

} // namespace whynow::domain::text
