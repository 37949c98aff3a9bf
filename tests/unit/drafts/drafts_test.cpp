// Every outcome of a conversation gives its mail; none sells, chases or names who did not allow it.
#include "domain/drafts/draft_text.hpp"
#include "support/golden.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <chrono>

using namespace whynow::domain;
using namespace std::chrono_literals;
using outcomes::result;

namespace {

local_date day(int y, unsigned m, unsigned d) {
    return {std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

const text::phrasebook& sentences() {
    static const auto made = whynow::test::phrasebook_of(WHYNOW_SOURCE_DIR);
    return made;
}

const lint::linter& law() {
    static const auto made = whynow::test::linter_of(WHYNOW_SOURCE_DIR);
    return made;
}

drafts::mail_facts facts(std::string_view language = "en") {
    drafts::mail_facts f;
    f.language = language;
    f.contact.name = "Jerry Smith";
    f.contact.title = "EVP Sales";
    f.contact.email = "jerry@northwind.example";
    f.contact.country = "US";
    f.account = "Northwind";
    f.called_on = f.today = day(2026, 11, 24);
    f.rep.name = "Dana Fox";
    f.rep_company = "Acme Tools";
    f.our_product = "Renewal Desk";
    f.our_customers = {"Contoso"};
    return f;
}

drafts::mail_text text_of(const drafts::mail& m, const std::string& about) {
    INFO(about);
    if (const auto* refused = std::get_if<std::vector<std::string>>(&m)) {
        std::string why;
        for (const auto& r : *refused)
            why += r + " ";
        FAIL_CHECK(about << " refused: " << why);
        return {};
    }
    auto t = std::get<drafts::mail_text>(m);
    INFO(t.body);
    CHECK(law().mail(drafts::as_lint_text(t.to, t.subject, t.body), t.facts).ok);
    for (const auto* broken : {"  ", "..", " ,", " .", "{{", "[mail"}) {
        CHECK(t.body.find(broken) == std::string::npos);
        CHECK(t.subject.find(broken) == std::string::npos);
    }
    CHECK(text::phrasebook::take_problems().empty());
    return t;
}

std::string shown(const drafts::mail_text& m) { return drafts::as_lint_text(m.to, m.subject, m.body) + "\n"; }

// What reps note of a struggle: in their own language and in English, a noun, a phrase, half a sentence.
std::vector<std::string_view> challenges(std::string_view language) {
    std::vector<std::string_view> out{"", "renewals slipping through", "churn"};
    if (language == "en")
        out.insert(out.end(), {"getting the new ERP to run", "a shortage of drivers in the north"});
    if (language == "de")
        out.insert(out.end(), {"hohe Fehlerquote im Lager", "die Umstellung auf das neue ERP", "finden keine Fahrer"});
    if (language == "fr")
        out.insert(out.end(), {"un taux d’erreurs élevé", "les commandes oubliées", "passer au nouvel ERP"});
    if (language == "es")
        out.insert(out.end(), {"el cambio al nuevo ERP", "pedidos que se pierden", "no encuentran conductores"});
    return out;
}

// How a mail begins and how it thanks, by language.
struct manner {
    std::string_view hello, thanks;
};
manner manner_of(std::string_view language) {
    return language == "de"   ? manner{"Guten Tag Jerry Smith,", "vielen Dank"}
           : language == "fr" ? manner{"Bonjour Jerry,", "Merci"}
           : language == "es" ? manner{"Hola, Jerry:", "Gracias"}
                              : manner{"Hello Jerry,", "thank you for"};
}

constexpr std::array results{result::meeting_booked, result::interested_later, result::not_interested,
                             result::referral,       result::needs_info,       result::has_vendor,
                             result::call_back,      result::already_solved};

} // namespace

namespace {

// Which parts of the facts change the words of which result's mail; the others need no turn of their own.
bool tells_day(std::size_t r) {
    return r < results.size() && (results[r] == result::interested_later || results[r] == result::call_back ||
                                  results[r] == result::meeting_booked);
}
bool tells_vendor(std::size_t r) { return r < results.size() && results[r] == result::has_vendor; }

void thank(const std::string& language, std::size_t r, const drafts::mail_facts& facts) {
    auto f = facts;
    if (r < results.size())
        f.results = {results[r]};
    const auto m =
        text_of(drafts::thank_you(f, sentences(), law()),
                fmt::format("{} {} {} {} {}", language, r < results.size() ? outcomes::to_string(results[r]) : "none",
                            f.contact.country, f.challenge, f.vendor));
    CHECK(m.to == "jerry@northwind.example");
    CHECK(m.body.starts_with(manner_of(language).hello));
    CHECK(m.body.ends_with("Dana Fox"));
    CHECK(m.body.find(manner_of(language).thanks) != std::string::npos);
}

} // namespace

TEST_CASE("thank-you: every result, with and without what was learned, today and later, at home and in Germany") {
    int n = 0;
    for (const auto& language : whynow::test::languages)
        for (const auto* country : {"US", "DE"})
            for (const bool later : {false, true})
                for (const auto challenge : challenges(language))
                    for (std::size_t r = 0; r <= results.size(); ++r)
                        for (const int when : {0, 1, 2})
                            for (const auto* vendor : {"", "Globex"}) {
                                if ((when && !tells_day(r)) || (*vendor && !tells_vendor(r)))
                                    continue;
                                auto f = facts(language);
                                f.contact.country = country;
                                f.challenge = challenge;
                                f.vendor = vendor;
                                if (later)
                                    f.called_on = day(2026, 11, 20);
                                if (when)
                                    f.follow_up = when == 1 ? day(2027, 5, 24) : day(2026, 12, 1);
                                if (when == 2)
                                    f.follow_up_time = 930min;
                                thank(language, r, f);
                                ++n;
                            }
    MESSAGE(n << " thank-you mails");
}

TEST_CASE("thank-you: what was learned is said, not dropped for its grammar") {
    for (const auto& language : whynow::test::languages)
        for (const auto challenge : challenges(language)) {
            auto f = facts(language);
            f.results = {result::interested_later};
            f.challenge = challenge;
            const auto m = text_of(drafts::thank_you(f, sentences(), law()), language);
            CHECK_MESSAGE(m.body.find(challenge) != std::string::npos, language << ": " << challenge);
        }
}

TEST_CASE("thank-you to Germany: nothing in it asks to be written to again") {
    auto f = facts("de");
    for (const auto r : results) {
        f.results = {r};
        const auto m = text_of(drafts::thank_you(f, sentences(), law()), "Germany");
        for (const auto* invites : {"Zeile", "melden Sie", "schreiben Sie", "freue mich auf", "jederzeit", "Angebot"})
            CHECK_MESSAGE(m.body.find(invites) == std::string::npos, m.body);
    }
}

TEST_CASE("thank-you: several results, the one the customer would name first leads") {
    auto f = facts();
    f.results = {result::interested_later, result::referral};
    f.follow_up = day(2027, 5, 24);
    f.referrals.push_back({"Ann Lee", "operations", "", std::nullopt});
    const auto m = text_of(drafts::thank_you(f, sentences(), law()), "later and referral");
    CHECK(m.body.find("24 May") != std::string::npos);
    CHECK(m.body.find("Ann Lee") != std::string::npos);
    f.results = {result::not_interested, result::referral};
    CHECK(text_of(drafts::thank_you(f, sentences(), law()), "no and referral")
              .body.find("not something you are looking at") != std::string::npos);
}

TEST_CASE("thank-you: shorthand that names our customer or our product is left out, the mail stays") {
    auto f = facts();
    f.results = {result::interested_later};
    for (const auto* said : {"wants what Contoso has", "evaluating Renewal Desk"}) {
        f.challenge = said;
        const auto m = text_of(drafts::thank_you(f, sentences(), law()), said);
        CHECK(m.body.find("Contoso") == std::string::npos);
        CHECK(m.body.find("Renewal Desk") == std::string::npos);
    }
}

TEST_CASE("who owes thanks") {
    using outcomes::disposition;
    CHECK(drafts::owes_thanks(disposition::connected, {}));
    CHECK(drafts::owes_thanks(disposition::connected, {result::not_interested}));
    CHECK_FALSE(drafts::owes_thanks(disposition::connected, {result::do_not_contact}));
    for (const auto d : {disposition::voicemail, disposition::no_answer, disposition::gatekeeper,
                         disposition::wrong_number, disposition::hung_up, disposition::not_called})
        CHECK_FALSE(drafts::owes_thanks(d, {}));
}

TEST_CASE("referral message: the referrer is named only where it was allowed, also not by the company") {
    for (const std::optional<bool> may : {std::optional<bool>{}, std::optional{false}, std::optional{true}})
        for (const auto& language : whynow::test::languages)
            for (const auto challenge : challenges(language))
                for (const auto* country : {"US", "DE", "FR"}) {
                    auto f = facts(language);
                    f.contact.country = country;
                    f.results = {result::referral};
                    f.challenge = challenge;
                    f.referrals.push_back({"Ann Lee", "Head of Operations", "ann@northwind.example", may});
                    const auto m = text_of(drafts::referral_message(f, 0, sentences(), law()),
                                           fmt::format("{} {} {}", language, challenge, may.value_or(false)));
                    CHECK(m.to == "ann@northwind.example");
                    CHECK(m.body.substr(0, m.body.find('\n')).find("Ann") != std::string::npos);
                    CHECK_MESSAGE(m.body.find(challenge) != std::string::npos, language << ": " << challenge);
                    CHECK((m.body.find("Jerry") != std::string::npos) == may.value_or(false));
                    CHECK((m.subject.find("Jerry") != std::string::npos) == may.value_or(false));
                    if (!may.value_or(false))
                        CHECK(m.body.find("Northwind") == std::string::npos);
                }
}

TEST_CASE("word back to the referrer: good or not") {
    for (const auto& language : whynow::test::languages)
        for (const bool good : {true, false})
            for (const bool later : {true, false}) {
                auto f = facts(language);
                if (later)
                    f.called_on = day(2026, 11, 20);
                const auto m = text_of(drafts::loop_closing(f, "Ann Lee", good, sentences(), law()), "loop closing");
                CHECK(m.subject.find("Ann Lee") != std::string::npos);
                CHECK(m.to == "jerry@northwind.example");
            }
}

TEST_CASE("a signature of several lines closes the mail") {
    auto f = facts();
    f.rep.signature = "Dana Fox\nAcme Tools\n+1 206 555 0199";
    CHECK(text_of(drafts::thank_you(f, sentences(), law()), "signature")
              .body.ends_with("\n\nDana Fox\nAcme Tools\n+1 206 555 0199"));
}

namespace {

std::string every_mail(std::string_view language, std::string_view challenge) {
    std::string all;
    for (std::size_t r = 0; r <= results.size(); ++r) {
        auto f = facts(language);
        f.challenge = challenge;
        f.vendor = r == 5 ? "Globex" : "";
        if (r < results.size())
            f.results = {results[r]};
        if (r < 2 || r == 6) {
            f.follow_up = day(2027, 5, 24);
            f.follow_up_time = r == 1 ? std::optional<minute_of_day>{} : std::optional<minute_of_day>{930min};
        }
        if (r == 3)
            f.referrals.push_back({"Ann Lee", "operations", "", std::nullopt});
        all += fmt::format("=== thank you, {}\n{}\n", r < results.size() ? outcomes::to_string(results[r]) : "none",
                           shown(text_of(drafts::thank_you(f, sentences(), law()), "golden")));
    }
    for (const bool named : {true, false}) {
        auto f = facts(language);
        f.challenge = challenge;
        f.referrals.push_back({"Ann Lee", "Head of Operations", "ann@northwind.example", named});
        all += fmt::format("=== referral, {}\n{}\n", named ? "named" : "not named",
                           shown(text_of(drafts::referral_message(f, 0, sentences(), law()), "golden")));
    }
    for (const bool good : {true, false})
        all += fmt::format(
            "=== word back, {}\n{}\n", good ? "good" : "not the moment",
            shown(text_of(drafts::loop_closing(facts(language), "Ann Lee", good, sentences(), law()), "golden")));
    return all;
}

} // namespace

TEST_CASE("golden: every mail, as it stands in the draft") {
    whynow::test::expect_golden(WHYNOW_SOURCE_DIR, "text/mails.txt", every_mail("en", "renewals slipping through"));
    whynow::test::expect_golden(WHYNOW_SOURCE_DIR, "text/mails-de.txt", every_mail("de", "hohe Fehlerquote im Lager"));
    whynow::test::expect_golden(WHYNOW_SOURCE_DIR, "text/mails-fr.txt", every_mail("fr", "les commandes oubliées"));
    whynow::test::expect_golden(WHYNOW_SOURCE_DIR, "text/mails-es.txt", every_mail("es", "pedidos que se pierden"));
}
