// An experiment is written down once, before it begins, and stays as it was written.
#include "store/experiments.hpp"
#include "support.hpp"

using namespace whynow::tests;
using experiments::arm;
using experiments::assigned_week;

namespace {

experiment half_the_calls() {
    experiment e;
    e.plan.name = "half the calls";
    e.plan.stage = experiments::stage::team;
    e.plan.weeks = 2;
    e.plan.seed = 7;
    e.plan.tolerated_loss = 0.1;
    e.promise = experiments::in_writing(e.plan);
    e.first_monday = day("2026-11-30");
    e.written_at = at(1000);
    return e;
}

} // namespace

TEST_CASE("plan and arms come back as they were written down; a second promise of that name is refused") {
    database d;
    const cast c(d);
    const std::vector<assigned_week> weeks{{c.dana.id, 0, arm::usual}, {c.dana.id, 1, arm::brief}};
    d.write([&](session& s) {
        experiment_log log(s);
        CHECK(log.write_down(half_the_calls(), weeks));
        auto other = half_the_calls();
        other.plan.weeks = 20;
        CHECK_FALSE(log.write_down(other, {}));
        const auto kept = log.find("half the calls").value();
        CHECK(kept.plan == half_the_calls().plan);
        CHECK(kept.promise == half_the_calls().promise);
        CHECK(kept.first_monday == day("2026-11-30"));
        CHECK(kept.written_at == at(1000));
        CHECK_FALSE(kept.stopped_on);
        CHECK(log.weeks("half the calls") == weeks);
        CHECK(log.arm_of("half the calls", c.dana.id, 0) == arm::usual);
        CHECK_FALSE(log.arm_of("half the calls", c.dana.id, 2));
        CHECK_FALSE(log.arm_of("another", c.dana.id, 0));
        CHECK_FALSE(log.find("another"));
    });
}

TEST_CASE("the day it was stopped stays the first one") {
    database d;
    const cast c(d);
    d.write([&](session& s) {
        experiment_log log(s);
        log.write_down(half_the_calls(), {});
        log.stop("half the calls", day("2026-12-10"));
        log.stop("half the calls", day("2026-12-11"));
        CHECK(log.find("half the calls")->stopped_on == day("2026-12-10"));
    });
}

TEST_CASE("a morning counts whether or not its brief had calls") {
    database d;
    const cast c(d);
    d.write([&](session& s) {
        for (const auto* on : {"2026-11-30", "2026-12-01", "2026-12-07"}) {
            brief b;
            b.rep = c.dana.id;
            b.date = day(on);
            briefs(s).create(b);
        }
        const auto all = experiment_log(s).mornings(day("2026-11-30"), day("2026-12-06"));
        REQUIRE(all.size() == 2);
        CHECK(all.front() == std::pair(c.dana.id, day("2026-11-30")));
    });
}
