// The demo's invented team: three reps, their manager, 120 accounts, 30 days of calls behind them.
#pragma once

#include "domain/core/time.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <nlohmann/json_fwd.hpp>

namespace whynow::demo {

// The morning on which the demo begins: Tuesday 7 January 2025. Apple's newest filing of the real EDGAR answer is four
// days old then.
domain::local_date first_day();

// The built-in data; read once. Throws where it cannot be read (a fault of the build).
const nlohmann::json& sample();

// Fills an empty store; one unit of work.
void fill(store::session& s, const workday::rulebook& rules);

} // namespace whynow::demo
