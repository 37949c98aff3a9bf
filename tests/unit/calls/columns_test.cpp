// Kinds of columns, found by what stands in them.
#include "domain/calls/moments.hpp"
#include "domain/calls/rehearsal.hpp"
#include "tables.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace whynow::domain::calls;
using namespace whynow::test;

TEST_CASE("numbers as people write them") {
    CHECK(number_in("12") == 12);
    CHECK(number_in("+1.5") == 1.5);
    CHECK(number_in("-36,4") == -36.4);
    CHECK(number_in("1e3") == 1000);
    for (const auto* no : {"", "nan", "12 %", "1,2,3", "1,234.5", "basic.4y", "-", "0x1p"})
        CHECK(std::isnan(number_in(no)));
    CHECK(std::isinf(number_in("1e999")));
    CHECK(std::isinf(number_in("-1e300")));
}

TEST_CASE("days and hours become weekday, month and hour") {
    CHECK(is_moment("2026-03-04"));
    CHECK(is_moment("2026-03-04T09:30:00Z"));
    for (const auto* no : {"", "2026-13-04", "2026-02-30", "04.03.2026", "2026-3-4", "2026-03-04x"})
        CHECK_FALSE(is_moment(no));
    CHECK(parts_of_moment("2026-03-04 09:30")[0] == "weekday 3");
    CHECK(parts_of_moment("2026-03-04 09:30")[2] == "hour 9");
    CHECK(parts_of_moment("2026-03-04")[2].empty());
}

TEST_CASE("kinds by what stands in most cells") {
    sheet s{{"row", "n", "w", "at", "mixed", "nothing", "won"}, {}};
    for (std::size_t i = 0; i < 50; ++i)
        s.rows.push_back(
            {i + 2,
             {std::to_string(i), std::to_string(i * 3), i % 2 ? "a" : "b", "2026-03-0" + std::to_string(1 + i % 9),
              i % 10 == 0 ? "unknown" : std::to_string(i), "", i % 3 ? "no" : "yes"}});
    columns c(s.header, {"won", "row", {}, {}, {}, {}});
    std::vector<problem> problems;
    const auto cells = c.meet(s, days_of(s, {}), house_rules(), problems);
    REQUIRE(problems.empty());
    const auto kind_of = [&](std::string_view name) { return std::ranges::find(c.all(), name, &column::name)->kind; };
    CHECK(kind_of("n") == kind::number);
    CHECK(kind_of("w") == kind::word);
    CHECK(kind_of("at") == kind::moment);
    CHECK(kind_of("mixed") == kind::number);
    CHECK(kind_of("nothing") == kind::unknown);
    whynow::domain::ranking::inputs in;
    c.inputs(cells, 0, 50, in);
    std::vector<std::string> words;
    for (const auto& f : in)
        words.push_back(c.in_words(f));
    CHECK(std::ranges::count(words, "w = b") == 1);
    CHECK(std::ranges::count(words, "mixed = unknown") == 1);
    CHECK(std::ranges::count(words, "at = weekday 7") == 1);
    CHECK(std::ranges::count(words, "calls that day = 50") == 1);
    CHECK(std::ranges::count(words, "every call") == 1);
}

TEST_CASE("a number that was always the same may come to differ; one that only days differ in stays out") {
    auto all = with(table(80), "earlier", [](const auto& cells) {
        return std::string(std::stoi(cells[0]) >= 1200 && std::stoi(cells[0]) % 3 == 0 ? "3" : "999");
    });
    for (const std::size_t first : {60, 1200}) { // three days are enough to see what only days differ in
        table_learner l(told(), house_rules());
        learned_rows report;
        REQUIRE(l.learn(part(all, 0, first), report).empty());
        CHECK(std::ranges::find(report.unused, "rate (the same for all calls of a day)") != report.unused.end());
        for (std::size_t at = first; at < 1600; at += 20) {
            report = {};
            REQUIRE(l.learn(part(all, at, at + 20), report).empty());
        }
        CHECK(std::ranges::find(report.used, "earlier") != report.used.end());
        CHECK(std::ranges::find(report.unused, "rate (the same for all calls of a day)") != report.unused.end());
    }
}

TEST_CASE("a value beyond the first hundreds is one of the others") {
    sheet s{{"row", "name", "won"}, {}};
    for (std::size_t i = 0; i < 1000; ++i)
        s.rows.push_back({i + 2, {std::to_string(i), "n" + std::to_string(i), i % 3 ? "no" : "yes"}});
    columns c(s.header, {"won", "row", {}, {}, {}, {}});
    std::vector<problem> problems;
    const auto cells = c.meet(s, days_of(s, {}), house_rules(), problems);
    CHECK(c.all()[0].levels.size() <= house_rules().levels);
    whynow::domain::ranking::inputs in;
    c.inputs(cells, 999, 5, in);
    CHECK(std::ranges::any_of(in, [&](const auto& f) { return c.in_words(f) == "name = (other)"; }));
}

TEST_CASE("figures: ties by expectation, days by themselves") {
    const std::vector<foretold> walk{{0.9, true, 0}, {0.8, false, 0}, {0.5, true, 1}, {0.5, false, 1}};
    const auto f = figures_of(walk);
    CHECK(f.days == 2);
    CHECK(f.day_half == doctest::Approx(0.75));
    CHECK(f.half == doctest::Approx(0.5));
    CHECK(f.auc == doctest::Approx(0.625)); // 0.9 over both, 0.5 under one and beside the other
    CHECK(f.day_auc == doctest::Approx(0.75));
    CHECK(f.brier == doctest::Approx((0.01 + 0.64 + 0.25 + 0.25) / 4));
    CHECK(figures_of({}).hits == 0);
}

TEST_CASE("a walk through made-up days reaches well over half of the successes") {
    const auto walked = rehearse(table(150), table_learner(told(), house_rules()), {0.5, {}, false});
    REQUIRE(std::holds_alternative<std::vector<foretold>>(walked));
    const auto f = figures_of(std::get<std::vector<foretold>>(walked));
    CHECK(f.calls == 1500);
    CHECK(f.day_half > 0.70);
    CHECK(f.auc > 0.70);
    CHECK(f.calibration < 0.05);
}
