// Private: the readers behind read_body(), one per kind of body.
#pragma once

#include "adapters/slack/inbound.hpp"

#include <string>
#include <string_view>

namespace whynow::slack::reader {

class document;

// What every reader is told beside the JSON.
struct circumstances {
    std::string_view bot_user;
    domain::instant sent_at{};
};

enum class outcome { good, broken, bad_utf8 };

// Events API. `size` bytes stand in the document's room.
outcome read_event_callback(document& json, std::size_t size, const circumstances& c, reading& out);
// Interactivity: block_actions, view_submission, view_closed and the rest.
outcome read_interaction(document& json, std::size_t size, const circumstances& c, reading& out);

// "1700000000.000100" to its whole seconds; something else gives `otherwise`.
domain::instant instant_of(std::string_view ts, domain::instant otherwise);
// The parts joined by '|'.
std::string joined_key(std::initializer_list<std::string_view> parts);

} // namespace whynow::slack::reader
