// What is left to chance: every finalist's chance is known, small, and the same for the same seed.
#include "domain/ranking/choice.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace whynow::domain;
using namespace whynow::domain::ranking;

namespace {

std::vector<scored> row_of(int n, double spread = 0) {
    std::vector<scored> out;
    for (int i = 0; i < n; ++i) {
        const double log_odds = -0.2 * i;
        out.push_back({std::size_t(i), {i + 1}, {i + 1}, 1 / (1 + std::exp(-log_odds)), log_odds, spread});
    }
    return out;
}

double sum(const std::vector<double>& of) { return std::accumulate(of.begin(), of.end(), 0.0); }

// How often each was called over many seeds.
std::vector<double> frequencies(const std::vector<scored>& all, int budget, chance by, int times) {
    std::vector<double> out(all.size());
    for (int t = 0; t < times; ++t) {
        by.seed = std::uint64_t(t) + 1;
        by.tries = 1; // the draw is asked for, not the chances
        const auto d = draw(all, budget, by);
        for (std::size_t i = 0; i < all.size(); ++i)
            out[i] += d.called[i] ? 1.0 / times : 0;
    }
    return out;
}

} // namespace

TEST_CASE("without chance the best are called, and it was certain") {
    const auto d = draw(row_of(10), 4, {});
    for (std::size_t i = 0; i < 10; ++i) {
        CHECK(d.called[i] == (i < 4));
        CHECK(d.propensity[i] == (i < 4 ? 1.0 : 0.0));
    }
    CHECK(draw({}, 4, {}).called.empty());
    CHECK(std::ranges::count(draw(row_of(3), 0, {}).called, true) == 0);
    CHECK(draw(row_of(3), 8, {.share = 0.05, .noise = 1}).propensity == std::vector<double>(3, 1.0));
}

TEST_CASE("always as many as the budget, and the chances add up to it") {
    for (const int n : {5, 9, 40})
        for (const int budget : {1, 4, 8})
            for (const double noise : {0.0, 0.7}) {
                const auto d = draw(row_of(n, 0.5), budget, {.seed = 9, .share = 0.2, .noise = noise});
                CHECK(std::ranges::count(d.called, true) == std::min(n, budget));
                CHECK(sum(d.propensity) == doctest::Approx(std::min(n, budget)));
                CHECK(std::ranges::all_of(d.propensity, [](double p) { return p > 0 && p <= 1 + 1e-9; }));
            }
}

TEST_CASE("what is called over many days is as frequent as was said") {
    const auto all = row_of(12, 0.6);
    for (const double noise : {0.0, 1.0}) {
        const chance by{.share = 0.1, .noise = noise, .tries = 4000};
        const auto seen = frequencies(all, 4, by, 4000);
        const auto said = draw(all, 4, by).propensity;
        for (std::size_t i = 0; i < all.size(); ++i)
            CHECK(seen[i] == doctest::Approx(said[i]).epsilon(0.05 + 0.02 / said[i]));
    }
}

TEST_CASE("a seed draws the same, and nobody's lot depends on who else is there") {
    const auto all = row_of(12, 0.6);
    const chance by{.seed = 77, .share = 0, .noise = 1};
    CHECK(draw(all, 4, by).called == draw(all, 4, by).called);
    auto fewer = all; // the last one, who was not called, leaves
    const auto before = draw(all, 4, by);
    const auto out = std::size_t(std::ranges::find(before.called, false) - before.called.begin());
    fewer.erase(fewer.begin() + std::ptrdiff_t(out));
    auto expected = before.called;
    expected.erase(expected.begin() + std::ptrdiff_t(out));
    CHECK(draw(fewer, 4, by).called == expected);
}

TEST_CASE("an unsure finalist gets more chances than a sure one with the same score") {
    auto all = row_of(8, 0.1);
    all[5].spread = 2;
    const auto d = draw(all, 3, {.noise = 1, .tries = 2000});
    CHECK(d.propensity[5] > d.propensity[4]);
    CHECK(d.propensity[0] > 0.9);
}
