// When people come back: before the day they named, on a working day, never in the past.
#include "domain/nurture/return_day.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace whynow::domain;
using namespace whynow::domain::nurture;
using dates::grain;
using dates::window;

namespace {

local_date day(const char* iso) { return *parse_iso_date(iso); }

window in_months(local_date today, int n) {
    window w;
    w.date = add_months(today, n);
    w.from = add_days(w.date, -7);
    w.to = add_days(w.date, 7);
    w.size = grain::month;
    w.counted = true;
    return w;
}

window the(const char* iso) {
    window w;
    w.from = w.to = w.date = day(iso);
    return w;
}

} // namespace

TEST_CASE("six months after the 31st of August is the end of February, three weeks before it a Friday") {
    const auto r = when_back(in_months(day("2026-08-31"), 6), day("2026-08-31"), {});
    CHECK(r.promised == day("2027-02-28")); // a Sunday
    CHECK(r.lead);
    CHECK(r.due == day("2027-02-05")); // the 7th is a Sunday
}

TEST_CASE("a year after the 29th of February") {
    const auto r = when_back(in_months(day("2028-02-29"), 12), day("2028-02-29"), {});
    CHECK(r.promised == day("2029-02-28"));
    CHECK(r.due == day("2029-02-07"));
}

TEST_CASE("a near day is kept as it is") {
    const auto today = day("2026-11-24");
    const auto tuesday = when_back(the("2026-12-01"), today, {});
    CHECK(tuesday.due == day("2026-12-01"));
    CHECK_FALSE(tuesday.lead);
    CHECK(when_back(the("2026-12-22"), today, {}).due == day("2026-12-22")); // 28 days
    const auto far = when_back(the("2026-12-23"), today, {});                // 29 days
    CHECK(far.lead);
    CHECK(far.due == day("2026-12-02"));
}

TEST_CASE("weekends: the working day before, and behind where there is none") {
    CHECK(when_back(the("2026-11-29"), day("2026-11-19"), {}).due == day("2026-11-27"));
    const auto friday = when_back(the("2026-11-28"), day("2026-11-27"), {});
    CHECK(friday.promised == day("2026-11-28"));
    CHECK(friday.due == day("2026-11-30"));
    return_rules sunday_team;
    sunday_team.days.week = std::bitset<7>{0b1001111}; // Sunday to Thursday
    CHECK(when_back(the("2026-11-29"), day("2026-11-19"), sunday_team).due == day("2026-11-29"));
}

TEST_CASE("holidays are no working days") {
    return_rules rules;
    rules.days.holidays = {day("2026-12-24"), day("2026-12-25"), day("2026-12-28")};
    CHECK(when_back(the("2026-12-25"), day("2026-12-10"), rules).due == day("2026-12-23"));
    CHECK(when_back(the("2026-12-28"), day("2026-12-10"), rules).due == day("2026-12-23"));
}

TEST_CASE("over the end of the year") {
    return_rules rules;
    rules.days.holidays = {day("2026-12-25"), day("2027-01-01")};
    CHECK(when_back(the("2027-01-22"), day("2026-12-15"), rules).due ==
          day("2026-12-31")); // three weeks before is New Year
    CHECK(when_back(the("2027-01-15"), day("2026-12-15"), rules).due == day("2026-12-24"));
    CHECK(when_back(the("2027-01-02"), day("2026-12-31"), rules).due == day("2027-01-04"));
}

TEST_CASE("a window is promised from its beginning, an amount of time for its best day") {
    window june;
    june.from = day("2027-06-01");
    june.to = day("2027-06-30");
    june.date = day("2027-06-15");
    june.size = grain::month;
    CHECK(when_back(june, day("2026-11-24"), {}).promised == day("2027-06-01"));
    CHECK(when_back(in_months(day("2026-11-24"), 6), day("2026-11-24"), {}).promised == day("2027-05-24"));
    // in the middle of the window its best day is what is left
    CHECK(when_back(june, day("2027-06-10"), {}).promised == day("2027-06-15"));
}

TEST_CASE("no lead where the team wants none") {
    return_rules rules;
    rules.lead_weeks = 0;
    CHECK(when_back(the("2027-06-15"), day("2026-11-24"), rules).due == day("2027-06-15"));
}

TEST_CASE("never in the past, always a working day, never later than promised without need") {
    return_rules rules;
    rules.days.holidays = {day("2026-12-25"), day("2026-12-26"), day("2027-01-01"), day("2027-03-26"),
                           day("2027-03-29")};
    for (auto today = day("2026-10-01"); today < day("2027-10-01"); today = add_days(today, 1))
        for (int ahead = -10; ahead < 420; ahead += ahead < 40 ? 1 : 13) {
            window w;
            w.date = add_days(today, ahead);
            w.from = add_days(w.date, -(ahead % 5));
            w.to = w.date;
            w.size = ahead % 3 ? grain::day : grain::month;
            w.counted = ahead % 2 == 0;
            const auto r = when_back(w, today, rules);
            bool good = r.due > today && r.promised > today && rules.days.works(r.due);
            if (r.due > r.promised)
                for (auto d = add_days(today, 1); d <= r.promised; d = add_days(d, 1))
                    good = good && !rules.days.works(d);
            if (!good) {
                INFO(to_iso(today), " ", ahead, " due ", to_iso(r.due), " promised ", to_iso(r.promised));
                CHECK(good);
            }
        }
}
