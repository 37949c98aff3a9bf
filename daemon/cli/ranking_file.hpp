// A ranking.toml that a command is given.
#pragma once

#include "domain/ranking/choice_rules.hpp"

#include <string>

namespace whynow::cli {

// stop(usage) with place and cure where it cannot be read or is no ranking.toml.
domain::ranking::choice_rules ranking_file(const std::string& name);

} // namespace whynow::cli
