// Arms are drawn by lot before anything begins, the same for the same seed.
#include "domain/experiments/plan.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace whynow::domain;
using namespace whynow::domain::experiments;
using namespace std::chrono_literals;

namespace {

plan with(design d, int weeks, std::uint64_t seed = 1) {
    plan p;
    p.name = "half";
    p.design = d;
    p.weeks = weeks;
    p.seed = seed;
    return p;
}
std::vector<rep_id> reps(int n) {
    std::vector<rep_id> out;
    for (int i = 1; i <= n; ++i)
        out.push_back({i});
    return out;
}

} // namespace

TEST_CASE("in a crossover every rep has one week of each arm in every cycle") {
    const auto all = assign(with(design::crossover, 12), reps(7));
    REQUIRE(all.size() == 12 * 7);
    std::map<std::pair<rep_id, int>, std::set<arm>> arms;
    for (const auto& a : all)
        arms[{a.rep, a.week / 2}].insert(a.arm);
    CHECK(std::ranges::all_of(arms, [](const auto& x) { return x.second.size() == 2; }));
}

TEST_CASE("each week about half of the reps have the brief, and not always the same half") {
    const auto all = assign(with(design::crossover, 12), reps(8));
    std::set<std::set<rep_id>> halves;
    for (int w = 0; w < 12; ++w) {
        std::set<rep_id> half;
        for (const auto& a : all)
            if (a.week == w && a.arm == arm::brief)
                half.insert(a.rep);
        CHECK(half.size() == 4);
        halves.insert(half);
    }
    CHECK(halves.size() > 4);
}

TEST_CASE("in parallel every rep stays where the lot fell") {
    const auto all = assign(with(design::parallel, 6), reps(9));
    std::map<rep_id, std::set<arm>> arms;
    std::size_t brief = 0;
    for (const auto& a : all) {
        arms[a.rep].insert(a.arm);
        brief += a.week == 0 && a.arm == arm::brief;
    }
    CHECK(std::ranges::all_of(arms, [](const auto& x) { return x.second.size() == 1; }));
    CHECK((brief == 4 || brief == 5));
}

TEST_CASE("the same seed draws the same arms in whatever order the reps come; another seed others") {
    const auto p = with(design::crossover, 10);
    auto turned = reps(6);
    std::ranges::reverse(turned);
    CHECK(assign(p, reps(6)) == assign(p, turned));
    CHECK(assign(p, reps(6)) != assign(with(design::crossover, 10, 2), reps(6)));
}

TEST_CASE("the odd one out is drawn too") {
    std::set<std::size_t> sizes;
    for (std::uint64_t seed = 0; seed < 40; ++seed)
        sizes.insert(std::size_t(std::ranges::count_if(assign(with(design::parallel, 1, seed), reps(3)),
                                                       [](const auto& a) { return a.arm == arm::brief; })));
    CHECK(sizes == std::set<std::size_t>{1, 2});
}

TEST_CASE("an experiment begins on a Monday after it was written down") {
    plan p;
    CHECK(first_monday(p, 2026y / 3 / 2) == 2026y / 3 / 9); // written on a Monday: that week has begun
    CHECK(first_monday(p, 2026y / 3 / 4) == 2026y / 3 / 9);
    CHECK(first_monday(p, 2026y / 3 / 8) == 2026y / 3 / 9);
    p.starts = 2026y / 3 / 16;
    CHECK(first_monday(p, 2026y / 3 / 4) == 2026y / 3 / 16);
    CHECK(first_monday(p, 2026y / 3 / 20) == 2026y / 3 / 23); // the day it should have begun is over
    p.starts = 2026y / 3 / 18;
    CHECK(first_monday(p, 2026y / 3 / 4) == 2026y / 3 / 23);
}

TEST_CASE("words for arms, designs and stages go out and come back") {
    for (const auto a : {arm::brief, arm::usual})
        CHECK(arm_from(to_string(a)) == a);
    for (const auto d : {design::crossover, design::parallel})
        CHECK(design_from(to_string(d)) == d);
    for (const auto s : {stage::rep, stage::team, stage::organisation})
        CHECK(stage_from(to_string(s)) == s);
    CHECK(!stage_from("company"));
}

TEST_CASE("what is promised stands in one line; whatever is promised changes it") {
    auto p = with(design::crossover, 12);
    const auto before = in_writing(p);
    CHECK(before.find("hits per conversation") != before.npos);
    CHECK(before.find("held meetings per working day") != before.npos);
    p.tolerated_loss = 0.1;
    CHECK(in_writing(p) != before);
}
