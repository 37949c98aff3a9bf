// A text as the symbols of the date grammar: words looked up, numbers, marks. Private to this room.
#pragma once

#include "domain/dates/lexicon.hpp"
#include "domain/dates/window.hpp"

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::dates {

struct symbol {
    std::string text;                                            // folded
    std::vector<meaning> means;                                  // of a known phrase
    std::bitset<static_cast<std::size_t>(kind::zone) + 1> kinds; // of its meanings
    int number = -1;                                             // a run of up to four digits
    int digits = 0;
    bool long_number = false;  // more digits than four, which may be a whole date
    char mark = 0;             // punctuation, '\n' for a line's end
    bool glued = false;        // no white space before it
    bool glued_number = false; // no day or hour: letters on it that are no unit ("10k"), or "room 4"
    bool capital = false;
    bool accented = false; // ends in a letter beyond ASCII
    span at{};             // bytes of the text as written
};

// `tongue`: whose slips of the pen are forgiven; any: all four.
std::vector<symbol> symbols_of(std::string_view text, const lexicon& words, language tongue);

// The one language most of the words belong to; any where two are as likely.
language language_guessed(const std::vector<symbol>& text);

// The words of a phrase, folded and split as a text would be, joined by single spaces.
std::string phrase_key(std::string_view phrase);

} // namespace whynow::domain::dates
