#include "domain/dates/workdays.hpp"

#include <doctest/doctest.h>

using namespace whynow::domain;

TEST_CASE("working days skip the weekend and the holidays") {
    const auto day = [](const char* iso) { return *parse_iso_date(iso); };
    dates::workdays w;
    w.holidays = {day("2026-12-25")};
    CHECK(w.on_or_before(day("2026-12-27")) == day("2026-12-24"));
    CHECK(w.on_or_after(day("2026-12-25")) == day("2026-12-28"));
    CHECK(w.on_or_after(day("2026-12-24")) == day("2026-12-24"));
    CHECK(w.minus_weeks(day("2026-12-13"), 3) == day("2026-11-20"));
    CHECK(w.plus(day("2026-12-24"), 1) == day("2026-12-28"));
    w.week.reset(); // nothing said: Monday to Friday
    CHECK(!w.works(day("2026-12-26")));
    CHECK(w.works(day("2026-12-28")));
}
