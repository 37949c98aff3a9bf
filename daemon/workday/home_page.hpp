// A rep's own page on a platform that has one: today's calls in short, and what was promised and is still open.
#pragma once

#include "domain/cards/message.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <string_view>

namespace whynow::workday {

cards::message home_page(store::session& s, const book::rep& rep, const rulebook& rules, instant now);

// The rep looked at it: it is shown, and kept up to date from now on.
void open_home(store::session& s, const book::rep& rep, std::string_view platform, std::string_view cause,
               const rulebook& rules, instant now);
// Something on it may have changed. Nothing happens for those who never opened it. `cause` makes the row unique.
void refresh_home(store::session& s, const book::rep& rep, std::string_view cause, const rulebook& rules, instant now);

} // namespace whynow::workday
