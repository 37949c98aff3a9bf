// What the Connector's answer means for the outbox: may this be tried again, and what stops here for good.
#pragma once

#include "chat/chat.hpp"
#include "http/client.hpp"

#include <optional>
#include <string>

namespace whynow::adapters::teams {

// A create (post) may stand there although no answer was seen; an update and the opening of a 1:1 repeat safely.
enum class call { post, update, open };

// "ConversationBlockedByUser": error.code of the body, or error.innerHttpError's, or empty.
std::string error_code_of(const http::response& r);
// Everything but 2xx and 401. `in_a_row` counts the refusals for haste (429) up to this one: where the Connector does
// not say how long to wait, the wait doubles. `seed` spreads those who wait.
chat::send_result refused(call what, const http::response& r, int in_a_row = 1, std::size_t seed = 0);
chat::send_result unanswered(call what, boost::system::error_code e);

} // namespace whynow::adapters::teams
