// How many calls a day: a fraction of the rep's own usual day, a cap and never a quota.
#pragma once

#include "domain/core/time.hpp"
#include "domain/ranking/choice_rules.hpp"

#include <span>

namespace whynow::domain::ranking {

// Calls on the last working days, newest first (days without a call left out) → the cap for today, at least 1.
// `told` is what the reps file says of a usual day; it counts until ten of the rep's own days are known.
int call_budget(std::span<const int> daily_calls, double told, double fraction, const choice_rules& rules);

// A day on which a brief was made.
struct past_day {
    local_date day{};
    int calls = 0;                   // cards in it
    double probability_sum = 0;      // of them
    int conversations = 0, hits = 0; // that came of it
};

// The fraction of the usual day that has been earned: after twenty briefs whose hits per conversation are not below
// those of the first twenty, it rises by rise_step, up to rise_to; where they are clearly below (the 95 % interval lies
// under it), it falls back by a step, never below `fraction`. Fewer than ten conversations decide nothing. Where
// rise_to is not above it: `fraction`. `past`: newest first.
double risen_fraction(std::span<const past_day> past, double fraction, const choice_rules& rules);

// Today's cap with what the earlier days of the same week (Monday to Sunday) left over, for finalists that are at least
// as probable as the cards of the last days were on average: never more than twice the cap, and only once ten cards say
// what is usual. `finalists`: their probabilities; `past`: newest first.
int with_carried(int cap, local_date today, std::span<const past_day> past, std::span<const double> finalists,
                 const choice_rules& rules);

} // namespace whynow::domain::ranking
