// Bars as a chart of Slack's own (data_visualization, since June 2026).
#pragma once

#include "domain/cards/message.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace whynow::slack {

struct chart {
    std::string block;    // JSON
    std::size_t size = 0; // its texts, in the units that a message is measured in
};

// Nothing where the bars do not fit into Slack's limits, or two of them would bear the same label: then they are drawn
// in characters.
std::optional<chart> native_chart(const domain::cards::bars& b);

// Whether a chart would stand in the message.
bool has_charts(const domain::cards::message& m);

} // namespace whynow::slack
