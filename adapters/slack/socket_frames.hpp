// What passes over a Socket Mode connection, as values. Pure.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace whynow::slack {

struct socket_frame {
    enum class kind {
        hello,      // the connection is in service
        envelope,   // something to be acknowledged
        disconnect, // Slack will close this connection, or says why there is none
        other,      // understood, of no interest
        broken,     // no JSON, or an envelope without its id
    };
    socket_frame::kind what = kind::broken;
    std::string envelope_id;
    std::string type;    // of the envelope: events_api, interactive, slash_commands
    std::string payload; // its JSON, as it would come over HTTP
    bool accepts_payload = false;
    long long retry_attempt = 0;
    std::string reason;               // of a disconnect
    std::chrono::seconds lifetime{0}; // hello: how long the connection will stand, about; 0: not said
};

socket_frame read_socket_frame(std::string_view text);

// The frame that acknowledges an envelope. `answer` (may be empty) is JSON for its sender; anything else is left out.
std::string acknowledgement(const socket_frame& of, std::string_view answer);

} // namespace whynow::slack
