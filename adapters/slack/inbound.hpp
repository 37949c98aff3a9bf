// From a verified body to events. Pure: no network, no clock. Slack echoes the whole message with every click and
// every reply, so the readers walk over the JSON once and take only what they need.
#pragma once

#include "chat/chat.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace whynow::slack {

struct reading {
    enum class kind {
        events,    // `events` holds at least one
        nothing,   // understood, of no interest; `note` says what it was
        challenge, // the URL check: answer `challenge`
        rubbish,   // cannot be read
    };
    reading::kind what = kind::nothing;
    std::vector<chat::chat_event> events;
    bool wants_effect = false; // Slack waits for the effect (a submitted dialog)
    std::string challenge;
    std::string note; // a word for the log: "app_rate_limited", "bot_message", "view_closed"
};

// Reads an Events API body (JSON), an interactivity body (form field `payload`) or a slash command (form fields);
// which of them it is shows in the body. `bot_user` (may be empty) is our own user id; `sent_at` is the signed stamp,
// used where the payload names no time. Bytes that are no UTF-8 are repaired.
reading read_body(std::string_view body, std::string_view bot_user, domain::instant sent_at);

// The same for the payload of a Socket Mode envelope of this type ("events_api", "interactive", "slash_commands").
// Another type is nothing, with the type as the note.
reading read_envelope(std::string_view type, std::string_view payload, std::string_view bot_user,
                      domain::instant sent_at);

// The unsigned probe that Slack sends to a slash command's address.
bool is_ssl_check(std::string_view body);

// Incoming message text as the person typed it: entities decoded once, <url|label>, <mailto:>, <tel:>, <#C|name>
// unwrapped, mentions of the bot taken out, other mentions as "@name", spaces at the ends dropped.
std::string typed_text(std::string_view text, std::string_view bot_user);

// The action_id of a button: whether it opens a dialog, the action's name, and a number that keeps it unique in its
// block. "form:log", "snooze", "pick#2".
struct action_name {
    std::string_view action;
    bool opens_form = false;
    bool link = false; // a link button: Slack reports the click, nothing is to be done
};
action_name read_action_id(std::string_view id);
std::string make_action_id(std::string_view action, bool opens_form, int repeat);

} // namespace whynow::slack
