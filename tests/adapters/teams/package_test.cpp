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
    f.commands.clear();
    CHECK(json::parse(manifest_json(f))["bots"][0]["commandLists"].empty());
}
