#include "corpus.hpp"
#include "domain/lint/headers.hpp"
#include "domain/lint/pattern.hpp"
#include "domain/lint/quantities.hpp"
#include "settings/toml.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace whynow;
using namespace whynow::domain::lint;

namespace {

bool matches(std::string_view pattern, std::string_view text) {
    const auto p = read_pattern(pattern);
    REQUIRE(p.has_value());
    const auto read = domain::text::read_words(text);
    vocabulary classes;
    classes["day"].add(*read_pattern("monday"));
    classes["day"].add(*read_pattern("next week"));
    const vocabulary none;
    return matcher(read.words, classes, none).find(*p, {0, read.words.size()}).has_value();
}

std::string problem_of(std::string_view toml) {
    auto tree = settings::read_toml(toml, "lint.toml");
    REQUIRE(std::holds_alternative<domain::rules::node>(tree));
    auto l = linter::from(std::get<domain::rules::node>(tree));
    const auto* p = std::get_if<rules_problem>(&l);
    return p ? p->why : std::string{};
}

} // namespace

TEST_CASE("patterns match words, classes, groups and gaps") {
    CHECK(matches("one-stop", "a One-Stop shop"));
    CHECK(matches("synerg*", "Synergien"));
    CHECK(matches("*ung", "Lösung"));
    CHECK(matches("(set|fix) up .. (call|time)", "set up a quick call"));
    CHECK_FALSE(matches("(set|fix) up .. (call|time)", "set up one two three four call"));
    CHECK_FALSE(matches("(set|fix) up .. (call|time)", "set up one, then a call"));
    CHECK(matches("(set|fix) up ... (call|time)", "set up one, then a call"));
    CHECK(matches("où vendez", "Où vendez-vous ?"));
    CHECK_FALSE(matches("où vendez", "ou vendez-vous ?"));
    CHECK(matches("on <day>", "on Monday"));
    CHECK(matches("call <day>", "call next week"));
    CHECK(matches("a b? c", "a c"));
    CHECK(matches("^ so", "Well, so"));
    CHECK_FALSE(matches("^ so", "Well so"));
    CHECK(matches("now $", "right now"));
    CHECK_FALSE(matches("now $", "now then"));
    CHECK(matches("# minutes", "15 minutes"));
    CHECK_FALSE(read_pattern("(a|b").has_value());
    CHECK_FALSE(read_pattern("").has_value());
    CHECK_FALSE(read_pattern("a (b|%|c)").has_value()); // a sign is no word, and nothing would match everywhere
}

TEST_CASE("a rule file that is wrong says where and why") {
    CHECK(problem_of("[limits]\nmost_words = 1").find("language") != std::string::npos);
    CHECK(problem_of("[language.en]\ncommon = \"the\"\n[language.en.classes]\nself = \"(i\"").find("no pattern") !=
          std::string::npos);
    CHECK(problem_of("[language.en]\ncommon=\"the\"\n[[find]]\nrule=\"nonsense\"\nany=[\"x\"]").find("no rule") !=
          std::string::npos);
    CHECK(problem_of("[language.en]\ncommon=\"the\"").find("[why]") != std::string::npos);
}

TEST_CASE("the head of a mail holds To and Subject and nothing else") {
    const auto injected = [](std::string_view t) { return read_head(t).injected; };
    CHECK_FALSE(injected("To: a@b.c\nSubject: Hi\n\nText"));
    CHECK_FALSE(injected("To: a@b.c\r\nSubject: Hi\r\n\r\nText\r\n"));
    CHECK(injected("To: a@b.c\nSubject: Hi\nCc: x@y.z\n\nText"));
    CHECK(injected("To: a@b.c\nSubject: Hi\n\tmore\n\nText"));
    CHECK(injected("To: a@b.c\nSubject: Hi\nSubject: Ho\n\nText"));
    CHECK(injected("To: a@b.c\nSubject: Hi\xE2\x80\xA8"
                   "Bcc: x@y.z\n\nText"));
    CHECK(injected("To: a@b.c\nSubject: =?utf-8?q?Hi=0ABcc:?=\n\nText"));
    CHECK(injected("To: a@b.c\nSubject: Hi\n\nText\nBcc: x@y.z\n"));
    CHECK(injected("Just text"));
    CHECK(injected(""));
    CHECK(read_head("To: a@b.c, d@e.f\nSubject: x\n\ny").many);
    CHECK(read_head("To: a@b.c\nTo: d@e.f\nSubject: x\n\ny").many);
    CHECK_FALSE(read_head("To: \"Smith, Jerry\" <a@b.c>\nSubject: x\n\ny").many);
}

TEST_CASE("length is counted, advice does not refuse") {
    opener_facts f;
    f.account = "Northwind";
    const auto v = lint_test::the_linter().opener(
        "Northwind is growing, and you said so. How are your people coping with it right now?", f);
    CHECK(v.ok);
    CHECK(v.words == 16);
    CHECK(v.seconds == 6);
    CHECK_FALSE(v.advice.empty());
}

TEST_CASE("any bytes are judged without harm") {
    std::string bytes;
    unsigned seed = 7;
    for (int round = 0; round < 300; ++round) {
        bytes.clear();
        for (int i = 0; i < 120; ++i) {
            seed = seed * 1103515245u + 12345u;
            constexpr std::string_view alphabet = "aA? .,\n'-0123:%12\xc3\xa9\xff\xe2\x80\x99we you ";
            bytes += alphabet[(seed >> 16) % alphabet.size()];
        }
        const auto o = lint_test::the_linter().opener(bytes, {});
        const auto m = lint_test::the_linter().mail(bytes, {});
        for (const auto& x : o.findings)
            CHECK(x.to <= bytes.size());
        for (const auto& x : m.findings)
            CHECK(x.to <= bytes.size());
    }
    const auto endless = "We saved " + std::string(400, '9') + " euros.";
    CHECK_FALSE(lint_test::the_linter().opener(endless, {}).ok); // more than any number type holds
    lint_test::the_linter().mail("", {});
    lint_test::the_linter().opener("", {});
}

TEST_CASE("an opener may begin with the headline itself") {
    const auto& law = lint_test::the_linter();
    opener_facts facts;
    facts.account = "Northwind";
    facts.events.emplace_back().what = "Northwind is hiring 12 account managers";
    facts.events.back().date = "2026-11-12";
    const std::string rest = " Roles like these take months to fill, and until then the ones who are there carry the "
                             "work of the empty desks. What is that like at the moment?";
    const auto begins_with_us = [&](const std::string& quoted) {
        const auto v = law.opener("Jerry, I read the news of 12 November: “" + quoted + "”." + rest, facts);
        return std::ranges::any_of(v.findings, [](const auto& f) { return f.rule == "not_about_them_first"; });
    };
    CHECK_FALSE(begins_with_us("Northwind is hiring 12 account managers"));
    CHECK(begins_with_us("We have opened a bigger office")); // nobody's headline
}
