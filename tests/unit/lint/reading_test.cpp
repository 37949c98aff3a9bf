// What a text is read as: quotations, dictated sentences, clock times, ratios and sums.
#include "corpus.hpp"
#include "domain/lint/facts.hpp"
#include "domain/text/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace whynow;
using namespace whynow::domain::lint;

namespace {

bool finds(const verdict& v, std::string_view rule) {
    return std::ranges::any_of(v.findings, [&](const finding& f) { return f.rule == rule; });
}

opener_facts facts_with(std::string what, std::string date = "2026-02-12") {
    opener_facts f;
    f.contact = {"Ingrid Moen", "Head of Service", "", ""};
    f.account = "Tallis";
    f.events.push_back({std::move(what), std::move(date), "news"});
    f.rep = {"Joe Lind", "Fieldly"};
    return f;
}

bool grounded(const std::string& sentence, const std::string& fact) {
    return !finds(lint_test::the_linter().opener(sentence, facts_with(fact)), "ungrounded");
}

} // namespace

TEST_CASE("words between quotation marks are known as such") {
    const auto quoted = [](std::string_view t) {
        std::string out;
        for (const auto& w : domain::text::read_words(t).words)
            out += w.quoted ? 'q' : '-';
        return out;
    };
    CHECK(quoted("He said \"we missed it\" twice") == "--qqq-");
    CHECK(quoted("Er sagte: „Wir sind spät dran“, dann") == "--qqqq-");
    CHECK(quoted("« Nous n'avons rien », dit-elle") == "qqqq--");
    CHECK(quoted("the planners' day, it's theirs") == "------");
    CHECK(quoted("he said 'we're late' and left") == "--qqq--");
    CHECK(quoted("never \"closed again") == "---");
}

TEST_CASE("what the customer said is not what we say") {
    const auto& law = lint_test::the_linter();
    const std::string text =
        "Ingrid, your chief said \"we promised four hours and we missed them\". What gets in the way?";
    CHECK(law.opener(text, facts_with("CEO: 'we promised four hours and we missed them'")).ok);
    CHECK_FALSE(law.opener(text, facts_with("Tallis hires in Ohio")).ok);
}

TEST_CASE("a sentence dictated without signs is cut where a question begins") {
    const auto& law = lint_test::the_linter();
    const auto f = facts_with("Tallis hires technicians in Ohio");
    CHECK(law.opener(
                 "ingrid i saw that you are hiring technicians in ohio how do you train them and what is the hard part",
                 f)
              .ok);
    const auto closed =
        law.opener("ingrid i saw that you are hiring technicians in ohio for the field have you found all of them", f);
    CHECK(finds(closed, "closed_question_only"));
    const auto none =
        law.opener("ingrid i saw that you are hiring technicians in ohio and that must be a lot of work", f);
    CHECK(finds(none, "no_question"));
}

TEST_CASE("numbers, times and ratios are grounded in any form") {
    CHECK(grounded("Ingrid, one visit in eight fails. What gets in the way of them, and why?", "12 % of visits fail"));
    CHECK_FALSE(grounded("Ingrid, one visit in five fails. What gets in the way of them?", "12 % of visits fail"));
    CHECK(grounded("Madame Moen, un budget de deux millions d'euros. Comment faites-vous ?", "budget de 2 M€"));
    CHECK(grounded("Frau Moen, der Schaden lag bei anderthalb Millionen. Wie kam es dazu?", "Schaden 1,5 Mio. Euro"));
    CHECK(grounded("Ingrid, you wait four and a half hours. What do you do about it?", "waits of 4.5 hours"));
    CHECK(grounded("Frau Moen, um halb zehn beginnt die Schicht. Wie planen Sie das?", "Schicht ab 9:30"));
    CHECK(grounded("Madame, quatre-vingts visites ont échoué. Comment faites-vous pour les refaire ?", "80 visites"));
    CHECK_FALSE(grounded("Frau Moen, der Ausschuss liegt bei 11 %. Wie kommt das zustande?", "Ausschuss 9 %"));
    CHECK_FALSE(grounded("Ingrid, it stays frozen until 1 August. What do you do until then?", "frozen until 1 July"));
    CHECK(grounded("Ingrid, what will you watch in the first three months of it, and who tells you?", "new plant"));
}

TEST_CASE("spoken decimals and shares") {
    CHECK(grounded("Ingrid, the rating slipped to three point nine. What do people say about it?", "rating 3.9"));
    CHECK(grounded("Frau Moen, zwei Komma drei Millionen weniger. Wie gehen Sie damit um?", "2,3 Mio. Euro weniger"));
    CHECK(grounded("Ingrid, 20 percent of your people come from an agency. How do you train them?",
                   "one in five people is from an agency"));
    CHECK_FALSE(grounded("Ingrid, the rating slipped to three point six. What do people say?", "rating 3.9"));
}

TEST_CASE("a time that two facts are apart is grounded, a day of a date is no count") {
    const auto& law = lint_test::the_linter();
    auto f = facts_with("Tallis hires in Ohio", "2026-02-12");
    f.known.push_back("fully staffed on 2 March");
    CHECK(law.opener("Ingrid, it took you almost three weeks to fill the jobs in Ohio. How did you do it?", f).ok);
    CHECK(finds(law.opener("Ingrid, it took you almost five weeks to fill the jobs in Ohio. How did you do it?", f),
                "ungrounded"));
    CHECK(finds(law.opener("Ingrid, you hire twelve people in Ohio. How do you train them, and where?", f),
                "ungrounded"));
    CHECK(law.opener("Ingrid, I saw on the 12th that you hire in Ohio. How do you train the people?", f).ok);
}

TEST_CASE("what is said by the way claims nothing") {
    const auto& law = lint_test::the_linter();
    const auto f = facts_with("Tallis hires 40 people in Ohio", "2026-02-12");
    const std::string mondays = "Ingrid, Tallis hires in Ohio. What does a Monday look like after twenty years there?";
    CHECK(law.opener(mondays, f).ok);
    CHECK(finds(law.opener(mondays, f, strictness::every_value), "ungrounded"));
    CHECK(law.opener("Ingrid, you hire in Ohio. If a driver is stranded in Milan, who hears of it, and how?", f).ok);
    CHECK(finds(law.opener("Ingrid, you hire in Ohio since last Monday. Who hears of it first, and how?", f),
                "ungrounded"));
    CHECK(finds(law.opener("Ingrid, you hire 60 people in Ohio. Who hears of it first, and how?", f), "ungrounded"));
}

TEST_CASE("who is calling is no talk about us, what we do is") {
    const auto& law = lint_test::the_linter();
    auto f = facts_with("Tallis hires in Ohio");
    f.rep = {"Dana Fox", "Acme"};
    CHECK(law.opener("Ingrid, I'm calling from Acme in Kent. You hire in Ohio. How do you train the people?", f).ok);
    CHECK(law.opener("My name is Dana Fox and I work for Acme. You hire in Ohio. How do you train people?", f).ok);
    CHECK(law.opener("Ingrid, I guess that hiring in Ohio is no picnic. How do you train the people there?", f).ok);
    CHECK(finds(
        law.opener(
            "Ingrid, I'm calling from Acme, a company that trains the staff of plants. You hire. How do you do it?", f),
        "not_about_them_first"));
    CHECK(finds(law.opener("Ingrid, I'd like to introduce Acme to you. You hire in Ohio. How do you train?", f),
                "not_about_them_first"));
}

TEST_CASE("a question that has its sign is not taken for dictation") {
    const auto v = lint_test::the_linter().opener(
        "Ingrid, Tallis hires in Ohio. What kind of budget have you got for tools this financial year?",
        facts_with("Tallis hires in Ohio"));
    CHECK(finds(v, "budget_question"));
}

TEST_CASE("a mail may look forward to what was agreed and to nothing else") {
    mail_facts f;
    f.contact = {"Fiona Walsh", "Director", "f.walsh@glenmore.example", "Glenmore"};
    f.outcome = "agreed to a meeting on Monday 11 May at 15:00";
    f.called_on = "2026-04-29";
    f.follow_up = mail_facts::when{"2026-05-11", "15:00"};
    f.country = "IE";
    f.rep = {"Aoife Burke", "Planogram"};
    const auto mail = [&](std::string_view body) {
        return lint_test::the_linter().mail(
            "To: f.walsh@glenmore.example\nSubject: Thank you\n\nHi Fiona,\n\n" + std::string(body), f);
    };
    CHECK(mail("thank you for your time. I look forward to our meeting on 11 May at three pm.").ok);
    CHECK(mail("many thanks. I am glad to see you on Monday at 15:00 at your office.").ok);
    CHECK(finds(mail("thank you. See you on 11 May. Could we meet this week as well?"), "asks_for_meeting"));
    f.follow_up.reset();
    f.outcome = "no fit";
    CHECK(finds(mail("thank you, this is no fit. Could we meet for half an hour next week?"), "asks_for_meeting"));
}

TEST_CASE("an event counts as told by its number or date, and what we disclaim is not held against us") {
    const auto& law = lint_test::the_linter();
    const auto f = facts_with("Tallis cuts 240 jobs", "2026-01-20");
    CHECK(
        law.opener("Two hundred and forty hard talks in January. Nobody saw it coming. What helped you get through?", f)
            .ok);
    CHECK(law.opener("Ingrid, I don't want to sell you anything today. How are the people doing who stay on?", f).ok);
    CHECK(finds(law.opener("Ingrid, I don't want to sell you anything, but our platform halves your costs. How are you "
                           "dealing with the 240 jobs?",
                           f),
                "product_pitch"));
}

TEST_CASE("who decides on their work is asked, who decides on buying is not") {
    const auto& law = lint_test::the_linter();
    const auto f = facts_with("Tallis runs 26 areas");
    CHECK(law.opener("Ingrid, you have 26 areas to share out at Tallis. Who decides who goes where in the morning?", f)
              .ok);
    CHECK(finds(law.opener("Ingrid, you have 26 areas at Tallis. Who decides which software you buy for that?", f),
                "timeline_qualification"));
    CHECK(finds(law.opener("Ingrid, you have 26 areas to share out at Tallis. And who decides on such a thing?", f),
                "timeline_qualification"));
}

TEST_CASE("a colon opens a question anew, and how they are with something is no courtesy") {
    const auto& law = lint_test::the_linter();
    const auto f = facts_with("Tallis ferme une usine de 310 personnes");
    CHECK(law.opener("Madame, si j'appelle, c'est pour les 310 personnes de Tallis : comment vont-elles ces jours-ci ?",
                     f)
              .ok);
    CHECK(
        law.opener("Madame, Tallis ferme une usine de 310 personnes. Comment allez-vous former celles qui restent ?", f)
            .ok);
    CHECK(finds(law.opener("Bonjour Madame, comment allez-vous ? Tallis ferme une usine. Que deviennent les gens ?", f),
                "flattery_or_how_are_you"));
}

TEST_CASE("a name is a name only where it is written like one") {
    const auto& law = lint_test::the_linter();
    auto f = facts_with("Tallis cierra cuatro tiendas");
    f.our_customers = {"Zapatos Neila"};
    f.our_product = "Origen";
    f.rep = {"Will Padgett", "Early Bird"};
    CHECK(law.opener("Ingrid, Tallis cierra cuatro tiendas llenas de zapatos. ¿Dónde está el origen de todo esto?", f)
              .ok);
    CHECK(finds(
        law.opener("Ingrid, Tallis cierra cuatro tiendas. En Zapatos les fue igual. ¿Qué harán ustedes ahora?", f),
        "name_drop"));
    CHECK_FALSE(finds(
        law.opener("Hi Ingrid, it's Will Padgett from Early Bird. Tallis closes shops. Where does the stock go?", f),
        "own_urgency"));
}

TEST_CASE("French numbers keep their hyphens and their unit") {
    const auto& law = lint_test::the_linter();
    const auto f = facts_with("Tallis vend dans 27 pays avec 21 fournisseurs");
    CHECK(law.opener("Madame, Tallis vend dans vingt-sept pays avec vingt et un fournisseurs. Comment faites-vous ?", f)
              .ok);
    CHECK(finds(law.opener("Madame, Tallis vend dans vingt-huit pays. Comment faites-vous pour tous les servir ?", f),
                "ungrounded"));
}

TEST_CASE("a thank-you that says no in its own words says what came out") {
    mail_facts f;
    f.contact = {"Fiona Walsh", "Director", "f.walsh@glenmore.example", "Glenmore"};
    f.outcome = "not interested";
    f.result = "not_interested";
    f.called_on = "2026-04-29";
    f.rep = {"Aoife Burke", "Planogram"};
    const auto mail = [&](std::string_view body) {
        return lint_test::the_linter().mail(
            "To: f.walsh@glenmore.example\nSubject: Thank you\n\nHi Fiona,\n\n" + std::string(body), f);
    };
    CHECK(mail("thank you. That was a kind way of saying no, and I'll remember it.").ok);
    CHECK(mail("thank you for your time. You've found somebody for the reports.").ok);
    CHECK(finds(mail("thank you for your time. It was a pleasure to hear what you do."), "no_outcome"));
}

TEST_CASE("what they told us is theirs, also where the verb could be ours") {
    const auto& law = lint_test::the_linter();
    const auto f = facts_with("conversación con Tallis", "2026-06-02");
    CHECK(law.opener("Ingrid, el 2 de junio me dijo que quería esperar al verano. ¿Qué ha cambiado desde entonces?", f)
              .ok);
    CHECK(finds(law.opener("Ingrid, el 2 de junio abrimos una oficina en la ciudad. ¿Qué ha cambiado en su casa?", f),
                "not_about_them_first"));
}

TEST_CASE("a word refuses only with evidence of what it is said for") {
    const auto& law = lint_test::the_linter();
    const auto f = facts_with("Tallis closes its depot in Ohio");
    const auto refused = [&](const std::string& middle) {
        return !law.opener("Ingrid, Tallis closed its depot in Ohio. " + middle + " What comes next, and why?", f).ok;
    };
    CHECK_FALSE(refused("Somebody else will call about the land, I'm sure."));
    CHECK(refused("Is there somebody else I should talk to about this?"));
    CHECK_FALSE(refused("Who had the last word on which lorries went where?"));
    CHECK(refused("Who has the last word on such a purchase?"));
    CHECK_FALSE(refused("Your people were promoted or let go, and someone had to choose."));
    CHECK_FALSE(refused("The price of diesel did the rest, I suppose."));
    CHECK(refused("Our prices go up in May."));
    CHECK_FALSE(refused("I have no deck and no demo, only a question."));
    CHECK_FALSE(refused("I don't need a meeting."));
    CHECK(refused("Could we have a meeting next week?"));
    CHECK_FALSE(refused("We don't know each other, so let me be plain."));
}

TEST_CASE("a number may be told roughly, as a share, or not at all") {
    CHECK(grounded("Ingrid, nearly fifty visits failed. What gets in the way?", "46 visits failed"));
    CHECK(grounded("Ingrid, over twelve thousand visits failed. What gets in the way?", "12,400 visits failed"));
    CHECK_FALSE(
        grounded("Ingrid, over fourteen thousand visits failed. What gets in the way?", "12,400 visits failed"));
    CHECK_FALSE(grounded("Ingrid, you had 12,000 failed visits. What gets in the way?", "12,400 visits failed"));
    CHECK(grounded("Ingrid, four in ten of your visits fail. What gets in the way?", "38 % of visits fail"));
    CHECK_FALSE(grounded("Ingrid, six in ten of your visits fail. What gets in the way?", "38 % of visits fail"));
    CHECK(grounded("Ingrid, there is one van for every twelve of you. What gets in the way?", "25 vans, 300 people"));
    CHECK(grounded("Ingrid, when an inspector comes on 2 January, what do you show first?", "Tallis closes a depot"));
    CHECK_FALSE(grounded("Ingrid, you closed on 2 January. What came next?", "Tallis closes a depot in May"));
}

TEST_CASE("an hour with its part of the day is a time") {
    mail_facts f;
    f.contact = {"Ingrid Moen", "", "i@tallis.example", "Tallis"};
    f.outcome = "ring again on 11 May at 11:00";
    f.result = "call_back";
    f.called_on = "2026-03-03";
    f.follow_up = mail_facts::when{"2026-05-11", "11:00"};
    f.rep = {"Joe Lind", "Fieldly"};
    const auto mail = [&](const std::string& body) {
        return lint_test::the_linter().mail(
            "To: i@tallis.example\nSubject: Thanks\n\nDear Ingrid,\n\n" + body + "\n\nJoe Lind", f);
    };
    CHECK(mail("thank you. I'll ring on 11 May at eleven in the morning.").ok);
    CHECK(finds(mail("thank you. I'll ring on 11 May at two in the afternoon."), "ungrounded"));
}

TEST_CASE("a condition in front does not close a question") {
    const auto& law = lint_test::the_linter();
    const auto f = facts_with("Tallis schließt ihr Lager in Ohio");
    const std::string told = "Frau Moen, Tallis schließt das Lager in Ohio, und das ist für alle neu. ";
    CHECK(law.opener(told + "Hätten Sie die Wahl noch einmal, was hätten Sie anders gemacht?", f).ok);
    CHECK(finds(law.opener(told + "Wissen Sie schon, was Ihre Leute jetzt machen?", f), "closed_question_only"));
}
