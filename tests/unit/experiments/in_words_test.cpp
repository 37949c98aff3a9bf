// What a manager reads, in every language: "not enough data yet" as plainly as a win.
#include "domain/experiments/in_words.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

using namespace whynow::domain;
using namespace whynow::domain::experiments;
using namespace std::chrono_literals;

namespace {

const text::phrasebook& sentences() {
    static const auto made = whynow::test::phrasebook_of(WHYNOW_SOURCE_DIR);
    return made;
}

report running() {
    report r;
    r.plan.name = "half the calls";
    r.plan.weeks = 12;
    r.written = true;
    r.written_on = 2026y / 3 / 4;
    r.first_monday = 2026y / 3 / 9;
    r.found.weeks = 3;
    r.found.verdict = verdict::undecided;
    r.found.hits = {{12, 60}, {9, 90}, 12, true, 0.1, 0.05, -0.06, 0.26};
    r.found.meetings = {{4, 60}, {5, 60}, 12, true, -0.02, 0.05, -0.2, 0.16};
    r.found.weeks_needed = 7;
    r.found.conversations_needed = 350;
    return r;
}

std::string said(const report& r, std::string_view language = "en") {
    return cards::as_text({"", in_words(r, language, 2026y / 3 / 26, sentences())});
}

bool has(const std::string& all, std::string_view part) { return all.find(part) != all.npos; }

} // namespace

TEST_CASE("undecided: n, interval, and what would be needed") {
    const auto words = said(running());
    INFO(words);
    CHECK(has(words, "Experiment: half the calls"));
    CHECK(has(words, "week 3 of 12"));
    CHECK(has(words, "Not enough data yet to say which is better: the difference lies between -6.0 and +26.0 points"));
    CHECK(has(words, "(12/60)"));
    CHECK(has(words, "+10.0 (-6.0 to +26.0)"));
    CHECK(has(words, "-0.02 (-0.20 to +0.16)"));
    CHECK(has(words, "about 7 more weeks (350 conversations)"));
}

TEST_CASE("too early: no interval and no rate is pretended") {
    auto r = running();
    r.found.verdict = verdict::too_early;
    r.found.hits.enough = r.found.meetings.enough = false;
    r.found.beyond = true;
    const auto words = said(r);
    INFO(words);
    CHECK(has(words, "Not enough data yet: 60 conversations with the brief and 90 with the usual list"));
    CHECK(has(words, "too few to say"));
    CHECK(has(words, "longer than planned"));
    r.found.hits.brief = r.found.hits.usual = {};
    CHECK(has(said(r), "No conversation was noted so far"));
}

TEST_CASE("a win, a loss, harm and the end are said as what they are") {
    auto r = running();
    r.found.verdict = verdict::better;
    CHECK(has(said(r), "The brief is better: +10.0 points more hits per conversation"));
    CHECK_FALSE(has(said(r), "At this pace"));
    r.found.verdict = verdict::worse;
    CHECK(has(said(r), "The brief is worse"));
    r.found.verdict = verdict::harm;
    CHECK(has(said(r), "Harm: with the brief there are fewer held meetings"));
    r.stopped_on = 2026y / 3 / 25;
    CHECK(has(said(r), "Stopped for harm on 25 March"));
    r.stopped_on.reset();
    r.found.verdict = verdict::not_shown;
    CHECK(has(said(r), "That is no proof that there is none"));
    r.found.hits.enough = false;
    CHECK(has(said(r), "there is not enough data to say anything"));
}

TEST_CASE("before it begins: waiting, unknown people, nobody") {
    auto r = running();
    r.found = {};
    CHECK(has(said(r), "It begins on 9 March"));
    r.written = false;
    CHECK(has(said(r), "It is not written down yet"));
    r.nobody = true;
    CHECK(has(said(r), "there is no rep who could take part"));
    r.unknown = {"dana@acme.example"};
    CHECK(has(said(r), "dana@acme.example"));
}

TEST_CASE("every language says every verdict, with nothing left open") {
    for (const std::string_view language : whynow::test::languages)
        for (const auto v : {verdict::waiting, verdict::too_early, verdict::undecided, verdict::better, verdict::worse,
                             verdict::harm, verdict::not_shown}) {
            auto r = running();
            r.found.verdict = v;
            r.changed = true;
            const auto words = said(r, language);
            INFO(words);
            CHECK_FALSE(has(words, "{{"));
            CHECK_FALSE(has(words, "experiment."));
            CHECK(has(words, language == "en" ? "+10.0" : "+10,0"));
        }
}
