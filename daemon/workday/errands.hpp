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

// The chat in which a rep should be but cannot be reached: the app is not installed for them, or they blocked it.
// Empty: there is none, or another chat of theirs is reached.
std::string unreached_chat(store::session& s, const book::rep& rep, const rulebook& rules);
// To the rep's chat. Whose own chat is out of reach gets it by mail (and in the console, which is always there), and
// the admin is told, once until the person is reached.
void send_brief(store::session& s, const book::rep& rep, brief_id id, const rulebook& rules, instant now);
// The chat turned a brief away for good: the next way to the person.
void send_brief_elsewhere(store::session& s, const book::rep& rep, brief_id id, const rulebook& rules, instant now);
// The person can be reached again. Today's brief goes to them if nobody has told them of it yet; one that went by mail
// stays the only one, unless the team wants it twice.
void reached_now(store::session& s, const book::rep& rep, const rulebook& rules, instant now);
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
// Where the message of `subject` stands; an empty id while it is not there yet, or not on this platform.
chat::message_ref standing(store::session& s, std::string_view subject, std::string_view platform);
// It was sent: remember where it stands, so that it can be changed and answered.
void arrived(store::session& s, std::string_view subject, std::string_view platform, const chat::message_ref& at);

} // namespace whynow::workday
