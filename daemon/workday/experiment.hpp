// The team's experiment in the days of the house: written down before it begins, kept in every morning, reported.
#pragma once

#include "domain/experiments/in_words.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace whynow::workday {

enum class kept { as_it_was, written, stopped, impossible };
// Writes the experiment of [experiment] down, with everybody's weeks, where that was not done yet and the people it
// names are known (else: impossible); stops one whose guardrail shows harm. For once a day, before the first brief.
kept keep_experiment(store::session& s, const rulebook& rules, instant now);

// What an experiment means for a rep's brief of that day; nothing special outside one.
struct experiment_week {
    bool usual = false;      // the week of the rep's own list
    bool whole_days = false; // it was stopped for harm: briefs may hold as many calls as a usual day
};
experiment_week week_of(store::session& s, rep_id rep, local_date day, const rulebook& rules);

// As things stand; nothing without [experiment]. `today` is the team's.
std::optional<experiments::report> report_experiment(store::session& s, const rulebook& rules, instant now);
// The same as a section of a message; empty without [experiment].
std::vector<cards::block> experiment_section(store::session& s, std::string_view language, const rulebook& rules,
                                             instant now);

} // namespace whynow::workday
