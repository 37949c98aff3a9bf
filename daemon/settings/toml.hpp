// TOML text to a rules tree. The only room that knows the TOML library.
#pragma once

#include "domain/core/rules.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace whynow::settings {

// Where and why a text is not TOML, in the library's words.
struct toml_error {
    domain::rules::place at;
    std::string why;
};

// Reads a whole TOML text; `file` is only for the places. Times and dates become strings as written ("07:30").
// Keys come back in the order in which they stand. Any thread; throws nothing but std::bad_alloc.
std::variant<domain::rules::node, toml_error> read_toml(std::string_view text, std::string_view file);

} // namespace whynow::settings
