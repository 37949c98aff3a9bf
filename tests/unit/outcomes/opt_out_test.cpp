// A wish not to be called again is never missed and never invented.
#include "domain/outcomes/reply_reader.hpp"
#include "embedded/embedded.hpp"
#include "settings/toml.hpp"
#include "tests/unit/dates/rule_zones.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

using namespace whynow;
using namespace whynow::domain::outcomes;

namespace {

understood heard_in(const std::string& text, const std::vector<std::string>& people = {}) {
    const auto rules_at = [](const char* path) {
        return std::get<domain::rules::node>(settings::read_toml(*embedded::find(path), path));
    };
    static const domain::dates::reader dates(rules_at("config/dates.toml"));
    static const reply_reader reader(rules_at("config/replies.toml"), dates);
    static const test::rule_zones clocks;
    const auto now = clocks.to_local(*domain::parse_iso_instant("2026-03-04T10:15:00-05:00"), "America/New_York");
    return reader.read(text, now, "America/New_York", clocks, people);
}

} // namespace

TEST_CASE("every wish not to be called again is heard") {
    for (const std::string text : {"do not call again",
                                   "Don't ever call me again",
                                   "DO NOT CALL",
                                   "dnc",
                                   "DNC list please",
                                   "add to dnc",
                                   "put me on the do not call list",
                                   "take me off your list",
                                   "take her off",
                                   "remove from list",
                                   "remove pls",
                                   "please remove his number",
                                   "delete my data",
                                   "delete their details",
                                   "unsubscribe",
                                   "opt out",
                                   "opted out",
                                   "wants out of our database",
                                   "wants off the list",
                                   "stop calling",
                                   "stop contacting us",
                                   "stop bothering her",
                                   "never call here again",
                                   "no more calls please",
                                   "no further contact",
                                   "doesn't want any more calls",
                                   "does not want to be contacted",
                                   "didn't want us to call again",
                                   "he doesn't want to hear from us again",
                                   "asked us to stop",
                                   "asked me to stop calling",
                                   "asked not to be called",
                                   "said not to call again",
                                   "told me never to ring again",
                                   "leave us alone",
                                   "lose this number",
                                   "she'd rather not be called again",
                                   "would appreciate it if we didn't call again",
                                   "kindly asked not to be contacted anymore",
                                   "very polite, but please don't call any more",
                                   "wants to be taken off",
                                   "asked to be taken off the list",
                                   "asked me to take him off",
                                   "asked that we not call again",
                                   "requested removal",
                                   "said stop",
                                   "STOP",
                                   "please stop",
                                   "GDPR deletion request",
                                   "no calls anymore",
                                   "spoke to Ann, asked to be removed from all lists",
                                   "not interested, take me off your list",
                                   "hung up after saying never call again",
                                   "they dont want to be bothered again",
                                   "quit calling",
                                   "please dont contact me any further",
                                   "nice chat but he asked that we don't call him any more",
                                   "bitte nicht mehr anrufen",
                                   "will nicht mehr kontaktiert werden",
                                   "keine Anrufe mehr",
                                   "von der Liste streichen",
                                   "soll gelöscht werden, keine Werbung mehr",
                                   "wünscht keinen Kontakt mehr",
                                   "möchte von der Liste gestrichen werden",
                                   "nie wieder anrufen",
                                   "aus dem Verteiler nehmen",
                                   "Daten löschen bitte",
                                   "ruft nie mehr an hat er gesagt, nicht mehr melden",
                                   "ne plus me rappeler",
                                   "ne souhaite plus être contacté",
                                   "ne veut plus être appelé",
                                   "retirez-moi de votre liste",
                                   "à retirer de la liste",
                                   "demande de ne plus appeler",
                                   "arrêtez de m'appeler",
                                   "plus d'appels svp",
                                   "ne nous rappelez plus",
                                   "supprimer ses données",
                                   "no me llamen más",
                                   "no quiere que le llamemos más",
                                   "no quiere más llamadas",
                                   "quiere darse de baja",
                                   "que no le llamen más",
                                   "quítenme de la lista",
                                   "borrar de la base de datos",
                                   "pide no ser contactado",
                                   "dejen de llamar",
                                   "no volver a contactar",
                                   "sáquenme de su lista",
                                   "asked us not to follow up again",
                                   "please don't reach out anymore",
                                   "wishes not to be disturbed",
                                   "said we should never call there again",
                                   "told us to stop ringing",
                                   "wants her name off our list",
                                   "cross us off your list",
                                   "happy customer elsewhere, doesn't wish to be approached again",
                                   "she'd be grateful if we stopped calling",
                                   "would like to be left alone",
                                   "pls take Jerry off the call list",
                                   "they said no more cold calls",
                                   "asked to have his details deleted",
                                   "no further calls please, he was friendly",
                                   "said: don't contact me",
                                   "do not contact this person again",
                                   "Jerry: remove me please",
                                   "not to be contacted again",
                                   "he prefers that we don't contact him again",
                                   "don't call Jerry again",
                                   "please do not ring us any more",
                                   "bittet um Löschung seiner Daten",
                                   "will keine weiteren Anrufe",
                                   "hat darum gebeten, nicht mehr angerufen zu werden",
                                   "freundlich, aber möchte keine Anrufe mehr",
                                   "Kontakt nicht erwünscht",
                                   "bitte aus unserer Kartei löschen",
                                   "elle ne veut plus qu'on l'appelle, la retirer du fichier",
                                   "très aimable mais ne plus le contacter",
                                   "demande à ne plus être dérangé",
                                   "ne jamais rappeler",
                                   "ha pedido que no le llamemos nunca más",
                                   "eliminar de la lista",
                                   "no molestar más",
                                   "prefiere que no le contactemos más"}) {
        CAPTURE(text);
        const auto u = heard_in(text);
        CHECK(u.has(result::do_not_contact));
        CHECK((u.wanted && u.wanted->value == action::remove));
    }
}

TEST_CASE("no wish not to be called is invented") {
    for (const std::string text : {"don't call before 9",
                                   "don't call on Fridays",
                                   "don't call this number, use her cell",
                                   "do not call until June",
                                   "not on this number",
                                   "no call today",
                                   "never picked up",
                                   "stopped by his office",
                                   "he couldn't stop talking about it",
                                   "non-stop meetings, call in May",
                                   "remove the pricing slide from the deck",
                                   "wants the old system removed",
                                   "they removed their ERP last year",
                                   "not interested",
                                   "no thanks",
                                   "hung up",
                                   "don't call the CFO, call Ann Lee",
                                   "no calls this week, busy with audit",
                                   "she didn't ask to be removed",
                                   "dont call her mobile",
                                   "took a day off",
                                   "took me off speaker",
                                   "stop by Tuesday at 3",
                                   "list of references please",
                                   "pls call again in June",
                                   "can't call back today",
                                   "did not call",
                                   "never called",
                                   "wants to stop using Acme",
                                   "their leads stopped calling them back",
                                   "challenge is customers opting out of emails",
                                   "I did not contact him yet",
                                   "leave him a message monday",
                                   "left him alone to think, call in May",
                                   "no need to call before the demo",
                                   "nicht erreicht",
                                   "nicht angerufen",
                                   "heute nicht mehr erreicht",
                                   "nicht vor Juni anrufen",
                                   "bitte nicht vor 10 Uhr anrufen",
                                   "nicht mehr im Unternehmen",
                                   "ne répond pas",
                                   "ne pas appeler avant 10h",
                                   "ne travaille plus là",
                                   "plus tard",
                                   "no contesta",
                                   "no llamar antes de las 10",
                                   "ya no trabaja allí",
                                   "no le interesa",
                                   "does not want to be called at home, call office friday",
                                   "doesn't want a call this month, try June",
                                   "he never contacted me again",
                                   "I did not call again",
                                   "we stopped calling at noon",
                                   "haven't called again yet",
                                   "don't email, call instead",
                                   "didn't reach him again",
                                   "no answer again",
                                   "never reached her again",
                                   "tell her I called again",
                                   "not called again",
                                   "the vendor never called them again",
                                   "noch nicht wieder angerufen",
                                   "nicht wieder erreicht",
                                   "keine Antwort mehr",
                                   "plus de budget",
                                   "plus intéressé",
                                   "n'a pas rappelé",
                                   "no más presupuesto",
                                   "off the record, they have budget",
                                   "customer list is a mess",
                                   "wants to remove manual steps",
                                   "took over from Jerry",
                                   "will stop by our booth",
                                   "don't call it a demo, just a chat friday"}) {
        CAPTURE(text);
        CHECK(!heard_in(text).has(result::do_not_contact));
    }
}

TEST_CASE("the collected wishes are heard, and nothing near them is taken for one") {
    const auto each_line = [](const char* name, auto&& check) {
        std::ifstream in(std::string(WHYNOW_SOURCE_DIR "/tests/data/replies/") + name);
        int lines = 0;
        for (std::string line; std::getline(in, line); ++lines) {
            CAPTURE(line);
            check(heard_in(line).has(result::do_not_contact));
        }
        CHECK(lines > 100);
    };
    each_line("opt-outs.txt", [](bool heard) { CHECK(heard); });
    each_line("no-opt-outs.txt", [](bool heard) { CHECK(!heard); });
}

TEST_CASE("the reply says whom it is about") {
    CHECK(heard_in("spoke with Jerry, call in 6 months").who->name == "Jerry");
    CHECK(heard_in("#2 no answer").who->number == 2);
    CHECK(heard_in("2: voicemail").who->number == 2);
    CHECK(heard_in("Jerry - left vm").who->name == "Jerry");
    CHECK(heard_in("Jerry Smith: no answer").who->name == "Jerry Smith");
    CHECK(heard_in("Jerry didn't pick up").who->name == "Jerry");
    CHECK(heard_in("Tom says do not call us again").who->name == "Tom"); // no "tomorrow"
    CHECK(!heard_in("2 weeks").who);
    CHECK(!heard_in("left vm").who);
    CHECK(!heard_in("call back at 2:30").who);
}

TEST_CASE("a name that is known is one, however it is written") {
    CHECK(heard_in("tom says do not call us again", {"Tom Reyes"}).who->name == "tom");
    CHECK(heard_in("TOM SAID DO NOT CALL US AGAIN", {"Ann Lee", "Tom Reyes"}).who->name == "TOM");
    const auto april = heard_in("april - vm", {"April Jones"});
    CHECK(april.who->name == "april");
    CHECK(april.how->value == disposition::voicemail);
    CHECK(!april.follow_up);
    CHECK(domain::to_iso(heard_in("may wants a demo tuesday", {"May Lin"}).follow_up->value.date) == "2026-03-10");
    CHECK(heard_in("Will says no", {"Will Ames"}).who->name == "Will");
    CHECK(!heard_in("will call tuesday", {"Will Ames"}).who);
    CHECK(heard_in("call back in april", {"April Jones"}).follow_up);
}

TEST_CASE("the reply of the first page is understood whole") {
    const auto u = heard_in("spoke with Jerry, working on it in 6 months, talk to Ann Lee in ops");
    CHECK(u.how->value == disposition::connected);
    CHECK(u.has(result::interested_later));
    CHECK(u.has(result::referral));
    REQUIRE(u.referrals.size() == 1);
    CHECK(u.referrals[0].name == "Ann Lee");
    CHECK(u.referrals[0].title == "ops");
    REQUIRE(u.follow_up);
    CHECK(domain::to_iso(u.follow_up->value.date) == "2026-09-04");
    CHECK(u.who->name == "Jerry");
}

TEST_CASE("a permission to name the referrer is heard, and so is its refusal") {
    CHECK(heard_in("talk to Ann Lee, ok to mention him").referrals.at(0).may_name == true);
    CHECK(heard_in("talk to Ann Lee, you can use my name").referrals.at(0).may_name == true);
    CHECK(heard_in("talk to Ann Lee but don't mention him").referrals.at(0).may_name == false);
    CHECK(heard_in("talk to Ann Lee, keep his name out of it").referrals.at(0).may_name == false);
    CHECK(!heard_in("talk to Ann Lee").referrals.at(0).may_name);
}

TEST_CASE("strange input does no harm") {
    for (const std::string text : {"", " ", "\n\n", "((((", "###", "🙂🙂", "\xff\xfe", "- - -", "@@@",
                                   "> quoted\n> only", "a@b", "1", "'s", "((Jerry", "talk to", "vm vm vm vm"}) {
        CAPTURE(text);
        CHECK_NOTHROW(heard_in(text));
    }
}

TEST_CASE("a text of any length is read, and a wish at its end is heard") {
    const auto filled = [](const std::string& piece) {
        std::string out;
        while (out.size() < 65536)
            out += piece;
        return out;
    };
    for (const std::string piece :
         {"a", "a ", "vm ", "not ", "no ", "talk to Ann Lee, VP Ops, ", "call monday at 9, ", "sept ", "+1 ", "@", "(",
          "l'", "\n", "> x\n", "don't call before 10. ", "Jan van der ", "\xff"}) {
        CAPTURE(piece);
        CHECK_NOTHROW(heard_in(filled(piece)));
        if (piece != "> x\n" && piece != "don't call before 10. ")
            CHECK(heard_in(filled(piece) + "\nplease never call me again").has(result::do_not_contact));
    }
    CHECK(!heard_in(filled("no answer, try again. ")).has(result::do_not_contact));
}

TEST_CASE("what nobody can place is a guess to ask about, not a disposition") {
    const auto u = heard_in("blue elephants galore");
    CHECK(!u.how);
    CHECK(u.guess == disposition::connected);
    CHECK(u.is_unsure(field::disposition));
    CHECK(!heard_in("").guess);
}

TEST_CASE("cut, doubled and shuffled replies do no harm") {
    const std::vector<std::string> seeds{
        "spoke with Jerry, working on it in 6 months, talk to Ann Lee (VP IT) 212-555-0101",
        "demo 3/12 at 9:30 (their time)",
        "RDV le 3 juillet 9h30 avec l'équipe",
        "in 10-12 working days, the 1st of next month, KW 30, Q3/27, mi-mars",
        "uses SAP: budget $15k - 20k, ann@a.example",
        "half past two on tuesday the 10th or 11th, 2pm ET. no, 3"};
    std::uint32_t state = 7;
    const auto next = [&state](std::size_t below) {
        return static_cast<std::size_t>((state = state * 1664525U + 1013904223U) >> 8) % below;
    };
    for (int round = 0; round < 1500; ++round) {
        auto text = seeds[next(seeds.size())];
        for (std::size_t edits = 1 + next(4); edits > 0 && !text.empty(); --edits) {
            const auto at = next(text.size());
            if (const auto kind = next(4); kind == 0)
                text.resize(at);
            else if (kind == 1)
                text.erase(at, 1 + next(6));
            else if (kind == 2)
                text.insert(at, text.substr(next(text.size()), next(12)));
            else
                text[at] = static_cast<char>(next(256));
        }
        CHECK_NOTHROW(heard_in(text));
    }
}

TEST_CASE("a reply about several cards falls apart into one outcome each") {
    const auto rules_at = [](const char* path) {
        return std::get<domain::rules::node>(settings::read_toml(*embedded::find(path), path));
    };
    const domain::dates::reader dates(rules_at("config/dates.toml"));
    const reply_reader reader(rules_at("config/replies.toml"), dates);
    const test::rule_zones clocks;
    const domain::local_time now{*domain::parse_iso_date("2026-03-04"), std::chrono::minutes{600}};
    const auto all = reader.read_each("1: vm, 2: no answer\n3: meeting tuesday 2pm", now, "America/New_York", clocks);
    REQUIRE(all.size() == 3);
    CHECK(all[0].how->value == disposition::voicemail);
    CHECK(all[1].who->number == 2);
    CHECK(all[2].has(result::meeting_booked));
    CHECK(reader.read_each("left vm", now, "America/New_York", clocks).size() == 1);
    std::string many;
    while (many.size() < 65536)
        many += "1: vm, ";
    CHECK(reader.read_each(many, now, "America/New_York", clocks).size() == 1);
    CHECK(reader.read_each(std::string(65536, '1'), now, "America/New_York", clocks).size() == 1);
}
