// Experiments in markets of which everything is known: how often would an experiment stop for nothing, how often does
// its interval hold, how soon does it see what is there?
#pragma once

#include "domain/experiments/verdict.hpp"
#include "domain/simulation/market.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace whynow::domain::simulation {

enum class effect : std::uint8_t {
    none,   // both arms are the usual list: whatever stops is a false stop
    better, // the brief is the best news within the budget, as well as a good guess sees it
    harmful // the brief is the usual list, half as long: the hits per conversation stay, the meetings halve
};
std::string_view to_string(effect e);

struct trial_settings {
    market_settings market;
    experiments::plan plan; // its name and people do not matter here
    effect what = effect::none;
    double budget = 0.5;
    double blur = 0.6; // what the guess errs by, in log-odds
    int replicas = 20; // experiments in each market: their mean is what is true there
    std::uint64_t seed = 1;
};

// Of `runs` experiments, each looked at on the evening of every working day. Intervals hold only where they hold at
// every look.
struct trial_figures {
    int runs = 0;
    int false_stops = 0;                                // a verdict that is not true in that market
    int better = 0, worse = 0, harm = 0, not_shown = 0; // how they ended
    int hits_covered = 0, meetings_covered = 0, both_covered = 0;
    double true_difference = 0, true_meetings = 0; // means over the markets, of the whole time
    double weeks_to_stop = 0;                      // median of those that ended by better, worse or harm
    double width = 0;                              // of the interval of hits at the end, the mean where there is one
};
trial_figures run_trials(const trial_settings& how, const triggers::kind_table& kinds, int runs);

} // namespace whynow::domain::simulation
