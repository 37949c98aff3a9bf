// What we tell people to write must be understood when they write it.
#include "domain/outcomes/reply_reader.hpp"
#include "schedule/system_zones.hpp"
#include "support/words.hpp"
#include "workday/commands.hpp"

#include <doctest/doctest.h>

using namespace whynow;
using namespace whynow::domain;
using workday::command;

namespace {

const text::phrasebook& sentences() {
    static const auto made = test::phrasebook_of(WHYNOW_SOURCE_DIR);
    return made;
}

const dates::reader& days() {
    static const dates::reader made(test::tree_of(WHYNOW_SOURCE_DIR, "config/dates.toml"));
    return made;
}

const local_time tuesday{*parse_iso_date("2026-11-24"), minute_of_day{600}};

struct orders {
    std::string language, next, why_now, pause, resume, digest;
};
const orders spoken[]{
    {"en", "next", "why now", "pause until Monday", "resume", "digest"},
    {"de", "weiter", "warum jetzt", "pause bis Montag", "fortsetzen", "wochenbericht"},
    {"fr", "suivant", "pourquoi maintenant", "pause jusqu’à lundi", "reprendre", "bilan"},
    {"es", "siguiente", "por qué ahora", "pausa hasta el lunes", "reanudar", "resumen"},
};

const workday::commands& commands() {
    static const workday::commands made(test::tree_of(WHYNOW_SOURCE_DIR, "config/commands.toml"));
    return made;
}

command what(std::string_view words) {
    const auto meant = commands().read(words);
    REQUIRE_MESSAGE(meant, words);
    return meant->what;
}

std::string rest(std::string_view words) {
    const auto meant = commands().read(words);
    REQUIRE_MESSAGE(meant, words);
    return meant->rest;
}

} // namespace

TEST_CASE("the example of an answer is read as what it says, in every language") {
    const outcomes::reply_reader replies(test::tree_of(WHYNOW_SOURCE_DIR, "config/replies.toml"), days());
    for (const auto& language : test::languages)
        for (const auto& example :
             {sentences().say(language, "pages.today.reply_hint"),
              sentences().say(language, "brief.hint_example", text::slots{}.set("first", "Jerry"))}) {
            INFO(language << ": " << example);
            const auto u = replies.read(example, tuesday, "Europe/Berlin", schedule::system_zones());
            REQUIRE(u.how);
            CHECK(u.how->value == outcomes::disposition::connected);
            CHECK(u.has(outcomes::result::interested_later));
            REQUIRE(u.follow_up);
            CHECK(u.follow_up->value.date == *parse_iso_date("2027-05-24"));
            REQUIRE(u.referrals.size() == 1);
            CHECK(u.referrals.front().name == "Ann Lee");
            REQUIRE(u.who);
            CHECK(u.who->name == "Jerry");
            CHECK(sentences().say(language, "help.text").find(sentences().say(language, "pages.today.reply_hint")) !=
                  std::string::npos);
        }
}

TEST_CASE("the example for a week of one's own list is read as what it says") {
    const outcomes::reply_reader replies(test::tree_of(WHYNOW_SOURCE_DIR, "config/replies.toml"), days());
    const std::pair<const char*, const char*> examples[]{
        {"en", "spoke with Jerry Smith, working on it in 6 months"},
        {"de", "mit Jerry Smith gesprochen, in 6 Monaten wieder Thema"},
        {"fr", "parlé avec Jerry Smith, à rappeler dans 6 mois"},
        {"es", "hablé con Jerry Smith, retomar en 6 meses"}};
    for (const auto& [language, example] : examples) {
        INFO(language << ": " << example);
        CHECK(sentences().say(language, "brief.none_usual", text::slots{}.set("day", "x")).find(example) !=
              std::string::npos);
        const auto u = replies.read(example, tuesday, "Europe/Berlin", schedule::system_zones());
        REQUIRE(u.how);
        CHECK(u.how->value == outcomes::disposition::connected);
        CHECK(u.has(outcomes::result::interested_later));
        REQUIRE(u.who);
        CHECK(u.who->name == "Jerry Smith");
        REQUIRE(u.follow_up);
    }
}

TEST_CASE("the orders that the help names are obeyed") {
    for (const auto& o : spoken) {
        INFO(o.language);
        const auto help = sentences().say(o.language, "help.text");
        for (const auto& words : {o.next, o.why_now, o.pause, o.resume, o.digest})
            CHECK_MESSAGE(help.find(words) != std::string::npos, words);
        CHECK(what(o.next) == command::next);
        CHECK(what(o.resume) == command::resume);
        CHECK(what(o.digest) == command::digest);
        CHECK(what(o.why_now + " Northwind") == command::why_now);
        const auto pause = commands().read(o.pause);
        REQUIRE(pause);
        CHECK(pause->what == command::pause);
        const auto until =
            days().read(pause->rest, {tuesday, "Europe/Berlin", false, o.language}, schedule::system_zones());
        REQUIRE_MESSAGE(until, pause->rest);
        CHECK(until->date == *parse_iso_date("2026-11-30"));
    }
}

TEST_CASE("a command is the whole message; its rest stays as it was written") {
    CHECK(what("Next!") == command::next);
    CHECK(what("  HILFE. ") == command::help);
    CHECK_FALSE(commands().read("next week, he said"));
    CHECK_FALSE(commands().read("spoke with Jerry"));
    CHECK_FALSE(commands().read(""));
    CHECK(rest("why now Harbor Foods GmbH?") == "Harbor Foods GmbH");
    CHECK(rest("¿Por qué ahora Peña y Hijos?") == "Peña y Hijos");
    CHECK(rest("log  spoke with Jerry,\nlater") == "spoke with Jerry,\nlater");
    CHECK(rest("pause").empty());
}
