// A rep's morning: is it time, what the brief shows, what "why now?" answers and what "why this one?" does.
#pragma once

#include "domain/cards/message.hpp"
#include "domain/ranking/experience.hpp"
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

// The brief as it stands now: answered calls closed, the open one open.
cards::message show_brief(store::session& s, brief_id id, const rulebook& rules);

// "Why now, ACCOUNT?": the card it would be, or what is missing. For any rep of the house.
cards::message why_now(store::session& s, const book::rep& rep, std::string_view account, instant now,
                       const ranking::experience& known, const rulebook& rules);

// Every open account of the rep with its score's parts and why it was left out; plain lines for the terminal.
std::string explain_brief(store::session& s, const store::brief& b, const rulebook& rules,
                          std::string_view only_account = {});

} // namespace whynow::workday
