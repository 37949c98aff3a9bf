// The app manifest a customer pastes into Slack once.
#pragma once

#include <string>
#include <string_view>

namespace whynow::slack {

// Manifest v2 as pretty JSON. `public_url` ("https://whynow.example.com", a slash at the end is dropped) is where
// Slack reaches the daemon. Asks for no more than the adapter uses.
std::string manifest(std::string_view public_url, std::string_view app_name = "whynow");

} // namespace whynow::slack
