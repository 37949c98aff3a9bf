// The elements a card is made of, each from one block of the model. Included by cards.cpp alone.
#pragma once

#include "adapters/teams/markdown.hpp"
#include "domain/cards/message.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <set>
#include <string>

namespace whynow::adapters::teams {

using element = nlohmann::ordered_json;

// How much of a message is laid out; made tighter until it fits.
struct density {
    bool folds_inside = true;       // closed calls carry their inside, hidden
    bool native = true;             // charts and tables; else their rows as facts
    std::size_t most_text = 6000;   // characters of one text
    std::size_t most_rows = 60;     // of facts, bars and tables
    std::size_t most_blocks = 1000; // of the message
};

// Puts a TextBlock where it says something.
void put_text(element& items, element block);
element text_block(std::string text);
element small_text(std::string text);
std::string rich_text(const domain::cards::rich& text, const density& d);

element laid_out(const domain::cards::heading& b, bool large, bool first);
element laid_out(const domain::cards::subtle& b, const density& d);
element laid_out(const domain::cards::paragraph& b, const density& d);
element laid_out(const domain::cards::box& b, const density& d);
element laid_out(const domain::cards::facts& b, const density& d);
element laid_out(const domain::cards::bars& b, const density& d);
element laid_out(const domain::cards::table& b, const density& d);
// One ActionSet for every six buttons: more are not shown.
element laid_out(const domain::cards::actions& b);
element laid_out(const domain::cards::button& b);
// The head of a call: at the left who and where, at the right badge and age.
element laid_out(const domain::cards::call_head& b, const density& d);
// The head of a call that opens with a tap. `id` is the id of its inside.
element folded_head(const domain::cards::fold& b, const std::string& id, const density& d);

} // namespace whynow::adapters::teams
