// When a person may be called: at their place, on both clocks, on days when the clocks change too.
#include "domain/compliance/calling_hours.hpp"
#include "schedule/system_zones.hpp"
#include "support/tree.hpp"

#include <doctest/doctest.h>

using namespace whynow::domain;
using namespace whynow::domain::compliance;

namespace {

const zones& clocks() { return whynow::schedule::system_zones(); }

const calling_hours& hours() {
    static const calling_hours made(whynow::test::tree_of(WHYNOW_SOURCE_DIR, "config/calling-hours.toml"));
    return made;
}

local_date day(const char* iso) { return *parse_iso_date(iso); }

book::contact who(const char* country, const char* zone = "") {
    book::contact c;
    c.country = country;
    c.zone = zone;
    return c;
}

std::string shown(const std::optional<call_window>& w) {
    return w ? to_clock(w->from) + "-" + to_clock(w->to) + " is " + to_clock(w->here_from) + "-" + to_clock(w->here_to)
             : "none";
}

bool may(const book::contact& c, const char* at, const char* rep = "Europe/Berlin") {
    return hours().allowed(c, *parse_iso_instant(at), rep, clocks());
}

} // namespace

TEST_CASE("a known zone: their hours and ours") {
    const auto seattle = who("US", "America/Los_Angeles");
    const auto w = hours().on(seattle, day("2026-11-24"), "Europe/Berlin", clocks());
    CHECK(shown(w) == "08:00-17:00 is 17:00-02:00");
    CHECK(w->zone == "America/Los_Angeles");
    CHECK_FALSE(w->assumed);
    CHECK(shown(hours().on(who("DE", "Europe/Berlin"), day("2026-11-24"), "Europe/Berlin", clocks())) ==
          "08:00-17:00 is 08:00-17:00");
    CHECK(shown(hours().on(who("IN"), day("2026-11-24"), "Europe/London", clocks())) == "08:00-17:00 is 02:30-11:30");
}

TEST_CASE("a country with several zones: the window that suits all of them") {
    const auto w = hours().on(who("US"), day("2026-11-24"), "America/New_York", clocks());
    CHECK(shown(w) == "11:00-17:00 is 11:00-17:00"); // eight in Los Angeles, five in New York
    CHECK(w->assumed);
    CHECK_FALSE(may(who("US"), "2026-11-24T14:00:00Z")); // nine in New York, six in Los Angeles
    CHECK(may(who("US"), "2026-11-24T17:00:00Z"));
    CHECK(may(who("US", "America/New_York"), "2026-11-24T14:00:00Z"));
    CHECK(shown(hours().on(who("AU"), day("2026-11-24"), "Australia/Sydney", clocks())) ==
          "11:00-17:00 is 11:00-17:00");
}

TEST_CASE("nothing known: the rep's own zone") {
    const auto w = hours().on(who(""), day("2026-11-24"), "Asia/Tokyo", clocks());
    CHECK(w->zone == "Asia/Tokyo");
    CHECK(w->assumed);
    CHECK(hours().on(who("ZZ"), day("2026-11-24"), "Asia/Tokyo", clocks())->zone == "Asia/Tokyo");
}

TEST_CASE("Sundays in the United States, Saturdays elsewhere") {
    const auto ny = who("US", "America/New_York");
    CHECK(hours().on(ny, day("2026-11-21"), "America/New_York", clocks())); // Saturday
    CHECK_FALSE(hours().on(ny, day("2026-11-22"), "America/New_York", clocks()));
    CHECK_FALSE(may(ny, "2026-11-22T17:00:00Z"));
    CHECK_FALSE(hours().on(who("DE"), day("2026-11-21"), "Europe/Berlin", clocks()));
    CHECK_FALSE(may(ny, "2026-11-25T02:30:00Z")); // half past nine in the evening
    CHECK(may(ny, "2026-11-25T01:30:00Z"));
}

TEST_CASE("France: not before ten, not over lunch, not on Saturday") {
    const auto paris = who("FR");
    CHECK_FALSE(may(paris, "2026-11-24T08:59:00Z"));
    CHECK(may(paris, "2026-11-24T09:00:00Z"));
    CHECK(may(paris, "2026-11-24T11:59:00Z"));
    CHECK_FALSE(may(paris, "2026-11-24T12:00:00Z"));
    CHECK_FALSE(may(paris, "2026-11-24T12:59:00Z"));
    CHECK(may(paris, "2026-11-24T13:00:00Z"));
    CHECK_FALSE(may(paris, "2026-11-24T19:00:00Z"));
    CHECK_FALSE(may(paris, "2026-11-28T10:00:00Z"));
    CHECK(hours().on(paris, day("2026-11-24"), "Europe/Paris", clocks())->from == minute_of_day{600});
}

TEST_CASE("weeks in which only one side has changed its clocks") {
    const auto ny = who("US", "America/New_York");
    CHECK(shown(hours().on(ny, day("2026-03-06"), "Europe/Berlin", clocks())) == "08:00-17:00 is 14:00-23:00");
    CHECK(shown(hours().on(ny, day("2026-03-09"), "Europe/Berlin", clocks())) == "08:00-17:00 is 13:00-22:00");
    CHECK(shown(hours().on(ny, day("2026-03-30"), "Europe/Berlin", clocks())) == "08:00-17:00 is 14:00-23:00");
    CHECK(shown(hours().on(ny, day("2026-10-26"), "Europe/Berlin", clocks())) == "08:00-17:00 is 13:00-22:00");
}

TEST_CASE("days of the week as people write them") {
    CHECK(parse_days("Mon-Fri") == std::bitset<7>{0b0011111});
    CHECK(parse_days("Sun-Thu") == std::bitset<7>{0b1001111});
    CHECK(parse_days("Mon, Wed ,friday") == std::bitset<7>{0b0010101});
    CHECK(parse_days("Sat") == std::bitset<7>{0b0100000});
    for (const auto* bad : {"", "Mo-Fr", "Mon-", "Someday", "1-5", ",", "Mon;Tue"})
        CHECK_FALSE(parse_days(bad));
}
