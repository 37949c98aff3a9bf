#include "support.hpp"

#include <ctime>

using namespace whynow::tests;

TEST_CASE("a rep keeps what an import leaves empty") {
    database d;
    book::rep r;
    r.name = "Dana Ruiz";
    r.email = "Dana@Example.com ";
    r.zone = "Europe/Berlin";
    r.slack_user = "U1";
    r.teams_user = "aad-1";
    r.daily_calls = 42.5;
    r.language = "de";
    r.role = book::role::manager;
    r.brief_at = std::chrono::minutes{480};
    r.paused_until = day("2026-12-01");
    d.write([&](session& s) {
        CHECK(reps(s).upsert(r) == upserted::inserted);
        auto again = r;
        again.id = {};
        CHECK(reps(s).upsert(again) == upserted::unchanged);
        CHECK(again.id == r.id);
        book::rep partial;
        partial.email = "dana@example.com";
        partial.team = "north";
        partial.language = "";
        partial.role = book::role::manager;
        CHECK(reps(s).upsert(partial) == upserted::updated);
    });
    d.reopen();
    d.read([&](session& s) {
        const auto kept = reps(s).by_email("DANA@example.com");
        REQUIRE(kept);
        CHECK(kept->name == "Dana Ruiz");
        CHECK(kept->email == "dana@example.com");
        CHECK(kept->team == "north");
        CHECK(kept->language == "de");
        CHECK(kept->daily_calls == 42.5);
        CHECK(kept->role == book::role::manager);
        CHECK(kept->brief_at == std::chrono::minutes{480});
        CHECK(kept->paused_until == day("2026-12-01"));
        CHECK(reps(s).by_platform_user("slack", "U1")->id == r.id);
        CHECK(reps(s).by_platform_user("teams", "aad-1")->id == r.id);
        CHECK(reps(s).by_platform_user("console", "dana@example.com")->id == r.id);
        CHECK_FALSE(reps(s).by_platform_user("slack", ""));
        CHECK(reps(s).all().size() == 1);
    });
    d.write([&](session& s) {
        reps(s).set_brief_at(r.id, std::nullopt);
        reps(s).set_paused_until(r.id, std::nullopt);
        reps(s).set_zone(r.id, "Asia/Tokyo");
        const auto kept = reps(s).find(r.id);
        CHECK_FALSE(kept->brief_at);
        CHECK_FALSE(kept->paused_until);
        CHECK(kept->zone == "Asia/Tokyo");
    });
}

TEST_CASE("an identity keeps its conversation and comes back after it was gone") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        identities(s).upsert({"slack", "T1", "U1", {}, "D1", "r1", false});
        identities(s).upsert({"slack", "T1", "U1", who.dana.id, "", "", false});
        const auto kept = identities(s).find("slack", "T1", "U1");
        REQUIRE(kept);
        CHECK(kept->rep == who.dana.id);
        CHECK(kept->conversation == "D1");
        CHECK(kept->route == "r1");
        identities(s).upsert({"slack", "T1", "U2", {}, "D2", "", false});
        identities(s).mark_gone("slack", "T1", "U2");
        CHECK_FALSE(identities(s).find("slack", "T1", "U1")->gone);
        CHECK(identities(s).find("slack", "T1", "U2")->gone);
        identities(s).mark_gone("slack", "T1", "");
        CHECK(identities(s).of(who.dana.id).at(0).gone);
        identities(s).upsert({"slack", "T1", "U1", {}, "", "", false});
        CHECK_FALSE(identities(s).of(who.dana.id).at(0).gone);
    });
}

TEST_CASE("an account is known by domain, name and alias, and by whom it names") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        book::account a;
        a.name = "Société Générale";
        a.domain = "SocGen.example";
        a.aliases = {"SocGen", "quote \" and \\ and \n"};
        a.former_names = {"Old Bank"};
        a.industry = "Banking";
        a.employees = 117000;
        a.competitors = {"BNP Paribas"};
        a.customers = {"Northwind Traders"};
        const auto before = accounts(s).revision();
        CHECK(accounts(s).upsert(a) == upserted::inserted);
        CHECK(accounts(s).revision() == before + 1);
        CHECK(accounts(s).upsert(a) == upserted::unchanged);
        CHECK(accounts(s).revision() == before + 1);
        CHECK(accounts(s).by_name("  societe   GENERALE")->id == a.id);
        CHECK(accounts(s).by_name("socgen")->id == a.id);
        CHECK(accounts(s).by_name("old bank")->id == a.id);
        CHECK_FALSE(accounts(s).by_name("BNP Paribas"));
        CHECK_FALSE(accounts(s).by_name(""));
        CHECK(accounts(s).with_competitor("bnp paribas") == std::vector{a.id});
        CHECK(accounts(s).with_customer("northwind traders") == std::vector{a.id});
        CHECK(accounts(s).in_industry("BANKING") == std::vector{a.id});
        CHECK(accounts(s).in_industry("").empty());
        CHECK(accounts(s).find(a.id)->aliases == a.aliases);
        CHECK(accounts(s).owned_by(who.dana.id).size() == 1);

        book::account by_name; // no domain: the name says who is meant
        by_name.name = "societe generale";
        by_name.competitors = {"Other"};
        CHECK(accounts(s).upsert(by_name) == upserted::updated);
        CHECK(by_name.id == a.id);
        CHECK(accounts(s).with_competitor("bnp paribas").empty());
        CHECK(accounts(s).with_competitor("other") == std::vector{a.id});

        book::account namesake; // both have a domain, and not the same
        namesake.name = "Societe Generale";
        namesake.domain = "another.example";
        CHECK(accounts(s).upsert(namesake) == upserted::inserted);
        CHECK(accounts(s).all().size() == 3);
    });
}

TEST_CASE("a contact is known by e-mail or by account and name; an import never opens a closed one") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        book::contact ann;
        ann.name = "Ann Lee";
        ann.account = who.northwind.id;
        ann.may_email = false;
        CHECK(contacts(s).upsert(ann) == upserted::inserted);
        book::contact again;
        again.name = "ann  LEE";
        again.account = who.northwind.id;
        again.email = "Ann@Northwind.example";
        again.title = "VP Operations";
        CHECK(contacts(s).upsert(again) == upserted::updated);
        CHECK(again.id == ann.id);
        CHECK(contacts(s).by_email("ann@northwind.example")->may_email == false);
        CHECK(contacts(s).by_name(who.northwind.id, "Ann Lee")->id == ann.id);
        CHECK(contacts(s).of_account(who.northwind.id).size() == 2);

        contacts(s).close(ann.id, true);
        CHECK(contacts(s).upsert(again) == upserted::unchanged);
        CHECK(contacts(s).find(ann.id)->do_not_contact);
        contacts(s).close(ann.id, false);
        CHECK_FALSE(contacts(s).find(ann.id)->do_not_contact);
        contacts(s).set_left_company(ann.id, true);
        CHECK(contacts(s).find(ann.id)->left_company);
        CHECK_FALSE(contacts(s).set_email(ann.id, "JERRY@northwind.example"));
        CHECK(contacts(s).set_email(ann.id, "a.lee@northwind.example"));
        CHECK(contacts(s).by_email("a.lee@northwind.example")->id == ann.id);
    });
}

TEST_CASE("undo takes away a contact that nothing else refers to") {
    database d;
    const cast who(d);
    d.write([&](session& s) {
        book::contact ann;
        ann.name = "Ann Lee";
        ann.account = who.northwind.id;
        contacts(s).upsert(ann);
        referral r;
        r.referrer = who.jerry.id;
        r.referred = ann.id;
        r.name = "Ann Lee";
        r.on = day("2026-11-22");
        r.id = referrals(s).add(r);
        draft written;
        written.contact = ann.id;
        written.id = drafts(s).add(written);
        CHECK_FALSE(contacts(s).remove(who.jerry.id)); // a referrer
        CHECK(contacts(s).remove(ann.id));
        CHECK_FALSE(contacts(s).find(ann.id));
        CHECK_FALSE(referrals(s).find(r.id)->referred);
        CHECK_FALSE(drafts(s).find(written.id)->contact);
        fact f;
        f.contact = who.jerry.id;
        facts(s).add(f);
        CHECK_FALSE(contacts(s).remove(who.jerry.id));
    });
}

TEST_CASE("the last of twenty thousand contacts is taken in as fast as the first") {
    database d;
    std::vector<std::clock_t> quarter{std::clock()};
    d.write([&](session& s) {
        for (int i = 0; i < 20'000; ++i) {
            book::account a;
            book::contact c;
            a.name = "Account " + std::to_string(i / 10);
            a.domain = "d" + std::to_string(i / 10) + ".example";
            accounts(s).upsert(a);
            c.name = "Person " + std::to_string(i);
            c.account = a.id;
            c.email = "p" + std::to_string(i) + "@" + a.domain;
            contacts(s).upsert(c);
            if (i % 5'000 == 4'999)
                quarter.push_back(std::clock());
        }
    });
    CHECK(quarter[4] - quarter[3] < 3 * (quarter[1] - quarter[0])); // a scan of the table would make it seven times
}
