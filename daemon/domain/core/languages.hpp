// The languages that templates/ speaks, by their ISO 639-1 codes; the first stands in where another lacks a sentence.
#pragma once

#include <array>
#include <string_view>

namespace whynow::domain {

inline constexpr std::array<std::string_view, 4> languages{"en", "de", "fr", "es"};

} // namespace whynow::domain
