// A folded text cut into words, numbers and marks. Private to this room.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace whynow::domain::dates {

// Words, numbers and marks that are read of a text; nobody names a day behind so many.
constexpr std::size_t longest_text = 8000;

struct atom {
    std::string text;
    char mark = 0;
    bool glued = false;
    bool blocked = false; // part of an address or a telephone number
    std::size_t from = 0;
    std::size_t to = 0;
};

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Hyphens and apostrophes inside a word part it; an address or a telephone number is one blocked atom. At most
// longest_text atoms.
std::vector<atom> atoms_of(const std::string& folded);

} // namespace whynow::domain::dates
