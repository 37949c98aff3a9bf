#include "domain/experiments/off_policy.hpp"

#include <algorithm>
#include <cmath>

namespace whynow::domain::experiments {
namespace {

// Sums of one morning: hits and calls of the other policy, as estimated, and of the one that was followed.
struct morning {
    double hits = 0, calls = 0;
    double logged_hits = 0, logged_calls = 0;
};

} // namespace

replayed replay(std::span<const considered> rows, const replay_rules& rules) {
    replayed out;
    std::vector<morning> mornings;
    double weights = 0, squares = 0, beyond = 0, foretold = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& r = rows[i];
        if (i == 0 || r.morning != rows[i - 1].morning)
            mornings.emplace_back();
        auto& m = mornings.back();
        const bool reachable = r.propensity >= rules.least_propensity;
        m.calls += r.new_propensity;
        m.hits += r.new_propensity * r.foretold;
        foretold += r.new_propensity * r.foretold;
        if (!reachable)
            beyond += r.new_propensity;
        if (!r.chosen)
            continue;
        m.logged_calls += 1;
        m.logged_hits += r.hit;
        if (!reachable || r.new_propensity <= 0)
            continue;
        const auto w = r.new_propensity / r.propensity;
        m.hits += w * ((r.hit ? 1 : 0) - r.foretold);
        weights += w;
        squares += w * w;
    }
    morning sum;
    for (const auto& m : mornings) {
        sum.hits += m.hits;
        sum.calls += m.calls;
        sum.logged_hits += m.logged_hits;
        sum.logged_calls += m.logged_calls;
    }
    out.mornings = mornings.size();
    out.calls = sum.calls;
    out.effective = squares > 0 ? weights * weights / squares : 0;
    if (sum.calls <= 0 || sum.logged_calls <= 0)
        return out;
    out.beyond_reach = beyond / sum.calls;
    out.hits = sum.hits / sum.calls;
    out.logged = sum.logged_hits / sum.logged_calls;
    out.direct = foretold / sum.calls;
    out.difference = out.hits - out.logged;
    double spread = 0, difference_spread = 0;
    for (const auto& m : mornings) {
        const auto e = (m.hits - out.hits * m.calls) / sum.calls;
        const auto d = e - (m.logged_hits - out.logged * m.logged_calls) / sum.logged_calls;
        spread += e * e;
        difference_spread += d * d;
    }
    const auto n = double(mornings.size());
    const auto correction = n > 1 ? n / (n - 1) : 1;
    const auto half = rules.confidence * std::sqrt(spread * correction);
    const auto difference_half = rules.confidence * std::sqrt(difference_spread * correction);
    out.low = std::max(0.0, out.hits - half);
    out.high = std::min(1.0, out.hits + half);
    out.difference_low = out.difference - difference_half;
    out.difference_high = out.difference + difference_half;
    out.can_tell = out.mornings >= rules.least_mornings &&
                   out.effective >= std::max(rules.least_effective, rules.least_effective_share * out.calls) &&
                   out.beyond_reach <= rules.most_beyond_reach;
    return out;
}

} // namespace whynow::domain::experiments
