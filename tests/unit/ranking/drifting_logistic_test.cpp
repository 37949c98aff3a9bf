// Weights that drift, and the mixture that hears those who foresee well.
#include "domain/ranking/mixture.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace whynow::domain::ranking;

namespace {

double logistic(double s) { return 1 / (1 + std::exp(-s)); }

// Calls of five features: base −1, a number that helps, a value that helps much, and noise.
struct calls {
    std::mt19937 dice{7};
    double share() { return double(dice() % 1'000'000) / 1e6; }
    inputs next(bool& hit, double of_value = 2) {
        inputs in{{0, 1}, {1, float(2 * share() - 1)}, {2, float(2 * share() - 1)}};
        const bool has = dice() % 4 == 0;
        in.push_back({has ? 3U : 4U, 1});
        hit = share() < logistic(-1 + double(in[1].x) + (has ? of_value : 0));
        return in;
    }
};

mixture learned(int n) {
    mixture m;
    m.grow(5);
    calls all;
    for (int i = 0; i < n; ++i) {
        bool hit = false;
        const auto in = all.next(hit);
        m.learn(in, hit);
        if (i % 50 == 49)
            m.night();
    }
    return m;
}

} // namespace

TEST_CASE("weights come to what makes the outcomes") {
    drifting_logistic l({.variance = 1, .keep = 1, .base_drift = 0});
    l.grow(5);
    calls all;
    for (int i = 0; i < 20'000; ++i) {
        bool hit = false;
        const auto in = all.next(hit);
        l.learn(in, hit);
    }
    CHECK(l.learned(1) == doctest::Approx(1).epsilon(0.15));
    CHECK(std::abs(l.learned(2)) < 0.1);
    CHECK(l.learned(3) - l.learned(4) == doctest::Approx(2).epsilon(0.1));
    CHECK(l.learned(0) + l.learned(4) == doctest::Approx(-1).epsilon(0.15));
}

TEST_CASE("one call against the closed form") {
    drifting_logistic l({.variance = 0.25, .base_variance = 2});
    l.grow(2);
    const inputs in{{0, 1}, {1, 2}};
    CHECK(l.log_odds(in) == 0);
    CHECK(l.learn(in, true) == 0);
    // S = 2 + 0.25 · 4 = 3, step = (1 − ½) / (1 + ¼ · 3), weight = variance · x · step
    CHECK(l.learned(0) == doctest::Approx(2 * 0.5 / 1.75));
    CHECK(l.learned(1) == doctest::Approx(0.5 * 0.5 / 1.75));
    const auto v = l.variances();
    REQUIRE(v.size() == 3);
    CHECK(double(v[0]) == doctest::Approx(2 - 0.25 * 4 / 1.75).epsilon(1e-5));
    CHECK(double(v[1]) == doctest::Approx(-0.25 * 2 * 0.5 / 1.75).epsilon(1e-5));
    CHECK(double(v[2]) == doctest::Approx(0.25 - 0.25 * 0.25 / 1.75).epsilon(1e-5));
}

TEST_CASE("what is sure of itself stands, what is not is drawn to even") {
    drifting_logistic l;
    l.grow(3);
    for (int i = 0; i < 50; ++i)
        l.learn(inputs{{0, 1}, {1, 1}}, true);
    const inputs known{{0, 1}, {1, 1}}, doubtful{{0, 1}, {1, 1}, {2, 3}};
    CHECK(l.moderation(doubtful) < l.moderation(known));
    CHECK(l.log_odds(doubtful) < l.log_odds(known));
    CHECK(l.log_odds(doubtful) > 0);
}

TEST_CASE("nights take back what was learned, and make room for what is new") {
    drifting_logistic l({.variance = 0.1, .keep = 0.9, .base_drift = 0.01});
    l.grow(2);
    for (int i = 0; i < 300; ++i)
        l.learn(inputs{{0, 1}, {1, i % 2 ? 1.0F : -1.0F}}, i % 2 == 1);
    const auto weight = l.learned(1), base = l.learned(0);
    l.night();
    CHECK(l.learned(1) == doctest::Approx(weight * 0.9));
    CHECK(l.learned(0) == base);
    for (int i = 0; i < 200; ++i)
        l.night();
    CHECK(std::abs(l.learned(1)) < 1e-6);
    CHECK(double(l.variances()[2]) == doctest::Approx(0.1).epsilon(1e-3));
    CHECK(l.variances()[0] <= 2.0F);
}

TEST_CASE("features beyond those that know of each other learn alone") {
    drifting_logistic l({.variance = 0.5, .together = 2});
    l.grow(4);
    for (int i = 0; i < 400; ++i) {
        l.learn(inputs{{0, 1}, {3, 1}}, true);
        l.learn(inputs{{0, 1}, {2, 1}}, false);
    }
    CHECK(l.learned(3) > 1);
    CHECK(l.learned(2) < -1);
    CHECK(l.variances().size() == 3 + 2);
    l.grow(6);
    CHECK(l.learned(5) == 0);
    CHECK(l.learned(3) > 1);
}

TEST_CASE("the parts of a mixture are its log-odds") {
    auto m = learned(2000);
    calls all;
    for (int i = 0; i < 200; ++i) {
        bool hit = false;
        const auto in = all.next(hit);
        const auto parts = m.explain(in);
        double sum = 0;
        for (std::size_t k = 0; k < parts.size(); ++k) {
            sum += parts[k].log_odds;
            if (k > 0)
                CHECK(std::abs(parts[k - 1].log_odds) >= std::abs(parts[k].log_odds));
        }
        CHECK(sum == doctest::Approx(m.log_odds(in)).epsilon(1e-9));
        CHECK(m.probability(in) == doctest::Approx(logistic(sum)).epsilon(1e-9));
    }
    double voices = 0;
    for (const auto v : m.voices())
        voices += v;
    CHECK(voices == doctest::Approx(1));
}

TEST_CASE("who follows quickly is heard when the world turns") {
    mixture m(
        {{{.variance = 0.001, .keep = 1, .base_drift = 0}, {.variance = 1, .keep = 0.9, .base_drift = 0.1}}, 0.995});
    m.grow(5);
    calls all;
    for (int i = 0; i < 3000; ++i) {
        bool hit = false;
        const auto in = all.next(hit, i < 1500 ? 3 : -3);
        m.learn(in, hit);
        if (i % 20 == 19)
            m.night();
    }
    CHECK(m.voices()[1] > 0.9);
}

TEST_CASE("kept and brought back it says the same; what is not of its size changes nothing") {
    const auto m = learned(500);
    mixture other;
    REQUIRE(other.restore(m.all()));
    calls all;
    for (int i = 0; i < 50; ++i) {
        bool hit = false;
        const auto in = all.next(hit);
        CHECK(other.log_odds(in) == m.log_odds(in));
    }
    auto bad = m.all();
    bad.pop_back();
    CHECK_FALSE(other.restore(bad));
    bad = m.all();
    bad[0].means.pop_back();
    CHECK_FALSE(other.restore(bad));
    bad = m.all();
    bad[1].variances[0] = std::nanf("");
    CHECK_FALSE(other.restore(bad));
    CHECK(other.size() == 5);
}
