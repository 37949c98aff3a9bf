#include "tests/unit/triggers/rules_of_house.hpp"

#include <doctest/doctest.h>

using namespace whynow;
using domain::account_id;
using domain::triggers::account_names;
using domain::triggers::companies;

namespace {

companies known() {
    std::vector<account_names> a(16);
    const auto set = [&](std::size_t i, const char* name) {
        a[i].id = account_id{static_cast<int>(i) + 1}, a[i].name = name;
    };
    set(0, "Apple Inc.");
    a[0].ticker = "NASDAQ:AAPL";
    a[0].domain = "apple.com";
    set(1, "Target Corporation");
    a[1].ticker = "TGT";
    set(2, "Gap");
    set(3, "Marks & Spencer Group plc");
    a[3].aliases = {"M&S"};
    set(4, "McDonald's");
    set(5, "Müller Söhne GmbH & Co. KG");
    set(6, "Orange");
    set(7, "Next");
    set(8, "Delta");
    set(9, "Delta Dental");
    set(10, "J.C. Penney");
    set(11, "GM");
    a[11].aliases = {"General Motors"};
    set(12, "Mercury Ltd");
    set(13, "Mercury GmbH");
    set(14, "Bon-Ton");
    set(15, "Wattly");
    a[15].former_names = {"Ampflow"};
    return companies(a, test::rules_of_house("config/names.toml"));
}

std::vector<std::int64_t> in(const companies& c, std::string_view text) {
    std::vector<std::int64_t> out;
    for (const auto id : c.accounts_in(text))
        out.push_back(id.value);
    return out;
}
using ids = std::vector<std::int64_t>;

} // namespace

TEST_CASE("a hyphen inside a name does not hide it") {
    const auto c = test::companies_named({"Walmart", "eBay"});
    CHECK(in(c, "Wal-Mart profit slips") == ids{1});
    CHECK(in(c, "WAL-MART STORES to hire; E-Bay, too") == ids{1, 2});
    CHECK(in(c, "a wal-mart of sorts").empty());
}

TEST_CASE("words that do or say what a company is vouch for a common name") {
    const auto c = test::companies_named({"Staples", "Crumbs", "Ford"});
    CHECK(in(c, "Staples Shutting Up to 225 Stores") == ids{1});
    CHECK(in(c, "Crumbs cupcake chain goes dark") == ids{2});
    CHECK(in(c, "Staples in short supply").empty());
    CHECK(in(c, "Ford's Theatre reopens balcony").empty());
}

TEST_CASE("a company is found as people write it") {
    const auto c = known();
    CHECK(in(c, "Apple rolls out iOS 7.1 update") == ids{1});
    CHECK(in(c, "shares of Apple Inc. rose") == ids{1});
    CHECK(in(c, "the maker (NASDAQ: AAPL) said") == ids{1});
    CHECK(in(c, "$AAPL up") == ids{1});
    CHECK(in(c, "see www.apple.com for more") == ids{1});
    CHECK(in(c, "Marks and Spencer's chief leaves; M&S gains") == ids{4});
    CHECK(in(c, "McDonald’s opens, McDonalds closes") == ids{5});
    CHECK(in(c, "Bei MULLER SOHNE brennt es") == ids{6});
    CHECK(in(c, "JC Penney and J. C. Penney") == ids{11});
    CHECK(in(c, "GM recalls; General Motors says") == ids{12});
    CHECK(in(c, "Bon-Ton's results; BonTon, Bon Ton") == ids{15});
    CHECK(in(c, "Ampflow was its old name") == ids{16});
}

TEST_CASE("an ordinary word is no company") {
    const auto c = known();
    CHECK(in(c, "Bank raises price target on retailer").empty());
    CHECK(in(c, "Morgan Stanley Raises Target Price To $40").empty());
    CHECK(in(c, "Wage gap widens; the next step; orange juice; apple pie recipes").empty());
    CHECK(in(c, "Orange County opens park").empty());
    CHECK(in(c, "What comes Next for Europe").empty());
    CHECK(in(c, "a gm of the club").empty());
    CHECK(in(c, "McDonald had a farm").empty());
}

TEST_CASE("the same words are the company where the context says so") {
    const auto c = known();
    CHECK(in(c, "Target's chief executive resigns") == ids{2});
    CHECK(in(c, "Target Names New CEO After Breach") == ids{2});
    CHECK(in(c, "Target Corp. to close stores") == ids{2});
    CHECK(in(c, "Retailer Gap to open in India") == ids{3});
    CHECK(in(c, "Shares of Target (TGT) fell") == ids{2});
    CHECK(in(c, "Orange nomme un directeur") == ids{7});
}

TEST_CASE("the longest name wins, and part of another name is none") {
    const auto c = known();
    CHECK(in(c, "Delta Dental adds members") == ids{10});
    CHECK(in(c, "Delta adds flights") == ids{9});
    CHECK(in(c, "Wattly Dam reopens to hikers").empty());
    CHECK(in(c, "the Wattlys moved house").empty());
    CHECK(in(c, "Applebee's and Pineapple").empty());
}

TEST_CASE("a company is known by its short form where that says enough") {
    const auto c = test::companies_named({"Cisco Systems", "General Motors", "Tyson Foods", "Boston Scientific",
                                          "Mercury Systems", "Delta Electronics", "Bank of America", "Coca-Cola"});
    CHECK(in(c, "Cisco axes 6,000 jobs") == ids{1});
    CHECK(in(c, "GM adds cars to recall; BofA settles") == ids{2, 7});
    CHECK(in(c, "Tyson wins bidding war") == ids{3});
    CHECK(in(c, "Coke names finance chief") == ids{8});
    CHECK(in(c, "a gm of the club; GM crops approved; Knicks GM resigns").empty());
    CHECK(in(c, "Mike Tyson opens gym; Tyson Motors sues").empty());
    CHECK(in(c, "Boston opens park; Mercury rises; Delta adds flights").empty());
    CHECK(in(c, "Delta Electronics adds a plant") == ids{6});
}

TEST_CASE("who is called just so goes before a short form, and two short forms are asked about") {
    const auto c = test::companies_named({"Halden Foods", "Halden", "Torvik Software", "Torvik Robotics"});
    CHECK(in(c, "Halden opens a plant") == ids{2});
    CHECK(in(c, "Halden Foods opens a plant") == ids{1});
    const auto found = c.find("Torvik opens a plant");
    REQUIRE(found.size() == 1);
    CHECK(found[0].ambiguous);
}

TEST_CASE("another company of the same first words is another company") {
    const auto c = test::companies_named({"Merck", "Coca-Cola", "Samsung Electronics"});
    CHECK(in(c, "Merck sells its consumer unit") == ids{1});
    CHECK(in(c, "Merck KGaA of Germany lifts outlook").empty());
    CHECK(in(c, "Coca-Cola Hellenic Bottling posts loss").empty());
    CHECK(in(c, "Samsung Life cuts jobs; Samsung Heavy wins order").empty());
    CHECK(in(c, "Samsung Galaxy S5 goes on sale") == ids{3});
}

TEST_CASE("two accounts of one name: neither, but said so") {
    const auto c = known();
    const auto found = c.find("Mercury opens a plant");
    CHECK(in(c, "Mercury opens a plant").empty());
    REQUIRE(found.size() == 1);
    CHECK(found[0].ambiguous);
    CHECK(found[0].candidates.size() == 2);
    CHECK(in(c, "Mercury GmbH opens a plant") == ids{14});
    CHECK_FALSE(c.exactly("Mercury"));
    CHECK(c.exactly("apple") == account_id{1});
    CHECK(c.exactly("AAPL") == account_id{1});
}

TEST_CASE("a match says where it stands") {
    const auto c = known();
    const std::string text = "Größe: McDonald's, Müller Söhne";
    const auto found = c.find(text);
    REQUIRE(found.size() == 2);
    CHECK(found[0].as_written == "McDonald's");
    CHECK(found[1].as_written == "Müller Söhne");
    CHECK(text.substr(found[1].from, found[1].to - found[1].from) == found[1].as_written);
}

TEST_CASE("any bytes are read") {
    const auto c = known();
    std::string text;
    for (int i = 0; i < 5000; ++i)
        text += static_cast<char>((i * 7919 + i / 3) % 256);
    CHECK_NOTHROW(c.find(text));
    CHECK(c.find("").empty());
    CHECK(c.find("(").empty());
    CHECK(c.find("'s &").empty());
}
