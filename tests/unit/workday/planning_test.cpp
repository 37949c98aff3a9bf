// A rep's morning: who is called, what is left to lot, and what is kept of those who could have been called.
#include "store/learning.hpp"
#include "unit/store/support.hpp"
#include "unit/workday/house.hpp"
#include "workday/learning.hpp"
#include "workday/planning.hpp"

#include <algorithm>
#include <set>

using namespace whynow::tests;
namespace ranking = whynow::domain::ranking;
namespace workday = whynow::workday;
namespace db = whynow::store;

namespace {

const auto monday = day("2026-11-23");

// A rep with `accounts` accounts, each with one person and one event of the last days.
book::rep territory(session& s, const std::string& name, int accounts, double daily_calls = 8) {
    book::rep r;
    r.name = name;
    r.email = name + "@example.com";
    r.zone = "America/New_York";
    r.daily_calls = daily_calls;
    r.role = book::role::rep;
    db::reps(s).upsert(r);
    for (int i = 0; i < accounts; ++i) {
        book::account a;
        a.name = "Account " + name + std::to_string(i);
        a.domain = name + std::to_string(i) + ".example";
        a.owner = r.id;
        db::accounts(s).upsert(a);
        book::contact c;
        c.name = "Jerry Smith";
        c.title = "CFO";
        c.account = a.id;
        c.owner = r.id;
        c.phone = "+1 206 555 0134";
        c.zone = "America/New_York";
        db::contacts(s).upsert(c);
        triggers::trigger_event e;
        e.kind = triggers::kind(1 + i % 8);
        e.state = triggers::state::confirmed;
        e.confidence = 0.9;
        e.accounts = {a.id};
        e.companies = {a.name};
        e.happened_on = whynow::domain::add_days(monday, -2 - i % 5);
        e.title = a.name + " names Maria Voss chief financial officer";
        e.evidence = e.title;
        e.source = "Trade Daily";
        e.url = "https://trade.example/" + name + std::to_string(i);
        e.story = name + std::to_string(i);
        db::events(s).add(e, at(2000));
    }
    return r;
}

workday::plan_options quietly() { return {.late = false, .send = false}; }

ranking::experience known() { return ranking::untaught(house().choice.learning, house().events->kinds); }

} // namespace

TEST_CASE("the best are called up to the budget, and everybody else is kept with the chance they had") {
    database d;
    d.write([](session& s) {
        const auto dana = territory(s, "dana", 20);
        const auto brief = workday::plan_brief(s, dana, monday, at(1'790'000'000), known(), house(), quietly());
        REQUIRE(brief);
        const auto cards = db::briefs(s).cards(*brief);
        REQUIRE(cards.size() == 4); // half of eight
        CHECK(std::ranges::is_sorted(cards, std::ranges::greater{}, &card::probability));
        const auto considered = db::learning(s).considered(*brief);
        CHECK(considered.size() == 20);
        double chances = 0;
        std::set<card_id> called;
        for (const auto& c : considered) {
            CHECK((c.propensity > 0 && c.propensity <= 1));
            CHECK_FALSE(c.features.empty());
            chances += c.propensity;
            if (c.card)
                called.insert(c.card);
        }
        CHECK(chances == doctest::Approx(4));
        CHECK(called.size() == 4);
        for (const auto& c : cards)
            CHECK(called.contains(c.id));
        CHECK(db::briefs(s).left_out_of(*brief).size() == 16);
        CHECK_FALSE(workday::plan_brief(s, dana, monday, at(1'790'000'000), known(), house(), quietly()));
    });
}

TEST_CASE("the same morning is planned the same") {
    std::vector<std::vector<double>> chances;
    for (int i = 0; i < 2; ++i) {
        database d;
        d.write([&](session& s) {
            const auto dana = territory(s, "dana", 20);
            const auto brief = workday::plan_brief(s, dana, monday, at(1'790'000'000), known(), house(), quietly());
            auto& out = chances.emplace_back();
            for (const auto& c : db::learning(s).considered(*brief))
                out.push_back(c.propensity + (c.card ? 10 : 0));
        });
    }
    CHECK(chances[0] == chances[1]);
}

TEST_CASE("fewer candidates than the budget: all are called, and it was certain") {
    database d;
    d.write([](session& s) {
        const auto dana = territory(s, "dana", 3);
        const auto brief = workday::plan_brief(s, dana, monday, at(1'790'000'000), known(), house(), quietly());
        CHECK(db::briefs(s).cards(*brief).size() == 3);
        for (const auto& c : db::learning(s).considered(*brief))
            CHECK(c.propensity == 1);
    });
}

TEST_CASE("calls left over on Monday go to a better Tuesday") {
    database d;
    d.write([](session& s) {
        const auto dana = territory(s, "dana", 30);
        const auto earlier = [&](int days_ago, int cards, double probability) {
            const auto b =
                db::briefs(s).create({.rep = dana.id, .date = whynow::domain::add_days(monday, -days_ago)}).value();
            for (int i = 0; i < cards; ++i)
                db::briefs(s).add_card({.brief = b, .number = i + 1, .probability = probability});
        };
        for (int i = 3; i < 8; ++i)
            earlier(i, 4, 0.1); // last week: poor calls
        earlier(0, 1, 0.1);     // Monday: one
        const auto tuesday = whynow::domain::add_days(monday, 1);
        const auto brief = workday::plan_brief(s, dana, tuesday, at(1'790'086'400), known(), house(), quietly());
        CHECK(db::briefs(s).find(*brief)->budget == 7);
        CHECK(db::briefs(s).cards(*brief).size() == 7);
    });
}
