// A rep's morning: who could be called, who should be, and the brief that says so. All inside one unit of work, so that
// a brief and the row that will send it stand or fall together.
#pragma once

#include "domain/cards/message.hpp"
#include "domain/ranking/learner.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <optional>
#include <string>
#include <vector>

namespace whynow::workday {

// Is it time? The rep's local date and whether a brief is due there now: a working day, not paused, past the hour.
struct due_brief {
    local_date date{};
    bool due = false;
    bool late = false; // more than an hour after the time that was set
    instant next{};    // the next instant at which it is worth asking again
};
due_brief when_due(const book::rep& rep, instant now, const rulebook& rules);

// What is known of past calls, learned from every answered card of the last year: a hit is a conversation that opened a
// door. Rebuilt once a day; holds nothing that the store does not.
ranking::learner learned_from(store::session& s, local_date today, const rulebook& rules);

struct plan_options {
    bool late = false;
    bool send = true; // false: `whynow brief --dry-run`, nothing is put into the outbox
};

// Plans the brief of one rep for one local date and puts it into the outbox; nothing where one exists already.
std::optional<brief_id> plan_brief(store::session& s, const book::rep& rep, local_date date, instant now,
                                   const ranking::learner& learner, const rulebook& rules, plan_options options = {});

// The brief as it stands now: answered calls closed, the open one open.
cards::message show_brief(store::session& s, brief_id id, const rulebook& rules);

// "Why now, ACCOUNT?": the card it would be, or what is missing. For any rep of the house.
cards::message why_now(store::session& s, const book::rep& rep, std::string_view account, instant now,
                       const ranking::learner& learner, const rulebook& rules);

// Every open account of the rep with its score's parts and why it was left out; plain lines for the terminal.
std::string explain_brief(store::session& s, const store::brief& b, const rulebook& rules,
                          std::string_view only_account = {});

} // namespace whynow::workday
