// What whynow.toml says about Teams, in the words of the adapter.
#pragma once

#include "adapters/teams/config.hpp"
#include "settings/config.hpp"

#include <functional>

namespace whynow::app {

// Reads the certificate's file, where one is named. `wall` dates signed assertions.
adapters::teams::config teams_settings(const settings::config& c, std::function<domain::instant()> wall);

} // namespace whynow::app
