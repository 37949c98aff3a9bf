// Teams' Outgoing Webhook: a signed mention in a channel, answered in one go. The poor man's input.
#pragma once

#include "adapters/teams/config.hpp"
#include "chat/chat.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace whynow::adapters::teams {

// "HMAC <base64>" over the raw body, by the base64-decoded secret, in constant time. No secret: never.
bool webhook_signature_holds(std::string_view authorization, std::string_view body, const config& c);

// The mention as a command whose answer is the HTTP answer; nothing where the body is no message, is older or newer
// than five minutes, or comes from another tenant. The address has no route: this sender cannot be posted to.
std::optional<chat::chat_event> read_webhook(std::string_view body, const config& c, domain::instant now);

// {"type":"message","text":…}
std::string webhook_answer_json(const chat::reply& r);

} // namespace whynow::adapters::teams
