// What may be said, and when: "not enough data yet" as plainly as a win.
#include "domain/experiments/verdict.hpp"

#include <doctest/doctest.h>

using namespace whynow::domain;
using namespace whynow::domain::experiments;

namespace {

// Weeks of a crossover: in each, half of the reps in each arm, with so many hits of 10 conversations a rep and week.
std::vector<rep_week> weeks_of(int weeks, int reps, double brief, double usual, double brief_meetings = 1,
                               double usual_meetings = 1) {
    std::vector<rep_week> out;
    for (int w = 0; w < weeks; ++w)
        for (int r = 1; r <= reps; ++r) {
            const bool first = (r + w) % 2 == 0;
            const double wobble = (r * 7 + w * 3) % 5 * 0.2 - 0.4;
            out.push_back({{r},
                           w,
                           first ? arm::brief : arm::usual,
                           5,
                           10,
                           (first ? brief : usual) + wobble,
                           (first ? brief_meetings : usual_meetings) + wobble});
        }
    return out;
}

plan twelve_weeks() {
    plan p;
    p.name = "half";
    p.weeks = 12;
    return p;
}

} // namespace

TEST_CASE("before its first Monday an experiment waits") {
    const auto f = judge(twelve_weeks(), {}, 0, 8);
    CHECK(f.verdict == verdict::waiting);
    CHECK(f.weeks_needed == 0);
}

TEST_CASE("few conversations: too early, without an interval") {
    const auto f = judge(twelve_weeks(), weeks_of(1, 2, 3, 1), 1, 2);
    CHECK(f.verdict == verdict::too_early);
    CHECK_FALSE(f.hits.enough);
    CHECK(f.weeks_needed > 0);
}

TEST_CASE("nothing to be seen is undecided, and says how long it would take") {
    const auto f = judge(twelve_weeks(), weeks_of(4, 8, 1, 1), 4, 8);
    CHECK(f.verdict == verdict::undecided);
    CHECK(f.hits.low < 0);
    CHECK(f.hits.high > 0);
    CHECK(f.weeks_needed > 0);
    CHECK(f.conversations_needed == f.weeks_needed * 80);
    auto p = twelve_weeks();
    p.worth_knowing = 0.01;
    const auto finer = judge(p, weeks_of(4, 8, 1, 1), 4, 8);
    CHECK(finer.weeks_needed > f.weeks_needed);
    CHECK(finer.beyond);
}

TEST_CASE("a clear gain is a win, a clear loss a loss") {
    CHECK(judge(twelve_weeks(), weeks_of(6, 8, 4, 1), 6, 8).verdict == verdict::better);
    CHECK(judge(twelve_weeks(), weeks_of(6, 8, 1, 4), 6, 8).verdict == verdict::worse);
}

TEST_CASE("fewer held meetings stop it, however good the hits are") {
    const auto f = judge(twelve_weeks(), weeks_of(6, 8, 4, 1, 1, 4), 6, 8);
    CHECK(f.hits.low > 0);
    CHECK(f.verdict == verdict::harm);
    auto p = twelve_weeks();
    p.tolerated_loss = 5;
    CHECK(judge(p, weeks_of(6, 8, 4, 1, 1, 4), 6, 8).verdict == verdict::better);
}

TEST_CASE("when the weeks are over, what was not shown is said to be not shown") {
    CHECK(judge(twelve_weeks(), weeks_of(12, 8, 1, 1), 13, 8).verdict == verdict::not_shown);
    CHECK(judge(twelve_weeks(), weeks_of(1, 2, 1, 1), 13, 2).verdict == verdict::not_shown);
    CHECK(judge(twelve_weeks(), weeks_of(12, 8, 4, 1), 13, 8).verdict == verdict::better);
}

TEST_CASE("in parallel a rep is one pair, however many weeks pass") {
    auto p = twelve_weeks();
    p.design = design::parallel;
    auto weeks = weeks_of(6, 8, 3, 1);
    for (auto& w : weeks)
        w.arm = w.rep.value % 2 ? arm::brief : arm::usual;
    CHECK(pairs_of(p, weeks, false).size() == 8);
    const auto f = judge(p, weeks, 6, 8);
    CHECK(f.hits.pairs == 8);
    CHECK(f.weeks_needed > 0);
}
