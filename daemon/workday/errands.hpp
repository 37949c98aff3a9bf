// What the flows leave in the outbox and how it is shown when its time comes: a message is rendered when it is sent, so
// it always says how things stand then.
#pragma once

#include "chat/chat.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace whynow::workday {

// The chat that a rep uses: the first platform that is on where the rep can be reached. Empty platform: none.
chat::address address_of(store::session& s, const book::rep& rep, const rulebook& rules);

void send_brief(store::session& s, const book::rep& rep, brief_id id, const rulebook& rules, instant now);
// A message of its own ("understood", a draft, a digest …) that stands for `subject`; posted once under `unique`.
void send_subject(store::session& s, const book::rep& rep, std::string_view subject, std::string_view unique,
                  std::string_view purpose, const chat::message_ref& thread, const rulebook& rules, instant now);
// The message of `subject` changed: update it where it stands. `cause` makes the row unique (one update per cause).
void update_subject(store::session& s, const book::rep& rep, std::string_view subject, std::string_view cause,
                    const rulebook& rules, instant now);
// A line to the rep.
void send_notice(store::session& s, const book::rep& rep, std::string_view words, std::string_view unique,
                 const chat::message_ref& thread, const rulebook& rules, instant now);
void send_message(store::session& s, const book::rep& rep, const cards::message& m, std::string_view unique,
                  std::string_view purpose, const chat::message_ref& thread, const rulebook& rules, instant now);

// How an answered call stands, one sentence.
std::string answered_in_words(store::session& s, const store::card& c, std::string_view language,
                              const rulebook& rules);
local_date snoozed_until(local_date day, const rulebook& rules);

// The message that `subject` is now; nothing where it is gone.
std::optional<cards::message> show(store::session& s, std::string_view subject, const rulebook& rules, instant now);
// Where the message of `subject` stands on its platform; an empty id while it is not there yet.
chat::message_ref standing(store::session& s, std::string_view subject);
// It was sent: remember where it stands, so that it can be changed and answered.
void arrived(store::session& s, std::string_view subject, std::string_view platform, const chat::message_ref& at);

} // namespace whynow::workday
