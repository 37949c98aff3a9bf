// What a team learns beside the weights: how fast kinds age; and that all of it is kept.
#include "domain/core/lots.hpp"
#include "domain/ranking/event_worth.hpp"
#include "domain/ranking/experience.hpp"
#include "unit/ranking/shipped_rules.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace whynow::domain;
using namespace whynow::domain::ranking;

namespace {

// As the daemon starts: config/ranking.toml.
experience fresh(const triggers::kind_table& of = kinds()) {
    return untaught(shipped_learning(), of);
}

std::vector<aged_calls> calls(double half_life, double first, int n, std::uint64_t seed) {
    std::vector<aged_calls> out;
    lots l(seed);
    for (int i = 0; i < n; ++i) {
        const auto age = int(l.below(60));
        const bool hit = l.happens(first * std::exp2(-age / half_life));
        out.push_back({age, hit ? 1.0 : 0.0, hit ? 0.0 : 1.0});
    }
    return out;
}

} // namespace

TEST_CASE("without calls a half-life is the configured one, and little is known of it") {
    const auto h = learned_half_life(20, 0.5, {});
    CHECK(h.days == doctest::Approx(20).epsilon(0.001));
    CHECK(h.low < 12);
    CHECK(h.high > 33);
    CHECK(h.conversations == 0);
}

TEST_CASE("the true half-life is found, and lies in nine of ten intervals") {
    int inside = 0;
    double sum = 0;
    constexpr int times = 100;
    for (int i = 0; i < times; ++i) {
        const auto h = learned_half_life(30, 0.4, calls(12, 0.5, 1500, std::uint64_t(i)));
        sum += h.days;
        inside += h.low <= 12 && 12 <= h.high;
    }
    CHECK(sum / times == doctest::Approx(12).epsilon(0.06));
    CHECK(inside >= 84); // 90 expected, standard deviation 3
    CHECK(inside <= 98);
}

TEST_CASE("few calls move it little, nothing makes it wild") {
    const auto few = learned_half_life(30, 0.4, calls(5, 0.5, 12, 3));
    CHECK(few.days > 15);
    CHECK(few.days < 45);
    for (const bool hit : {true, false}) {
        const aged_calls all[] = {{40, hit ? 500.0 : 0, hit ? 0 : 500.0}};
        const auto h = learned_half_life(30, 0.4, all);
        CHECK(h.low >= 30.0 / 4.5);
        CHECK(h.high <= 30.0 * 4.5);
        CHECK(h.low <= h.days);
        CHECK(h.days <= h.high);
    }
}

TEST_CASE("an experience is kept as text, weighed against the config in force, and fades") {
    auto e = fresh();
    features f;
    prospect p;
    p.kind = triggers::kind::ma;
    features_of(p, e.days(), f);
    for (int i = 0; i < 50; ++i)
        e.scores.learn(f, i % 3 == 0);
    const auto k = std::size_t(triggers::kind::ma);
    for (int i = 0; i < 200; ++i)
        e.learn_age(triggers::kind::ma, i % 40, i % 40 < 10 && i % 2 == 0);
    const auto text = save(e);
    auto back = fresh();
    REQUIRE(load(back, text));
    CHECK((save(back) == text));
    CHECK(back.scores.log_odds(f) == e.scores.log_odds(f));

    CHECK(back.ages[k].now.days == e.ages[k].now.days);
    CHECK(e.ages[k].now.days < kinds()[k].half_life_days);

    auto other_kinds = kinds();
    other_kinds[k].half_life_days *= 2;
    auto changed = fresh(other_kinds);
    REQUIRE(load(changed, text));
    CHECK(changed.ages[k].now.configured == other_kinds[k].half_life_days);
    CHECK(changed.ages[k].now.days > e.ages[k].now.days); // the calls are weighed against the new expectation
    CHECK(changed.scores.seen() == 50);

    e.forget(3000);
    CHECK(e.ages[k].now.days == doctest::Approx(kinds()[k].half_life_days).epsilon(0.02));

    for (const std::string& bad : {std::string(), std::string("whynow-experience 1\n"), text.substr(0, text.size() - 3),
                                   "x" + text, std::string("whynow-experience 1\nage\tma\t1\nscores\n")}) {
        CHECK_FALSE(load(changed, bad));
        CHECK(changed.scores.seen() == 50);
    }
}

TEST_CASE("the worth of an event orders events as the whole score does") {
    auto e = fresh();
    features f;
    lots l(5);
    const auto any = [&] {
        prospect p;
        p.kind = triggers::kind(1 + l.below(15));
        p.scope = triggers::scope(l.below(5));
        p.state = triggers::state(l.below(2));
        p.age_days = int(l.below(90));
        p.sources = int(1 + l.below(5));
        return p;
    };
    for (int i = 0; i < 400; ++i) {
        features_of(any(), e.days(), f);
        e.scores.learn(f, l.happens(0.3));
    }
    const event_worth worth(e);
    const auto of = [&](const prospect& p) { return worth.of(p.kind, p.scope, p.state, p.age_days, p.sources); };
    const auto score = [&](const prospect& p) {
        features_of(p, e.days(), f);
        return e.scores.log_odds(f);
    };
    // What an event is worth for this persona and not for others is left to the whole score.
    int agree = 0, clear = 0;
    for (int i = 0; i < 500; ++i) {
        const auto a = any(), b = any();
        if (std::abs(score(a) - score(b)) < 0.25)
            continue;
        ++clear;
        agree += (of(a) > of(b)) == (score(a) > score(b));
    }
    REQUIRE(clear > 200);
    CHECK(agree >= clear * 97 / 100);
}
