// A pattern tried only where it can begin is found exactly where one that is tried everywhere is found.
#include "corpus.hpp"
#include "domain/lint/headers.hpp"
#include "domain/lint/lexicon.hpp"

#include <doctest/doctest.h>

#include <array>
#include <random>

using namespace whynow;
using namespace whynow::domain::lint;

namespace {

constexpr std::array patterns{"can we meet",
                              "(can|could) we .. (meet|talk) <day>?",
                              "<day> ... call",
                              "^ what # ..",
                              "call $",
                              "meet*",
                              "*ing (a|the) x?",
                              "(we|our <thing>|<own>) .. # (days|day)",
                              "(a|x?)",
                              ".. call",
                              "<own> (and <own>)?",
                              "<nothing>",
                              "<round> a",
                              "x? y? (meet|$)"};

vocabulary classes() {
    vocabulary out;
    for (const auto* p : {"monday", "next week", "tues*"})
        out["day"].add(*read_pattern(p));
    for (const auto* p : {"call", "(big|small) meeting", "<day>"})
        out["thing"].add(*read_pattern(p));
    for (const auto* p : {"we", "<round> we"})
        out["round"].add(*read_pattern(p));
    out["number_word"].add(*read_pattern("three"));
    return out;
}

} // namespace

TEST_CASE("the lexicon finds what looking everywhere finds") {
    auto with = classes();
    const auto without = classes();
    std::vector<sequence> plain, marked;
    for (const auto* p : patterns)
        plain.push_back(*read_pattern(p));
    marked = plain;
    std::vector<sequence*> all;
    for (auto& p : marked)
        all.push_back(&p);
    lexicon known;
    known.read(with, all);
    vocabulary own;
    own["account"].add(*read_pattern("acme"));
    own["account"].add(*read_pattern("big acme"));
    constexpr std::array vocabulary_of_texts{
        "can", "we", "meet", "talk", "monday", "next", "week",    "call", "what", "7",     "three", "a",   "the",
        "x",   "y",  "acme", "big",  "our",    "days", "meeting", ",",    ".",    "going", "tuesd", "and", "could"};
    std::mt19937 random(11);
    std::size_t found = 0;
    for (int round = 0; round < 600; ++round) {
        std::string text;
        for (auto n = random() % 90; n > 0; --n)
            text += std::string(vocabulary_of_texts[random() % vocabulary_of_texts.size()]) + " ";
        const auto words = domain::text::read_words(text).words;
        const sightings seen(known, words, own);
        const matcher everywhere(words, without, own), quick(words, with, own, known, seen);
        const span whole{0, words.size()};
        for (std::size_t i = 0; i < plain.size(); ++i) {
            CHECK(everywhere.find(plain[i], whole) == quick.find(marked[i], whole));
            found += quick.find(marked[i], whole) ? 1 : 0;
        }
        for (const auto* name : {"day", "thing", "round", "account", "company", "nothing"}) {
            CHECK(everywhere.find_class(name, whole) == quick.find_class(name, whole));
            for (std::size_t at = 0; at < words.size(); ++at)
                CHECK(everywhere.match_class(name, at, words.size()) == quick.match_class(name, at, words.size()));
        }
    }
    CHECK(found > 1000);
}

TEST_CASE("what comes long after the longest opener is not read, and many addresses are not all read") {
    std::string text = "Northwind, what are you working on? ";
    for (int i = 0; i < 400; ++i)
        text += "you and ";
    const auto v = lint_test::the_linter().opener(text + "our synergies", {});
    CHECK(v.words > 800);
    REQUIRE(v.findings.size() > 0);
    for (const auto& f : v.findings)
        CHECK(f.rule != "jargon");
    const auto head = read_head("To: " + std::string(60'000, '@') + "\nSubject: x\n\ny");
    CHECK(head.many);
    CHECK(head.addresses.size() < 100);
}
