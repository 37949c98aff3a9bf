// Who could be called, who should be, and the brief that says so. All inside one unit of work, so that a brief and the
// row that will send it stand or fall together.
#pragma once

#include "domain/ranking/experience.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <optional>

namespace whynow::workday {

struct plan_options {
    bool late = false;
    bool send = true; // false: `whynow brief --dry-run`, nothing is put into the outbox
};

// Plans the brief of one rep for one local date and puts it into the outbox; nothing where one exists already.
std::optional<brief_id> plan_brief(store::session& s, const book::rep& rep, local_date date, instant now,
                                   const ranking::experience& known, const rulebook& rules, plan_options options = {});

} // namespace whynow::workday
