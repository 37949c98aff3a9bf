// A reply as folded words that know where they stood. Private to this room.
#pragma once

#include "domain/dates/window.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::outcomes {

struct token {
    enum class sort { word, mark, email, phone };
    std::string text;         // folded, no apostrophes
    std::uint32_t number = 0; // of the word in the wordbook of the rules; 0: in no pattern
    sort is = sort::word;
    bool capital = false;    // begins with a capital letter
    bool shout = false;      // all capitals, two letters or more
    bool hyphened = false;   // joined to the token before it by a hyphen
    bool digits = false;     // has a digit
    bool possessive = false; // "Jerry's"
    dates::span at{};

    bool shortened() const { return at.to - at.from > text.size(); } // "we're"
};

std::vector<token> tokens_of(std::string_view text);

bool ends_clause(const token& t); // . ; ! ? line end

} // namespace whynow::domain::outcomes
