// An outcome as `whynow outcome parse` prints it.
#pragma once

#include "cli/jsonl.hpp"
#include "domain/outcomes/outcome.hpp"

namespace whynow::cli {

// {disposition,results,follow_up,referrals,facts,action,about?,unsure}; what was not said is null or missing in facts.
json to_json(const domain::outcomes::understood& u);

} // namespace whynow::cli
