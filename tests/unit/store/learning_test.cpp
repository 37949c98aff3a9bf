#include "store/learning.hpp"
#include "support.hpp"

using namespace whynow::tests;

namespace {

card_id judged_card(session& s, const cast& who, std::string_view iso, std::string_view reason, card_state state) {
    brief b;
    b.rep = who.dana.id;
    b.date = day(iso);
    card c;
    const auto there = briefs(s).of(b.rep, b.date);
    c.brief = there ? there->id : briefs(s).create(b).value();
    c.number = int(briefs(s).cards(c.brief).size()) + 1;
    c.contact = who.jerry.id;
    c.account = who.northwind.id;
    c.reason_key = reason;
    c.kind = "funding";
    c.probability = 0.25;
    const auto id = briefs(s).add_card(c);
    briefs(s).set_card_state(id, state);
    return id;
}

outcome_id came_of(session& s, const cast& who, card_id card, std::string_view ref, std::vector<std::string> results) {
    outcome o;
    o.card = card;
    o.rep = who.dana.id;
    o.contact = who.jerry.id;
    o.account = who.northwind.id;
    o.at = at(5000);
    o.source_ref = ref;
    o.disposition = "connected";
    o.results = std::move(results);
    return outcomes(s).record(o).value();
}

} // namespace

TEST_CASE("versions come back, the newest first, and only the newest are kept") {
    database d;
    d.write([&](session& s) {
        learning l(s);
        CHECK_FALSE(l.newest());
        const auto one = l.add({.day = day("2026-11-20"), .made_at = at(1), .calls = 3, .note = {}, .content = "a"});
        const auto two = l.add({.day = day("2026-11-21"), .made_at = at(2), .calls = 5, .note = "why", .content = "b"});
        CHECK(two > one);
        CHECK(l.newest()->content == "b");
        CHECK(l.newest()->note == "why");
        CHECK(l.before(two)->id == one);
        CHECK_FALSE(l.before(one));
        CHECK(l.find(one)->calls == 3);
        CHECK(l.find(one)->day == day("2026-11-20"));
        CHECK(l.versions().size() == 2);
        CHECK(l.versions().front().content.empty());
        l.keep_newest(1);
        CHECK_FALSE(l.find(one));
        CHECK(l.find(two));
    });
}

TEST_CASE("a judged call brings its standing outcome, the age of its event and whether it was learned") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        triggers::trigger_event e;
        e.kind = triggers::kind::funding;
        e.accounts = {who.northwind.id};
        e.happened_on = day("2026-11-12");
        e.source = "Reuters";
        const auto event = events(s).add(e, at(2000));
        const auto answered =
            judged_card(s, who, "2026-11-20", "event:" + std::to_string(event.value), card_state::answered);
        const auto wrong = judged_card(s, who, "2026-11-20", "story:x", card_state::not_a_reason);
        judged_card(s, who, "2026-11-20", "story:y", card_state::open);
        judged_card(s, who, "2026-10-01", "story:z", card_state::not_a_reason); // too long ago
        const auto first = came_of(s, who, answered, "a", {"not_now"});
        outcomes(s).undo(first);
        came_of(s, who, answered, "b", {"meeting_booked", "referral"});

        learning l(s);
        auto calls = l.judged(day("2026-11-01"));
        REQUIRE(calls.size() == 2);
        CHECK(calls[0].card == answered);
        CHECK(calls[0].happened_on == day("2026-11-12"));
        CHECK(calls[0].source == "Reuters");
        CHECK(calls[0].disposition == "connected");
        CHECK(calls[0].results == std::vector<std::string>{"meeting_booked", "referral"});
        CHECK_FALSE(calls[0].learned_as);
        CHECK(calls[1].card == wrong);
        CHECK(calls[1].wrong_reason);
        CHECK(calls[1].disposition.empty());
        CHECK_FALSE(calls[1].happened_on);

        l.mark_learned(answered, 7, true);
        briefs(s).set_card_state(answered, card_state::open); // the answer was taken back
        calls = l.judged(day("2026-11-01"));
        REQUIRE(calls.size() == 2);
        CHECK(calls[0].learned_as == true);
        CHECK(calls[0].learned_in == 7);
        l.unlearn_since(7);
        CHECK(l.judged(day("2026-11-01")).size() == 1);
        CHECK(l.crowd("story:x", day("2026-11-20")) == 1);
        CHECK(l.crowd("story:z", day("2026-11-20")) == 0);
    });
}

TEST_CASE("who was considered is kept with the chance they had") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        const auto card = judged_card(s, who, "2026-11-20", "story:x", card_state::open);
        const auto brief = briefs(s).find_card(card)->brief;
        learning(s).add({brief, who.jerry.id, who.northwind.id, {}, "[]", 0.2, 0.05});
        learning(s).add({brief, who.jerry.id, who.northwind.id, card, "[[1,3,1.0]]", 0.4, 0.975});
        const auto all = learning(s).considered(brief);
        REQUIRE(all.size() == 2);
        CHECK(all[0].card == card);
        CHECK(all[0].propensity == doctest::Approx(0.975));
        CHECK(all[0].features == "[[1,3,1.0]]");
        CHECK_FALSE(all[1].card);
    });
}
