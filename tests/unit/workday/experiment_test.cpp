// The experiment in the days of the house: whose week it is, what counts, when it is stopped.
#include "schedule/system_zones.hpp"
#include "store/experiments.hpp"
#include "unit/store/support.hpp"
#include "workday/experiment.hpp"

using namespace whynow::tests;
namespace db = whynow::store;
namespace workday = whynow::workday;
using experiments::arm;
using experiments::verdict;

namespace {

// Written down on Wednesday 4 November 2026: begins on Monday the 9th.
const auto wednesday = parse_iso_instant("2026-11-04T10:00:00Z").value();
instant noon(local_date on) { return parse_iso_instant(to_iso(on) + "T12:00:00Z").value(); }

experiments::plan six_weeks() {
    experiments::plan p;
    p.name = "half";
    p.weeks = 6;
    p.stage = experiments::stage::organisation;
    return p;
}

std::shared_ptr<const workday::rulebook> house(std::optional<experiments::plan> plan) {
    workday::team t;
    t.experiment = std::move(plan);
    const auto loaded = workday::rulebook::load("", t, whynow::schedule::system_zones());
    return std::get<std::shared_ptr<const workday::rulebook>>(loaded);
}

class weeks {
  public:
    weeks(session& s, const cast& who) : s_(s), who_(who) {}

    void morning(local_date on) {
        db::brief b;
        b.rep = who_.dana.id;
        b.date = on;
        db::briefs(s_).create(b);
    }
    void call(local_date on, std::vector<std::string> results, contact_id whom, std::string disposition = "connected",
              std::optional<local_date> meeting = {}) {
        outcome o;
        o.rep = who_.dana.id;
        o.contact = whom;
        o.account = who_.northwind.id;
        o.at = noon(on);
        o.day = on;
        o.source_ref = "call:" + std::to_string(++number_);
        o.disposition = std::move(disposition);
        o.results = std::move(results);
        o.follow_up_date = meeting;
        db::outcomes(s_).record(o);
    }
    contact_id somebody() {
        book::contact c;
        c.name = "Person " + std::to_string(++people_);
        c.account = who_.northwind.id;
        db::contacts(s_).upsert(c);
        return c.id;
    }

  private:
    session& s_;
    const cast& who_;
    int number_ = 0, people_ = 0;
};

} // namespace

TEST_CASE("without [experiment] every week is as always") {
    database d;
    const cast who(d);
    const auto rules = house(std::nullopt);
    d.write([&](session& s) {
        CHECK(workday::keep_experiment(s, *rules, wednesday) == workday::kept::as_it_was);
        CHECK_FALSE(workday::week_of(s, who.dana.id, day("2026-11-09"), *rules).usual);
        CHECK_FALSE(workday::report_experiment(s, *rules, wednesday));
        CHECK(workday::experiment_section(s, "en", *rules, wednesday).empty());
    });
}

TEST_CASE("it is written down once, for the Monday after, and a rep's weeks change in turn") {
    database d;
    const cast who(d);
    const auto rules = house(six_weeks());
    d.write([&](session& s) {
        CHECK(workday::report_experiment(s, *rules, wednesday)->written == false);
        CHECK(workday::keep_experiment(s, *rules, wednesday) == workday::kept::written);
        CHECK(workday::keep_experiment(s, *rules, wednesday) == workday::kept::as_it_was);
        CHECK_FALSE(workday::week_of(s, who.dana.id, day("2026-11-08"), *rules).usual);
        int usual = 0;
        for (int w = 0; w < 6; ++w) {
            const auto monday = add_days(day("2026-11-09"), 7 * w);
            const bool own = workday::week_of(s, who.dana.id, monday, *rules).usual;
            CHECK(workday::week_of(s, who.dana.id, add_days(monday, 6), *rules).usual == own);
            usual += own;
        }
        CHECK(usual == 3);
        CHECK_FALSE(workday::week_of(s, who.dana.id, day("2026-12-21"), *rules).usual); // over
        const auto r = workday::report_experiment(s, *rules, wednesday).value();
        CHECK(r.first_monday == day("2026-11-09"));
        CHECK(r.found.verdict == verdict::waiting);
        // Another plan under the same name changes nothing.
        auto longer = six_weeks();
        longer.weeks = 20;
        const auto changed = workday::report_experiment(s, *house(longer), wednesday).value();
        CHECK(changed.changed);
        CHECK(changed.plan.weeks == 6);
    });
}

TEST_CASE("people nobody knows keep it from beginning") {
    database d;
    const cast who(d);
    auto plan = six_weeks();
    plan.stage = experiments::stage::rep;
    plan.reps = {who.dana.email, "nobody@acme.example"};
    const auto rules = house(plan);
    d.write([&](session& s) {
        CHECK(workday::keep_experiment(s, *rules, wednesday) == workday::kept::impossible);
        CHECK(workday::report_experiment(s, *rules, wednesday)->unknown ==
              std::vector<std::string>{"nobody@acme.example"});
    });
}

TEST_CASE("conversations, hits and meetings count in the week of their call") {
    database d;
    const cast who(d);
    const auto rules = house(six_weeks());
    d.write([&](session& s) {
        workday::keep_experiment(s, *rules, wednesday);
        weeks w(s, who);
        const auto on = day("2026-11-10");
        w.morning(on);
        w.call(day("2026-11-06"), {"meeting_booked"}, w.somebody()); // before the first Monday
        w.call(on, {"interested_later"}, w.somebody());
        w.call(on, {"not_interested"}, w.somebody());
        w.call(on, {}, w.somebody(), "voicemail"); // no conversation
        w.call(on, {"meeting_booked"}, w.somebody(), "connected", day("2026-11-12"));
        w.call(on, {"meeting_booked"}, w.somebody(), "connected", day("2026-12-01")); // still ahead
        const auto absent = w.somebody(), refused = w.somebody();
        w.call(on, {"meeting_booked"}, absent, "connected", day("2026-11-13"));
        w.call(day("2026-11-13"), {}, absent, "no_answer");
        w.call(on, {"meeting_booked"}, refused, "connected", day("2026-11-16"));
        w.call(day("2026-11-12"), {"not_interested"}, refused);
        const auto r = workday::report_experiment(s, *rules, noon(day("2026-11-14"))).value();
        const bool usual = workday::week_of(s, who.dana.id, on, *rules).usual;
        const auto& hits = usual ? r.found.hits.usual : r.found.hits.brief;
        const auto& meetings = usual ? r.found.meetings.usual : r.found.meetings.brief;
        CHECK(hits.base == 7);
        CHECK(hits.of == 5);
        CHECK(meetings.base == 1);
        CHECK(meetings.of == 1);
        CHECK(r.found.verdict == verdict::too_early);
    });
}

TEST_CASE("harm stops it: no more usual weeks, and whole days for the brief") {
    database d;
    const cast who(d);
    auto plan = six_weeks();
    plan.weeks = 40;
    const auto rules = house(plan);
    d.write([&](session& s) {
        workday::keep_experiment(s, *rules, wednesday);
        weeks w(s, who);
        const auto now = add_days(day("2026-11-09"), 7 * 38);
        for (int week = 0; week < 38; ++week)
            for (int weekday = 0; weekday < 5; ++weekday) {
                const auto on = add_days(day("2026-11-09"), 7 * week + weekday);
                w.morning(on);
                const bool usual = workday::week_of(s, who.dana.id, on, *rules).usual;
                for (int i = 0; i < 3; ++i)
                    w.call(on, usual && i < 2 ? std::vector<std::string>{"meeting_booked"} : std::vector<std::string>{},
                           w.somebody(), "connected", on);
            }
        CHECK(workday::report_experiment(s, *rules, noon(now))->found.verdict == verdict::harm);
        CHECK(workday::keep_experiment(s, *rules, noon(now)) == workday::kept::stopped);
        CHECK(workday::keep_experiment(s, *rules, noon(add_days(now, 1))) == workday::kept::as_it_was);
        for (int later = 0; later < 14; ++later) {
            const auto week = workday::week_of(s, who.dana.id, add_days(now, later), *rules);
            CHECK_FALSE(week.usual);
            CHECK(week.whole_days);
        }
        CHECK(workday::report_experiment(s, *rules, noon(now))->stopped_on == now);
    });
}
