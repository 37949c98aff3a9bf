// What another way of choosing would have given, from mornings that were chosen otherwise: possible because every
// candidate's chance to be chosen was written down, and a share of the calls was drawn by lot.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace whynow::domain::experiments {

// One candidate of one rep's morning.
struct considered {
    std::uint64_t morning = 0; // a number for each rep and day; rows of one stand together
    double propensity = 0;     // chance that it was chosen that morning
    bool chosen = false;
    bool hit = false;          // known only where it was chosen
    double foretold = 0;       // 0..1: a hit in this call, foretold before its outcome was known
    double new_propensity = 0; // chance that the other policy chooses it; 1 or 0 where it leaves nothing to lots
};

struct replay_rules {
    // A candidate that was chosen in fewer mornings than this stands for too many others.
    double least_propensity = 0.005;
    // Choices of the other policy that may lie below, as a share; beyond, nothing can be told.
    double most_beyond_reach = 0.05;
    // Calls that carry the estimate, at least, and as a share of the other policy's: below, a few calls of great weight
    // decide, and the interval held in only half of the simulated markets (docs/ranking.md).
    double least_effective = 100, least_effective_share = 0.2;
    std::size_t least_mornings = 20;
    double confidence = 1.959964; // standard errors: 95 %
};

struct replayed {
    bool can_tell = false; // else the numbers say too little
    double hits = 0;       // per chosen call of the other policy, estimated
    double low = 0, high = 0;
    double logged = 0; // hits per call that was in fact chosen
    double difference = 0, difference_low = 0, difference_high = 0;
    double direct = 0;       // what the foretold chances alone would say
    double effective = 0;    // calls that carry the estimate: (Σ w)² / Σ w²
    double beyond_reach = 0; // share of the other policy's choices that were hardly ever made
    double calls = 0;        // the other policy's, expected
    std::size_t mornings = 0;
};

// The doubly robust estimator (Dudík, Erhan, Langford, Li, "Doubly robust policy evaluation and optimization",
// Statistical Science 29, 2014): for every candidate the foretold chance, corrected by what came where it was called,
// weighed by new over old propensity. Right where either the propensities or the foretold chances are; the foretold
// ones were made before the outcome and need no further splitting. Its error is from the spread between mornings, for
// calls of one morning were chosen together. Effective size after Kish, "Survey sampling", 1965.
replayed replay(std::span<const considered> rows, const replay_rules& rules = {});

} // namespace whynow::domain::experiments
