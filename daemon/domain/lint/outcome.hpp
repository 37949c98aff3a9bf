// Whether a thank-you mail says how it stands with them.
#pragma once

#include "domain/lint/checker.hpp"

namespace whynow::domain::lint {

// A phrase of agreeing, refusing or promising, and not only "all that you told me".
bool says_outcome(const checker& c);

// A clause of the body says what they do, want or will not, and is no pleasantry: "as you asked", "Sie sind versorgt",
// "que ce n'est pas le vôtre".
bool tells_of_them(const checker& c, span body);

} // namespace whynow::domain::lint
