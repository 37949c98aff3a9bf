#include "support.hpp"

using namespace whynow::tests;

namespace {

brief_id a_brief(session& s, const cast& who, std::string_view iso) {
    brief b;
    b.rep = who.dana.id;
    b.date = day(iso);
    b.planned_at = at(1000);
    b.budget = 8;
    b.candidates = 35;
    b.late = true;
    return briefs(s).create(b).value();
}

card a_card(const cast& who, brief_id brief, int number, std::string_view reason) {
    card c;
    c.brief = brief;
    c.number = number;
    c.contact = who.jerry.id;
    c.account = who.northwind.id;
    c.reason_key = reason;
    c.kind = "leadership";
    c.scope = "account";
    c.content = "{\"opener\":\"…\"}";
    c.explanation = "{}";
    c.probability = 0.25;
    return c;
}

outcome an_outcome(const cast& who, std::string_view source_ref, std::int64_t when) {
    outcome o;
    o.rep = who.dana.id;
    o.contact = who.jerry.id;
    o.account = who.northwind.id;
    o.at = at(when);
    o.source = "text";
    o.source_ref = source_ref;
    o.said = "spoke with Jerry, working on it in 6 months";
    o.disposition = "connected";
    o.results = {"interested_later", "referral"};
    o.follow_up_from = day("2027-05-10");
    o.follow_up_time = std::chrono::minutes{600};
    o.unsure = {"facts"};
    return o;
}

} // namespace

TEST_CASE("a brief and its cards round trip") {
    database d;
    const cast who(d);
    brief_id id;
    card_id first;
    d.write([&](session& s) {
        briefs b(s);
        id = a_brief(s, who, "2026-11-23");
        CHECK_FALSE(b.create({.rep = who.dana.id, .date = day("2026-11-23")}));
        first = b.add_card(a_card(who, id, 1, "event:12"));
        b.add_card(a_card(who, id, 2, "event:13"));
        b.set_message(id, "slack", "D1", "171.1");
        b.set_open_card(id, first);
        b.set_card_state(first, card_state::snoozed);
        b.set_card_content(first, "{}");
        b.add_left_out({id, who.northwind.id, who.jerry.id, "cool_down", "3 days"});
        a_brief(s, who, "2026-11-24");
    });
    d.reopen();
    d.read([&](session& s) {
        briefs b(s);
        const auto kept = b.of(who.dana.id, day("2026-11-23"));
        REQUIRE(kept);
        CHECK(kept->id == id);
        CHECK(kept->budget == 8);
        CHECK(kept->candidates == 35);
        CHECK(kept->late);
        CHECK(kept->open_card == first);
        CHECK(b.latest(who.dana.id)->date == day("2026-11-24"));
        CHECK(b.by_message("slack", "D1", "171.1")->id == id);
        CHECK_FALSE(b.by_message("teams", "D1", "171.1"));
        CHECK_FALSE(b.by_message("slack", "", ""));
        REQUIRE(b.cards(id).size() == 2);
        CHECK(b.cards(id)[0].state == card_state::snoozed);
        CHECK(b.cards(id)[0].content == "{}");
        CHECK(b.find_card(first)->probability == 0.25);
        CHECK(b.left_out_of(id).at(0).why == "cool_down");
        CHECK(b.reason_used(who.jerry.id, "event:12"));
        CHECK_FALSE(b.reason_used(who.jerry.id, "event:99"));
        CHECK(b.last_shown(who.jerry.id) == day("2026-11-23"));
        CHECK_FALSE(b.last_shown(contact_id{99}));
        CHECK(b.account_taken(who.northwind.id, day("2026-11-23"), rep_id{77}));
        CHECK_FALSE(b.account_taken(who.northwind.id, day("2026-11-23"), who.dana.id));
        CHECK(b.between(day("2026-11-01"), day("2026-11-30")).size() == 2);
    });
}

TEST_CASE("an outcome is recorded once, revised, undone, counted") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        outcomes o(s);
        const auto brief = a_brief(s, who, "2026-11-23");
        auto first = an_outcome(who, "slack:171.2", 1000);
        first.card = briefs(s).add_card(a_card(who, brief, 1, "event:1"));
        const auto id = o.record(first);
        REQUIRE(id);
        CHECK_FALSE(o.record(first));
        first.id = *id;
        CHECK(o.by_source("slack:171.2")->id == *id);
        auto kept = o.of_card(first.card);
        REQUIRE(kept);
        CHECK(kept->results == first.results);
        CHECK(kept->unsure == first.unsure);
        CHECK(kept->follow_up_from == day("2027-05-10"));
        CHECK_FALSE(kept->follow_up_date);
        CHECK(kept->follow_up_time == std::chrono::minutes{600});
        CHECK(kept->day == day("2026-11-23")); // the brief's, not the UTC day of `at`
        first.disposition = "voicemail";
        o.revise(first);
        CHECK(o.find(*id)->revision == 2);
        CHECK(o.find(*id)->disposition == "voicemail");
        o.set_message(*id, "D1", "171.3");
        CHECK(o.by_message("D1", "171.3")->id == *id);

        auto second = an_outcome(who, "", 1764000000); // no reference: never in the way of another
        CHECK(o.record(second));
        CHECK(o.record(second));
        auto not_made = an_outcome(who, "x", 1764000000);
        not_made.disposition = "not_called";
        CHECK(o.record(not_made));
        const auto calls = o.daily_calls(who.dana.id, 10);
        REQUIRE(calls.size() == 2);
        CHECK(calls[0] == std::pair(day("2026-11-23"), 1));
        CHECK(calls[1] == std::pair(day("2025-11-24"), 2));
        CHECK(o.of_contact(who.jerry.id).size() == 4);
        CHECK(o.between(at(1000), at(1001)).size() == 1);
        o.undo(*id);
        o.undo(*id);
        CHECK(o.find(*id)->undone);
        CHECK(o.find(*id)->revision == 3);
        CHECK_FALSE(o.of_card(first.card));
        CHECK(o.of_account(who.northwind.id).size() == 3);
        CHECK(o.daily_calls(who.dana.id, 10).size() == 1);
    });
}

TEST_CASE("facts, referrals and returns follow their outcome") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        const auto from = outcomes(s).record(an_outcome(who, "a", 1000)).value();
        fact f{{}, who.northwind.id, who.jerry.id, "vendor", "uses Acme", who.dana.id, at(5), from, false};
        facts(s).add(f);
        f.outcome = {};
        f.value = "budget is set";
        facts(s).add(f);
        CHECK(facts(s).of_account(who.northwind.id).size() == 2);
        CHECK(facts(s).of_account(who.northwind.id)[0].value == "budget is set");
        facts(s).withdraw(from);
        CHECK(facts(s).of_account(who.northwind.id).size() == 1);

        book::contact ann;
        ann.name = "Ann Lee";
        ann.account = who.northwind.id;
        contacts(s).upsert(ann);
        referral r;
        r.outcome = from;
        r.referrer = who.jerry.id;
        r.account = who.northwind.id;
        r.rep = who.dana.id;
        r.name = "Ann Lee";
        r.title = "ops";
        r.generation = 2;
        r.on = day("2026-11-22");
        r.id = referrals(s).add(r);
        CHECK_FALSE(referrals(s).find(r.id)->may_name);
        CHECK(referrals(s).open_of(who.dana.id).empty());
        r.referred = ann.id;
        r.may_name = false;
        referrals(s).update(r);
        CHECK(referrals(s).find(r.id)->may_name == false);
        CHECK(referrals(s).to_contact(ann.id)->id == r.id);
        CHECK(referrals(s).of_outcome(from).size() == 1);
        CHECK(referrals(s).open_of(who.dana.id).size() == 1);
        CHECK(referrals(s).between(day("2026-11-22"), day("2026-11-22")).size() == 1);
        auto call = an_outcome(who, "b", 2000);
        call.contact = ann.id;
        outcomes(s).record(call);
        CHECK(referrals(s).open_of(who.dana.id).empty());

        nurture_step n;
        n.contact = who.jerry.id;
        n.account = who.northwind.id;
        n.rep = who.dana.id;
        n.outcome = from;
        n.due = day("2027-04-19");
        n.promised = day("2027-05-10");
        n.at = std::chrono::minutes{540};
        n.words = "in 6 months";
        const auto step = nurture(s).schedule(n);
        CHECK(nurture(s).due(who.dana.id, day("2027-04-18")).empty());
        REQUIRE(nurture(s).due(who.dana.id, day("2027-04-19")).size() == 1);
        CHECK(nurture(s).find(step)->at == std::chrono::minutes{540});
        CHECK(nurture(s).find(step)->state == "waiting");
        nurture(s).set_state(step, "shown");
        CHECK(nurture(s).due(who.dana.id, day("2027-04-19")).empty());
        CHECK(nurture(s).overdue(day("2027-05-11")).size() == 1);
        CHECK(nurture(s).overdue(day("2027-05-10")).empty());
        nurture(s).move(step, day("2027-06-01"));
        nurture(s).set_state(step, "done");
        CHECK(nurture(s).overdue(day("2028-01-01")).empty());
        CHECK(nurture(s).of_outcome(from).at(0).due == day("2027-06-01"));
    });
}

TEST_CASE("a draft is approved at its present revision only, and stands once for its outcome") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        drafts t(s);
        draft x;
        x.kind = draft_kind::thank_you;
        x.outcome = outcomes(s).record(an_outcome(who, "a", 1000)).value();
        x.rep = who.dana.id;
        x.contact = who.jerry.id;
        x.to = "jerry@northwind.example";
        x.subject = "Thank you";
        x.body = "Jerry, …";
        x.facts = "{}";
        x.created_at = at(50);
        const auto id = t.add(x);
        CHECK(t.add(x) == id);
        t.revise(id, x.to, "Thanks", "…");
        CHECK_FALSE(t.approve(id, 1));
        CHECK(t.approve(id, 2));
        CHECK_FALSE(t.approve(id, 2));
        CHECK(t.find(id)->state == draft_state::approved);
        t.set_state(id, draft_state::failed, "552 mailbox full");
        CHECK(t.find(id)->problem == "552 mailbox full");
        CHECK(t.approve(id, 2));
        t.set_message(id, "D1", "171.9");
        CHECK(t.find(id)->message_id == "171.9");
        t.set_state(id, draft_state::discarded);
        CHECK(t.add(x) != id);
        CHECK(t.of_outcome(x.outcome).size() == 2);
        CHECK(t.of_rep(who.dana.id, 1).size() == 1);
        CHECK(t.between(at(50), at(51)).size() == 2);
        x.kind = draft_kind::nurture;
        CHECK(t.add(x) != t.add(x));
    });
}
