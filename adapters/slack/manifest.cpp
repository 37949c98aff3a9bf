#include "adapters/slack/manifest.hpp"

#include "adapters/slack/oauth.hpp"
#include "domain/text/utf8.hpp"

#include <nlohmann/json.hpp>

namespace whynow::slack {

std::string manifest(const manifest_facts& f) {
    using json = nlohmann::ordered_json;
    auto base = f.public_url;
    while (base.ends_with('/'))
        base.pop_back();
    const auto name = domain::text::shortened(f.app_name, 35, "");
    json command{{"command", "/whynow"},
                 {"description", "Why call this company now"},
                 {"usage_hint", "[company or person]"},
                 {"should_escape", true}};
    json events{{"bot_events",
                 json::array({"app_home_opened", "app_uninstalled", "message.im", "tokens_revoked", "user_change"})}};
    json interactivity{{"is_enabled", true}};
    if (!f.socket_mode) {
        command["url"] = base + "/slack/commands";
        events["request_url"] = base + "/slack/events";
        interactivity["request_url"] = base + "/slack/interactivity";
    }
    json oauth{{"scopes", {{"bot", needed_scopes()}}}};
    if (!base.empty())
        oauth["redirect_urls"] = json::array({base + "/slack/oauth"});
    const json out{
        {"_metadata", {{"major_version", 2}, {"minor_version", 1}}},
        {"display_information",
         {{"name", name}, {"description", "The few calls worth making today, and why the customer would care now"}}},
        {"features",
         {{"app_home",
           {{"home_tab_enabled", true}, {"messages_tab_enabled", true}, {"messages_tab_read_only_enabled", false}}},
          {"bot_user", {{"display_name", name}, {"always_online", true}}},
          {"slash_commands", json::array({std::move(command)})}}},
        {"oauth_config", std::move(oauth)},
        {"settings",
         {{"event_subscriptions", std::move(events)},
          {"interactivity", std::move(interactivity)},
          {"org_deploy_enabled", f.whole_organisation},
          {"socket_mode_enabled", f.socket_mode},
          {"token_rotation_enabled", f.token_rotation}}}};
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace whynow::slack
