#include "schedule/system_zones.hpp"
#include "store/store.hpp"
#include "web/pages.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <functional>
#include <memory>

using namespace whynow;
using namespace whynow::domain;

namespace {

constexpr std::string_view nasty = "<script>alert(\"1\")</script> & 'x'";

struct house {
    std::filesystem::path folder = std::filesystem::temp_directory_path() / "whynow-web-test";
    std::shared_ptr<const workday::rulebook> rules;
    std::unique_ptr<store::store> kept;
    web::viewer who;

    house() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        workday::team team;
        team.platforms = {"console"};
        auto loaded = workday::rulebook::load("", team, schedule::system_zones());
        rules = std::get<std::shared_ptr<const workday::rulebook>>(loaded);
        auto opened = store::store::open({(folder / "web.db").string()});
        REQUIRE(opened);
        kept = std::move(opened.value());
        who.now = *parse_iso_instant("2025-01-07T08:05:00Z");
        REQUIRE(kept->write_now([&](store::session& s) { fill(s); }));
    }
    ~house() {
        kept->close();
        kept.reset();
        std::filesystem::remove_all(folder);
    }

    // One rep, one draft, one event, everything named so that it would run if it were not escaped.
    void fill(store::session& s) {
        book::rep r;
        r.name = nasty;
        r.email = "dana@example.com";
        store::reps(s).upsert(r);
        who.rep = store::reps(s).by_email("dana@example.com");
        book::account a;
        a.name = nasty;
        a.owner = who.rep->id;
        store::accounts(s).upsert(a);
        book::contact c;
        c.name = nasty;
        c.account = a.id;
        store::contacts(s).upsert(c);
        store::outcome o;
        o.rep = who.rep->id;
        o.contact = c.id;
        o.account = a.id;
        o.at = who.now;
        o.source_ref = "test:1";
        o.disposition = "connected";
        o.results = {"interested_later"};
        const auto outcome = store::outcomes(s).record(o);
        store::draft d;
        d.outcome = *outcome;
        d.rep = who.rep->id;
        d.contact = c.id;
        d.to = "someone@example.com";
        d.subject = nasty;
        d.body = nasty;
        d.created_at = who.now;
        store::drafts(s).add(d);
        triggers::trigger_event e;
        e.kind = triggers::kind::leadership;
        e.accounts = {a.id};
        e.companies = {std::string(nasty)};
        e.happened_on = *parse_iso_date("2025-01-05");
        e.title = nasty;
        e.url = "javascript:alert(1)";
        e.source = nasty;
        e.story = "one";
        store::events(s).add(e, who.now);
        store::sources(s).put({std::string(nasty), "{}", who.now, who.now, 2, std::string(nasty)});
    }

    std::string page(std::string (*make)(store::session&, const web::viewer&, const workday::rulebook&)) {
        std::string out;
        REQUIRE(kept->read_now([&](store::session& s) { out = make(s, who, *rules); }));
        return out;
    }
};

constexpr auto pages = {web::today_page, web::team_page, web::drafts_page, web::signals_page, web::admin_page};

} // namespace

TEST_CASE("Pages escape what comes from outside and hold nothing that the policy refuses") {
    house h;
    for (const auto make : pages) {
        const auto html = h.page(make);
        CHECK(html.starts_with("<!doctype html>"));
        CHECK(html.find("<script>alert") == std::string::npos);
        CHECK(html.find("javascript:") == std::string::npos);
        CHECK(html.find(" style=") == std::string::npos);
        CHECK(html.find("<style") == std::string::npos);
        CHECK(html.find(" onclick") == std::string::npos);
        CHECK(html.find("src=\"http") == std::string::npos);
        CHECK(html.find("<main") != std::string::npos);
        CHECK(html.find("[pages.") == std::string::npos); // every sentence is there
        CHECK(html.size() < 100 * 1024);
    }
    CHECK(text::phrasebook::take_problems().empty());
}

TEST_CASE("A draft that waits can be approved by its revision") {
    house h;
    const auto html = h.page(web::drafts_page);
    CHECK(html.find(R"(data-action="approve" data-value="draft:1:1")") != std::string::npos);
    CHECK(html.find(R"(data-action="edit" data-value="draft:1:1" data-form="1")") != std::string::npos);
}

TEST_CASE("Nobody chosen is a page too") {
    house h;
    h.who.rep.reset();
    for (const auto make : pages)
        CHECK(h.page(make).find("</html>") != std::string::npos);
}

TEST_CASE("Unsubscribing is a form, and its effect a sentence") {
    house h;
    const auto ask = web::unsubscribe_page("to\"ken", false, *h.rules);
    CHECK(ask.find(R"(action="/unsubscribe/to&quot;ken")") != std::string::npos);
    CHECK(ask.find("method=\"post\"") != std::string::npos);
    CHECK(web::unsubscribe_page("token", true, *h.rules).find("<form") == std::string::npos);
}

TEST_CASE("A card's links go only where links may go") {
    cards::message m;
    m.blocks = {cards::paragraph{{{"good", "https://example.com/?a=1&b=2", false, false},
                                  {"bad", "javascript:alert(1)", true, false},
                                  {"call", "tel:+12065550134", false, true}}}};
    const auto html = web::card_html(m);
    CHECK(html.find(R"(href="https://example.com/?a=1&amp;b=2")") != std::string::npos);
    CHECK(html.find("<strong>bad</strong>") != std::string::npos);
    CHECK(html.find(R"(<em><a href="tel:+12065550134">call</a></em>)") != std::string::npos);
}

TEST_CASE("A closed call folds and keeps its buttons") {
    cards::message m;
    m.blocks = {
        cards::fold{"c2",
                    {2, "Ann Lee", "Operations, Northwind", {}, "referral", "today"},
                    {{"Jerry suggested her.", "", false, false}},
                    {cards::actions{{{"log", "card:2", "Log the call", cards::button::style::primary, true, ""}}}},
                    false,
                    {"open", "card:2", "Open", cards::button::style::normal, false, "Open call 2, Ann Lee"}}};
    const auto html = web::card_html(m);
    CHECK(html.find(R"(<details class="fold" data-fold="c2" data-number="2" data-opener="card:2">)") !=
          std::string::npos);
    CHECK(html.find(R"(data-action="log" data-value="card:2" data-form="1")") != std::string::npos);
}

TEST_CASE("Assets are found by plain names only") {
    REQUIRE(web::asset_named("style.css"));
    CHECK(web::asset_named("style.css")->content_type == "text/css; charset=utf-8");
    CHECK(web::asset_named("console.js")->content_type == "text/javascript; charset=utf-8");
    CHECK(!web::asset_named("../pages.hpp"));
    CHECK(!web::asset_named("nothing.css"));
    CHECK(!web::asset_named(""));
}
