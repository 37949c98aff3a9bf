#include "app/adapter_settings.hpp"

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

adapters::teams::config teams_settings(const settings::config& c, std::function<domain::instant()> wall) {
    adapters::teams::config t;
    t.app_id = c.teams.app_id;
    t.app_secret = c.teams.app_secret.reveal();
    t.certificate = c.teams.certificate;
    t.entra_tokens = c.teams.entra_tokens;
    t.entra_callers = c.teams.entra_callers;
    t.entra_metadata_url = c.teams.entra_metadata_url;
    t.pace_factor = c.testing.pace;
    t.tenants = c.teams.tenants;
    t.token_url = c.teams.token_url;
    t.openid_metadata_url = c.teams.openid_metadata_url;
    t.service_hosts = c.teams.service_hosts;
    t.outgoing_secret = c.teams.outgoing_secret.reveal();
    t.ca_file = c.teams.ca_file;
    t.any_address = c.testing.allow_private_addresses;
    t.wall = std::move(wall);
    return t;
}

smtp::smtp_settings smtp_settings(const settings::config& c) {
    smtp::smtp_settings s;
    s.server = c.mail.smtp;
    s.user = c.mail.user;
    s.password = c.mail.password.reveal();
    s.ca_file = c.mail.ca_file;
    s.plain_on_loopback = c.testing.allow_private_addresses;
    return s;
}

} // namespace whynow::app
