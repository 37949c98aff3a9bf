// What Teams sends, as an event of the working day.
#pragma once

#include "adapters/teams/token_check.hpp"
#include "chat/chat.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace whynow::adapters::teams {

// What of a reference the platform-neutral address has no place for; travels in address::route as JSON.
struct route {
    std::string service_url;
    std::string user; // "29:…"
    std::string bot;  // "28:…"
};
std::string to_json(const route& r);
std::optional<route> route_from_json(std::string_view text);

// The shape of the answer an event wants; stands in chat_event::trigger, with the dialog's revision in `respond_to`.
inline constexpr std::string_view card_action = "adaptiveCard/action";
inline constexpr std::string_view dialog_fetch = "task/fetch";
inline constexpr std::string_view dialog_submit = "task/submit";
inline constexpr std::string_view outgoing_webhook = "outgoing";
// The verb by which a card of ours asks how it stands now.
inline constexpr std::string_view refresh_verb = "refresh";

struct activity {
    activity_facts facts;
    chat::chat_event event; // kind nothing: 200 and no more
    bool wants_effect = false;
    bool unknown_invoke = false; // 501
};

// One activity as the Connector posts it; nothing where the body is no such thing. Any order and any unknown member
// are fine; nothing of it is believed before the caller is verified.
std::optional<activity> read_activity(std::string_view body);

// The words of a message without the mention of `bot`; other people's mentions become their names.
// (For tests; read_activity applies it with the entities of the activity.)
std::string spoken_words(std::string_view text, const std::vector<std::string>& bot_mentions);

} // namespace whynow::adapters::teams
