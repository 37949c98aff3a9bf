#include "cli/bookkeeper.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

using namespace whynow;
using namespace whynow::cli;

namespace {

struct fresh_store {
    std::filesystem::path folder;
    std::unique_ptr<store::store> db;

    fresh_store() {
        std::string name = std::filesystem::temp_directory_path() / "whynow-cli-XXXXXX";
        folder = mkdtemp(name.data());
        auto opened = store::store::open({.path = folder / "w.db"});
        REQUIRE(opened);
        db = std::move(*opened);
    }
    ~fresh_store() {
        db.reset();
        std::filesystem::remove_all(folder);
    }
};

csv::read_contact contact(std::string name, std::string account, std::string email, std::string owner) {
    csv::read_contact c;
    c.value.name = std::move(name);
    c.value.email = email;
    c.account = std::move(account);
    c.account_domain = email.substr(email.find('@') + 1);
    c.owner = std::move(owner);
    return c;
}

} // namespace

TEST_CASE("owners and companies are found, companies made, and again changes nothing") {
    fresh_store s;
    for (const bool again : {false, true}) {
        bookkeeper books;
        REQUIRE(s.db->write_now([&](store::session& unit) {
            csv::read_rep dana;
            dana.value.name = "Dana Reed";
            dana.value.email = "dana@m.example";
            books.put(unit, dana);
            csv::read_account northwind;
            northwind.value.name = "Northwind, Inc.";
            northwind.value.domain = "northwind.example";
            northwind.value.aliases = {"NW Traders"};
            northwind.owner = "dana reed";
            books.put(unit, northwind);
            auto by_alias = contact("Jerry Smith", "nw traders", "jerry@other.example", "DANA@m.example");
            auto by_domain = contact("Ann Lee", "Northwind Holdings", "ann@northwind.example", "");
            auto of_nobody = contact("Bo Orr", "", "bo@newco.example", "ghost@m.example");
            for (auto* c : {&by_alias, &by_domain, &of_nobody})
                books.put(unit, *c);
            CHECK(by_alias.value.account == northwind.value.id);
            CHECK(by_domain.value.account == northwind.value.id);
            CHECK(northwind.value.owner == dana.value.id);
            CHECK(store::accounts(unit).find(of_nobody.value.account)->name == "newco.example");
        }));
        CHECK(books.counts.inserted == (again ? 0 : 5));
        CHECK(books.counts.unchanged == (again ? 5 : 0));
        CHECK(books.counts.accounts_made == (again ? 0 : 1));
        CHECK(books.unknown_owners == std::map<std::string, int>{{"ghost@m.example", 1}});
    }
}

TEST_CASE("a file that says no role takes none away") {
    fresh_store s;
    REQUIRE(s.db->write_now([&](store::session& unit) {
        bookkeeper books;
        csv::read_rep mo;
        mo.value.email = "mo@m.example";
        mo.value.role = domain::book::role::manager;
        mo.role_told = true;
        books.put(unit, mo);
        mo.value.role = domain::book::role::rep;
        mo.role_told = false;
        books.put(unit, mo);
        CHECK(store::reps(unit).by_email("mo@m.example")->role == domain::book::role::manager);
    }));
}
