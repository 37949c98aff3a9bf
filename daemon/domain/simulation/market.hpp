// A market of which everything is known: how often each kind of news opens a door with whom, how fast that fades, what
// each rep is like, how all of it drifts. Against it the daemon's choices and its experiments can be checked.
#pragma once

#include "domain/core/lots.hpp"
#include "domain/triggers/event.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace whynow::domain::simulation {

// How a market is drawn. Spreads are standard deviations in log-odds; nobody has measured them for sales calls, so they
// are wide: 0.4 moves 25 % to between 18 % and 33 %.
struct market_settings {
    int reps = 8;
    int accounts = 120;                             // open accounts of each rep
    double news = 0.2;                              // events per account and week that could be a reason
    double usual_calls = 16;                        // of a rep and day (config/ranking.toml, default_daily_calls)
    double reach = 0.18;                            // share of calls that become a conversation
    double meetings = 0.35;                         // share of hits that become a held meeting
    double cold = -2.4;                             // log-odds of a hit in a conversation without a reason: 8 %
    double reason = -0.6;                           // of a fresh reason of its kind, beside the kind's prior
    double fading = 1.6;                            // what an old reason has lost against a fresh one
    double kind_spread = 0.5;                       // of a kind's true worth around its prior
    double life_spread = 0.3;                       // of the logarithm of its true half-life around the rules'
    double persona_spread = 0.4, pair_spread = 0.3; // pair: a kind with a persona
    double account_spread = 0.4;                    // what no feature tells
    double rep_spread = 0.4, reach_spread = 0.3;    // reach: between reps, of its logarithm
    double week_spread = 0.25;                      // one rep's good and bad weeks
    double drift = 0.1;                             // of a kind's worth, from one week to the next
    double unlogged = 0.1;                          // share of the conversations that nobody notes
    double unlogged_hits = 0.1;                     // … of those with a hit
    double objects = 0.02;                          // of the others: asks not to be called again
};

// Fixed for its seed; holds no state of the days.
class market {
  public:
    market(const market_settings& how, const triggers::kind_table& kinds, std::uint64_t seed, int weeks);

    const market_settings& settings() const { return how_; }
    std::uint64_t seed() const { return seed_; }
    int weeks() const { return weeks_; }

    // Log-odds of a hit in a conversation, what is the account's own left out.
    double worth(std::size_t kind, std::size_t persona, int age_days, int rep, int week) const;
    double cold_worth(std::size_t persona, int rep, int week) const;
    double reach(int rep) const { return reach_[std::size_t(rep)]; }
    // Days after which news of each kind is no reason any more, by the half-lives of the rules (not the true ones).
    std::array<int, triggers::kind_count> oldest_reasons(double half_lives) const;
    // A kind by lot, as often as it is told.
    std::size_t draw_kind(double uniform) const;

    static constexpr std::size_t personas = 10;
    static constexpr std::size_t oldest = 400; // days; older news is as old as this

  private:
    market_settings how_;
    std::uint64_t seed_;
    int weeks_;
    std::vector<double> kind_by_week_; // weeks × kinds
    std::array<double, triggers::kind_count> told_half_life_{}, share_{};
    std::vector<float> freshness_; // kinds × ages
    std::array<double, personas> persona_{};
    std::vector<double> pair_;        // kinds × personas
    std::vector<double> rep_, reach_; // by rep
    std::vector<double> week_;        // reps × weeks
};

} // namespace whynow::domain::simulation
