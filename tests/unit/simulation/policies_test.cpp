// The daemon's own choices in known markets: a small version of `whynow simulate policy`.
#include "domain/simulation/policies.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace whynow::domain;
using namespace whynow::domain::simulation;

namespace {

policy_figures small(std::uint64_t seed = 1) {
    triggers::kind_table kinds;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        kinds[i].prior = 0.25 + 0.025 * double(i);
        kinds[i].half_life_days = 30 + 3 * double(i);
    }
    policy_settings how;
    how.market.reps = 4;
    how.market.accounts = 60;
    how.market.reach = 0.3;
    how.weeks = 12;
    how.markets = 2;
    how.seed = seed;
    return run_policies(how, kinds);
}

} // namespace

TEST_CASE("the taught daemon beats lots, the oracle beats both, and regret falls") {
    const auto f = small();
    REQUIRE(f.weeks.size() == 12);
    policy_week first, last, all;
    for (std::size_t w = 0; w < 12; ++w)
        for (auto part : {&policy_week::policy, &policy_week::random, &policy_week::oracle, &policy_week::regret}) {
            all.*part += f.weeks[w].*part;
            if (w < 3)
                first.*part += f.weeks[w].*part;
            if (w >= 9)
                last.*part += f.weeks[w].*part;
        }
    CHECK(all.policy > all.random);
    CHECK(all.oracle > all.policy);
    CHECK(last.regret < first.regret);
    CHECK(last.regret > 0);
}

TEST_CASE("other choices are judged near what is true, or not at all") {
    const auto f = small();
    REQUIRE(f.replays.size() == 2);
    for (const auto& market : f.replays) {
        const auto& best = market[std::size_t(other::best_by_score)];
        CHECK(best.truth > 0);
        REQUIRE(best.told.can_tell);
        CHECK(std::abs(best.told.hits - best.truth) < 0.05);
        CHECK(best.told.low < best.told.high);
    }
}

TEST_CASE("the same seed gives the same weeks") {
    const auto a = small(), b = small(), other = small(2);
    CHECK(a.weeks.back().policy == b.weeks.back().policy);
    CHECK(a.weeks.back().policy != other.weeks.back().policy);
}
