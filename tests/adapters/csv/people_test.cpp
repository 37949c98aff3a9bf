#include "support.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace whynow;
using namespace whynow::csv;

namespace {

std::vector<std::string> fields(const mapping& m) {
    std::vector<std::string> out;
    for (const auto& c : m.columns)
        out.push_back(c.field);
    return out;
}
using names = std::vector<std::string>;

bool has_problem(const people& p, std::size_t row, std::string_view column, bool lost) {
    return std::ranges::any_of(
        p.problems, [&](const problem& x) { return x.row == row && x.column == column && x.row_lost == lost; });
}

} // namespace

TEST_CASE("the house's own headers mean themselves") {
    const names reps{"name",          "email", "zone",        "slack_user", "teams_user",
                     "manager_email", "team",  "daily_calls", "language",   "role"};
    const names accounts{"name",     "domain",    "ticker",  "cik",         "aliases",     "former_names",
                         "industry", "employees", "country", "owner_email", "competitors", "customers"};
    const names contacts{"name",    "title",       "account",        "email",     "phone", "zone",
                         "country", "owner_email", "do_not_contact", "may_email", "origin"};
    CHECK(guess(reps, words()).kind == kind::reps);
    CHECK(fields(guess(reps, words())) == reps);
    CHECK(guess(accounts, words()).kind == kind::accounts);
    CHECK(fields(guess(accounts, words())) == accounts);
    CHECK(guess(contacts, words()).kind == kind::contacts);
    CHECK(fields(guess(contacts, words())) == contacts);
    CHECK(guess({"name", "email", "zone", "team"}, words()).kind == kind::reps);
    CHECK(guess({"name", "email", "account"}, words()).kind == kind::contacts);
    CHECK(guess({"name", "domain"}, words()).kind == kind::accounts);
    CHECK(guess({"a", "b"}, words()).missing.size() > 0);
}

TEST_CASE("exports of other tools") {
    struct sample {
        const char* file;
        kind is;
        std::size_t rows;
    };
    for (const auto& s : {sample{"hubspot-contacts", kind::contacts, 2},
                          {"hubspot-companies", kind::accounts, 2},
                          {"salesforce-contacts", kind::contacts, 2},
                          {"salesforce-accounts", kind::accounts, 2},
                          {"pipedrive-people", kind::contacts, 2},
                          {"pipedrive-organizations", kind::accounts, 2},
                          {"deutsch-kontakte", kind::contacts, 2},
                          {"deutsch-firmen", kind::accounts, 2}}) {
        CAPTURE(s.file);
        const auto i = import_of(file(std::string("tests/data/csv/") + s.file + ".csv"));
        CHECK(i.mapping.kind == s.is);
        CHECK(i.mapping.missing.empty());
        CHECK(i.people.contacts.size() + i.people.accounts.size() == s.rows);
        CHECK(i.people.problems.empty());
        for (const auto& c : i.people.contacts) {
            CHECK(c.value.name.find(' ') != std::string::npos);
            CHECK(c.value.country == "DE");
            CHECK(c.value.title != "");
            CHECK(c.value.phone != "");
            CHECK(c.owner != "");
            CHECK(c.account != "");
        }
        for (const auto& a : i.people.accounts) {
            CHECK(a.value.domain != "");
            CHECK(a.value.employees >= 100);
            CHECK(a.value.country == "US");
            CHECK(a.owner != "");
        }
    }
}

TEST_CASE("cells that cannot be read are told by row and column") {
    const auto i = import_of("name,account,email,zone,country,do_not_contact,may_email\n"
                             "Ann Lee,Acme,ann(at)x,Mars/Olympus,Narnia,perhaps,perhaps\n"
                             ",Acme,b@c.example,,,,\n"
                             "Cy Orr,,cy@gmail.com,,,,\n"
                             "Di Fox,,di@fox.example,Europe/Berlin,Deutschland,no,ja\n");
    const auto& p = i.people;
    for (const auto* column : {"email", "zone", "country", "do_not_contact", "may_email"})
        CHECK(has_problem(p, 2, column, false));
    CHECK(has_problem(p, 3, "", true));
    CHECK(has_problem(p, 4, "", true));
    REQUIRE(p.contacts.size() == 2);
    CHECK(p.contacts[0].value.do_not_contact);
    CHECK_FALSE(p.contacts[0].value.may_email);
    CHECK(p.contacts[1].account_domain == "fox.example");
    CHECK(p.contacts[1].value.country == "DE");
    CHECK_FALSE(p.contacts[1].value.do_not_contact);
    CHECK(p.contacts[1].value.may_email == true);
}

TEST_CASE("lists, numbers, addresses of sites") {
    const auto comma =
        import_of("name,domain,aliases,employees\nAcme,https://WWW.Acme.example/en?x,A;  B ;;C,\"1,200\"\n");
    REQUIRE(comma.people.accounts.size() == 1);
    const auto& a = comma.people.accounts[0].value;
    CHECK(a.domain == "acme.example");
    CHECK(a.aliases == names{"A", "B", "C"});
    CHECK(a.employees == 1200);
    const auto semicolon = import_of("name;domain;aliases;employees\nAcme;acme.example;A|B;1.200\nB;no host;;12x\n");
    REQUIRE(semicolon.people.accounts.size() == 2);
    CHECK(semicolon.people.accounts[0].value.aliases == names{"A", "B"});
    CHECK(semicolon.people.accounts[0].value.employees == 1200);
    CHECK(has_problem(semicolon.people, 3, "domain", false));
    CHECK(has_problem(semicolon.people, 3, "employees", false));
}

TEST_CASE("the same person twice in a file is said, not stored twice") {
    const auto i = import_of("name,account,email,phone\nAnn Lee,Acme,ann@a.example,1\nAnn L,Acme,ANN@a.example,2\n"
                             "Bo Orr,Acme,,3\nBo Orr,ACME,bo@a.example,4\nAnn Lee,Acme,ann2@a.example,5\n");
    REQUIRE(i.people.contacts.size() == 3);
    CHECK(has_problem(i.people, 3, "", true));
    CHECK(has_problem(i.people, 5, "", true));
    const auto accounts = import_of("name,domain,ticker\nA,x.example,\nB,x.example,\na,,\n");
    REQUIRE(accounts.people.accounts.size() == 2);
    CHECK(accounts.people.accounts[1].value.domain == "");
}

TEST_CASE("reps") {
    const auto i = import_of("name,email,zone,daily_calls,role\nDana,Dana@X.example,Europe/"
                             "Berlin,\"12,5\",\nMo,mo@x.example,,,manager\nNo,,,,\n");
    CHECK(i.mapping.kind == kind::reps);
    REQUIRE(i.people.reps.size() == 2);
    CHECK(i.people.reps[0].value.email == "dana@x.example");
    CHECK(i.people.reps[0].value.daily_calls == 12.5);
    CHECK_FALSE(i.people.reps[0].role_told);
    CHECK(i.people.reps[1].value.role == domain::book::role::manager);
    CHECK(has_problem(i.people, 4, "", true));
}

TEST_CASE("addresses") {
    for (const auto* good : {"a@b.co", "first.last+tag@sub.example.com"})
        CHECK(is_email(good));
    for (const auto* bad : {"", "a", "@b.co", "a@b", "a@@b.co", "a b@c.co", "a@b.c\r\nBcc:x@y.zz", "a@.co", "a@b..co",
                            "a.@b.co", "<a@b.co>"})
        CHECK_FALSE(is_email(bad));
}
