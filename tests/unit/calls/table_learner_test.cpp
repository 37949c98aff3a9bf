// A table of calls learned and ranked: what comes out, what is refused, what is kept.
#include "tables.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace whynow::domain::calls;
using namespace whynow::test;

namespace {

table_learner learned(const sheet& s, purpose p = told()) {
    table_learner l(std::move(p), house_rules());
    learned_rows report;
    const auto problems = l.learn(s, report);
    REQUIRE(problems.empty());
    return l;
}

std::vector<problem> refused(const sheet& s, purpose p = told()) {
    table_learner l(std::move(p), house_rules());
    learned_rows report;
    return l.learn(s, report);
}

std::vector<ranked_row> ranked(table_learner& l, const sheet& s, const ranking_wish& wish = {}) {
    std::vector<ranked_row> out;
    REQUIRE(l.rank(s, wish, out).empty());
    return out;
}

std::size_t calls_in(const std::vector<ranked_row>& rows) {
    return std::size_t(std::ranges::count(rows, true, &ranked_row::call));
}

} // namespace

TEST_CASE("students are found, and half of a day is called") {
    auto l = learned(table(60));
    const auto day = part(table(61, 9), 1200, 1220);
    const auto rows = ranked(l, day);
    REQUIRE(rows.size() == 20);
    CHECK(calls_in(rows) == 10);
    double students = 0, others = 0;
    int n = 0, m = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(rows[i].key == day.rows[i].cells[0]);
        (day.rows[i].cells[3] == "student" ? students : others) += rows[i].probability;
        ++(day.rows[i].cells[3] == "student" ? n : m);
    }
    CHECK(students / n > others / m + 0.25);
}

TEST_CASE("a column of the day is no input, a day that does not come again neither") {
    table_learner l(told(), house_rules());
    learned_rows report;
    REQUIRE(l.learn(table(60), report).empty());
    CHECK(report.used == std::vector<std::string>{"age", "job"});
    CHECK(report.unused ==
          std::vector<std::string>{"day (a day that does not come again)", "rate (the same for all calls of a day)"});
    CHECK(report.days == 60);
}

TEST_CASE("outcomes are not wanted for ranking, and not looked at") {
    auto l = learned(table(60));
    auto day = part(table(61, 9), 1200, 1220);
    const auto rows = ranked(l, day);
    for (auto& r : day.rows)
        r.cells[5] = "yes";
    auto again = learned(table(60));
    const auto same = ranked(again, day);
    for (std::size_t i = 0; i < rows.size(); ++i)
        CHECK(rows[i].probability == same[i].probability);
    auto bare = day;
    bare.header.pop_back();
    for (auto& r : bare.rows)
        r.cells.pop_back();
    auto third = learned(table(60));
    CHECK(ranked(third, bare)[3].probability == rows[3].probability);
}

TEST_CASE("what is told to be known after the call changes nothing") {
    auto p = told();
    p.after_call = {"minutes"};
    const auto all = with(table(61), "minutes", [](const auto& cells) { return cells[5] == "yes" ? "9" : "0"; });
    auto l = learned(part(all, 0, 1200), p);
    auto plain = learned(table(60));
    const auto a = ranked(l, part(all, 1200, 1220)), b = ranked(plain, part(table(61), 1200, 1220));
    for (std::size_t i = 0; i < a.size(); ++i)
        CHECK(a[i].probability == b[i].probability);
    // A list of calls to make need not have it.
    auto again = learned(part(all, 0, 1200), p);
    CHECK(ranked(again, part(table(61), 1200, 1220))[0].probability == b[0].probability);
}

TEST_CASE("columns that know the outcome are refused by name") {
    const auto s = table(60);
    const auto is_refused = [&](const std::string& name, auto make) {
        const auto problems = refused(with(s, name, make));
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].column == name);
        CHECK(problems[0].cure.find("--after-call") != std::string::npos);
    };
    is_refused("copy", [](const auto& c) { return c[5]; });
    is_refused("code", [](const auto& c) { return std::string(c[5] == "yes" ? "3" : "7"); });
    is_refused("stage", [](const auto& c) {
        return std::string(c[5] == "yes" ? "contract" : c[2] < "40" ? "open" : "lost");
    });
    int n = 0;
    is_refused(
        "x", [&](const auto& c) { return std::to_string(c[5] == "yes" ? 200 + (n++ * 37) % 900 : (n++ * 53) % 250); });
    n = 0; // zero exactly when no
    is_refused("minutes", [&](const auto& c) { return std::to_string(c[5] == "yes" ? 1 + (n++ * 37) % 90 : 0); });
    // A name that says so needs less.
    const auto half_known = [&n](const auto& c) {
        return std::to_string((c[5] == "yes" ? 100 : 0) + (n++ * 53) % 250);
    };
    n = 0;
    CHECK(refused(with(s, "call_duration", half_known)).size() == 1);
    n = 0;
    CHECK(refused(with(s, "score", half_known)).empty());
    n = 0;
    CHECK(refused(with(s, "old_durations", half_known)).empty());
    // Without days, too.
    auto no_days = told();
    no_days.day = {};
    CHECK(refused(with(s, "copy", [](const auto& c) { return c[5]; }), no_days).size() == 1);
    // The person knows better.
    auto sure = told();
    sure.before_call = {"copy"};
    CHECK(refused(with(s, "copy", [](const auto& c) { return c[5]; }), sure).empty());
}

TEST_CASE("noise is never taken for a column that knows") {
    for (unsigned seed = 1; seed <= 40; ++seed) {
        std::mt19937 dice(seed);
        const auto s = part(table(10, seed), 0, 30 + seed * 4);
        CHECK(refused(with(with(s, "number", [&](const auto&) { return std::to_string(dice() % 1000); }), "name",
                           [&](const auto&) { return "n" + std::to_string(dice() % 60); }))
                  .empty());
    }
}

TEST_CASE("days learned one by one are the days learned at once") {
    const auto s = table(70);
    auto at_once = learned(s);
    auto step = learned(part(s, 0, 1200));
    for (std::size_t d = 60; d < 70; ++d) {
        learned_rows report;
        REQUIRE(step.learn(part(s, d * 20, d * 20 + 20), report).empty());
        auto kept = table_learner::restore(step.save(), house_rules());
        REQUIRE(std::holds_alternative<table_learner>(kept));
        CHECK(std::get<table_learner>(kept).save() == step.save());
        step = std::get<table_learner>(std::move(kept));
    }
    const auto day = part(table(71, 9), 1400, 1420);
    // The scales of columns stand a little earlier in the one than in the other.
    for (std::size_t i = 0; i < 20; ++i)
        CHECK(ranked(step, day)[i].probability == doctest::Approx(ranked(at_once, day)[i].probability).epsilon(0.05));
}

TEST_CASE("the size of the list counts as it was ranked, not as it was called") {
    const auto s = table(61);
    auto called = learned(part(s, 0, 1200));
    const auto day = part(s, 1200, 1220);
    ranked(called, day);
    learned_rows report;
    auto whole = called;
    REQUIRE(called.learn(part(day, 0, 1), report).empty());
    auto unranked = learned(part(s, 0, 1200));
    REQUIRE(unranked.learn(part(day, 0, 1), report).empty());
    const auto next = part(table(62, 9), 1220, 1240);
    CHECK(ranked(called, next)[0].probability != ranked(unranked, next)[0].probability);
}

TEST_CASE("half calls are owed to the next list, and the same list is not paid twice") {
    auto l = learned(table(60));
    const auto next = table(65, 9);
    std::size_t made = 0;
    for (std::size_t at = 1200; at < 1235; at += 5) {
        const auto day = part(next, at, at + 5);
        const auto rows = ranked(l, day), again = ranked(l, day);
        made += calls_in(rows);
        CHECK(calls_in(again) == calls_in(rows));
    }
    CHECK(made == 17); // of 35
    CHECK(calls_in(ranked(l, part(next, 1240, 1250), {.budget = 0})) == 0);
    CHECK(calls_in(ranked(l, part(next, 1250, 1260), {.budget = 1})) == 10);
}

TEST_CASE("calls by lot are told with their propensity") {
    auto l = learned(table(60));
    const auto day = part(table(70, 9), 1200, 1220);
    const auto rows = ranked(l, day, {.budget = 0.5, .explore = 0.2, .seed = 3});
    CHECK(calls_in(rows) == 10);
    double expected = 0;
    std::size_t sure = 0;
    for (const auto& r : rows) {
        expected += r.propensity;
        sure += r.propensity == 1;
        if (r.propensity == 1)
            CHECK(r.call);
    }
    CHECK(sure == 8);
    CHECK(expected == doctest::Approx(10));
    std::set<std::string_view> drawn;
    for (std::uint64_t seed = 0; seed < 30; ++seed)
        for (const auto& r : ranked(l, day, {.budget = 0.5, .explore = 0.2, .seed = seed}))
            if (r.call && r.propensity < 1)
                drawn.insert(r.key);
    CHECK(drawn.size() > 8);
}

TEST_CASE("three reasons, in the words of the table") {
    auto l = learned(table(60));
    const auto rows = ranked(l, part(table(61, 9), 1200, 1220), {.reasons = true});
    for (const auto& r : rows)
        CHECK(std::ranges::count(r.why, ':') == 3);
    CHECK(std::ranges::any_of(rows, [](const auto& r) { return r.why.starts_with("job = student: +"); }));
}

TEST_CASE("the same calls brought twice are learned once") {
    auto l = learned(table(60));
    const auto before = l.save();
    learned_rows report;
    REQUIRE(l.learn(table(60), report).empty());
    CHECK(report.again);
    CHECK(l.save() == before);
}

TEST_CASE("values never met, empty cells and words among numbers are fine") {
    auto l = learned(table(60));
    auto day = part(table(61, 9), 1200, 1204);
    day.rows[0].cells[3] = "astronaut";
    day.rows[1].cells[2] = "";
    day.rows[2].cells[2] = "unknown";
    day.rows[3].cells[2] = "1e18";
    for (const auto& r : ranked(l, day))
        CHECK((r.probability > 0 && r.probability < 1));
    learned_rows report;
    CHECK(l.learn(day, report).empty());
    CHECK(report.calls == 4);
    CHECK(std::holds_alternative<table_learner>(table_learner::restore(l.save(), house_rules())));
}

TEST_CASE("what cannot be read is told all at once, with line and column") {
    auto s = table(2);
    s.rows[3].cells[5] = "perhaps";
    s.rows[4].cells[2] = "1e19";
    s.rows[5].cells[0] = "2";
    auto problems = refused(s);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].line == 7);
    CHECK(problems[0].what == "\"2\" is already the key of line 4");
    s.rows[5].cells[0] = "5";
    problems = refused(s);
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].column == "won");
    CHECK(problems[0].line == 5);
    CHECK(problems[1].column == "age");
    CHECK(problems[1].line == 6);
    auto slip = told();
    slip.outcome = "sold";
    slip.day = {"month", "day"};
    CHECK(refused(table(2), slip).size() == 2);
    CHECK(refused({table(1).header, {}}).size() == 1);
    auto one = told();
    one.success = "perhaps";
    s.rows[4].cells[2] = "44";
    CHECK(refused(s, one).empty());
}

TEST_CASE("another table is not ranked, a damaged memory is not read") {
    auto l = learned(table(60));
    sheet other{{"row", "day", "income"}, {{2, {"1", "mon", "3"}}}};
    std::vector<ranked_row> out;
    CHECK(l.rank(other, {}, out).size() == 3);
    const auto text = l.save();
    for (const auto& bad : {std::string(), std::string("hello\n"), text.substr(0, text.size() / 2),
                            text.substr(0, text.size() - 1), "whynow-calls 9" + text.substr(14)})
        CHECK(std::holds_alternative<std::string>(table_learner::restore(bad, house_rules())));
    auto flipped = text;
    flipped[text.size() / 2] ^= 1;
    CHECK(std::holds_alternative<std::string>(table_learner::restore(flipped, house_rules())));
    auto fewer = house_rules();
    fewer.learning.experts.pop_back();
    CHECK(std::holds_alternative<std::string>(table_learner::restore(text, fewer)));
}

TEST_CASE("a list that was ranked is written behind the memory, and a torn end loses only that") {
    const auto text = learned(table(60)).save();
    const auto restored = [](std::string_view from) {
        auto made = table_learner::restore(from, house_rules());
        REQUIRE(std::holds_alternative<table_learner>(made));
        return std::get<table_learner>(std::move(made));
    };
    auto l = restored(text);
    CHECK(l.may_add());
    CHECK(l.added().empty());
    const auto monday = part(table(61, 9), 1200, 1207), tuesday = part(table(62, 9), 1220, 1229);
    ranked(l, monday);
    const auto first = text + l.added();
    auto again = restored(first);
    CHECK((again.save() == l.save()));
    CHECK(again.may_add());
    ranked(again, monday); // ranked a second time: nothing to write
    CHECK(again.added().empty());
    ranked(again, tuesday);
    const auto second = first + again.added();
    CHECK((restored(second).save() == again.save()));
    for (auto cut = first.size() + 1; cut < second.size(); ++cut) {
        const auto torn = restored(std::string_view(second).substr(0, cut));
        CHECK((torn.save() == l.save()));
        CHECK_FALSE(torn.may_add());
    }
    auto flipped = second;
    flipped[first.size() + 5] ^= 1;
    CHECK((restored(flipped).save() == l.save()));
    CHECK_FALSE(restored(flipped).may_add());
    // In the end all is written anew.
    auto long_one = first;
    while (long_one.size() <= 2 * text.size())
        long_one += first.substr(text.size());
    CHECK_FALSE(restored(long_one).may_add());
}

TEST_CASE("one class only: every call looks alike, and nothing breaks") {
    auto s = table(3);
    for (auto& r : s.rows)
        r.cells[5] = "no";
    auto l = learned(s);
    for (const auto& r : ranked(l, part(table(4), 60, 80)))
        CHECK((r.probability > 0 && r.probability < 0.3));
}
