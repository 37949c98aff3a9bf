// Columns that know the outcome: filled in after the call, they make every figure look wonderful and foretell nothing.
#pragma once

#include "domain/calls/columns.hpp"

#include <optional>
#include <span>
#include <vector>

namespace whynow::domain::calls {

// How well one column alone tells successes from the rest, added up over sheets.
struct foretelling {
    double won = 0, pairs = 0;    // pairs of a success and a failure of one day: those in the right order, ties half
    std::int64_t yes = 0, no = 0; // calls in such days
    std::int64_t days = 0;        // days with both
    double share() const;         // the area under the curve, 0.5 … 1, whichever way round
    // What it is at least, two standard errors below.
    double at_least() const;
    void add(const foretelling& other);
};

// Of one column over one sheet. Numbers count as they stand; values of their own by the success rate that the *other*
// half of the rows gives them, so that a rare value cannot foretell itself.
foretelling foretold_by(const sheet& s, std::size_t at, std::span<const double> numbers, std::span<const day_rows> days,
                        std::span<const std::optional<bool>> outcomes);

// The sentence where that is too good to be known before the call.
std::optional<problem> too_good(const column& c, const foretelling& f, const table_rules& rules, bool with_days);

} // namespace whynow::domain::calls
