// Probabilities and their log-odds.
#pragma once

#include <algorithm>
#include <cmath>

namespace whynow::domain::ranking {

inline double logistic(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

// Of a probability that is held a millionth off 0 and 1.
inline double logit(double probability) {
    const auto p = std::clamp(probability, 1e-6, 1 - 1e-6);
    return std::log(p / (1 - p));
}

} // namespace whynow::domain::ranking
