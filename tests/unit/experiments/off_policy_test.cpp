// What other choices would have given, held against worlds in which it is known.
#include "domain/core/lots.hpp"
#include "domain/experiments/off_policy.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace whynow::domain;
using namespace whynow::domain::experiments;

namespace {

struct world {
    std::vector<considered> rows;
    double truth = 0; // hits per call of the other policy
};

// Mornings of ten candidates. The policy that was followed calls the five of the highest `seen` with 0.8 each and the
// others with 0.2; the other policy calls the five that are truly best. `bias` moves every foretold chance.
world play(int mornings, std::uint64_t seed, double bias, double least = 0.2) {
    world w;
    double calls = 0;
    for (int m = 0; m < mornings; ++m) {
        lots chance(seed, {std::uint64_t(m)});
        struct lead {
            double p, seen;
        };
        std::vector<lead> leads;
        for (int i = 0; i < 10; ++i) {
            const auto p = 0.05 + 0.4 * chance.uniform();
            leads.push_back({p, p + 0.3 * (chance.uniform() - 0.5)});
        }
        auto by_truth = leads, by_sight = leads;
        std::ranges::sort(by_truth, std::ranges::greater{}, &lead::p);
        std::ranges::sort(by_sight, std::ranges::greater{}, &lead::seen);
        for (const auto& l : leads) {
            const bool wanted = l.p >= by_truth[4].p;
            considered r;
            r.morning = std::uint64_t(m);
            r.propensity = l.seen >= by_sight[4].seen ? 1 - least : least;
            r.chosen = chance.happens(r.propensity);
            r.hit = chance.happens(l.p) && r.chosen;
            r.foretold = std::clamp(l.seen + bias, 0.01, 0.99);
            r.new_propensity = wanted ? 1 : 0;
            w.truth += wanted ? l.p : 0;
            calls += wanted;
            w.rows.push_back(r);
        }
    }
    w.truth /= calls;
    return w;
}

} // namespace

TEST_CASE("other choices are judged rightly though what was foretold is wrong") {
    for (const double bias : {-0.1, 0.0, 0.2}) {
        INFO("bias " << bias);
        double error = 0, direct = 0;
        int held = 0;
        for (std::uint64_t s = 0; s < 300; ++s) {
            const auto w = play(100, s, bias);
            const auto r = replay(w.rows);
            REQUIRE(r.can_tell);
            error += r.hits - w.truth;
            direct += r.direct - w.truth;
            held += r.low <= w.truth && w.truth <= r.high;
        }
        CHECK(std::abs(error / 300) < 0.012);
        CHECK(held >= 275);
        if (bias != 0)
            CHECK(std::abs(direct / 300) > std::abs(error / 300) * 3);
    }
}

TEST_CASE("a better policy is seen to be better than the one that was followed") {
    const auto r = replay(play(400, 3, 0).rows);
    CHECK(r.difference_low > 0);
    CHECK(r.hits > r.logged);
    CHECK(r.calls == 2000);
    CHECK(r.effective > 500);
    CHECK(r.effective < 2000);
}

TEST_CASE("the policy that was followed is judged by its own hits, calls and all") {
    auto w = play(50, 4, 0);
    for (auto& r : w.rows)
        r.new_propensity = r.propensity;
    const auto r = replay(w.rows);
    double hits = 0, calls = 0;
    for (const auto& row : w.rows) {
        hits += row.hit;
        calls += row.chosen;
    }
    CHECK(r.logged == doctest::Approx(hits / calls));
    CHECK(r.hits == doctest::Approx(r.logged).epsilon(0.1));
    CHECK(r.effective == doctest::Approx(calls));
    CHECK(r.difference_low < 0);
    CHECK(r.difference_high > 0);
}

TEST_CASE("what was never tried cannot be told") {
    auto w = play(100, 5, 0);
    for (auto& r : w.rows) { // no lots at all: the other half was never called
        r.chosen = r.propensity > 0.5;
        r.propensity = r.chosen ? 1 : 0;
        r.hit = r.hit && r.chosen;
    }
    const auto r = replay(w.rows);
    CHECK(r.beyond_reach > 0.05);
    CHECK_FALSE(r.can_tell);
}

TEST_CASE("a few mornings are too few, and none is no reason to stumble") {
    CHECK_FALSE(replay(play(5, 6, 0).rows).can_tell);
    CHECK_FALSE(replay({}).can_tell);
    std::vector<considered> nobody(3);
    CHECK_FALSE(replay(nobody).can_tell);
}
