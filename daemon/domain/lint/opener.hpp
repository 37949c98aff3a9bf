// What only openers must be: about the customer first, no story about ourselves, ending in an open question.
#pragma once

#include "domain/lint/checker.hpp"

namespace whynow::domain::lint {

void check_opener(checker& c);
// Counts words and seconds into `v`; too many and too few are findings.
void check_length(checker& c, std::string_view text, verdict& v);

} // namespace whynow::domain::lint
