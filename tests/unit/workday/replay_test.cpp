// What other settings would have given, from mornings that were written down.
#include "domain/core/lots.hpp"
#include "store/learning.hpp"
#include "unit/store/support.hpp"
#include "unit/workday/house.hpp"
#include "workday/content.hpp"
#include "workday/learning.hpp"
#include "workday/replay.hpp"

using namespace whynow::tests;
namespace ranking = whynow::domain::ranking;
namespace workday = whynow::workday;
namespace db = whynow::store;
using triggers::kind;

namespace {

ranking::features of(triggers::kind k) {
    ranking::features f;
    ranking::features_of({.kind = k, .age_days = 3}, ranking::configured(house().events->kinds), f);
    return f;
}

// Mornings on which one of two candidates was called, each as likely: hiring opens a door in 8 of 10 calls, a merger in
// 1 of 10.
void mornings(session& s, const cast& who, int n) {
    lots chance(11);
    std::vector<book::contact> people(2);
    std::vector<book::account> firms(2);
    for (int i = 0; i < 2; ++i) {
        firms[std::size_t(i)].name = "Firm " + std::to_string(i);
        db::accounts(s).upsert(firms[std::size_t(i)]);
        people[std::size_t(i)].name = "Person " + std::to_string(i);
        people[std::size_t(i)].account = firms[std::size_t(i)].id;
        db::contacts(s).upsert(people[std::size_t(i)]);
    }
    for (int m = 0; m < n; ++m) {
        db::brief b;
        b.rep = who.dana.id;
        b.date = add_days(day("2026-03-02"), m);
        b.budget = 1;
        b.id = db::briefs(s).create(b).value();
        const auto called = std::size_t(chance.below(2));
        for (std::size_t i = 0; i < 2; ++i) {
            const auto k = i == 0 ? kind::hiring : kind::ma;
            db::considered_call c{b.id, people[i].id, firms[i].id, {}, workday::to_json(of(k)), 0.4, 0.5};
            if (i == called) {
                card made;
                made.brief = b.id;
                made.number = 1;
                made.contact = people[i].id;
                made.account = firms[i].id;
                made.reason_key = "story:" + std::to_string(m);
                made.kind = to_string(k);
                made.explanation = workday::to_json(workday::score_paper{0.4, of(k), {}});
                c.card = db::briefs(s).add_card(made);
                db::briefs(s).set_card_state(c.card, card_state::answered);
                outcome o;
                o.card = c.card;
                o.rep = who.dana.id;
                o.contact = people[i].id;
                o.account = firms[i].id;
                o.source_ref = "call:" + std::to_string(m);
                o.disposition = "connected";
                if (chance.happens(i == 0 ? 0.8 : 0.1))
                    o.results = {"interested_later"};
                db::outcomes(s).record(o);
            }
            db::learning(s).add(c);
        }
    }
}

} // namespace

TEST_CASE("a policy that learns what works is seen to be better than lots") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        mornings(s, who, 300);
        auto policy = house().choice;
        policy.share = policy.noise = 0;
        const auto r = workday::replay_policy(s, policy, day("2026-03-02"), day("2027-01-01"), house());
        CHECK(r.told.mornings == 300);
        CHECK(r.considered == 600);
        CHECK(r.calls == 300);
        CHECK(r.conversations == 300);
        REQUIRE(r.told.can_tell);
        CHECK(r.told.logged == doctest::Approx(0.45).epsilon(0.15));
        CHECK(r.told.hits > 0.65);
        CHECK(r.told.difference_low > 0);
        CHECK(r.told.low <= 0.8);
    });
}

TEST_CASE("without mornings nothing can be told") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        CHECK_FALSE(
            workday::replay_policy(s, house().choice, day("2026-03-02"), day("2026-06-01"), house()).told.can_tell);
        mornings(s, who, 10);
        CHECK_FALSE(
            workday::replay_policy(s, house().choice, day("2026-03-02"), day("2026-06-01"), house()).told.can_tell);
    });
}
