// The card model as Block Kit.
#pragma once

#include "domain/cards/message.hpp"

#include <cstddef>
#include <string>

namespace whynow::slack {

struct rendered {
    std::string text;   // the notification, escaped
    std::string blocks; // a JSON array
};

struct render_options {
    std::size_t blocks = 0; // how many the surface takes; 0: a message's 50
    bool charts = false;    // bars as Slack's own charts where they fit into its limits
};

// Lays the message out within every limit of limits.hpp. What is too large is made smaller in this order: open folds
// close from the last to the first; then whole blocks go, the least needed kind first (rules, subtle lines, tables and
// bars, facts, words, and only then calls and buttons) and the last of a kind first; a final line "…" then says that
// something is missing. Foreign text never becomes markup (mrkdwn.hpp).
rendered render(const domain::cards::message& m, render_options how = {});

} // namespace whynow::slack
