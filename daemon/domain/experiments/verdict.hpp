// What an experiment says so far: a win, a loss, harm, or as plainly that nothing is known yet.
#pragma once

#include "domain/experiments/comparison.hpp"
#include "domain/experiments/plan.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace whynow::domain::experiments {

// What one rep did in one week, in the arm that was written down for it.
struct rep_week {
    rep_id rep;
    int week = 0;
    experiments::arm arm = arm::brief;
    double working_days = 0;
    double conversations = 0, hits = 0;
    double meetings = 0; // held
};

enum class verdict : std::uint8_t {
    waiting,   // written down, not begun
    too_early, // so few that there is no interval
    undecided, // an interval, with 0 inside
    better,    // more hits per conversation with the brief, and no harm shown
    worse,     // fewer
    harm,      // fewer held meetings per working day than tolerated: stop, whatever the hits say
    not_shown, // the weeks are over and 0 is still inside
};
std::string_view to_string(verdict v);
// Nothing is gained by going on: better, worse, harm, not_shown.
bool settled(verdict v);
// `weeks_begun`: Mondays since the first, the first counts; 0 before it, more than the plan's when they are over.
verdict verdict_of(const plan& p, const comparison& hits, const comparison& meetings, int weeks_begun);

struct finding {
    experiments::verdict verdict = verdict::waiting;
    comparison hits, meetings;
    int weeks = 0; // begun so far, at most the plan's
    // At this pace, until a difference of `plan.worth_knowing` would show; 0 where it would already.
    int weeks_needed = 0;
    double conversations_needed = 0; // in both arms together, in those weeks
    bool beyond = false;             // more than the plan's weeks would be needed
};

// Both intervals hold together in 95 of 100 experiments (each misses in 2.5 at most), so all that stops an experiment,
// a win, a loss or harm, is false in at most 5 of 100.
inline constexpr double miss_of_each = 0.025;

sequence_rules rules_of(const plan& p, std::size_t reps, bool share);
// The pairs of arms that the weeks make under the plan's design; weeks in any order.
std::vector<pair_of_arms> pairs_of(const plan& p, std::span<const rep_week> weeks, bool meetings);
// `weeks_begun`: Mondays since the first, the first counts; 0 before it. `reps`: how many were assigned.
finding judge(const plan& p, std::span<const rep_week> weeks, int weeks_begun, std::size_t reps);

} // namespace whynow::domain::experiments
