// The card model as Block Kit.
#pragma once

#include "domain/cards/message.hpp"

#include <string>

namespace whynow::slack {

struct rendered {
    std::string text;   // the notification, escaped
    std::string blocks; // a JSON array
};

// Lays the message out within every limit of limits.hpp. What is too large is made smaller in this order: open folds
// close from the last to the first; then whole blocks go, the least needed kind first (rules, subtle lines, tables and
// bars, facts, words, and only then calls and buttons) and the last of a kind first; a final line "…" then says that
// something is missing. Foreign text never becomes markup (mrkdwn.hpp).
rendered render(const domain::cards::message& m);

} // namespace whynow::slack
