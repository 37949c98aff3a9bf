// Figures in plain characters: what Slack shows everywhere, in every client.
#pragma once

#include "domain/cards/message.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace whynow::slack {

// Twelve cells, filled in proportion; something above zero shows at least one.
std::string text_bar(double value, double highest);

// The table as mrkdwn pieces of at most `most` units each: code blocks with columns where the rows are narrow enough
// for a telephone turned sideways, otherwise one paragraph a row. The header stands above each piece.
std::vector<std::string> table_text(const domain::cards::table& t, std::size_t most);

} // namespace whynow::slack
