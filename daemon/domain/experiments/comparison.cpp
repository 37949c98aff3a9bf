#include "domain/experiments/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace whynow::domain::experiments {
namespace {

double ratio(const amount& a) { return a.base > 0 ? a.of / a.base : 0; }

double normal_quantile(double share) {
    double low = -40, high = 40;
    for (int i = 0; i < 60; ++i) {
        const auto mid = (low + high) / 2;
        (std::erfc(-mid / std::numbers::sqrt2) / 2 < share ? low : high) = mid;
    }
    return low;
}

// Student's quantile from the normal one (Abramowitz and Stegun 26.7.5, Cornish and Fisher's expansion).
double as_student(double z, double freedom) {
    const auto z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z;
    return z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom) +
           (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom * freedom * freedom);
}

double freedom(double pairs, const sequence_rules& rules) { return std::max(1.0, pairs - (rules.paired ? 1 : 2)); }

// The least variance that so few counts can have: binomial of a share, Poisson of a rate.
double variance_of_counts(const amount& a, bool share) {
    const auto p = (a.of + 1) / (a.base + 2);
    return p * (share ? 1 - p : 1.0) / a.base;
}

} // namespace

double standard_errors(double pairs, const sequence_rules& rules) {
    const auto l = -2 * std::log(rules.miss);
    const auto rho2 = (l + std::log(l) + 1) / rules.tightest_at; // the mixture's width, best at `tightest_at`
    const auto t = pairs * rho2;
    const auto normal = std::sqrt(2 * (t + 1) / t * std::log(std::sqrt(t + 1) / rules.miss));
    const auto nominal = normal_quantile(1 - rules.miss / 2);
    return normal * as_student(nominal, freedom(pairs, rules)) / nominal;
}

comparison compare(std::span<const pair_of_arms> pairs, const sequence_rules& rules) {
    comparison out;
    for (const auto& p : pairs) {
        out.brief += p.brief;
        out.usual += p.usual;
        out.pairs += p.brief.base > 0 || p.usual.base > 0;
    }
    if (out.brief.base <= 0 || out.usual.base <= 0)
        return out;
    const auto brief = ratio(out.brief), usual = ratio(out.usual);
    out.difference = brief - usual;
    double spread = 0;
    for (const auto& p : pairs) {
        const auto e =
            (p.brief.of - brief * p.brief.base) / out.brief.base - (p.usual.of - usual * p.usual.base) / out.usual.base;
        spread += e * e;
    }
    const auto n = double(out.pairs), k = freedom(n, rules);
    spread *= n / k;
    out.error = std::sqrt(
        std::max(spread, variance_of_counts(out.brief, rules.share) + variance_of_counts(out.usual, rules.share)));
    out.enough =
        out.pairs >= rules.least_pairs && out.brief.base >= rules.least_base && out.usual.base >= rules.least_base;
    if (out.enough) {
        const auto half = standard_errors(n, rules) * out.error;
        out.low = out.difference - half;
        out.high = out.difference + half;
        if (rules.share) {
            out.low = std::max(-1.0, out.low);
            out.high = std::min(1.0, out.high);
        }
    }
    return out;
}

double pairs_needed(const comparison& so_far, double difference, const sequence_rules& rules, double most) {
    if (so_far.pairs == 0 || so_far.error <= 0 || difference <= 0)
        return most;
    const auto now = double(so_far.pairs);
    auto k = std::max(now, double(rules.least_pairs));
    while (k < most && so_far.error * std::sqrt(now / k) * standard_errors(k, rules) > difference)
        k += 1;
    return std::min(k, most);
}

} // namespace whynow::domain::experiments
