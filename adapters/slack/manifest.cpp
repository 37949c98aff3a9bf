#include "adapters/slack/manifest.hpp"

#include "domain/text/utf8.hpp"

#include <nlohmann/json.hpp>

namespace whynow::slack {

std::string manifest(std::string_view public_url, std::string_view app_name) {
    using json = nlohmann::ordered_json;
    while (public_url.ends_with('/'))
        public_url.remove_suffix(1);
    const auto at = [&](std::string_view path) { return std::string(public_url) + std::string(path); };
    const auto name = domain::text::shortened(app_name, 35, "");
    const json command{{"command", "/whynow"},
                       {"url", at("/slack/commands")},
                       {"description", "Why call this company now"},
                       {"usage_hint", "[company or person]"},
                       {"should_escape", true}};
    const json out{
        {"_metadata", {{"major_version", 2}, {"minor_version", 1}}},
        {"display_information",
         {{"name", name}, {"description", "The few calls worth making today, and why the customer would care now"}}},
        {"features",
         {{"app_home",
           {{"home_tab_enabled", true}, {"messages_tab_enabled", true}, {"messages_tab_read_only_enabled", false}}},
          {"bot_user", {{"display_name", name}, {"always_online", true}}},
          {"slash_commands", json::array({command})}}},
        {"oauth_config",
         {{"redirect_urls", json::array({at("/slack/oauth")})},
          {"scopes",
           {{"bot",
             json::array({"chat:write", "commands", "im:history", "im:write", "users:read", "users:read.email"})}}}}},
        {"settings",
         {{"event_subscriptions",
           {{"request_url", at("/slack/events")},
            {"bot_events", json::array({"message.im", "app_home_opened", "app_uninstalled", "tokens_revoked"})}}},
          {"interactivity", {{"is_enabled", true}, {"request_url", at("/slack/interactivity")}}},
          {"org_deploy_enabled", false},
          {"socket_mode_enabled", false},
          {"token_rotation_enabled", false}}}};
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace whynow::slack
