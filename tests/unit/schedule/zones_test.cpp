// The system's time zones: gaps, overlaps, shifts of half an hour, strangers.
#include "schedule/system_zones.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace whynow::domain;
using whynow::schedule::system_zones;

namespace {

std::string at(const char* date, const char* clock, const char* zone) {
    return to_iso(system_zones().to_instant({*parse_iso_date(date), *parse_clock(clock)}, zone));
}

std::string there(const char* utc, const char* zone) {
    const auto t = system_zones().to_local(*parse_iso_instant(utc), zone);
    return to_iso(t.date) + " " + to_clock(t.at);
}

} // namespace

TEST_CASE("a moment in the gap is the first instant after it") {
    CHECK(at("2026-03-08", "02:30", "America/New_York") == "2026-03-08T07:00:00Z");
    CHECK(at("2026-03-08", "02:00", "America/New_York") == "2026-03-08T07:00:00Z");
    CHECK(at("2026-03-08", "03:00", "America/New_York") == "2026-03-08T07:00:00Z");
    CHECK(at("2026-03-29", "02:30", "Europe/Berlin") == "2026-03-29T01:00:00Z");
    CHECK(at("2026-04-24", "00:15", "Africa/Cairo") == "2026-04-23T22:00:00Z");        // midnight itself is missing
    CHECK(at("2026-10-04", "02:15", "Australia/Lord_Howe") == "2026-10-03T15:30:00Z"); // half an hour
    CHECK(at("2026-03-22", "02:30", "Africa/Casablanca") == "2026-03-22T02:00:00Z");   // after Ramadan
}

TEST_CASE("a moment that comes twice is the first of the two") {
    CHECK(at("2026-11-01", "01:30", "America/New_York") == "2026-11-01T05:30:00Z");
    CHECK(at("2026-10-25", "02:30", "Europe/Berlin") == "2026-10-25T00:30:00Z");
    CHECK(at("2026-10-29", "23:30", "Africa/Cairo") == "2026-10-29T20:30:00Z");
    CHECK(at("2026-04-05", "01:45", "Australia/Lord_Howe") == "2026-04-04T14:45:00Z");
    CHECK(at("2026-02-15", "02:30", "Africa/Casablanca") == "2026-02-15T01:30:00Z");
}

TEST_CASE("instants to wall clocks, over midnight both ways") {
    CHECK(there("2026-11-24T07:05:00Z", "America/Los_Angeles") == "2026-11-23 23:05");
    CHECK(there("2026-11-24T20:00:00Z", "Asia/Tokyo") == "2026-11-25 05:00");
    CHECK(there("2026-11-24T12:00:00Z", "Asia/Kathmandu") == "2026-11-24 17:45");
    CHECK(there("2026-12-31T23:30:00Z", "Pacific/Kiritimati") == "2027-01-01 13:30");
    CHECK(there("2026-11-24T12:00:59Z", "UTC") == "2026-11-24 12:00");
    CHECK(there("1969-12-31T23:59:00Z", "Europe/London") == "1970-01-01 00:59");
}

TEST_CASE("every wall clock of two years comes back, except in gaps") {
    const auto& z = system_zones();
    for (const auto* zone : {"America/New_York", "Europe/Berlin", "Africa/Cairo", "Australia/Lord_Howe",
                             "Africa/Casablanca", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia"}) {
        int gaps = 0;
        for (auto day = *parse_iso_date("2026-01-01"); day < *parse_iso_date("2028-01-01"); day = add_days(day, 1))
            for (int minute = 0; minute < 1440; minute += 30) {
                const local_time wall{day, minute_of_day{minute}};
                const auto i = z.to_instant(wall, zone);
                const auto back = z.to_local(i, zone);
                if (back == wall)
                    continue;
                ++gaps;
                const bool later = std::pair(back.date, back.at.count()) > std::pair(wall.date, wall.at.count());
                CHECK(later);
            }
        INFO(zone);
        CHECK(gaps <= 4);
    }
}

TEST_CASE("strangers are unknown and count as UTC") {
    const auto& z = system_zones();
    CHECK(z.known("Europe/Berlin"));
    CHECK(z.known("UTC"));
    for (const auto* bad : {"", "Mars/Base", "europe/berlin ", "../../etc/passwd", "Europe", "+02:00"}) {
        CHECK_FALSE(z.known(bad));
        CHECK(there("2026-11-24T12:00:00Z", bad) == "2026-11-24 12:00");
    }
    CHECK(at("2026-11-24", "08:00", "Mars/Base") == "2026-11-24T08:00:00Z");
}

TEST_CASE("many threads ask at once") {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([t] {
            for (int i = 0; i < 200; ++i) {
                system_zones().known("Zone/" + std::to_string(t * 1000 + i));
                system_zones().to_local(instant{std::chrono::seconds{i * 86400}}, "Europe/Berlin");
            }
        });
    for (auto& t : threads)
        t.join();
    CHECK(system_zones().known("Europe/Berlin"));
}
