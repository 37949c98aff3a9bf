// The words of a text, once for the name matcher and once for the classifier. Internal to this room.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::triggers {

struct word {
    std::uint64_t hash = 0; // of the folded letters, without a possessive 's
    std::uint32_t from = 0; // bytes of the text; `to` is behind the letters, before any 's
    std::uint32_t to = 0;
    char before = ' ';       // last character other than a space between the word before and this; ' ' where none
    bool glued = false;      // no space stands between the word before and this
    bool possessive = false; // 's follows
    bool capital = false;    // first letter is a capital
    bool capitals = false;   // every letter is one
};

// The hash of a folded word.
std::uint64_t word_hash(std::string_view folded);

// All words of the text; "&" (and "+" between names) is the word "and", "J.C." and "U.S." are one word each, a hyphen
// parts words.
void read_words(std::string_view text, std::vector<word>& out);

// The word in folded letters (initials without their dots).
std::string folded_word(std::string_view text, const word& w);

} // namespace whynow::domain::triggers
