// Dialogs: the card model's form as a Slack modal, and a submitted modal back to fields.
#pragma once

#include "chat/chat.hpp"
#include "domain/cards/message.hpp"

#include <map>
#include <string>
#include <string_view>

namespace whynow::slack {

// What a modal carries for us: a modal has no message of its own.
struct form_origin {
    std::string context;     // cards::form::context
    chat::message_ref about; // the message whose button opened it
};

// The modal as JSON (views.open's `view`), within Slack's limits. Options that Slack cannot carry (no text, a value
// over 150 characters) are left out, and a choice without options with them. `context` must be below 2,500 bytes.
std::string modal_view(const domain::cards::form& form, const chat::message_ref& about);

form_origin read_private_metadata(std::string_view text);

// view.state.values (JSON) to fields: block_id → value. An untouched input gives "", a tick "true" or "false", several
// choices are joined by ','. Broken JSON gives nothing.
std::map<std::string, std::string> read_values(std::string_view state_values_json);

// The answer that keeps a dialog open and shows `errors` at its fields. Keys that the dialog has no field for would
// make Slack drop the answer: those texts go to the first of `fields`.
std::string form_errors(const std::map<std::string, std::string>& errors,
                        const std::map<std::string, std::string>& fields);

} // namespace whynow::slack
