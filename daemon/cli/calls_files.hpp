// Files that `whynow calls` reads: tables as sheets, the memory of what was learned.
#pragma once

#include "domain/calls/sheet.hpp"
#include "domain/calls/table_learner.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::cli {

namespace calls = whynow::domain::calls;

// The [table] rules as built in.
calls::table_rules rules_of_tables();

// The table in a file; stop(usage) with every line that cannot be read. Lines may end before `outcome` where that is
// the last column: it is not known yet.
calls::sheet sheet_in(const std::string& file, std::string_view outcome);

// The memory in a file; nothing where there is no such file; stop(usage) where it is not ours or damaged.
std::optional<calls::table_learner> learner_in(const std::string& file);

// stop(usage) with all of them, where there are any: "calls.csv:17: column "y": …; …". `so` says what did not happen.
void stop_for(const std::vector<calls::problem>& problems, const std::string& file, std::string_view so);

} // namespace whynow::cli
