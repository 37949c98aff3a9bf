// What the team's calls teach: learned once, kept by version, mended where an answer is mended.
#include "unit/store/support.hpp"
#include "unit/workday/house.hpp"
#include "workday/content.hpp"
#include "workday/learning.hpp"

#include <cmath>

using namespace whynow::tests;
using whynow::domain::local_date;
namespace ranking = whynow::domain::ranking;
namespace workday = whynow::workday;
namespace db = whynow::store;

namespace {

ranking::features of(triggers::kind kind) {
    ranking::features f;
    ranking::features_of({.kind = kind, .age_days = 3}, ranking::configured(house().events->kinds), f);
    return f;
}

class past {
  public:
    past(session& s, const cast& who) : s_(s), who_(who) {}

    card_id call(local_date on, triggers::kind kind, std::vector<std::string> results) {
        const auto there = db::briefs(s_).of(who_.dana.id, on);
        card c;
        if (there)
            c.brief = there->id;
        else
            c.brief = db::briefs(s_).create({.rep = who_.dana.id, .date = on}).value();
        c.number = ++number_;
        c.contact = who_.jerry.id;
        c.account = who_.northwind.id;
        c.reason_key = "story:" + std::to_string(number_);
        c.kind = to_string(kind);
        c.explanation = workday::to_json(workday::score_paper{0.3, of(kind), {}});
        const auto id = db::briefs(s_).add_card(c);
        db::briefs(s_).set_card_state(id, card_state::answered);
        outcome o;
        o.card = id;
        o.rep = who_.dana.id;
        o.contact = who_.jerry.id;
        o.account = who_.northwind.id;
        o.source_ref = "call:" + std::to_string(number_);
        o.disposition = "connected";
        o.results = std::move(results);
        said_ = db::outcomes(s_).record(o).value();
        return id;
    }
    outcome_id said() const { return said_; }

  private:
    session& s_;
    const cast& who_;
    int number_ = 0;
    outcome_id said_;
};

double chance(const ranking::experience& e, triggers::kind kind) { return e.scores.probability(of(kind)); }

using triggers::kind;

} // namespace

TEST_CASE("before any call it knows what the rules expect, and stores nothing") {
    database d;
    d.write([](session& s) {
        const auto e = workday::learn(s, day("2026-11-23"), house(), at(1));
        CHECK(e.scores.seen() == 0);
        CHECK_FALSE(db::learning(s).newest());
    });
}

TEST_CASE("calls are learned once, whatever the number of nights") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        past p(s, who);
        for (int i = 0; i < 20; ++i)
            p.call(day("2026-11-16"), kind::hiring, {"meeting_booked"});
        const auto before = ranking::untaught(house().choice.learning, house().events->kinds);
        auto e = workday::learn(s, day("2026-11-17"), house(), at(1));
        CHECK(e.scores.seen() == 20);
        CHECK(chance(e, kind::hiring) > chance(before, kind::hiring));
        CHECK(db::learning(s).newest()->calls == 20);
        e = workday::learn(s, day("2026-11-18"), house(), at(2));
        CHECK(e.scores.seen() == 20);
        CHECK(db::learning(s).versions().size() == 1); // a night without calls is no version
        p.call(day("2026-11-18"), kind::hiring, {});
        e = workday::learn(s, day("2026-11-19"), house(), at(3));
        CHECK(e.scores.seen() == 21);
        CHECK(db::learning(s).versions().size() == 2);
        // The same as learned in one go.
        CHECK(chance(workday::experience_of(s, day("2026-11-19"), house()), kind::hiring) ==
              doctest::Approx(chance(e, kind::hiring)).epsilon(1e-6));
    });
}

TEST_CASE("an answer that was corrected or taken back is learned as it stands now") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        past p(s, who);
        p.call(day("2026-11-16"), kind::ma, {"meeting_booked"});
        workday::learn(s, day("2026-11-17"), house(), at(1));
        const auto mistaken = p.call(day("2026-11-17"), kind::hiring, {"meeting_booked"});
        const auto said = p.said();
        workday::learn(s, day("2026-11-18"), house(), at(2));
        p.call(day("2026-11-18"), kind::ma, {});
        const auto with = workday::learn(s, day("2026-11-19"), house(), at(3));
        CHECK(with.scores.seen() == 3);

        auto o = db::outcomes(s).find(said).value();
        o.results = {"not_now"};
        db::outcomes(s).revise(o);
        const auto corrected = workday::learn(s, day("2026-11-20"), house(), at(4));
        CHECK(corrected.scores.seen() == 3);
        CHECK(chance(corrected, kind::hiring) < chance(with, kind::hiring));

        db::outcomes(s).undo(said);
        db::briefs(s).set_card_state(mistaken, card_state::open);
        const auto without = workday::learn(s, day("2026-11-20"), house(), at(5));
        CHECK(without.scores.seen() == 2);
        CHECK(workday::learn(s, day("2026-11-20"), house(), at(6)).scores.seen() == 2);
    });
}

TEST_CASE("the only call taken back leaves nothing learned") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        past p(s, who);
        const auto card = p.call(day("2026-11-16"), kind::ma, {"meeting_booked"});
        CHECK(workday::learn(s, day("2026-11-17"), house(), at(1)).scores.seen() == 1);
        db::outcomes(s).undo(p.said());
        db::briefs(s).set_card_state(card, card_state::open);
        CHECK(workday::learn(s, day("2026-11-18"), house(), at(2)).scores.seen() == 0);
        CHECK(workday::experience_of(s, day("2026-11-18"), house()).scores.seen() == 0);
    });
}

TEST_CASE("reverting makes an older version the newest, and what came since stays out") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        past p(s, who);
        p.call(day("2026-11-16"), kind::ma, {"meeting_booked"});
        workday::learn(s, day("2026-11-17"), house(), at(1));
        const auto good = db::learning(s).newest()->id;
        for (int i = 0; i < 30; ++i)
            p.call(day("2026-11-17"), kind::ma, {});
        CHECK(workday::learn(s, day("2026-11-18"), house(), at(2)).scores.seen() == 31);
        CHECK_FALSE(workday::revert(s, 99, house(), at(3)));
        REQUIRE(workday::revert(s, good, house(), at(3)));
        CHECK(workday::learn(s, day("2026-11-19"), house(), at(4)).scores.seen() == 1);
        p.call(day("2026-11-19"), kind::ma, {"meeting_booked"});
        CHECK(workday::learn(s, day("2026-11-20"), house(), at(5)).scores.seen() == 2);
    });
}

TEST_CASE("a clock that went back learns nothing and forgets nothing") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        past p(s, who);
        p.call(day("2026-11-16"), kind::ma, {"meeting_booked"});
        const auto e = workday::learn(s, day("2026-11-20"), house(), at(1));
        p.call(day("2026-11-16"), kind::ma, {"meeting_booked"});
        const auto earlier = workday::learn(s, day("2026-11-10"), house(), at(2));
        CHECK(earlier.scores.seen() == 1);
        CHECK(chance(earlier, kind::ma) == doctest::Approx(chance(e, kind::ma)));
        CHECK(workday::learn(s, day("2026-11-20"), house(), at(3)).scores.seen() == 2);
    });
}

TEST_CASE("a version learned under other rules is learned anew from the calls") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        past p(s, who);
        p.call(day("2026-11-16"), kind::ma, {"meeting_booked"});
        workday::learn(s, day("2026-11-17"), house(), at(1));
        auto v = db::learning(s).newest().value();
        v.content = "whynow-experience 1\nscores\nsomething else";
        db::learning(s).add(v);
        CHECK(workday::learn(s, day("2026-11-18"), house(), at(2)).scores.seen() == 1);
    });
}
