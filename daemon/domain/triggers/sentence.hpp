// One sentence as the clause patterns see it. Internal to this room.
#pragma once

#include "domain/triggers/companies.hpp"
#include "domain/triggers/words.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::triggers {

struct token {
    std::string folded;
    std::size_t from = 0; // bytes of the sentence
    std::size_t to = 0;
    char before = ' ';  // as word::before
    bool glued = false; // no space in front
    bool possessive = false;
    bool capital = false;
    bool capitals = false; // every letter is one: "IT" is no "it"
    bool number = false;   // begins with a digit
    bool money = false;    // a number with a currency or a big unit
    bool priced = false;   // with a currency
    bool unit = false;     // "million", "euros" behind a number
    bool percent = false;
    bool breaks = false; // a clause begins here: no pattern's gap reaches over it
    bool wall = false;   // nor over this word: "after", "while"
    int mention = -1;    // index of the mention that begins here
    // Behind the last token of an aside that begins here: "(NYSE: WTL)", ", which makes chargers,"; 0 elsewhere.
    std::size_t aside_to = 0;
};

struct mention {
    company_match match;
    std::size_t first = 0; // tokens [first, last]
    std::size_t last = 0;
    bool aside = false; // named in passing, inside an aside
};

struct sentence {
    std::string_view text;
    std::vector<token> tokens;
    std::vector<mention> mentions;
    bool question = false; // ends in '?'
};

// `text` must outlive the result.
sentence read_sentence(std::string_view text, const companies& accounts);

// The sentences of a paragraph, without the white space around them. Views into `text`.
std::vector<std::string_view> split_sentences(std::string_view text);

} // namespace whynow::domain::triggers
