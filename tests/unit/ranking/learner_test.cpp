// The learner: what it learns, what it forgets, and that its reasons are the whole truth of its score.
#include "domain/ranking/experience.hpp"
#include "domain/ranking/learner.hpp"
#include "unit/ranking/shipped_rules.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace whynow::domain;
using namespace whynow::domain::ranking;

namespace {

// As the daemon starts: config/ranking.toml.
learner fresh() {
    learner l(shipped_learning());
    set_expectations(l, kinds());
    return l;
}

features of(triggers::kind kind, book::persona who = book::persona::sales, int age = 0) {
    prospect p;
    p.kind = kind;
    p.persona = who;
    p.age_days = age;
    features out;
    features_of(p, configured(kinds()), out);
    return out;
}

double contributions(const learner& l, const features& f) {
    double sum = 0;
    for (const auto& part : l.explain(f))
        sum += part.contribution;
    return sum;
}

} // namespace

TEST_CASE("before anything was learned a fresh event is worth its kind's prior") {
    const auto l = fresh();
    for (std::size_t k = 1; k < triggers::kind_count; ++k) {
        INFO(triggers::to_string(triggers::kind(k)));
        CHECK(l.probability(of(triggers::kind(k))) == doctest::Approx(kinds()[k].prior).epsilon(0.001));
    }
}

TEST_CASE("an older event is worth less, by its kind's half-life") {
    const auto l = fresh();
    double before = 1;
    for (const int age : {0, 5, 10, 20, 40, 80}) {
        const auto p = l.probability(of(triggers::kind::leadership, book::persona::sales, age));
        CHECK(p < before);
        before = p;
    }
}

TEST_CASE("it learns which kind gives good calls, here") {
    auto l = fresh();
    const auto good = of(triggers::kind::hiring), bad = of(triggers::kind::leadership);
    REQUIRE(l.probability(good) < l.probability(bad));
    for (int i = 0; i < 400; ++i) {
        l.learn(good, i % 10 != 0);
        l.learn(bad, i % 10 == 0);
    }
    CHECK(l.seen() == 800);
    CHECK(l.probability(good) > 0.7);
    CHECK(l.probability(bad) < 0.3);
}

TEST_CASE("it settles near the true rate and does not run away") {
    auto l = fresh();
    std::mt19937 dice(7);
    std::bernoulli_distribution hit(0.3);
    const auto f = of(triggers::kind::expansion);
    for (int i = 0; i < 4000; ++i)
        l.learn(f, hit(dice));
    CHECK(l.probability(f) == doctest::Approx(0.3).epsilon(0.15));
}

TEST_CASE("one call changes little") {
    auto l = fresh();
    const auto f = of(triggers::kind::earnings);
    const auto before = l.probability(f);
    l.learn(f, true);
    CHECK(l.probability(f) > before);
    CHECK(l.probability(f) - before < 0.1);
}

TEST_CASE("what was learned fades back to the prior, priors stay") {
    auto l = fresh();
    const auto f = of(triggers::kind::hiring);
    const auto prior = l.probability(f);
    for (int i = 0; i < 200; ++i)
        l.learn(f, true);
    const auto learned = l.probability(f);
    l.forget(30);
    const auto month = l.probability(f);
    CHECK(month < learned);
    CHECK(month > prior);
    l.forget(20'000);
    CHECK(l.probability(f) == doctest::Approx(prior).epsilon(0.001));
    auto same = fresh();
    same.forget(0);
    CHECK(same.probability(f) == prior);
}

TEST_CASE("the parts of a score are the whole score") {
    auto l = fresh();
    std::mt19937 dice(3);
    for (int i = 0; i < 500; ++i) {
        auto f = of(triggers::kind(1 + dice() % 15), book::persona(dice() % 10), int(dice() % 60));
        l.learn(f, dice() % 3 == 0);
        CHECK(contributions(l, f) == doctest::Approx(l.log_odds(f)).epsilon(1e-9));
        CHECK(l.probability(f) == doctest::Approx(1 / (1 + std::exp(-contributions(l, f)))).epsilon(1e-9));
    }
    const auto f = of(triggers::kind::ma);
    const auto parts = l.explain(f);
    CHECK(parts.size() == f.size());
    for (std::size_t i = 1; i < parts.size(); ++i)
        CHECK(std::abs(parts[i - 1].contribution) >= std::abs(parts[i].contribution));
    for (const auto& p : parts) {
        CHECK(p.contribution == doctest::Approx(p.weight * double(p.what.x)));
        CHECK_FALSE(in_words(p.what).empty());
    }
}

TEST_CASE("saved and loaded it scores the same; foreign or torn text changes nothing") {
    auto l = fresh();
    std::mt19937 dice(5);
    for (int i = 0; i < 300; ++i)
        l.learn(of(triggers::kind(1 + dice() % 15), book::persona(dice() % 10)), dice() % 4 == 0);
    const auto text = l.save();
    auto other = fresh();
    REQUIRE(other.load(text));
    CHECK(other.seen() == l.seen());
    CHECK((other.save() == text));
    for (std::size_t k = 1; k < triggers::kind_count; ++k)
        CHECK(other.log_odds(of(triggers::kind(k))) == l.log_odds(of(triggers::kind(k))));
    const auto with = [&](std::string_view line, std::string_view instead) {
        auto torn = text;
        const auto at = torn.find(line);
        REQUIRE(at != torn.npos);
        return torn.replace(at, torn.find('\n', at) - at, instead);
    };
    for (const std::string& bad :
         {std::string("no weights"), std::string(""), std::string("whynow-learner 1\n"), with("calls", "calls\tx"),
          with("feature", "feature\tshoe\t1"), with("feature", "feature\tkind\t-1"), with("means", "means\tnan"),
          with("means", "means\t1"), with("variances", "variances\t1\tinf"), with("expert", "expert"), text + "x",
          text.substr(0, text.size() / 2 + 1) + "#", text.substr(0, text.size() / 2)}) {
        INFO(bad.size(), " bytes of ", text.size());
        CHECK_FALSE(other.load(bad));
        CHECK((other.save() == text));
    }
}
