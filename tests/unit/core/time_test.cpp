#include "domain/core/time.hpp"

#include <doctest/doctest.h>

using namespace whynow::domain;
using namespace std::chrono;

TEST_CASE("instants are read with their offset and written in UTC") {
    CHECK(to_iso(*parse_iso_instant("2026-03-04T10:15:00-05:00")) == "2026-03-04T15:15:00Z");
    CHECK(to_iso(*parse_iso_instant("2025-01-03T16:30:56.000Z")) == "2025-01-03T16:30:56Z");
    CHECK(to_iso(*parse_iso_instant("2026-03-04T08:00Z")) == "2026-03-04T08:00:00Z");
    CHECK_FALSE(parse_iso_instant("2026-03-04T08:00:00"));
    CHECK_FALSE(parse_iso_instant("2026-02-30T08:00:00Z"));
    CHECK_FALSE(parse_iso_instant("yesterday"));
}

TEST_CASE("a month added keeps to the month") {
    CHECK(to_iso(add_months(2026y / August / 31, 6)) == "2027-02-28");
    CHECK(to_iso(add_months(2027y / August / 31, 6)) == "2028-02-29");
    CHECK(to_iso(add_months(2026y / December / 15, 1)) == "2027-01-15");
    CHECK(days_between(2026y / March / 1, 2026y / March / 31) == 30);
}

TEST_CASE("clock times") {
    CHECK(to_clock(*parse_clock("07:05")) == "07:05");
    CHECK_FALSE(parse_clock("24:00"));
    CHECK_FALSE(parse_clock("7:05"));
}
