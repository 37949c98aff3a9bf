// What was understood, each field correctable, with the drafts that the call deserves: one card per outcome.
#pragma once

#include "domain/cards/message.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

namespace whynow::workday {

cards::message outcome_card(store::session& s, const store::outcome& o, const rulebook& rules, instant now);

// "Conversation · interested later"; for the brief's closed line and for lists.
std::string outcome_in_words(const store::outcome& o, std::string_view language, const rulebook& rules);

} // namespace whynow::workday
