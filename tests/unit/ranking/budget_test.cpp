// The budget over a week and over months: what is left over, and what has been earned.
#include "domain/ranking/budget.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace whynow::domain;
using namespace whynow::domain::ranking;

namespace {

const local_date monday = parse_iso_date("2026-11-23").value();

std::vector<past_day> days(int n, int calls, double probability, int conversations = 0, int hits = 0) {
    std::vector<past_day> out;
    for (int i = 1; i <= n; ++i)
        out.push_back({add_days(monday, -i), calls, calls * probability, conversations, hits});
    return out;
}

void append(std::vector<past_day>& to, const std::vector<past_day>& more) {
    to.insert(to.end(), more.begin(), more.end());
}

} // namespace

TEST_CASE("calls left over on poor days go to a better day of the same week") {
    const choice_rules rules;
    auto past = days(20, 4, 0.3); // last week and before
    past.insert(past.begin(), {monday, 3, 0.9, 0, 0});
    const auto tuesday = add_days(monday, 1);
    const std::vector<double> good(20, 0.35), poor(20, 0.25);
    CHECK(with_carried(8, tuesday, past, good, rules) == 8 + 5);
    CHECK(with_carried(8, tuesday, past, poor, rules) == 8);
    const std::vector<double> ten_good(10, 0.35);
    CHECK(with_carried(8, tuesday, past, ten_good, rules) == 10);        // no more than there are good ones
    CHECK(with_carried(8, add_days(monday, 7), past, good, rules) == 8); // a week later it is gone
    auto off = rules;
    off.carry = false;
    CHECK(with_carried(8, tuesday, past, good, off) == 8);
}

TEST_CASE("never more than twice the cap, and nothing before it is known what is usual") {
    const choice_rules rules;
    const std::vector<double> good(40, 0.9);
    std::vector<past_day> empty_days;
    for (int i = 0; i < 4; ++i)
        empty_days.push_back({add_days(monday, 3 - i), 0, 0, 0, 0});
    CHECK(with_carried(8, add_days(monday, 4), empty_days, good, rules) == 8);
    append(empty_days, days(10, 4, 0.3));
    CHECK(with_carried(8, add_days(monday, 4), empty_days, good, rules) == 16);
    CHECK(with_carried(8, monday, {}, good, rules) == 8);
}

TEST_CASE("more than was left is no debt") {
    const choice_rules rules;
    auto past = days(20, 4, 0.3);
    past.insert(past.begin(), {monday, 12, 4, 0, 0});
    CHECK(with_carried(8, add_days(monday, 1), past, std::vector<double>(20, 0.9), rules) == 8);
}

TEST_CASE("the fraction rises step by step while the hit rate holds, and falls back when it does not") {
    choice_rules rules;
    rules.rise_step = 0.1;
    const auto held = days(20, 8, 0.3, 2, 1), better = days(20, 8, 0.3, 4, 3), bad = days(20, 8, 0.3, 4, 0),
               silent = days(20, 8, 0.3);
    CHECK(risen_fraction(held, 0.5, rules) == 0.5); // it does not rise by default
    rules.rise_to = 0.65;
    CHECK(risen_fraction({}, 0.5, rules) == 0.5);
    CHECK(risen_fraction(held, 0.5, rules) == 0.5); // the first twenty are the standard
    auto past = better;
    append(past, held);
    CHECK(risen_fraction(past, 0.5, rules) == doctest::Approx(0.6));
    auto longer = better;
    append(longer, past);
    CHECK(risen_fraction(longer, 0.5, rules) == doctest::Approx(0.65));
    auto worse = bad;
    append(worse, longer);
    CHECK(risen_fraction(worse, 0.5, rules) == doctest::Approx(0.55));
    auto quiet = silent;
    append(quiet, longer);
    CHECK(risen_fraction(quiet, 0.5, rules) == doctest::Approx(0.65)); // nothing was said: nothing changes
}
