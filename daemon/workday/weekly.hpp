// The digest: what a week of fewer, better calls gave, for managers, honestly.
#pragma once

#include "domain/cards/message.hpp"
#include "domain/digests/digest.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::workday {

// The figures of a manager's reps (all reps where `manager_email` is empty) from `from` to `to`, both included.
digests::figures figures_of(store::session& s, std::string_view manager_email, local_date from, local_date to,
                            const rulebook& rules, instant now);

// The Monday-to-Sunday week before the manager's local day.
struct week {
    local_date from{}, to{};
    std::string name; // "2026-W47", ISO 8601
};
week week_before(local_date day);

// Sends the digest of last week to every manager for whom it is Monday (the first working day of the week) past the
// brief's hour, once; how many were put into the outbox.
int send_due_digests(store::session& s, const rulebook& rules, instant now);
// On demand: the week so far and the one before.
cards::message digest_now(store::session& s, const book::rep& manager, const rulebook& rules, instant now);

// The message of "digest:REP:2026-W47".
std::optional<cards::message> show_digest(store::session& s, std::string_view subject, const rulebook& rules,
                                          instant now);

} // namespace whynow::workday
