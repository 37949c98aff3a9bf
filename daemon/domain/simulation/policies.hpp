// The daemon's own way of choosing, its learner and its lots, in markets of which everything is known: how much of what
// could be had does it get, and how soon?
#pragma once

#include "domain/experiments/off_policy.hpp"
#include "domain/ranking/choice_rules.hpp"
#include "domain/simulation/market.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace whynow::domain::simulation {

struct policy_settings {
    market_settings market;
    ranking::choice_rules rules; // of config/ranking.toml
    int weeks = 26;
    int markets = 10; // figures are their means
    std::uint64_t seed = 1;
};

// One week of the team, in hits to be expected of the calls that were made: luck is left out.
struct policy_week {
    double policy = 0; // chosen as the daemon chooses
    double random = 0; // so many of the reasons, drawn by lot
    double oracle = 0; // the best, by what is true; each of the three in a market of its own
    double regret = 0; // what the best choice on the policy's own mornings had over it
};

// The policies that are judged from the mornings of the daemon: its own scores without lots, and the scores it began
// with, also without.
enum class other : std::uint8_t { best_by_score, untaught };
inline constexpr std::array<other, 2> others{other::best_by_score, other::untaught};
std::string_view to_string(other o);

// How well one of them is judged, against what is true on the same mornings.
struct replay_check {
    experiments::replayed told;
    double truth = 0; // hits per call, as far as they are noted
};

struct policy_figures {
    std::vector<policy_week> weeks;
    std::vector<std::array<replay_check, others.size()>> replays; // for each market, of the second half of the weeks
};
policy_figures run_policies(const policy_settings& how, const triggers::kind_table& kinds);

} // namespace whynow::domain::simulation
