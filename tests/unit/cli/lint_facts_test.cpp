#include "cli/lint_facts.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace whynow;
using cli::json;

TEST_CASE("facts as they are meant") {
    const auto f = cli::opener_facts_of(json::parse(R"({"contact": {"name": "Jerry Smith", "role": "EVP"},
        "account": "Northwind", "events": [{"what": "new CFO", "date": "2026-02-12", "source": "Trade Daily"}],
        "known": ["renewals in house"], "our_customers": ["Contoso"], "our_product": "Renewer",
        "rep": {"name": "Dana Fox", "company": "Acme"}})"));
    CHECK(f.contact.role == "EVP");
    CHECK(f.events.at(0).date == "2026-02-12");
    CHECK(f.rep.company == "Acme");
    CHECK(std::ranges::find(f.more, "Trade Daily") != f.more.end());
    CHECK(std::ranges::find(f.more, "Contoso") == f.more.end());
    CHECK(std::ranges::find(f.more, "Renewer") == f.more.end());
    const auto m = cli::mail_facts_of(json::parse(R"({"kind": "referral", "contact": {"name": "A", "title": "CFO"},
        "follow_up": {"date": "2026-09-08", "time": "10:00"},
        "referral": {"name": "B", "email": "b@x.example", "may_name_referrer": true}})"));
    CHECK(m.kind == domain::lint::mail_kind::referral);
    CHECK(m.contact.role == "CFO");
    CHECK(m.follow_up->time == "10:00");
    CHECK(m.referral->may_name_referrer == true);
}

TEST_CASE("what is missing, null or of another kind is not known") {
    for (const auto* odd : {"null", "[]", "7", "\"text\"", "{}", R"({"contact": null, "events": null, "known": null})",
                            R"({"contact": 5, "account": ["x"], "events": {"what": 1}, "known": 3, "rep": []})",
                            R"({"events": [null, 1, "CFO leaves", {"what": 3, "date": null}, []], "rep": null})",
                            R"({"kind": 1, "follow_up": [], "referral": "B", "our_customers": {"a": "b"}})",
                            R"({"follow_up": {"date": 5}, "referral": {"may_name_referrer": "yes", "name": null}})"}) {
        const auto j = json::parse(odd);
        CHECK_NOTHROW(cli::opener_facts_of(j));
        const auto m = cli::mail_facts_of(j);
        if (m.referral)
            CHECK_FALSE(m.referral->may_name_referrer.has_value());
    }
    CHECK(cli::opener_facts_of(json::parse(R"({"events": ["CFO leaves"]})")).events.at(0).what == "CFO leaves");
    CHECK(cli::opener_facts_of(json::parse(R"({"contact": "Jerry Smith"})")).contact.name == "Jerry Smith");
}
