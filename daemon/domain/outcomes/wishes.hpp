// Whether words like "don't call again" are somebody's wish never to be called. Private to this room.
#pragma once

#include "domain/outcomes/rules.hpp"

#include <optional>
#include <vector>

namespace whynow::domain::outcomes {

// The tokens [begin, end) match an opt-out. "don't call before ten", "don't call this number", "he didn't ask to be
// removed", "their leads opted out" are none.
bool wish_stands(const reply_rules& rules, const std::vector<token>& tokens, std::size_t begin, std::size_t end);

// The bytes of the first opt-out; nothing where there is none.
std::optional<span> first_wish(const reply_rules& rules, const std::vector<token>& tokens);

} // namespace whynow::domain::outcomes
