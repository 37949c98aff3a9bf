// What the HTTP answer to an event says, by the shape the event wants.
#pragma once

#include "chat/chat.hpp"
#include "http/message.hpp"

namespace whynow::adapters::teams {

// Status 200 for whatever the working day says: also errors of an invoke travel in the body.
http::response invoke_answer(const chat::chat_event& e, const chat::reply& r);
} // namespace whynow::adapters::teams
