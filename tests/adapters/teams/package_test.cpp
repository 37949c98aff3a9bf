#include "adapters/teams/package.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace whynow::adapters::teams;
using nlohmann::json;

TEST_CASE("the manifest names the bot and asks for no permission") {
    package_facts f;
    f.package_id = "11111111-2222-3333-4444-555555555555";
    f.bot_id = "00000000-0000-0000-0000-0000000000aa";
    f.public_url = "https://whynow.example.com/";
    f.developer = "Example";
    f.short_description = std::string(200, 's');
    f.full_description = "Full";
    f.commands = {{"brief", "Today's calls"}};
    const auto j = json::parse(manifest_json(f));
    CHECK(j["manifestVersion"] == "1.22");
    CHECK(j["bots"][0]["botId"] == f.bot_id);
    CHECK(j["bots"][0]["commandLists"][0]["commands"][0]["title"] == "brief");
    CHECK(j["developer"]["privacyUrl"] == "https://whynow.example.com/privacy");
    CHECK(j["description"]["short"].get<std::string>().size() <= 82);
    CHECK_FALSE(j.contains("authorization"));
    CHECK(j["validDomains"] == json::array({"whynow.example.com"}));
    CHECK(j["bots"][0]["commandLists"].size() == 3); // one for each scope
    f.commands.clear();
    CHECK(json::parse(manifest_json(f))["bots"][0]["commandLists"].empty());
}

TEST_CASE("a package needs GUIDs and a public https address") {
    package_facts f;
    f.package_id = f.bot_id = "00000000-0000-0000-0000-0000000000aa";
    f.public_url = "https://whynow.example.com";
    CHECK(fault_of(f).empty());
    for (const char* url : {"http://whynow.example.com", "https://localhost", "whynow.example.com", ""}) {
        f.public_url = url;
        CHECK_FALSE(fault_of(f).empty());
    }
    f.public_url = "https://whynow.example.com:8443/sub";
    CHECK(json::parse(manifest_json(f))["validDomains"] == json::array({"whynow.example.com"}));
    for (const char* id : {"", "whynow", "00000000-0000-0000-0000-0000000000a", "00000000-0000-0000-0000_0000000000aa",
                           "g0000000-0000-0000-0000-0000000000aa"}) {
        f.bot_id = id;
        CHECK_FALSE(fault_of(f).empty());
    }
}

TEST_CASE("the archive is made in memory, the same every time") {
    package_facts f;
    f.package_id = f.bot_id = "00000000-0000-0000-0000-0000000000aa";
    f.public_url = "https://whynow.example.com";
    const auto a = package_zip(f, "colour", "outline"), b = package_zip(f, "colour", "outline");
    REQUIRE(a);
    CHECK(*a == *b);
    CHECK(a->starts_with("PK\x03\x04"));
    for (const char* name : {"manifest.json", "color.png", "outline.png"})
        CHECK(a->find(name) != std::string::npos);
}
