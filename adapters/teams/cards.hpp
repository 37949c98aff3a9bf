// The card model as an Adaptive Card 1.5, within the size that every way into Teams takes.
#pragma once

#include "domain/cards/message.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace whynow::adapters::teams {

inline constexpr std::size_t card_budget = 20 * 1024; // bytes of UTF-8 of what is sent, envelope and all

// The card as JSON. While all fits, a closed call opens in place (ToggleVisibility); beyond the budget it opens by
// its button, and then texts and rows are shortened. Never larger than `budget`, whatever stands in the message
// (`budget` is at least 2 KB). `refreshed_for` ("29:…"): whenever this person looks at it, the client asks how it
// stands now.
std::string card_json(const domain::cards::message& m, std::size_t budget = card_budget,
                      std::string_view refreshed_for = {});

// A JSON string literal; invalid UTF-8 is repaired.
std::string json_string(std::string_view text);

} // namespace whynow::adapters::teams
