// The words that dates are made of, in the languages feeds are written in.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace whynow::sources::documents {

// Folded and without accents of any script: the form in which the words below compare.
std::string date_word(std::string_view word);
// 1-12 for a month's name or an abbreviation of at least three letters; 0 otherwise. Takes a date_word().
int month_named(std::string_view word);
bool weekday_named(std::string_view word);
std::optional<std::chrono::minutes> zone_named(std::string_view word);
// Words that say nothing: "at", "den", "uhr".
bool noise(std::string_view word);

} // namespace whynow::sources::documents
