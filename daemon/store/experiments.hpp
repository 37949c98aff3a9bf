// Experiments as they were written down before they began.
#pragma once

#include "domain/experiments/plan.hpp"
#include "store/aggregates.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace whynow::store {

struct experiment {
    experiments::plan plan; // without the people's addresses: who takes part is in the weeks
    std::string promise;    // in_writing() of the plan as it was configured
    local_date first_monday{};
    instant written_at{};
    std::optional<local_date> stopped_on; // for harm
};

class experiment_log {
  public:
    explicit experiment_log(session& s) : s_(s) {}
    // Both or nothing; false where that name is written down already.
    bool write_down(const experiment& e, std::span<const experiments::assigned_week> weeks);
    std::optional<experiment> find(std::string_view name);
    std::vector<experiments::assigned_week> weeks(std::string_view name); // by week and rep
    // The rep's arm in that week of it.
    std::optional<experiments::arm> arm_of(std::string_view name, rep_id rep, int week);
    // The first time counts.
    void stop(std::string_view name, local_date on);
    // Days on which a rep had a brief, empty or not, both ends included.
    std::vector<std::pair<rep_id, local_date>> mornings(local_date from, local_date to);

  private:
    session& s_;
};

} // namespace whynow::store
