#include "support.hpp"

using namespace whynow::tests;

namespace {

triggers::trigger_event left(account_id account, std::string_view story, std::string_view source) {
    triggers::trigger_event e;
    e.kind = triggers::kind::leadership;
    e.scope = triggers::scope::account;
    e.accounts = {account};
    e.companies = {"Northwind Traders"};
    e.happened_on = day("2026-11-12");
    e.evidence = "Northwind's VP Customer Success left on 12 November.";
    e.confidence = 0.8;
    e.title = "Northwind loses VP";
    e.url = "https://news.example/" + std::string(story);
    e.source = source;
    e.story = story;
    return e;
}

} // namespace

TEST_CASE("a signal is logged once") {
    database d;
    signals::signal item;
    item.source = "rss:reuters";
    item.title = "Northwind loses VP";
    item.url = "https://news.example/1?utm_source=x";
    item.published = at(1000);
    item.item_codes = {"5.02", "9.01"};
    item.activity = true;
    d.write([&](session& s) {
        const auto id = signal_log(s).add(item, at(2000));
        REQUIRE(id);
        auto again = item;
        again.url = "http://www.news.example/1";
        CHECK_FALSE(signal_log(s).add(again, at(3000)));
        const auto kept = signal_log(s).find(*id);
        REQUIRE(kept);
        CHECK(kept->url == item.url);
        CHECK(kept->item_codes == item.item_codes);
        CHECK(kept->activity);
        CHECK(kept->published == at(1000));
        CHECK(signal_log(s).count() == 1);
        CHECK(signal_log(s).recent(at(1000), 10).size() == 1);
        CHECK(signal_log(s).recent(at(1001), 10).empty());

        sources(s).put({"edgar", "{}", at(5), at(4), 2, "HTTP 503"});
        sources(s).put({"edgar", "{\"a\":1}", at(9), at(8), 0, ""});
        CHECK(sources(s).find("edgar")->cursor == "{\"a\":1}");
        CHECK(sources(s).find("edgar")->next_poll == at(9));
        CHECK(sources(s).all().size() == 1);
        CHECK_FALSE(sources(s).find("none"));
    });
}

TEST_CASE("one story is one event, and so is the same thing told by another source within four days") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        events e(s);
        const auto id = e.add(left(who.northwind.id, "s1", "Reuters"), at(100));
        CHECK(e.add(left(who.northwind.id, "s1", "Reuters"), at(200)) == id);
        CHECK(e.find(id)->sources == 1);
        auto other = left(who.northwind.id, "s2", "Bloomberg");
        other.happened_on = day("2026-11-16");
        CHECK(e.add(other, at(300)) == id);
        CHECK(e.find(id)->sources == 2);
        CHECK(e.find(id)->links.size() == 2);
        CHECK(e.find(id)->links.at(0).first == "Reuters");
        CHECK(e.find(id)->seen_at == at(100));

        // The second story belongs to the event from now on, whoever tells it.
        CHECK(e.add(left(who.northwind.id, "s2", "Reuters"), at(300)) == id);
        // The same source with a new story, a later day, another kind, a weak activity: something else.
        CHECK(e.add(left(who.northwind.id, "s3", "Reuters"), at(300)) != id);
        auto later = left(who.northwind.id, "s4", "FT");
        later.happened_on = day("2026-11-25");
        CHECK(e.add(later, at(300)) != id);
        auto kind = left(who.northwind.id, "s5", "FT");
        kind.kind = triggers::kind::funding;
        CHECK(e.add(kind, at(300)) != id);
        auto activity = left(who.northwind.id, "s6", "web");
        activity.activity = true;
        CHECK(e.add(activity, at(300)) != id);
        CHECK(e.of_account(who.northwind.id, day("2026-11-12")).size() == 5);
        CHECK(e.of_account(who.northwind.id, day("2026-11-20")).size() == 1);
        CHECK(e.recent(day("2026-11-01"), 3).size() == 3);
    });
}

TEST_CASE("a confirmation gives the evidence, a denial withdraws") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        events e(s);
        const auto id = e.add(left(who.northwind.id, "s1", "Reuters"), at(100));
        CHECK(e.find(id)->event.state == triggers::state::reported);
        auto filing = left(who.northwind.id, "s2", "edgar");
        filing.state = triggers::state::confirmed;
        filing.evidence = "Item 5.02 …";
        filing.url = "https://sec.example/8k";
        filing.happened_on = day("2026-11-11");
        CHECK(e.add(filing, at(200)) == id);
        auto kept = e.find(id);
        CHECK(kept->event.state == triggers::state::confirmed);
        CHECK(kept->event.evidence == "Item 5.02 …");
        CHECK(kept->event.happened_on == day("2026-11-11"));
        CHECK(kept->links.at(0).first == "edgar");
        CHECK(kept->links.at(1).first == "Reuters");
        CHECK(kept->event.accounts == std::vector{who.northwind.id});
        CHECK(kept->event.companies == std::vector<std::string>{"Northwind Traders"});

        auto denial = left(who.northwind.id, "s1", "AP");
        denial.state = triggers::state::withdrawn;
        CHECK(e.add(denial, at(300)) == id);
        CHECK(e.find(id)->event.state == triggers::state::withdrawn);
        CHECK(e.of_account(who.northwind.id, day("2026-01-01")).empty());
        // A late copy does not bring it back; a confirmation under another story is a new event.
        CHECK(e.add(left(who.northwind.id, "s9", "Late Times"), at(400)) == id);
        CHECK(e.find(id)->event.state == triggers::state::withdrawn);
        auto really = left(who.northwind.id, "s10", "Company");
        really.state = triggers::state::confirmed;
        CHECK(e.add(really, at(500)) != id);
        e.withdraw("s10");
        CHECK(e.of_account(who.northwind.id, day("2026-01-01")).empty());
    });
}

TEST_CASE("an event touches accounts it did not happen to, by their scope") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        book::account rival;
        rival.name = "Contoso";
        accounts(s).upsert(rival);
        events e(s);
        const auto id = e.add(left(rival.id, "s1", "Reuters"), at(100));
        e.touch(id, who.northwind.id, triggers::scope::competitor);
        e.touch(id, who.northwind.id, triggers::scope::industry);
        e.touch(id, rival.id, triggers::scope::industry); // it happened to them: stays
        const auto seen = e.of_account(who.northwind.id, day("2026-11-01"));
        REQUIRE(seen.size() == 1);
        CHECK(seen[0].event.scope == triggers::scope::competitor);
        CHECK(seen[0].event.accounts == std::vector{rival.id});
        CHECK(e.of_account(rival.id, day("2026-11-01")).at(0).event.scope == triggers::scope::account);
        e.mark_wrong(id, who.dana.id);
        e.mark_wrong(id, who.dana.id);
        CHECK(e.wrong_marks(id) == 1);
    });
}
