// The digest: what a week of fewer, better calls gave. For managers on the first morning of the next week; for each
// rep, about their own and to them alone, at the end of their last working day.
#pragma once

#include "domain/cards/message.hpp"
#include "domain/digests/digest.hpp"
#include "store/aggregates.hpp"
#include "workday/figures.hpp"
#include "workday/rulebook.hpp"

#include <optional>
#include <string_view>

namespace whynow::workday {

// Sends what is due, once each: to every manager for whom it is the first working day of the week past the brief's hour
// the week before; to every rep for whom it is the last working day of the week past [team] own_week_at (or the brief's
// hour, where that is later) this week, within four hours, unless they are away or want none. Nobody is told of days
// without a brief. How many were put into the outbox.
int send_due_digests(store::session& s, const rulebook& rules, instant now);
// When a rep's own week is due: the week's name, or nothing while it is not.
std::optional<week> own_week_due(const book::rep& rep, const rulebook& rules, instant now);

// On demand, to a manager or an admin: the week so far and the one before. To a rep: that of their team.
cards::message digest_now(store::session& s, const book::rep& viewer, const rulebook& rules, instant now);

// Where the lists behind the figures of these days stand; none where nobody can open the
// pages from outside.
digests::list_links links_to_lists(local_date from, local_date to, const rulebook& rules);

// The message of "digest:REP:2026-W47" or "own-week:REP:2026-W47".
std::optional<cards::message> show_digest(store::session& s, std::string_view subject, const rulebook& rules,
                                          instant now);

// The message with what the experiment shows so far behind it, where there is one.
cards::message with_experiment(cards::message m, store::session& s, std::string_view language, const rulebook& rules,
                               instant now);

} // namespace whynow::workday
