#include "sources/poll_schedule.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace whynow::sources;
using namespace std::chrono_literals;
using whynow::domain::instant;

namespace {

constexpr instant t0{1'700'000'000s};

schedule_settings exact() {
    schedule_settings s;
    s.spread_percent = 0;
    return s;
}

instant until(const poll_action& a) {
    REQUIRE(std::holds_alternative<wait_until>(a));
    return std::get<wait_until>(a).at;
}

} // namespace

TEST_CASE("a new source is polled at once, then every quarter of an hour") {
    poll_schedule s(exact());
    CHECK(s.step(started{t0, {}}) == poll_action{poll_now{}});
    CHECK(s.step(ticked{t0 + 1s}) == poll_action{nothing{}});
    CHECK(until(s.step(polled{t0 + 2s, poll_problem::none, {}})) == t0 + 2s + 15min);
    CHECK(until(s.step(ticked{t0 + 10min})) == t0 + 2s + 15min);
    CHECK(s.step(ticked{t0 + 16min}) == poll_action{poll_now{}});
}

TEST_CASE("failures back off, success resets") {
    poll_schedule s(exact());
    instant now = t0;
    s.step(started{now, {}});
    const std::vector<std::chrono::seconds> waits{30min, 60min, 120min, 240min, 480min, 720min, 720min};
    for (const auto wait : waits) {
        CHECK(until(s.step(polled{now, poll_problem::unreachable, {}})) == now + wait);
        now += wait;
        CHECK(s.step(ticked{now}) == poll_action{poll_now{}});
    }
    CHECK(until(s.step(polled{now, poll_problem::none, {}})) == now + 15min);
    CHECK(s.failures() == 0);
}

TEST_CASE("Retry-After is never undercut and never longer than a day") {
    poll_schedule s(exact());
    s.step(started{t0, {}});
    CHECK(until(s.step(polled{t0, poll_problem::busy, 3h})) == t0 + 3h);
    s.step(asked{t0});
    CHECK(until(s.step(polled{t0, poll_problem::busy, 1s})) == t0 + 1h);
    s.step(asked{t0});
    CHECK(until(s.step(polled{t0, poll_problem::busy, 100h})) == t0 + 24h);
    s.step(asked{t0});
    CHECK(until(s.step(polled{t0, poll_problem::none, 20min})) == t0 + 20min);
}

TEST_CASE("gone stops for good, until a person asks") {
    poll_schedule s(exact());
    s.step(started{t0, {}});
    CHECK(s.step(polled{t0, poll_problem::gone, {}}) == poll_action{stop{poll_problem::gone}});
    CHECK(s.step(ticked{t0 + 24h}) == poll_action{stop{poll_problem::gone}});
    CHECK(s.step(asked{t0 + 24h}) == poll_action{poll_now{}});
}

TEST_CASE("a restart goes on where it was and is no storm") {
    poll_schedule fresh(exact());
    CHECK(until(fresh.step(started{t0, t0 - 5min})) == t0 + 10min);
    int at_once = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        schedule_settings settings;
        settings.seed = seed;
        poll_schedule s(settings);
        const auto action = s.step(started{t0, t0 - 48h});
        if (std::holds_alternative<poll_now>(action))
            ++at_once;
        else
            CHECK(until(action) <= t0 + 60s);
    }
    CHECK(at_once < 20);
    poll_schedule future(exact()); // the last poll lies in the future: the clock was wrong then
    CHECK(until(future.step(started{t0, t0 + 48h})) == t0 + 15min);
}

TEST_CASE("a clock set back delays by one wait at most") {
    poll_schedule s(exact());
    s.step(started{t0, {}});
    s.step(polled{t0, poll_problem::none, {}});
    CHECK(until(s.step(ticked{t0 - 100h})) == t0 - 100h + 15min);
}

TEST_CASE("waits are spread, the same for the same seed") {
    const auto waits = [](std::uint64_t seed) {
        schedule_settings settings;
        settings.seed = seed;
        poll_schedule s(settings);
        std::vector<instant> out;
        s.step(started{t0, {}});
        for (int i = 0; i < 20; ++i) {
            out.push_back(until(s.step(polled{t0, poll_problem::none, {}})));
            CHECK(out.back() >= t0 + 15min);
            CHECK(out.back() <= t0 + 15min + 90s);
        }
        return out;
    };
    CHECK(waits(1) == waits(1));
    CHECK(waits(1) != waits(2));
}

TEST_CASE("pace keeps beginnings apart") {
    pace p(10);
    CHECK(p.book(0ms) == 0ms);
    CHECK(p.book(0ms) == 100ms);
    CHECK(p.book(50ms) == 150ms);
    CHECK(p.book(1000ms) == 0ms);
    pace three(3);
    three.book(0ms);
    CHECK(three.book(0ms) == 334ms);
}
