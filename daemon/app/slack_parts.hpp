// The [slack] section in the words of the adapter's parts.
#pragma once

#include "adapters/slack/oauth.hpp"
#include "adapters/slack/slack_adapter.hpp"
#include "adapters/slack/socket_mode.hpp"
#include "settings/config.hpp"

namespace whynow::app {

slack::settings slack_settings(const settings::config& c);
slack::app_identity slack_app(const settings::config& c);
slack::socket_settings socket_settings(const settings::config& c);

} // namespace whynow::app
