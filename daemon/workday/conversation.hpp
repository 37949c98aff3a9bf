// One event from a chat, whatever the platform: who is it, what is it about, what follows. Runs inside one unit of work
// together with the inbox row it came from; whatever must be shown goes through the outbox, only what the platform
// wants at once comes back in the reply.
#pragma once

#include "chat/chat.hpp"
#include "domain/ranking/experience.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <string>

namespace whynow::workday {

// `cause` names the event for good (inbox row or business key): what it puts into the outbox is unique by it.
chat::reply handle(store::session& s, const chat::chat_event& e, std::string_view cause, const rulebook& rules,
                   const ranking::experience& known, instant now);

} // namespace whynow::workday
