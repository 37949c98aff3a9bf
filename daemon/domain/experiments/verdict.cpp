#include "domain/experiments/verdict.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace whynow::domain::experiments {
namespace {

constexpr double longest = 520; // weeks; ten years are "never"

} // namespace

std::string_view to_string(verdict v) {
    constexpr std::array<std::string_view, 7> names{"waiting", "too_early", "undecided", "better",
                                                    "worse",   "harm",      "not_shown"};
    return names[std::size_t(v)];
}

bool settled(verdict v) {
    return v == verdict::better || v == verdict::worse || v == verdict::harm || v == verdict::not_shown;
}

verdict verdict_of(const plan& p, const comparison& hits, const comparison& meetings, int weeks_begun) {
    if (weeks_begun <= 0)
        return verdict::waiting;
    if (meetings.enough && meetings.high < -p.tolerated_loss)
        return verdict::harm;
    const bool over = weeks_begun > p.weeks;
    if (!hits.enough)
        return over ? verdict::not_shown : verdict::too_early;
    if (hits.low > 0)
        return verdict::better;
    if (hits.high < 0)
        return verdict::worse;
    return over ? verdict::not_shown : verdict::undecided;
}

sequence_rules rules_of(const plan& p, std::size_t reps, bool share) {
    sequence_rules r;
    r.miss = miss_of_each;
    r.paired = p.design == design::crossover;
    r.share = share;
    const auto n = double(std::max<std::size_t>(reps, 1));
    // Narrowest half way through what was planned: early enough to stop a clear case, late enough for an unclear one.
    r.tightest_at = std::max(4.0, r.paired ? n * p.weeks / 4 : n);
    return r;
}

std::vector<pair_of_arms> pairs_of(const plan& p, std::span<const rep_week> weeks, bool meetings) {
    std::map<std::pair<rep_id, int>, pair_of_arms> out;
    for (const auto& w : weeks) {
        const amount a = meetings ? amount{w.meetings, w.working_days} : amount{w.hits, w.conversations};
        auto& pair = out[{w.rep, p.design == design::crossover ? w.week / 2 : 0}];
        (w.arm == arm::brief ? pair.brief : pair.usual) += a;
    }
    std::vector<pair_of_arms> all;
    for (auto& [key, pair] : out)
        all.push_back(pair);
    return all;
}

finding judge(const plan& p, std::span<const rep_week> weeks, int weeks_begun, std::size_t reps) {
    finding f;
    f.weeks = weeks_begun;
    const auto rules = rules_of(p, reps, true);
    f.hits = compare(pairs_of(p, weeks, false), rules);
    f.meetings = compare(pairs_of(p, weeks, true), rules_of(p, reps, false));
    f.verdict = verdict_of(p, f.hits, f.meetings, weeks_begun);
    if (f.weeks == 0 || settled(f.verdict))
        return f;
    f.weeks = std::min(f.weeks, p.weeks);
    const auto pace = (f.hits.brief.base + f.hits.usual.base) / f.weeks; // conversations a week
    double more = longest;
    if (p.design == design::crossover && f.hits.pairs > 0 && f.hits.error > 0) {
        const auto pairs_a_week = double(f.hits.pairs) / f.weeks;
        const auto needed = pairs_needed(f.hits, p.worth_knowing, rules, pairs_a_week * longest);
        more = (needed - double(f.hits.pairs)) / pairs_a_week;
    } else if (f.hits.pairs > rules.least_pairs && f.hits.error > 0) { // parallel: the same reps, counted for longer
        const auto half = standard_errors(double(f.hits.pairs), rules) * f.hits.error;
        more = f.weeks * (std::pow(half / p.worth_knowing, 2) - 1);
    }
    more = std::clamp(more, 0.0, longest);
    f.weeks_needed = int(std::ceil(more - 1e-9));
    f.conversations_needed = std::ceil(pace * f.weeks_needed);
    f.beyond = f.weeks + f.weeks_needed > p.weeks;
    return f;
}

} // namespace whynow::domain::experiments
