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

group of(std::string label, int hits, int conversations) {
    group g{std::move(label), {}};
    g.of.hits = hits;
    g.of.conversations = conversations;
    return g;
}

figures week() {
    figures f;
    f.from = day("2026-11-23");
    f.to = day("2026-11-27");
    f.reps = 4;
    f.briefs = 20;
    f.days_with_nothing = 3;
    f.all.suggested = 88;
    f.budget_total = 160;
    f.all.calls = f.calls_beside_usual = 80;
    f.usual_calls = 320;
    f.all.conversations = 31;
    f.all.hits = 12;
    f.all.meetings = 3;
    f.all.meetings_due = f.all.held = 2;
    f.all.wrong = 2;
    f.closed = 1;
    f.all.referrals = 7;
    f.referrals_called = 4;
    f.referrals_by_generation = {{1, 5}, {2, 2}};
    f.by_kind = {of("leadership", 7, 14), of("funding", 1, 11), of("referral", 4, 6)};
    f.by_scope = {of("account", 10, 25), of("industry", 2, 6)};
    f.by_source = {of("press", 8, 21), of(std::string(no_feed), 4, 6), of("edgar", 0, 4)};
    f.by_source[0].of.suggested = 60;
    f.by_source[0].of.wrong = 2;
    f.overdue_count = 1;
    f.overdue = {{"Priya Nair", "Harbor Foods", "", day("2026-11-20")}};
    f.struggles = {{"renewals slipping through", 4}, {"carriers that cancel", 3}};
    f.thanks_owed = 31;
    f.thanks_sent = 29;
    f.shown_before = 70;
    f.unlogged = 9;
    f.scores = {24, 10, 8.6, 4, 13};
    f.feeds = 2;
    f.dead_feeds = {{"edgar", true, std::chrono::sys_days{day("2026-11-19")}}};
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
    f.all.conversations = fewest_for_a_rate - 1;
    f.all.hits = 4;
    auto text = shown(f);
    CHECK(text.find("4 hits in 9 conversations. Not enough data yet") != std::string::npos);
    CHECK(text.find("44%") == std::string::npos);
    f.all.conversations = fewest_for_a_rate;
    f.all.hits = 5;
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
    f.briefs = f.all.calls = 0;
    CHECK(shown(f).find("0 briefs") == std::string::npos);
}

TEST_CASE("one is one") {
    auto f = week();
    f.reps = f.briefs = f.all.conversations = f.all.hits = f.all.calls = f.all.referrals = f.all.meetings = 1;
    f.all.wrong = f.unlogged = f.all.meetings_due = f.calls_beside_usual = 1;
    f.usual_calls = 2; // one call not made
    const auto text = shown(f);
    for (const auto* wrong : {"1 hits", "1 conversations", "1 calls", "1 briefs", "1 reps", "1 referrals", "1 promises",
                              "1 meetings", "1 have", "1 were"})
        CHECK_MESSAGE(text.find(wrong) == std::string::npos, wrong);
}

TEST_CASE("no call is none: French counts it in the singular, and nothing saved is not told") {
    auto f = week();
    f.all.hits = f.all.referrals = 0;
    f.usual_calls = f.calls_beside_usual;
    CHECK(shown(f).find("0 hits in 31 conversations") != std::string::npos);
    CHECK(shown(f).find("not made") == std::string::npos);
    CHECK(shown(f, "fr").find("0 porte ouverte en 31 conversations") != std::string::npos);
    CHECK(shown(f, "fr").find("0 recommandation reçue") != std::string::npos);
}

TEST_CASE("large figures are parted as each language parts them") {
    auto f = week();
    f.all.calls = 1250;
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
    f.all.conversations = 3;
    f.all.hits = 1;
    f.by_kind = {of("leadership", 1, 2), of("referral", 0, 1)};
    f.by_scope = {of("account", 1, 3)};
    f.by_source.clear();
    f.scores = {2, 1, 0.7, 0, 2};
    f.all.meetings = f.all.meetings_due = f.all.held = f.all.wrong = f.unlogged = 0;
    f.dead_feeds.clear();
    f.overdue.clear();
    f.overdue_count = 0;
    f.struggles.clear();
    f.all.referrals = 0;
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

TEST_CASE("what the scores foretold is held against what came, in one sentence") {
    auto f = week();
    CHECK(shown(f).find("foretold about 9 hits in 24 conversations with the person suggested; 10 came. That fits") !=
          std::string::npos);
    f.scores.hits = 14;
    CHECK(shown(f).find("The scores are too low: 4 to 13") != std::string::npos);
    f.scores.hits = 3;
    CHECK(shown(f).find("only 3 came. The scores promise too much") != std::string::npos);
    f.scores.conversations = fewest_for_a_rate - 1;
    CHECK(shown(f).find("Not enough data yet: 9 conversations with the person suggested") != std::string::npos);
}

TEST_CASE("the likely range of a sum of chances") {
    CHECK(likely_range({}) == std::pair(0, 0));
    CHECK(likely_range({1.0F, 1.0F, 0.0F}) == std::pair(2, 2));
    // Binomial of 20 at 0.3: P(X <= 1) = 0.0076, P(X <= 2) = 0.0355; P(X <= 9) = 0.9520, P(X <= 10) = 0.9829.
    CHECK(likely_range(std::vector<float>(20, 0.3F)) == std::pair(2, 10));
    const auto [low, high] = likely_range(std::vector<float>(4000, 0.25F)); // 1000, standard deviation 27.4
    CHECK((low == 946 && high == 1054));
}

TEST_CASE("parts that nobody could tell a rate of are left to the pages") {
    auto f = week();
    f.by_scope = {of("account", 4, 9), of("industry", 2, 6)};
    const auto text = shown(f);
    CHECK(text.find("by whom it happened to") == std::string::npos);
    CHECK(text.find("by source of the reason") != std::string::npos);
}

TEST_CASE("people are in it only where the team wants that") {
    auto f = week();
    CHECK(shown(f).find("by person") == std::string::npos);
    f.people = {{{1}, "Dana Fox", 30, 12, 6}, {{2}, "Sam Reed", 20, 4, 3}};
    const auto text = shown(f);
    CHECK(text.find("Dana Fox | 12 | 6 | 50%") != std::string::npos);
    CHECK(text.find("Sam Reed | 4 | 3 | too few to say") != std::string::npos);
}

TEST_CASE("lists are linked where they can be opened, and only those in which something stands") {
    const auto m =
        digest(week(), "en", day("2026-11-30"), sentences(), {"https://sales.example/team/figures/", "?week=2026-W48"});
    const auto text = cards::as_text(m);
    CHECK(text.find("Hits <https://sales.example/team/figures/hits?week=2026-W48>") != std::string::npos);
    CHECK(text.find("figures/struggles") != std::string::npos);
    auto none = week();
    none.struggles.clear();
    CHECK(cards::as_text(digest(none, "en", day("2026-11-30"), sentences(), {"https://x/", ""})).find("struggles") ==
          std::string::npos);
    CHECK(shown(week()).find("The lists behind") == std::string::npos);
}

TEST_CASE("golden: a rep's own week") {
    auto f = few();
    f.all.calls = f.calls_beside_usual = 17;
    f.usual_calls = 40;
    f.all.meetings = 1;
    f.all.referrals = 2;
    f.unlogged = 3;
    f.overdue_count = 1;
    f.overdue = week().overdue;
    figures quiet;
    std::string all;
    for (const std::string language : {"en", "de", "fr", "es"})
        for (const auto& one : {f, quiet}) {
            const auto m = own_week(one, "Dana", language, day("2026-11-27"), sentences());
            CHECK(text::phrasebook::take_problems().empty());
            CHECK(cards::as_text(m).find('%') == std::string::npos); // one person's week is too short for rates
            all += m.fallback + "\n\n" + cards::as_text(m) + "\n";
        }
    whynow::test::expect_golden(WHYNOW_SOURCE_DIR, "text/own-week.txt", all);
}
