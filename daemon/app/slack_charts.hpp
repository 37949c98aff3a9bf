// Where Slack's own charts were turned away, kept in the store: a restart does not ask again.
#pragma once

#include "adapters/slack/charts.hpp"
#include "app/house.hpp"

#include <map>
#include <string>

namespace whynow::app {

// A refusal stands for 30 days; then the workspace may have learned them, and one digest tries.
class kept_chart_refusals final : public slack::chart_refusals {
  public:
    // Reads what is known; `h` and its store outlive this. A store that cannot be read knows nothing.
    explicit kept_chart_refusals(house& h);

    bool stands(const std::string& tenant) const override;
    void remember(const std::string& tenant) override;

  private:
    house& house_;
    std::map<std::string, domain::instant> refused_at_;
};

} // namespace whynow::app
