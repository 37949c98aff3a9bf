// One outcome out of what the parts of this room found in a reply. Private to this room.
#pragma once

#include "domain/outcomes/cues.hpp"
#include "domain/outcomes/follow_up.hpp"
#include "domain/outcomes/people.hpp"

#include <vector>

namespace whynow::domain::outcomes {

understood judged(const std::vector<token>& tokens, const reply_rules& rules, const cues& found, const people& named,
                  facts learned, follow_up_reading when, local_date today);

} // namespace whynow::domain::outcomes
