// The app manifest a customer pastes into Slack once.
#pragma once

#include <string>

namespace whynow::slack {

struct manifest_facts {
    std::string public_url; // where Slack reaches the daemon, a slash at the end is dropped; may be empty with sockets
    std::string app_name = "whynow";
    bool socket_mode = false;    // events over connections that we open: no address is named but that of the install
    bool token_rotation = false; // Slack cannot take this back once it is on
    bool whole_organisation = false;
};

// Manifest v2 as pretty JSON, complete: nothing is left to be clicked together. Asks for no more than the adapter uses.
std::string manifest(const manifest_facts& f);

} // namespace whynow::slack
