// How fast the reasons of a kind age, learned from the team's own calls.
#pragma once

#include <span>
#include <vector>

namespace whynow::domain::ranking {

// Conversations about reasons of a kind that were so old that day: those that opened a door, and the others. Older ones
// count for less than one.
struct aged_calls {
    int age_days = 0;
    double hits = 0, misses = 0;
};

struct half_life {
    double configured = 30;       // days, from config/triggers.toml
    double days = 30;             // what stands now: the median of what is believable
    double low = 7.5, high = 120; // 90 % of what is believable lies between
    double conversations = 0;
};

// The chance of a door falls as 2^(−age / half-life) from what it is on the first day; neither is known. Before any
// call the half-life is believed to be about what is configured (log-normal, a factor of 1.5 being one standard
// deviation) and the first day's chance about `prior`; both are weighed against the calls on a grid, which covers a
// quarter to four times of what is configured. Nothing but few calls leaves what is configured.
half_life learned_half_life(double configured, double prior, std::span<const aged_calls> calls);

} // namespace whynow::domain::ranking
