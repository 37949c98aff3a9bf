// What other settings of the ranking would have given, from the mornings that were.
#pragma once

#include "domain/experiments/off_policy.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

namespace whynow::workday {

struct replay_report {
    experiments::replayed told; // in hits per call
    local_date from{}, to{};
    int considered = 0, calls = 0, conversations = 0;
};

// Every morning from `from` to `to` on which candidates were written down, chosen once more by `policy`: its learner is
// taught from the start with the calls known before each day, its budget is to the brief's as its fraction is to ours.
// What the candidates looked like stays as it was written down. Weeks of an experiment's usual list have none.
replay_report replay_policy(store::session& s, const ranking::choice_rules& policy, local_date from, local_date to,
                            const rulebook& rules);

} // namespace whynow::workday
