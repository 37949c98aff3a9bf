#include "store/lessons.hpp"
#include "store/sql/query.hpp"
#include "support.hpp"

using namespace whynow::tests;

namespace {

constexpr std::int64_t day_seconds = 86'400;

// One of everything that holds words about people, told at `when`.
void live(session& s, const cast& c, instant when, local_date on, const std::string& words) {
    brief b;
    b.rep = c.dana.id;
    b.date = on;
    b.planned_at = when;
    const auto brief_id = briefs(s).create(b).value();
    card k;
    k.brief = brief_id;
    k.number = 1;
    k.contact = c.jerry.id;
    k.account = c.northwind.id;
    k.reason_key = "event:" + words;
    k.content = words;
    const auto card = briefs(s).add_card(k);
    outcome o;
    o.card = card;
    o.rep = c.dana.id;
    o.contact = c.jerry.id;
    o.account = c.northwind.id;
    o.at = when;
    o.day = on;
    o.said = words;
    o.disposition = "connected";
    o.source_ref = words;
    const auto outcome = outcomes(s).record(o).value();
    lessons(s).add({outcome, words, "disposition", "voicemail", "no_answer", when});
    facts(s).add({{}, c.northwind.id, c.jerry.id, "challenge", words, c.dana.id, when, outcome, false});
    referral r;
    r.outcome = outcome;
    r.referrer = c.jerry.id;
    r.account = c.northwind.id;
    r.rep = c.dana.id;
    r.name = "Ann Lee";
    r.contact = words;
    r.words = words;
    r.on = on;
    referrals(s).add(r);
    draft d;
    d.outcome = outcome;
    d.rep = c.dana.id;
    d.contact = c.jerry.id;
    d.to = d.subject = d.body = d.facts = words;
    d.created_at = when;
    drafts(s).set_state(drafts(s).add(d), draft_state::sent);
    nurture_step n;
    n.contact = c.jerry.id;
    n.account = c.northwind.id;
    n.rep = c.dana.id;
    n.outcome = outcome;
    n.due = n.promised = on;
    n.words = words;
    nurture(s).set_state(nurture(s).schedule(n), "done");
    outbox_item item;
    item.channel = "slack";
    item.unique_key = item.payload = words;
    item.purpose = "notice";
    item.created_at = when;
    outbox(s).settle(outbox(s).put(item), outbox_state::sent);
    const auto row = inbox(s).accept({{}, "slack", words, words, words, when});
    inbox(s).done(row.value());
    signals::signal news;
    news.source = "press";
    news.title = news.external_id = words;
    news.published = when;
    signal_log(s).add(news, when);
}

// How often the words stand in any column of any table.
int found(session& s, const std::string& words) {
    int n = 0;
    for (const auto* look :
         {"SELECT count(*) FROM facts WHERE value = $1", "SELECT count(*) FROM outcomes WHERE said = $1",
          "SELECT count(*) FROM referrals WHERE words = $1 OR contact = $1",
          "SELECT count(*) FROM drafts WHERE recipient = $1 OR subject = $1 OR body = $1 OR facts = $1",
          "SELECT count(*) FROM nurture WHERE words = $1", "SELECT count(*) FROM outbox WHERE payload = $1",
          "SELECT count(*) FROM inbox WHERE payload = $1", "SELECT count(*) FROM cards WHERE content = $1",
          "SELECT count(*) FROM signals WHERE title = $1", "SELECT count(*) FROM corrections WHERE said = $1"}) {
        sql::query q(s.db(), look);
        q.bind(words).next();
        n += q.value<int>();
    }
    return n;
}

} // namespace

TEST_CASE("what is old enough is forgotten, the rows that figures are counted from stay") {
    database d;
    const cast c(d);
    d.write([&](session& s) {
        live(s, c, at(10 * day_seconds), day("1970-01-11"), "an old secret");
        live(s, c, at(800 * day_seconds), day("1972-03-11"), "a young one");
        REQUIRE(found(s, "an old secret") == 10);
        REQUIRE(found(s, "a young one") == 10);
        int rounds = 0;
        while (retention(s).forget_before(at(700 * day_seconds), day("1971-12-02"), 1) > 0)
            REQUIRE(++rounds < 100);
        CHECK(found(s, "an old secret") == 0);
        CHECK(found(s, "a young one") == 10);
        CHECK(outcomes(s).between(at(0), at(900 * day_seconds)).size() == 2);
        CHECK(briefs(s).of(c.dana.id, day("1970-01-11")).has_value());
        outbox_item again;
        again.channel = "slack";
        again.unique_key = "an old secret"; // a key stays taken: nothing is sent a second time
        outbox(s).put(again);
        CHECK(outbox(s).claim("slack", at(900 * day_seconds), 10).empty());
    });
}

TEST_CASE("what still waits is not forgotten, however old") {
    database d;
    const cast c(d);
    d.write([&](session& s) {
        draft open;
        open.rep = c.dana.id;
        open.contact = c.jerry.id;
        open.to = open.subject = open.body = "still to be decided";
        drafts(s).add(open);
        nurture_step waiting;
        waiting.contact = c.jerry.id;
        waiting.account = c.northwind.id;
        waiting.rep = c.dana.id;
        waiting.due = waiting.promised = day("1970-01-05");
        waiting.words = "still to come";
        waiting.state = "waiting";
        nurture(s).schedule(waiting);
        inbox(s).accept({{}, "slack", "Ev1", "", "not worked on yet", at(1)});
        outbox_item unsent;
        unsent.channel = "slack";
        unsent.payload = "not sent yet";
        outbox(s).put(unsent);
        CHECK(retention(s).forget_before(at(900 * day_seconds), day("1972-06-19"), 100) == 0);
        CHECK(nurture(s).due(c.dana.id, day("1972-06-19")).at(0).words == "still to come");
        CHECK(inbox(s).undone(10).size() == 1);
    });
}
