// Ratios of two arms and the interval that holds at every look.
#include "domain/core/lots.hpp"
#include "domain/experiments/comparison.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace whynow::domain;
using namespace whynow::domain::experiments;

namespace {

amount draw(lots& chance, int conversations, double p) {
    amount a;
    a.base = conversations;
    for (int i = 0; i < conversations; ++i)
        a.of += chance.happens(p);
    return a;
}

} // namespace

TEST_CASE("the difference is that of the sums, not of the means of pairs") {
    const std::vector<pair_of_arms> pairs{{{1, 2}, {0, 30}}, {{9, 38}, {3, 10}}};
    const auto c = compare(pairs, {});
    CHECK(c.brief.of == 10);
    CHECK(c.difference == doctest::Approx(10.0 / 40 - 3.0 / 40));
    CHECK_FALSE(c.enough);
}

TEST_CASE("one arm without conversations gives no difference and no interval") {
    const auto c = compare(std::vector<pair_of_arms>{{{3, 10}, {}}}, {});
    CHECK_FALSE(c.enough);
    CHECK(c.difference == 0);
    CHECK(compare({}, {}).pairs == 0);
}

TEST_CASE("no hits at all is not certainty") {
    const std::vector<pair_of_arms> pairs(8, {{0, 5}, {0, 5}});
    const auto c = compare(pairs, {});
    REQUIRE(c.enough);
    CHECK(c.error > 0.02);
    CHECK(c.low < -0.05);
    CHECK(c.high > 0.05);
}

TEST_CASE("the interval is wider than for one look, and widest where pairs are few") {
    const sequence_rules r{.tightest_at = 16};
    CHECK(standard_errors(16, r) > 2.5);
    CHECK(standard_errors(16, r) < 4);
    CHECK(standard_errors(6, r) > standard_errors(12, r));
    // Per pair it still narrows for ever.
    CHECK(standard_errors(400, r) / std::sqrt(400.0) < standard_errors(100, r) / std::sqrt(100.0));
}

TEST_CASE("a rep's own good hand cancels within the pair") {
    // Reps differ widely, arms do not: the spread between pairs is that within them.
    std::vector<pair_of_arms> pairs;
    for (int i = 0; i < 20; ++i) {
        const double p = i % 2 ? 0.1 : 0.5;
        pairs.push_back({{p * 20, 20}, {p * 20, 20}});
    }
    const auto crossover = compare(pairs, {});
    std::vector<pair_of_arms> apart;
    for (const auto& p : pairs) {
        apart.push_back({p.brief, {}});
        apart.push_back({{}, p.usual});
    }
    CHECK(compare(apart, {}).error > crossover.error * 1.2);
}

TEST_CASE("what is far apart is seen, looked at after every pair; what is equal hardly ever") {
    int seen = 0, wrong = 0;
    for (std::uint64_t run = 0; run < 200; ++run) {
        lots chance(run, {7});
        std::vector<pair_of_arms> apart, equal;
        bool crossed = false;
        for (int k = 0; k < 40; ++k) {
            apart.push_back({draw(chance, 7, 0.35), draw(chance, 14, 0.1)});
            equal.push_back({draw(chance, 7, 0.1), draw(chance, 14, 0.1)});
            const auto c = compare(equal, {});
            crossed |= c.enough && (c.low > 0 || c.high < 0);
        }
        wrong += crossed;
        const auto c = compare(apart, {});
        seen += c.low > 0;
        CHECK(c.high > c.low);
    }
    CHECK(seen >= 195);
    CHECK(wrong <= 10);
}

TEST_CASE("how many more pairs: more for a smaller difference, none where it shows already") {
    const std::vector<pair_of_arms> pairs(10, {{3, 10}, {1, 10}});
    const auto c = compare(pairs, {});
    CHECK(pairs_needed(c, 0.05, {}, 1e4) > pairs_needed(c, 0.1, {}, 1e4));
    CHECK(pairs_needed(c, 0.9, {}, 1e4) == 10);
    CHECK(pairs_needed(c, 1e-6, {}, 500) == 500);
    CHECK(pairs_needed({}, 0.1, {}, 500) == 500);
}
