// The facts of `whynow lint` out of what somebody wrote: whatever is missing, null or of another kind is not known.
#pragma once

#include "cli/jsonl.hpp"
#include "domain/lint/lint.hpp"

namespace whynow::cli {

// `facts` may be anything; only an object holds facts. Every text in it grounds a name or a number, under whatever key,
// but for those of our customers and our product.
domain::lint::opener_facts opener_facts_of(const json& facts);
domain::lint::mail_facts mail_facts_of(const json& facts);

} // namespace whynow::cli
