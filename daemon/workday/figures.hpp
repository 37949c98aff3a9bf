// The figures of a stretch of days, and the rows behind each: every number a person sees can be looked into.
#pragma once

#include "domain/digests/figures.hpp"
#include "store/aggregates.hpp"
#include "store/figure_rows.hpp"
#include "workday/rulebook.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::workday {

// Whose figures somebody sees: a manager's their reps', an admin's everybody's, a rep's those of their team.
store::whose seen_by(const book::rep& viewer);

// From `from` to `to`, both included, on each rep's own calendar.
digests::figures figures_of(store::session& s, const store::whose& of, local_date from, local_date to,
                            const rulebook& rules, instant now);

// One row behind a figure, in the reader's words. `reason` and `rep` may be empty; a rep is named only where the group
// is large enough (digests::fewest_people) and the row is a promise, or the team wants people ranked.
struct listed_row {
    local_date day{}; // not ok(): of no day
    std::string who, account, reason, what, rep;
};
struct figure_list {
    digests::share number; // of the figure itself
    std::vector<listed_row> rows;
};
// As many rows as the figure says, from the same counting. Of `saved` the rows are days and the figure is their sum; of
// `struggles` and `feeds` they name no customer.
figure_list list_of(store::session& s, const store::whose& of, digests::figure which, local_date from, local_date to,
                    const rulebook& rules, instant now, const std::string& language);

// "7 of 31 conversations, 23% (95% interval 11% to 40%)"; the number alone where it is no share.
std::string in_words(const digests::share& s, const std::string& language, const rulebook& rules);

// A Monday-to-Sunday week.
struct week {
    local_date from{}, to{};
    std::string name; // "2026-W47", ISO 8601
};
week week_of(local_date day);
week week_before(local_date day);                      // the one before that day's
std::optional<week> week_named(std::string_view name); // nothing where it is no week: "2026-W54", "W47"

} // namespace whynow::workday
