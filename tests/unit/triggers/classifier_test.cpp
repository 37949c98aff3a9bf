#include "tests/unit/triggers/rules_of_house.hpp"

#include <doctest/doctest.h>

using namespace whynow;
using namespace whynow::domain::triggers;

namespace {

classification read(const companies& c, std::string title, std::string summary = {}) {
    domain::signals::signal s;
    s.title = std::move(title);
    s.summary = std::move(summary);
    s.published = *domain::parse_iso_instant("2026-03-04T08:00:00Z");
    return test::classifier_of_house().classify(s, c);
}

} // namespace

TEST_CASE("every pattern of the house can be read") {
    for (const auto& problem : test::classifier_of_house().problems())
        FAIL_CHECK(problem);
    for (std::size_t k = 1; k < kind_count; ++k) {
        CHECK(kind_from(to_string(static_cast<kind>(k))) == static_cast<kind>(k));
        CHECK(test::classifier_of_house().rules_of(static_cast<kind>(k)).half_life_days >= 7);
    }
}

TEST_CASE("an event names whom it happens to, when, and its proof") {
    const auto c = test::companies_named({"Northwind", "Acme"});
    const auto r = read(c, "Northwind names new finance chief", "Acme shares fell on Tuesday.");
    CHECK(r.kind == kind::leadership);
    CHECK(r.companies == std::vector<std::string>{"Northwind"});
    CHECK(r.mentioned.size() == 2);
    CHECK(domain::to_iso(r.happened_on) == "2026-03-04");
    CHECK(r.evidence == "Northwind names new finance chief");
}

TEST_CASE("an agency's own count before a headline is no part of a name") {
    const auto c = test::companies_named({"Northwind"});
    for (const auto* mark : {"UPDATE 2-", "UPDATE: ", "RPT-UPDATE 1-", "WRAPUP 3-", "CORRECTED-"})
        CHECK(read(c, std::string(mark) + "Northwind cuts full-year forecast").kind == kind::earnings);
}

TEST_CASE("sales of May are told, what may be is not") {
    const auto c = test::companies_named({"Northwind"});
    CHECK(read(c, "Northwind May sales rise 13 percent").kind == kind::earnings);
    CHECK(read(c, "Northwind may sell its rail unit").kind == kind::none);
}

TEST_CASE("where the title is silent the sentence below it tells") {
    const auto c = test::companies_named({"Northwind"});
    const auto r = read(c, "Business in Seattle",
                        "Rain is on its way. Northwind Inc. laid off 120 people on Monday. It said no more.");
    CHECK(r.kind == kind::restructuring);
    CHECK(r.evidence == "Northwind Inc. laid off 120 people on Monday.");
}

TEST_CASE("a headline that names nobody does not silence the sentence below it") {
    const auto c = test::companies_named({"Northwind"});
    const auto played = read(c, "Good news for concert fans", "Northwind on Monday opened a second plant in Ohio.");
    CHECK(played.kind == kind::expansion);
    const auto own = read(c, "Smoke over the harbour", "Northwind is moving its payroll to a new cloud platform.");
    CHECK(own.kind == kind::technology);
    const auto said = read(c, "Two plants to shut in July", "Northwind said sales had been slow.");
    CHECK(said.kind == kind::restructuring);
    CHECK(read(c, "Opinion: how fans lose", "Northwind opened a second plant in Ohio.").kind == kind::none);
}

TEST_CASE("what was announced as to come is no doubt, and an amount takes its unit") {
    const auto c = test::companies_named({"Northwind"});
    CHECK(read(c, "Northwind announced that Ann Lee would become its finance chief").kind == kind::leadership);
    CHECK(read(c, "Northwind would become bigger with a finance chief").kind == kind::none);
    CHECK(read(c, "Northwind lands $31 million led by Foundry Lane").kind == kind::funding);
    CHECK(read(c, "Northwind lands €31m led by Foundry Lane").kind == kind::funding);
}

TEST_CASE("what is called off happened, and is withdrawn") {
    const auto c = test::companies_named({"Northwind", "Axil"});
    const auto merger = read(c, "Northwind calls off merger with Axil");
    CHECK(merger.kind == kind::ma);
    CHECK(merger.state == state::withdrawn);
    const auto plan = read(c, "Northwind scraps plan to build hub in Ohio");
    CHECK(plan.kind == kind::expansion);
    CHECK(plan.state == state::withdrawn);
    CHECK(read(c, "Northwind to merge with Axil").state != state::withdrawn);
}

TEST_CASE("a rumour or a denial is never an event") {
    const auto c = test::companies_named({"Northwind"});
    const auto rumour = read(c, "Northwind in talks to buy rival: sources");
    CHECK(rumour.kind == kind::none);
    CHECK(rumour.none_reason == "rumour");
    CHECK(rumour.state == state::reported);
    const auto denial = read(c, "Northwind denies plans to cut 300 jobs");
    CHECK(denial.kind == kind::none);
    CHECK(denial.none_reason == "denial");
    CHECK(denial.suspected == kind::restructuring);
    CHECK(denial.state == state::withdrawn);
}

TEST_CASE("what happens to somebody else is none of ours") {
    const auto c = test::companies_named({"Northwind"});
    CHECK(read(c, "Axil buys Borsa for $2 billion").kind == kind::none);
    CHECK(read(c, "Northwind supplier Axil to cut 500 jobs").kind == kind::none);
    CHECK(read(c, "Former Northwind CEO named to run Axil").kind == kind::none);
}

TEST_CASE("a name of two accounts is asked about, not guessed") {
    const auto c = test::companies_named({"Mercury Ltd", "Mercury GmbH"});
    const auto r = read(c, "Mercury lays off 150");
    CHECK(r.kind == kind::none);
    CHECK(r.ambiguous_company);
}

TEST_CASE("a filing is decided by its items, the most telling first") {
    const auto c = test::companies_named({"Northwind Inc."});
    const auto title = "8-K - Northwind Inc. (0000320193) (Filer)";
    auto r =
        read(c, title,
             "Item 5.02: Departure of Directors or Certain Officers; Item 9.01: Financial Statements and Exhibits");
    CHECK(r.kind == kind::leadership);
    CHECK(r.state == state::confirmed);
    CHECK(r.evidence == "Item 5.02: Departure of Directors or Certain Officers");
    CHECK(read(c, title, "Item 2.02: Results of Operations; Item 1.03: Bankruptcy or Receivership").kind ==
          kind::distress);
    CHECK(read(c, title, "Item 8.01: Other Events; Item 9.01: Financial Statements and Exhibits").kind == kind::none);
    r = read(c, title, "Item 8.01: Other Events\nNorthwind Inc. suffered a data breach in its billing system.");
    CHECK(r.kind == kind::incident);
    CHECK(read(c, title, "Item 5.07: Submission of Matters to a Vote of Security Holders").kind == kind::none);
}

TEST_CASE("an event keeps what a reason needs") {
    const auto c = test::companies_named({"Northwind"});
    domain::signals::signal s;
    s.title = "Northwind opens Denver office";
    s.url = "https://example.org/1";
    s.publisher = "Example Wire";
    s.published = *domain::parse_iso_instant("2026-03-04T23:59:00Z");
    const auto e = to_event(test::classifier_of_house().classify(s, c), s);
    CHECK(e.kind == kind::expansion);
    CHECK(e.url == s.url);
    CHECK(e.source == "Example Wire");
    CHECK(e.accounts.size() == 1);
    CHECK(e.confidence > 0.5);
}

TEST_CASE("long and strange texts come to an end") {
    const auto c = test::companies_named({"Northwind"});
    std::string text;
    for (int i = 0; i < 3000; ++i)
        text += "Northwind sales board to names new profit ";
    CHECK_NOTHROW(read(c, text, text));
    CHECK_NOTHROW(read(c, "\xff\xfe\x80'", "'s."));
    CHECK_NOTHROW(read(c, "", ""));
}
