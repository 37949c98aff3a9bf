// A card is made only from evidence: what is missing removes its sentence, or the card.
#include "domain/briefs/brief_message.hpp"
#include "domain/cards/message.hpp"
#include "facts.hpp"
#include "support/golden.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace whynow::briefs_test;
using namespace std::chrono_literals;
namespace briefs = whynow::domain::briefs;
namespace cards = whynow::domain::cards;
namespace triggers = whynow::domain::triggers;

namespace {

briefs::call_card card_of(const briefs::call_facts& f) {
    auto made = briefs::compose(f, sentences(), law(), spoken());
    REQUIRE(std::holds_alternative<briefs::call_card>(made));
    return std::get<briefs::call_card>(std::move(made));
}

std::string missing(const briefs::call_facts& f) {
    const auto made = briefs::compose(f, sentences(), law(), spoken());
    REQUIRE(std::holds_alternative<briefs::not_ready>(made));
    return std::get<briefs::not_ready>(made).missing.at(0);
}

briefs::call_facts leadership(std::string_view language = "en") {
    auto f = facts("EVP Sales", language);
    f.events.push_back(event(triggers::kind::leadership, triggers::scope::account, press_of(language)));
    return f;
}

// What a rep wrote: who to talk to, when to come back, what they struggle with.
struct reply {
    const char *referral, *topic, *later, *struggle;
};
reply reply_in(std::string_view language) {
    return language == "de" ? reply{"soll mit Ann Lee aus der Produktion sprechen", "Verträge, die unbemerkt auslaufen",
                                    "in 6 Monaten wieder Thema", "Spediteure, die freitags absagen"}
           : language == "fr" ? reply{"voir avec Ann Lee à la production", "les contrats qui expirent sans bruit",
                                      "à rappeler dans 6 mois", "des transporteurs qui annulent le vendredi"}
           : language == "es" ? reply{"hablar con Ann Lee de producción", "contratos que vencen sin que nadie lo note",
                                      "retomar en 6 meses", "transportistas que cancelan los viernes"}
                              : reply{"talk to Ann Lee in ops", "renewals slipping through in the mid-market",
                                      "working on it in 6 months", "carriers that cancel on Fridays"};
}

briefs::call_facts referral(std::string_view language = "en") {
    auto f = facts("VP Operations", language);
    f.contact.name = "Ann Lee";
    f.contact.phone.clear();
    f.referral = briefs::referral_evidence{"Jerry Smith", day(2026, 11, 23), reply_in(language).referral,
                                           reply_in(language).topic, true};
    return f;
}

briefs::call_facts filing(std::string_view language = "en") {
    auto f = facts("CFO", language);
    f.contact.name = "Tom Reyes";
    auto e = event(triggers::kind::earnings);
    e.headline.clear();
    e.item_code = "2.02";
    e.source = "8-K";
    e.url = "https://www.sec.gov/Archives/edgar/data/1/000000000026000001/";
    f.events.push_back(e);
    return f;
}

briefs::call_facts own_date(std::string_view language = "en") {
    auto f = facts("Head of Procurement", language);
    f.contact.name = "Priya Nair";
    f.own_date = briefs::return_evidence{day(2026, 6, 2), day(2026, 12, 15), reply_in(language).later,
                                         reply_in(language).struggle};
    f.known.push_back({"challenge", reply_in(language).struggle, "Sam", day(2026, 6, 2)});
    f.known.push_back({"vendor", "Globex", "Sam", day(2026, 6, 2)});
    f.hours = briefs::hours{"Seattle", 480min, 1020min, 1020min, 120min, false};
    return f;
}

} // namespace

TEST_CASE("what must be there before anybody calls") {
    auto nobody = leadership();
    nobody.contact.name.clear();
    CHECK(missing(nobody) == "contact");
    CHECK(missing(facts()) == "event");
    auto unsourced = leadership();
    unsourced.events.front().source.clear();
    unsourced.events.front().url.clear();
    CHECK(missing(unsourced) == "source");
}

TEST_CASE("the reason shows its date, its source and its link") {
    const auto card = card_of(leadership());
    const auto why = cards::plain(card.why);
    CHECK(why.find("12 November") != std::string::npos);
    CHECK(why.find("Northwind names Maria Voss chief customer officer") != std::string::npos);
    const auto link = std::ranges::find(card.why, std::string("Reuters"), &cards::span::text);
    REQUIRE(link != card.why.end());
    CHECK(link->href == "https://news.example/1");
    CHECK(card.age == "12 days ago");
    CHECK(card.badge == "people changed");
    CHECK(card.opener.starts_with("Jerry, "));
    CHECK(law().opener(card.opener, briefs::opener_facts(leadership(), sentences())).ok);
}

TEST_CASE("a report that nobody confirmed says so") {
    auto f = leadership();
    f.events.front().state = triggers::state::reported;
    f.events.front().confidence = 0.6;
    CHECK(cards::plain(card_of(f).why).find("reported, not confirmed") != std::string::npos);
    f.events.front().confidence = 0.9;
    CHECK(cards::plain(card_of(f).why).find("reported, not confirmed") == std::string::npos);
}

TEST_CASE("a second event stands beside the first, a fourth does not") {
    auto f = leadership();
    for (int i = 0; i < 4; ++i) {
        auto e = event(triggers::kind::earnings);
        e.headline = "Northwind reports revenue of quarter " + std::to_string(i + 1);
        f.events.push_back(e);
    }
    const auto why = cards::plain(card_of(f).why);
    CHECK(why.find("quarter 2") != std::string::npos);
    CHECK(why.find("quarter 3") == std::string::npos);
}

TEST_CASE("nothing of ours is in what is said") {
    auto f = leadership();
    f.known.push_back({"vendor", "Contoso", "", day(2026, 10, 3)});
    const auto card = card_of(f);
    for (const auto* ours : {"Acme Tools", "Renewal Desk", "Contoso", "Fabrikam"})
        CHECK(card.opener.find(ours) == std::string::npos);
}

TEST_CASE("an event that names our customer is told by its noun") {
    auto f = leadership();
    f.events.front().headline = "Northwind hires Contoso's Maria Voss as chief customer officer";
    const auto card = card_of(f);
    CHECK(card.opener.find("Contoso") == std::string::npos);
    CHECK(card.opener.find("the change in your leadership") != std::string::npos);
}

TEST_CASE("known facts are not asked again and say who heard them when") {
    const auto card = card_of(own_date());
    const auto known = cards::plain(card.known);
    CHECK(known.find("carriers that cancel on Fridays (told Sam, 2 June)") != std::string::npos);
    CHECK(std::ranges::none_of(card.ask, [](const auto& q) { return q == "What are they working on?"; }));
    auto mine = own_date();
    mine.known.front().mine = true;
    CHECK(cards::plain(card_of(mine).known).find("(told you, 2 June)") != std::string::npos);
}

TEST_CASE("telephone links hold digits only, and nothing where there is no number") {
    const auto with = card_of(leadership());
    CHECK(with.detail.back().href == "tel:+12065550134");
    CHECK(card_of(referral()).detail.empty());
}

namespace {

std::vector<briefs::shown_call> one_of_each(std::string_view language) {
    std::vector<briefs::shown_call> calls;
    int n = 0;
    for (const auto& f : {leadership(language), referral(language), filing(language), own_date(language)})
        calls.push_back({card_of(f), whynow::domain::card_id{std::int64_t(100 + ++n)}, n, false, ""});
    return calls;
}

} // namespace

TEST_CASE("golden: one card of each sort, as text") {
    auto calls = one_of_each("en");
    const briefs::brief_head head{day(2026, 11, 24), 8, 35, false, "en"};
    for (const int open : {1, 2, 3, 4})
        whynow::test::expect_golden(WHYNOW_SOURCE_DIR, "text/brief-open-" + std::to_string(open) + ".txt",
                                    cards::as_text(briefs::brief_message(head, calls, open, sentences())));
    calls[0].answered = true;
    calls[0].standing = "✓ Conversation · Interested later";
    auto late = head;
    late.late = true;
    whynow::test::expect_golden(WHYNOW_SOURCE_DIR, "text/brief-answered.txt",
                                cards::as_text(briefs::brief_message(late, calls, 2, sentences())));
    whynow::test::expect_golden(WHYNOW_SOURCE_DIR, "text/brief-none.txt",
                                cards::as_text(briefs::brief_message(head, {}, 0, sentences())));
    CHECK(briefs::brief_message(head, calls, 1, sentences())
              .fallback.starts_with("4 calls worth making today. First: Jerry Smith"));
}

TEST_CASE("golden: the same morning in the other languages") {
    for (const std::string language : {"de", "fr", "es"}) {
        auto calls = one_of_each(language);
        briefs::brief_head head{day(2026, 11, 24), 8, 35, false, language};
        std::string all;
        const auto show = [&](const cards::message& m) { all += m.fallback + "\n\n" + cards::as_text(m) + "\n"; };
        for (const int open : {1, 2, 3, 4})
            show(briefs::brief_message(head, calls, open, sentences()));
        calls[0].answered = true;
        calls[0].standing = sentences().say(
            language, "brief.answered",
            whynow::domain::text::slots{}.set("what", sentences().say(language, "disposition.connected") + " · " +
                                                          sentences().say(language, "result.interested_later")));
        head.late = true;
        head.accounts = 5; // one other
        show(briefs::brief_message(head, calls, 2, sentences()));
        show(briefs::brief_message(head, {}, 0, sentences()));
        whynow::test::expect_golden(WHYNOW_SOURCE_DIR, "text/brief-" + language + ".txt", all);
    }
    CHECK(whynow::domain::text::phrasebook::take_problems().empty());
}

TEST_CASE("one account is one account") {
    briefs::brief_head head{day(2026, 11, 24), 8, 2, false, "en"};
    std::vector<briefs::shown_call> one{one_of_each("en").front()};
    const auto text = cards::as_text(briefs::brief_message(head, one, 1, sentences()));
    CHECK(text.find("1 call worth making today") != std::string::npos);
    CHECK(text.find("your other open account") != std::string::npos);
    head.accounts = 1;
    CHECK(cards::as_text(briefs::brief_message(head, {}, 0, sentences())).find("1 open account and") !=
          std::string::npos);
}
