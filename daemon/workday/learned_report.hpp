// What was learned so far, as figures with their doubt: for `whynow learn show`.
#pragma once

#include "domain/digests/digest.hpp"
#include "domain/ranking/experience.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <string>
#include <vector>

namespace whynow::workday {

// A feature that turned out to weigh more or less than was expected.
struct surprise {
    ranking::feature what;
    double odds = 1;  // the odds of an open door are so many times what was expected
    double doubt = 0; // one standard deviation of its logarithm
};
// Conversations about reasons of one origin ("Reuters", "generation 2"), and how many opened a door.
struct yield {
    std::string of;
    int hits = 0, conversations = 0;
    digests::interval share; // 95 %
};

struct learned_report {
    std::int64_t version = 0; // 0: nothing was learned yet
    local_date day{};
    std::int64_t calls = 0;
    std::string note;
    std::vector<std::pair<triggers::kind, ranking::half_life>> half_lives; // of kinds that were talked about
    std::vector<surprise> surprises; // the surest first; none within one standard deviation
    std::vector<yield> by_generation, by_source;
};
// `day`: as of; `since`: the first day of the briefs that yields are counted from.
learned_report make_learned_report(store::session& s, local_date day, local_date since, const rulebook& rules);

} // namespace whynow::workday
