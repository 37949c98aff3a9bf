// What whynow.toml says about each platform, in the words of its adapter.
#pragma once

#include "adapters/slack/oauth.hpp"
#include "adapters/slack/slack_adapter.hpp"
#include "adapters/slack/socket_mode.hpp"
#include "adapters/smtp/mailer.hpp"
#include "adapters/teams/config.hpp"
#include "settings/config.hpp"

#include <functional>

namespace whynow::app {

slack::settings slack_settings(const settings::config& c);
slack::app_identity slack_app(const settings::config& c);
slack::socket_settings socket_settings(const settings::config& c);

// `wall` dates signed assertions.
adapters::teams::config teams_settings(const settings::config& c, std::function<domain::instant()> wall);

smtp::smtp_settings smtp_settings(const settings::config& c);

} // namespace whynow::app
