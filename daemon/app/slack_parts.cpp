#include "app/slack_parts.hpp"

namespace whynow::app {

slack::settings slack_settings(const settings::config& c) {
    slack::settings s;
    s.bot_token = c.slack.bot_token.reveal();
    if (!c.slack.signing_secret.empty())
        s.signing_secrets = {c.slack.signing_secret.reveal()};
    s.api_base_url = c.slack.api_base_url;
    s.ca_file = c.slack.ca_file;
    s.any_address = c.testing.allow_private_addresses;
    return s;
}

slack::app_identity slack_app(const settings::config& c) {
    slack::app_identity a;
    a.client_id = c.slack.client_id;
    a.client_secret = c.slack.client_secret.reveal();
    a.redirect_uri = c.server.public_url + "/slack/oauth";
    a.api_base_url = c.slack.api_base_url;
    while (a.api_base_url.ends_with('/'))
        a.api_base_url.pop_back();
    a.ca_file = c.slack.ca_file;
    a.any_address = c.testing.allow_private_addresses;
    return a;
}

slack::socket_settings socket_settings(const settings::config& c) {
    slack::socket_settings s;
    s.app_token = c.slack.app_token.reveal();
    s.connections = c.slack.connections;
    s.ca_file = c.slack.ca_file;
    s.any_address = c.testing.allow_private_addresses;
    s.pace = c.testing.pace;
    return s;
}

} // namespace whynow::app
