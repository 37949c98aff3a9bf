// Figures with their denominators, honest where there are few.
#include "domain/digests/digest.hpp"
#include "support/golden.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

using namespace whynow::domain;
using namespace whynow::domain::digests;

namespace {

local_date day(const char* iso) { return *parse_iso_date(iso); }

const text::phrasebook& sentences() {
    static const auto made = whynow::test::phrasebook_of(WHYNOW_SOURCE_DIR);
    return made;
}

std::string shown(const figures& f, std::string_view language = "en") {
    const auto m = digest(f, language, day("2026-11-30"), sentences());
    CHECK(text::phrasebook::take_problems().empty());
    return m.fallback + "\n\n" + cards::as_text(m);
}

figures week() {
    figures f;
    f.from = day("2026-11-23");
    f.to = day("2026-11-27");
    f.reps = 4;
    f.briefs = 20;
    f.days_with_nothing = 3;
    f.calls_suggested = 88;
    f.budget_total = 160;
    f.calls_logged = 80;
    f.usual_calls = 320;
    f.conversations = 31;
    f.hits = 12;
    f.meetings = 3;
    f.closed = 1;
    f.referrals = 7;
    f.referrals_called = 4;
    f.referrals_by_generation = {{1, 5}, {2, 2}};
    f.by_kind = {{"leadership", 7, 14}, {"referral", 4, 6}, {"funding", 1, 11}};
    f.overdue = {{"Priya Nair", "Harbor Foods", "Dana Fox", day("2026-11-20")}};
    f.struggles = {{"renewals slipping through", 4}, {"carriers that cancel", 3}};
    f.thanks_owed = 31;
    f.thanks_sent = 29;
    f.wrong_reasons = 2;
    return f;
}

} // namespace

TEST_CASE("Wilson's interval against published values") {
    const struct {
        int hits, n;
        double low, high;
    } known[] = {{0, 10, 0.0000, 0.2775},   {1, 10, 0.0179, 0.4042},   {5, 10, 0.2366, 0.7634},
                 {10, 10, 0.7225, 1.0000},  {0, 1, 0.0000, 0.7935},    {1, 1, 0.2065, 1.0000},
                 {20, 100, 0.1334, 0.2888}, {81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605},
                 {0, 20, 0.0000, 0.1611},   {1, 29, 0.0061, 0.1718}};
    for (const auto& k : known) {
        const auto i = wilson(k.hits, k.n);
        INFO(k.hits, " of ", k.n, ": ", i.low, " ", i.high);
        CHECK(std::abs(i.low - k.low) < 0.0001);
        CHECK(std::abs(i.high - k.high) < 0.0001);
    }
    CHECK(wilson(0, 0).low == 0);
    CHECK(wilson(0, 0).high == 1);
    for (int n = 1; n < 60; ++n)
        for (int h = 0; h <= n; ++h) {
            const auto i = wilson(h, n);
            const double p = double(h) / n;
            CHECK((i.low >= 0 && i.high <= 1 && i.low <= p + 1e-9 && i.high >= p - 1e-9));
        }
}

TEST_CASE("no rate from few conversations") {
    auto f = week();
    f.conversations = fewest_for_a_rate - 1;
    f.hits = 4;
    auto text = shown(f);
    CHECK(text.find("4 hits in 9 conversations. Not enough data yet") != std::string::npos);
    CHECK(text.find("44%") == std::string::npos);
    f.conversations = fewest_for_a_rate;
    f.hits = 5;
    text = shown(f);
    CHECK(text.find("5 hits in 10 conversations: 50% of the conversations opened a door (95% interval 24% to 76%)") !=
          std::string::npos);
}

TEST_CASE("a kind with few conversations is too few to say") {
    const auto text = shown(week());
    CHECK(text.find("referral | 6 | 4 | too few to say") != std::string::npos);
    CHECK(text.find("people changed | 14 | 7 | 50% (27%–73%)") != std::string::npos);
}

TEST_CASE("nothing is said of nothing") {
    auto f = week();
    f.days_with_nothing = 0;
    f.referrals_by_generation = {{1, 7}};
    const auto text = shown(f);
    CHECK(text.find("0 of them") == std::string::npos);
    CHECK(text.find("7 referrals received, 4 of those people called so far.\n") != std::string::npos);
    f.briefs = 0;
    CHECK(shown(f).find("0 briefs") == std::string::npos);
}

TEST_CASE("one is one") {
    auto f = week();
    f.reps = f.briefs = f.conversations = f.hits = f.calls_logged = f.referrals = 1;
    f.usual_calls = 2; // one call not made
    const auto text = shown(f);
    for (const auto* wrong :
         {"1 hits", "1 conversations", "1 calls", "1 briefs", "1 reps", "1 referrals", "1 promises"})
        CHECK_MESSAGE(text.find(wrong) == std::string::npos, wrong);
}

TEST_CASE("no call is none: French counts it in the singular, and nothing saved is not told") {
    auto f = week();
    f.hits = f.referrals = 0;
    f.usual_calls = f.calls_logged;
    CHECK(shown(f).find("0 hits in 31 conversations") != std::string::npos);
    CHECK(shown(f).find("not made") == std::string::npos);
    CHECK(shown(f, "fr").find("0 porte ouverte en 31 conversations") != std::string::npos);
    CHECK(shown(f, "fr").find("0 recommandation reçue") != std::string::npos);
}

TEST_CASE("large figures are parted as each language parts them") {
    auto f = week();
    f.calls_logged = 1250;
    f.usual_calls = 12500;
    CHECK(shown(f).find("1,250 calls were logged") != std::string::npos);
    CHECK(shown(f, "de").find("1.250 Anrufe wurden") != std::string::npos);
    CHECK(shown(f, "fr").find("1\u00a0250 appels") != std::string::npos);
    CHECK(shown(f, "es").find("1250 llamadas") != std::string::npos);
    CHECK(shown(f, "es").find("unas 12\u00a0500") != std::string::npos);
}

TEST_CASE("a week without briefs says so and shows no figures") {
    figures f;
    f.from = day("2026-11-23");
    f.to = day("2026-11-27");
    const auto text = shown(f);
    CHECK(text.find("nothing to report yet") != std::string::npos);
    CHECK(text.find("%") == std::string::npos);
}

namespace {

figures few() {
    auto f = week();
    f.usual_calls = 0;
    f.conversations = 3;
    f.hits = 1;
    f.by_kind = {{"leadership", 1, 2}, {"referral", 0, 1}};
    f.overdue.clear();
    f.struggles.clear();
    f.referrals = 0;
    f.referrals_by_generation.clear();
    return f;
}

} // namespace

TEST_CASE("golden: a week") {
    whynow::test::expect_golden(WHYNOW_SOURCE_DIR, "text/digest.txt", shown(week()));
    whynow::test::expect_golden(WHYNOW_SOURCE_DIR, "text/digest-few.txt", shown(few()));
    for (const std::string language : {"de", "fr", "es"})
        whynow::test::expect_golden(WHYNOW_SOURCE_DIR, "text/digest-" + language + ".txt",
                                    shown(week(), language) + "\n" + shown(few(), language));
}
