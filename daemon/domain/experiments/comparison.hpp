// Two arms compared by a ratio (hits of conversations, meetings of working days), with an interval that may be looked
// at every day: it holds at all looks together, so looking often and stopping when it is clear costs nothing.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace whynow::domain::experiments {

struct amount {
    double of = 0, base = 0; // hits, conversations
    amount& operator+=(const amount& more) {
        of += more.of;
        base += more.base;
        return *this;
    }
};

// What belongs together: one rep's two weeks of a cycle in a crossover, one rep's whole time in parallel. Conversations
// of one rep in one week are alike; only from one such pair to the next is chance independent.
struct pair_of_arms {
    amount brief, usual;
};

struct sequence_rules {
    double miss = 0.05;      // chance that the interval is ever wrong, over all looks
    double tightest_at = 16; // pairs at which the interval is narrowest for what it promises
    std::size_t least_pairs = 6;
    double least_base = 20; // conversations (working days) in each arm; below, there is no interval
    bool paired = true;     // crossover; false: a pair has one arm only
    bool share = true;      // a ratio of 0..1; false: any rate, as of meetings per day
};

struct comparison {
    amount brief, usual;
    std::size_t pairs = 0;     // with anything in them
    bool enough = false;       // else low and high say nothing
    double difference = 0;     // brief − usual, of the ratios
    double error = 0;          // its standard error
    double low = -1, high = 1; // of the difference
};

// The ratio of sums of each arm. Its error comes from the spread between pairs by linearisation (Deng, Knoblich, Lu,
// "Applying the delta method in metric analytics", KDD 2018, for ratios whose unit is not the one drawn by lot), and is
// never less than the counts alone allow with one more hit in two more conversations, so that "0 of 30" is no
// certainty. The interval is Robbins' normal mixture in the asymptotic form of Waudby-Smith, Arbour, Sinha, Kennedy and
// Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences", Annals of Statistics 52, 2024,
// theorem 2.2, wider by Student's quantile over the normal one because pairs are few. It is exact only for many pairs;
// that it keeps its word with two reps or twenty was simulated (docs/ranking.md). The exact sequence for bounded means
// (Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86, 2024) was 1.7 times
// as wide after 40 pairs and twice as wide after 8 to 24.
comparison compare(std::span<const pair_of_arms> pairs, const sequence_rules& rules);

// Half the width of the interval, in standard errors, after so many pairs.
double standard_errors(double pairs, const sequence_rules& rules);

// Pairs after which, at the spread seen so far, the interval would be no wider than ± `difference`; at most `most`.
double pairs_needed(const comparison& so_far, double difference, const sequence_rules& rules, double most);

} // namespace whynow::domain::experiments
