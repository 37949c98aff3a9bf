#include "adapters/teams/package.hpp"

#include "domain/text/utf8.hpp"

#include <nlohmann/json.hpp>

namespace whynow::adapters::teams {

using json = nlohmann::ordered_json;
using domain::text::shortened;

namespace {

std::string page(const std::string& base, const char* path) {
    return (base.ends_with('/') ? base.substr(0, base.size() - 1) : base) + path;
}

} // namespace

std::string manifest_json(const package_facts& f) {
    auto commands = json::array();
    for (const auto& c : f.commands)
        if (commands.size() < 10)
            commands.push_back({{"title", shortened(c.title, 32)}, {"description", shortened(c.description, 128)}});
    auto lists = json::array();
    if (!commands.empty())
        lists.push_back({{"scopes", json::array({"personal"})}, {"commands", std::move(commands)}});
    json bot{{"botId", f.bot_id},
             {"scopes", json::array({"personal", "team", "groupChat"})},
             {"supportsFiles", false},
             {"isNotificationOnly", false},
             {"commandLists", std::move(lists)}};
    const json manifest{
        {"$schema", "https://developer.microsoft.com/json-schemas/teams/v1.22/MicrosoftTeams.schema.json"},
        {"manifestVersion", "1.22"},
        {"version", f.version},
        {"id", f.package_id},
        {"developer",
         {{"name", shortened(f.developer, 32)},
          {"websiteUrl", page(f.public_url, "/")},
          {"privacyUrl", page(f.public_url, "/privacy")},
          {"termsOfUseUrl", page(f.public_url, "/terms")}}},
        {"name", {{"short", "whynow"}, {"full", "whynow"}}},
        {"description", {{"short", shortened(f.short_description, 80)}, {"full", shortened(f.full_description, 4000)}}},
        {"icons", {{"color", "color.png"}, {"outline", "outline.png"}}},
        {"accentColor", "#5B5FC7"},
        {"bots", json::array({std::move(bot)})},
        {"validDomains", json::array()}};
    return manifest.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace whynow::adapters::teams
