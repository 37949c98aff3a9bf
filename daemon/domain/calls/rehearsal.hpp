// Would it have worked on calls that were made? The table is walked day by day as if each day were today.
#pragma once

#include "domain/calls/table_learner.hpp"

#include <span>
#include <variant>
#include <vector>

namespace whynow::domain::calls {

// One call of the walk: what was foretold, and what came.
struct foretold {
    double probability = 0;
    bool hit = false;
    std::size_t day = 0;
};

struct figures {
    std::size_t calls = 0, hits = 0, days = 0;
    double day_half = 0;                             // share of the hits that half of each day's calls reach
    double half = 0, quarter = 0, tenth = 0;         // … that so many of all calls reach, best first
    double block_half = 0;                           // the same half in each of ten stretches of time
    double auc = 0, day_auc = 0;                     // pairs of a hit and a miss in the right order; of one day
    double brier = 0, log_loss = 0, calibration = 0; // calibration: ten groups of equal size, mean |foretold − came|
};
// Ties count by expectation.
figures figures_of(std::span<const foretold> walk);

struct walk_plan {
    double history = 0.7; // share of the rows that is learned first, to the end of its day
    ranking_wish wish;
    bool all_outcomes = false; // else only those of the calls made become known
};
// The days after the history; problems where the table cannot be learned.
std::variant<std::vector<foretold>, std::vector<problem>> rehearse(const sheet& s, table_learner learner,
                                                                   const walk_plan& plan);

} // namespace whynow::domain::calls
