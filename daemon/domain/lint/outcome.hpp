// Whether a thank-you mail says how it stands with them.
#pragma once

#include "domain/lint/checker.hpp"

namespace whynow::domain::lint {

// A clause of the body says what they do, want or will not, and is no pleasantry: "as you asked", "Sie sind versorgt",
// "que ce n'est pas le vôtre".
bool tells_of_them(const checker& c, span body);

} // namespace whynow::domain::lint
