// The few: the budget is a cap, filler stays out, one call for each account.
#include "domain/ranking/budget.hpp"
#include "domain/ranking/choice.hpp"
#include "domain/ranking/prospect.hpp"
#include "support/tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace whynow::domain;
using namespace whynow::domain::ranking;

namespace {

scored candidate(int account, int contact, double p) { return {0, account_id{account}, contact_id{contact}, p}; }

std::string_view why_out(const chosen& c, int contact) {
    for (const auto& [s, why] : c.left_out)
        if (s.contact == contact_id{contact})
            return why;
    return "";
}

} // namespace

TEST_CASE("the best first, at most the budget") {
    std::vector<scored> all;
    for (int i = 1; i <= 20; ++i)
        all.push_back(candidate(i, i, 0.1 + i * 0.01));
    const auto c = choose(all, 8, {});
    REQUIRE(c.calls.size() == 8);
    CHECK(c.calls.front().contact == contact_id{20});
    CHECK(std::ranges::is_sorted(c.calls, std::ranges::greater{}, &scored::probability));
    CHECK(c.left_out.size() == 12);
    CHECK(why_out(c, 1) == "budget");
}

TEST_CASE("no filler: a budget that is not full stays so") {
    const auto c = choose({candidate(1, 1, 0.5), candidate(2, 2, 0.05), candidate(3, 3, 0.079)}, 8, {});
    CHECK(c.calls.size() == 1);
    CHECK(why_out(c, 2) == "filler");
    CHECK(why_out(c, 3) == "filler");
    CHECK(choose({candidate(1, 1, 0.01)}, 8, {}).calls.empty());
    CHECK(choose({}, 8, {}).calls.empty());
}

TEST_CASE("one call for an account, one for a person") {
    const auto c = choose(
        {candidate(1, 1, 0.3), candidate(1, 2, 0.5), candidate(1, 3, 0.4), candidate(2, 4, 0.2), candidate(3, 4, 0.19)},
        8, {});
    REQUIRE(c.calls.size() == 2);
    CHECK(c.calls[0].contact == contact_id{2});
    CHECK(c.calls[1].account == account_id{2});
    CHECK(why_out(c, 1) == "same_account");
}

TEST_CASE("ties do not depend on the order of the candidates") {
    std::vector<scored> all;
    for (int i = 1; i <= 9; ++i)
        all.push_back(candidate(i, i, 0.4));
    const auto one = choose(all, 3, {});
    std::ranges::reverse(all);
    const auto two = choose(all, 3, {});
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(one.calls[i].contact == two.calls[i].contact);
        CHECK(one.calls[i].contact == contact_id{std::int64_t(i) + 1});
    }
}

TEST_CASE("a budget of nothing calls nobody") {
    const auto c = choose({candidate(1, 1, 0.9)}, 0, {});
    CHECK(c.calls.empty());
    CHECK(why_out(c, 1) == "budget");
}

TEST_CASE("the budget is half of the rep's own usual day") {
    const auto rules = read_choice_rules(whynow::test::tree_of(WHYNOW_SOURCE_DIR, "config/ranking.toml"));
    CHECK(call_budget({}, 0, 0.5, rules) == int(rules.default_daily_calls / 2));
    CHECK(call_budget({}, 20, 0.5, rules) == 10);
    CHECK(call_budget({}, 1, 0.5, rules) == 1); // never nothing
    const std::vector<int> few(9, 40), forty(12, 40);
    CHECK(call_budget(few, 20, 0.5, rules) == 10); // nine days are not enough to know better
    CHECK(call_budget(forty, 0, 0.5, rules) == 20);
    CHECK(call_budget(forty, 0, 0.25, rules) == 10);
}

TEST_CASE("who halved his calls already is not halved again") {
    const choice_rules rules;
    const std::vector<int> eight(20, 8);
    CHECK(call_budget(eight, 16, 0.5, rules) == 8);
    CHECK(call_budget(eight, 0, 0.5, rules) == 8);
}

TEST_CASE("only the newest days count, and one wild day does not") {
    const choice_rules rules;
    std::vector<int> days(20, 30);
    days.insert(days.end(), 100, 200);
    CHECK(call_budget(days, 0, 0.5, rules) == 15);
    std::vector<int> wild(11, 30);
    wild[3] = 500;
    CHECK(call_budget(wild, 0, 0.5, rules) == 15);
}

TEST_CASE("features: what is not there adds nothing") {
    const auto kinds = triggers::read_kinds(whynow::test::tree_of(WHYNOW_SOURCE_DIR, "config/triggers.toml"));
    features f;
    prospect p;
    p.kind = triggers::kind::ma;
    features_of(p, configured(kinds), f);
    const auto has = [&](field about) {
        return std::ranges::any_of(f, [&](const auto& x) { return x.about == about; });
    };
    CHECK_FALSE(has(field::industry));
    CHECK_FALSE(has(field::last_outcome));
    CHECK_FALSE(has(field::weak));
    CHECK_FALSE(has(field::rep));
    p.industry = "logistics";
    p.weak_signal = true;
    p.rep = 4;
    p.last_outcome = 2;
    features_of(p, configured(kinds), f); // emptied first
    CHECK(has(field::industry));
    CHECK(has(field::weak));
    CHECK(std::ranges::count(f, field::bias, &feature::about) == 1);
    learner l;
    set_expectations(l, kinds);
    features weak, strong;
    p.weak_signal = false;
    features_of(p, configured(kinds), weak);
    p.sources = 4;
    features_of(p, configured(kinds), strong);
    CHECK(l.probability(strong) > l.probability(weak));
    p.rests_on = basis::referral;
    features_of(p, configured(kinds), strong);
    CHECK(l.probability(strong) > l.probability(weak));
}
