// A platform's limits, kept without being told.
#include "delivery/pacer.hpp"

#include <doctest/doctest.h>

using namespace whynow;
using delivery::pacer;
using namespace std::chrono_literals;

namespace {
const pacer::moment start{std::chrono::hours{1}};
}

TEST_CASE("one conversation: a second between two posts") {
    pacer p({1000ms, 50.0});
    CHECK(p.book("D1", start) == start);
    CHECK(p.book("D1", start) == start + 1s);
    CHECK(p.book("D1", start) == start + 2s);
    CHECK(p.book("D1", start + 10s) == start + 10s); // what was not used is not saved up
}

TEST_CASE("the tenant: so many a second over all conversations") {
    pacer p({1000ms, 4.0});
    auto last = start;
    for (int i = 0; i < 400; ++i) {
        const auto at = p.book("D" + std::to_string(i), start);
        CHECK(at >= last);
        last = at;
    }
    CHECK(last - start >= 99s);
    CHECK(last - start <= 101s);
}

TEST_CASE("no limit of the tenant where there is none") {
    pacer p({1000ms, 0.0});
    for (int i = 0; i < 100; ++i)
        CHECK(p.book("D" + std::to_string(i), start) == start);
}

TEST_CASE("told to wait: one conversation, or all") {
    pacer p({1000ms, 1000.0});
    p.hold("D1", start + 30s);
    CHECK(p.book("D1", start) >= start + 30s);
    CHECK(p.book("D2", start) < start + 1s);
    p.hold_all(start + 60s);
    CHECK(p.book("D3", start) >= start + 60s);
    p.hold_all(start + 5s); // a shorter wait does not end the longer one
    CHECK(p.book("D4", start) >= start + 60s);
}

TEST_CASE("under the test clock the distances shrink") {
    pacer p({1000ms, 1.0}, 0);
    for (int i = 0; i < 50; ++i)
        CHECK(p.book("D1", start) == start);
    pacer half({1000ms, 1000.0}, 0.5);
    half.book("D1", start);
    CHECK(half.book("D1", start) - start == 500ms);
}

TEST_CASE("forty thousand conversations do not stay in memory for ever") {
    pacer p({1000ms, 0.0});
    for (int i = 0; i < 40'000; ++i)
        p.book("D" + std::to_string(i), start + i * 1s);
    CHECK(p.book("D39999", start + 39'999s) == start + 40'000s);
}

TEST_CASE("windows: what Microsoft grants one conversation, and never more in any window") {
    const std::vector<chat::allowance> all{{7, 1s}, {8, 2s}, {60, 30s}, {1800, 3600s}};
    pacer p({0ms, 0.0, all});
    std::vector<pacer::moment> went;
    for (int i = 0; i < 2500; ++i)
        went.push_back(p.book("c", start));
    CHECK(went[6] == start);
    CHECK(went[7] == start + 1s);
    for (const auto& a : all)
        for (std::size_t i = std::size_t(a.calls); i < went.size(); ++i)
            CHECK(went[i] - went[i - std::size_t(a.calls)] >= a.span);
    CHECK(went[1799] < start + 3600s);
    CHECK(went[1800] >= start + 3600s);
    CHECK(p.book("other", start) == start);
}

TEST_CASE("an allowance that rests holds nobody up") {
    chat::allowances a({{2, 10s}});
    CHECK(a.book(start) == start);
    CHECK(a.book(start) == start);
    CHECK(a.free(start) == start + 10s);
    CHECK(a.free(start) == start + 10s); // looking books nothing
    CHECK_FALSE(a.rested(start + 9s));
    CHECK(a.rested(start + 10s));
    CHECK(a.book(start + 10s) == start + 10s);
    CHECK(chat::allowances({{1, 10s}}, 0).free(start) == start); // the test clock
    CHECK(chat::allowances().free(start) == start);
}
