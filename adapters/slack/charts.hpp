// Bars as a chart of Slack's own (data_visualization, since June 2026).
#pragma once

#include "domain/cards/message.hpp"

#include <cstddef>
#include <optional>
#include <set>
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

// The workspaces that turned Slack's own charts away: charts came in 2026 and come to workspaces one by one. This
// memory ends with the process; one that lasts derives from it. All on the io thread.
class chart_refusals {
  public:
    chart_refusals() = default;
    chart_refusals(const chart_refusals&) = delete;
    chart_refusals& operator=(const chart_refusals&) = delete;
    virtual ~chart_refusals() = default;
    // Whether bars should go to `tenant` in characters now.
    virtual bool stands(const std::string& tenant) const { return refused_.contains(tenant); }
    virtual void remember(const std::string& tenant) { refused_.insert(tenant); }

  private:
    std::set<std::string> refused_;
};

} // namespace whynow::slack
