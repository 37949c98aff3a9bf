// Every kind of reason × every persona × every way it can reach an account gives a card whose opener may be said.
#include "domain/cards/message.hpp"
#include "facts.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <map>

using namespace whynow::briefs_test;
namespace briefs = whynow::domain::briefs;
namespace triggers = whynow::domain::triggers;

namespace {

std::size_t words_in(std::string_view t) {
    std::size_t n = 0;
    bool inside = false;
    for (const char c : t) {
        const bool letter = c != ' ' && c != '\n';
        n += letter && !inside;
        inside = letter;
    }
    return n;
}

struct tally {
    std::size_t cards = 0, ideal = 0, least = 999, most = 0;
    std::size_t sayable = 0, told = 0;                    // headlines short enough to be said, and those that were
    std::map<std::string, std::vector<std::string>> said; // for WHYNOW_SHOW_OPENERS
    std::string untold;                                   // those that were not
};

void expect_card(const briefs::call_facts& f, const std::string& about, tally& seen) {
    INFO(about);
    whynow::domain::text::phrasebook::take_problems();
    const auto made = briefs::compose(f, sentences(), law(), spoken());
    if (const auto* no = std::get_if<briefs::not_ready>(&made)) {
        std::string why;
        for (const auto& m : no->missing)
            why += m + " ";
        FAIL_CHECK(about << ": no card: " << why);
        return;
    }
    const auto& card = std::get<briefs::call_card>(made);
    INFO(card.opener);
    const auto problems = whynow::domain::text::phrasebook::take_problems();
    CHECK(problems.empty());
    const auto words = words_in(card.opener);
    CHECK(words <= 85);
    CHECK(words >= 40);
    CHECK(card.opener.find("  ") == std::string::npos);
    CHECK(card.opener.find("{{") == std::string::npos);
    CHECK(card.opener.back() == '?');
    CHECK(card.seconds >= 12);
    CHECK(card.seconds <= 34);
    CHECK_FALSE(card.badge.empty());
    CHECK_FALSE(card.because.empty());
    CHECK_FALSE(card.ask.empty());
    const auto why = whynow::domain::cards::plain(card.why);
    for (const auto* broken : {"  ", "..", " ,", " .", "()", "[reason", "{{", "“”"})
        CHECK_MESSAGE(why.find(broken) == std::string::npos, why);
    ++seen.cards;
    seen.ideal += words >= 50 && words <= 75;
    if (const auto headline = f.events.empty() ? std::string{} : f.events.front().headline;
        !headline.empty() && words_in(headline) <= 14) {
        const auto clause = spoken().clause(headline, f.account, f.language);
        ++seen.sayable;
        if (card.opener.find(clause.value_or(headline)) != std::string::npos ||
            card.opener.find(headline) != std::string::npos)
            ++seen.told;
        else
            seen.untold += about + "\n";
    }
    seen.least = std::min(seen.least, words);
    seen.most = std::max(seen.most, words);
    seen.said[about].push_back(fmt::format("{:3} {}\n    WHY {}", words, card.opener, why));
}

void show(const tally& seen) {
    MESSAGE(seen.cards << " cards, " << seen.ideal << " of 50 to 75 words, from " << seen.least << " to " << seen.most
                       << "; " << seen.told << " of " << seen.sayable << " headlines said");
    if (const char* path = std::getenv("WHYNOW_SHOW_OPENERS")) {
        std::ofstream out(path, std::ios::app);
        for (const auto& [about, openers] : seen.said)
            for (const auto& o : openers)
                out << about << '\n' << o << '\n';
    }
}

using triggers::scope;

} // namespace

namespace {

constexpr auto longest = whynow::domain::book::persona::sales; // its concern is the longest: it stands for all

// Every kind in every scope with a short headline, a long one, and a doubtful one of today; every persona where the
// words differ most.
void every_kind(const std::string& language) {
    tally seen;
    for (std::size_t k = 1; k < triggers::kind_count; ++k)
        for (const auto& [title, persona] : personas) {
            REQUIRE(whynow::domain::book::persona_of(title) == persona);
            for (const auto s :
                 {scope::account, scope::person, scope::industry, scope::competitor, scope::customers_customer})
                for (const int form : {0, 1, 2}) {
                    const bool for_everybody =
                        form == 0 && (s == scope::account || (s == scope::competitor && language == "en"));
                    if (!for_everybody && persona != longest)
                        continue;
                    auto f = facts(title, language);
                    auto e = event(triggers::kind(k), s, press_of(language));
                    if (form == 1)
                        e.headline += long_tail;
                    if (form == 2) { // reported by somebody of whom we are not sure, today
                        e.state = triggers::state::reported;
                        e.confidence = 0.6;
                        e.date = f.today;
                    }
                    f.events.push_back(e);
                    expect_card(f,
                                fmt::format("{} {} {} {} {}", language, triggers::to_string(triggers::kind(k)),
                                            to_string(persona), triggers::to_string(s), form),
                                seen);
                }
        }
    show(seen);
    CHECK(seen.ideal * 100 >= seen.cards * 95);
    INFO(seen.untold);
    CHECK(seen.told == seen.sayable); // none of them had to be left out for its words
}

// The world's press in a sentence of their own language.
void english_headlines(const std::string& language) {
    tally seen;
    for (std::size_t k = 1; k < triggers::kind_count; ++k)
        for (const auto s : {scope::account, scope::customers_customer}) {
            auto f = facts("EVP Sales", language);
            f.events.push_back(event(triggers::kind(k), s, english));
            expect_card(f, fmt::format("{} of English {}", language, triggers::to_string(triggers::kind(k))), seen);
        }
    show(seen);
    CHECK(seen.told == seen.sayable);
}

} // namespace

TEST_CASE("every kind, persona, scope and length of headline gives a lawful opener, in every language") {
    for (const auto& language : whynow::test::languages)
        SUBCASE(language.c_str()) {
            every_kind(language);
            if (language != "en")
                english_headlines(language);
        }
}

TEST_CASE("filings: each 8-K item says what happened in words that can be said") {
    tally seen;
    const std::pair<const char*, triggers::kind> items[] = {{"1.01", triggers::kind::partnership},
                                                            {"1.02", triggers::kind::partnership},
                                                            {"1.03", triggers::kind::distress},
                                                            {"1.05", triggers::kind::incident},
                                                            {"2.01", triggers::kind::ma},
                                                            {"2.02", triggers::kind::earnings},
                                                            {"2.03", triggers::kind::funding},
                                                            {"2.04", triggers::kind::distress},
                                                            {"2.05", triggers::kind::restructuring},
                                                            {"2.06", triggers::kind::earnings},
                                                            {"3.01", triggers::kind::distress},
                                                            {"3.02", triggers::kind::funding},
                                                            {"4.02", triggers::kind::legal_regulatory},
                                                            {"5.01", triggers::kind::ma},
                                                            {"5.02", triggers::kind::leadership},
                                                            {"9.99", triggers::kind::earnings}};
    for (const auto& language : whynow::test::languages)
        for (const auto& [code, kind] : items)
            for (const auto& [title, persona] : personas) {
                if (language != "en" && persona != longest)
                    continue;
                auto f = facts(title, language);
                auto e = event(kind);
                e.headline.clear();
                e.item_code = code;
                e.source = "8-K";
                e.url = "https://www.sec.gov/Archives/edgar/data/1/000000000026000001/";
                f.events.push_back(e);
                expect_card(f, fmt::format("{} 8-K {} {}", language, code, to_string(persona)), seen);
            }
    show(seen);
    CHECK(seen.ideal * 100 >= seen.cards * 95);
}

TEST_CASE("referrals: named only where it was allowed") {
    tally seen;
    for (const auto& language : whynow::test::languages)
        for (const auto& [title, persona] : {personas[0], personas[4]}) // the persona changes no word of it
            for (const std::optional<bool> may : {std::optional<bool>{}, std::optional{false}, std::optional{true}})
                for (const auto* topic :
                     {"", "renewals slipping through in the mid-market", "churn", "getting the new ERP to run"}) {
                    auto f = facts(title, language);
                    f.contact.name = "Ann Lee";
                    f.referral = briefs::referral_evidence{"Jerry Smith", day(2026, 11, 23),
                                                           *topic ? "talk to Ann Lee in ops" : "", topic, may};
                    const auto about = fmt::format("{} referral {} {} {}", language, to_string(persona),
                                                   !may   ? "open"
                                                   : *may ? "yes"
                                                          : "no",
                                                   topic);
                    expect_card(f, about, seen);
                    for (const auto& opener : seen.said[about])
                        CHECK((opener.substr(0, opener.find("WHY")).find("Jerry") != std::string::npos) ==
                              may.value_or(false));
                }
    show(seen);
    CHECK(seen.ideal * 100 >= seen.cards * 95);
}

TEST_CASE("own dates: what they said comes back") {
    tally seen;
    for (const auto& language : whynow::test::languages)
        for (const auto& [title, persona] : {personas[0], personas[4]})
            for (const auto* challenge :
                 {"", "renewals slipping through in the mid-market", "getting the new ERP to run"})
                for (const auto* words : {"", "working on it in 6 months"}) {
                    auto f = facts(title, language);
                    f.own_date = briefs::return_evidence{day(2026, 6, 2), day(2026, 12, 2), words, challenge};
                    expect_card(f, fmt::format("{} own date {} {}", language, to_string(persona), challenge), seen);
                }
    show(seen);
    CHECK(seen.ideal * 100 >= seen.cards * 95);
}
