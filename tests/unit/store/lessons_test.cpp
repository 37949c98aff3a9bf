#include "store/lessons.hpp"
#include "support.hpp"

using namespace whynow::tests;

namespace {

event_id told(session& s, const cast& c, std::string_view story, std::string_view rule) {
    triggers::trigger_event e;
    e.kind = triggers::kind::funding;
    e.accounts = {c.northwind.id};
    e.happened_on = day("2026-11-12");
    e.title = "Northwind " + std::string(story);
    e.source = "Reuters";
    e.story = story;
    e.rule = rule;
    return events(s).add(e, at(2000));
}

void shown(session& s, const cast& c, local_date on, event_id event, card_state state) {
    brief b;
    b.rep = c.dana.id;
    b.date = on;
    card k;
    k.brief = briefs(s).create(b).value();
    k.contact = c.jerry.id;
    k.account = c.northwind.id;
    k.reason_key = "event:" + std::to_string(event.value);
    briefs(s).set_card_state(briefs(s).add_card(k), state);
}

} // namespace

TEST_CASE("an event keeps the rule that found it, and the proof's rule once it is proved") {
    database d;
    const cast c(d);
    d.write([&](session& s) {
        const auto id = told(s, c, "raises", "raise * money");
        CHECK(events(s).find(id)->event.rule == "raise * money");
        auto filed = events(s).find(id)->event;
        filed.state = triggers::state::confirmed;
        filed.source = "SEC";
        filed.rule = "Item 1.01";
        events(s).add(filed, at(3000));
        CHECK(events(s).find(id)->event.rule == "Item 1.01");
    });
}

TEST_CASE("what was judged is counted by event; what nobody judged is no lesson") {
    database d;
    const cast c(d);
    d.write([&](session& s) {
        const auto good = told(s, c, "raises", "raise * money"), bad = told(s, c, "wins", "win * prize"),
                   open = told(s, c, "opens", "open * plant");
        shown(s, c, day("2026-11-13"), good, card_state::answered);
        shown(s, c, day("2026-11-14"), good, card_state::not_a_reason);
        shown(s, c, day("2026-11-15"), bad, card_state::not_a_reason);
        shown(s, c, day("2026-11-16"), open, card_state::open);
        shown(s, c, day("2026-10-01"), bad, card_state::not_a_reason);
        const auto all = lessons(s).judged(day("2026-11-01"));
        REQUIRE(all.size() == 2);
        CHECK(all[0].rule == "raise * money");
        CHECK(all[0].called == 1);
        CHECK(all[0].wrong == 1);
        CHECK(all[1].title == "Northwind wins");
        CHECK(all[1].called == 0);
        CHECK(all[1].wrong == 1);
    });
}

TEST_CASE("a correction counts among the answers that were read, whatever it became") {
    database d;
    const cast c(d);
    d.write([&](session& s) {
        outcome o;
        o.rep = c.dana.id;
        o.contact = c.jerry.id;
        o.at = at(5000);
        o.source = "text";
        o.said = "rang out";
        o.source_ref = "a";
        const auto corrected = outcomes(s).record(o).value();
        o.source_ref = "b";
        outcomes(s).record(o);
        o.source = "tap";
        o.source_ref = "c";
        outcomes(s).record(o);
        CHECK(lessons(s).answers_read(at(0)) == 2);
        lessons(s).add({corrected, "rang out", "disposition", "voicemail", "no_answer", at(6000)});
        CHECK(lessons(s).answers_read(at(0)) == 2);
        outcomes(s).undo(corrected);
        CHECK(lessons(s).answers_read(at(0)) == 1);
        const auto kept = lessons(s).corrections(at(6000));
        REQUIRE(kept.size() == 1);
        CHECK(kept[0].said == "rang out");
        CHECK(kept[0].read_as == "voicemail");
        CHECK(kept[0].meant == "no_answer");
        CHECK(lessons(s).corrections(at(6001)).empty());
    });
}
