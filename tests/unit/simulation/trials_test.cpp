// Experiments in known markets: a small version of `whynow simulate experiments`.
#include "domain/simulation/territory.hpp"
#include "domain/simulation/trials.hpp"

#include <doctest/doctest.h>

using namespace whynow::domain;
using namespace whynow::domain::simulation;

namespace {

triggers::kind_table kinds() {
    triggers::kind_table k;
    for (std::size_t i = 0; i < k.size(); ++i) {
        k[i].prior = 0.25 + 0.025 * double(i);
        k[i].half_life_days = 30 + 3 * double(i);
    }
    return k;
}

trial_settings in(effect what, int reps = 6) {
    trial_settings t;
    t.what = what;
    t.market.reps = reps;
    t.market.accounts = 60;
    t.market.usual_calls = 12;
    t.plan.weeks = 8;
    return t;
}

} // namespace

TEST_CASE("where nothing differs few experiments stop, and intervals hold") {
    const auto f = run_trials(in(effect::none), kinds(), 300);
    CHECK(f.runs == 300);
    CHECK(f.false_stops <= 15);
    CHECK(f.both_covered >= 285);
    CHECK(f.true_difference == 0);
}

TEST_CASE("where the brief is better that is seen, and intervals hold") {
    const auto f = run_trials(in(effect::better), kinds(), 200);
    CHECK(f.true_difference > 0.1);
    CHECK(f.better >= 100);
    CHECK(f.worse == 0);
    CHECK(f.both_covered >= 190);
    CHECK(f.weeks_to_stop > 0);
    CHECK(f.weeks_to_stop < 8);
}

TEST_CASE("where half the calls halve the meetings, that is true and sometimes seen, the hits stay") {
    auto t = in(effect::harmful, 12);
    t.market.reach = 0.5; // many conversations, and every hit a meeting: meetings are not rare
    t.market.meetings = 1;
    const auto f = run_trials(t, kinds(), 100);
    CHECK(f.true_meetings < -0.05);
    CHECK(f.true_difference == 0);
    CHECK(f.harm > 30);
    CHECK(f.better <= 5);
}

TEST_CASE("the parallel design keeps its word too") {
    auto t = in(effect::none, 10);
    t.plan.design = experiments::design::parallel;
    const auto f = run_trials(t, kinds(), 200);
    CHECK(f.false_stops <= 10);
    CHECK(f.both_covered >= 190);
}

TEST_CASE("the same seed gives the same figures, another one others") {
    auto t = in(effect::better);
    const auto a = run_trials(t, kinds(), 40), b = run_trials(t, kinds(), 40);
    CHECK(a.true_difference == b.true_difference);
    CHECK(a.better == b.better);
    CHECK(a.width == b.width);
    t.seed = 2;
    CHECK(run_trials(t, kinds(), 40).true_difference != a.true_difference);
}

TEST_CASE("in a territory news arrives, ages and is used once; people rest") {
    market_settings how;
    how.news = 0.5;
    how.objects = 1;
    const market m(how, kinds(), 5, 4);
    territory t(m, 0, 0);
    t.morning(0);
    std::size_t with_news = 0, first = t.leads().size();
    for (std::size_t i = 0; i < t.leads().size(); ++i)
        if (t.leads()[i].news) {
            ++with_news;
            first = std::min(first, i);
        }
    REQUIRE(with_news > 20);
    CHECK(t.chance(first, true) > 0);
    CHECK(t.chance(first, true) < 1);
    const auto before = t.leads()[first].news_day;
    const auto c = t.call(first, true);
    CHECK_FALSE(t.leads()[first].callable);
    t.morning(1);
    CHECK_FALSE(t.leads()[first].callable);
    if (c.reached && t.leads()[first].news)
        CHECK(t.leads()[first].news_day != before);
    int closed = 0; // everybody objects who was reached in vain
    for (int day = 1; day < 20; ++day) {
        t.morning(day);
        for (std::size_t i = 0; i < t.leads().size(); ++i)
            if (t.leads()[i].callable)
                t.call(i, false);
    }
    for (const auto& l : t.leads())
        closed += l.closed;
    CHECK(closed > 50);
}
