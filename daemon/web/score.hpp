// What counts in a score, in the reader's language. For the pages of this room only.
#pragma once

#include "domain/ranking/learner.hpp"
#include "web/frame.hpp"

#include <string>

namespace whynow::web {

// "Reason: people changed", "Second attempt": one part of a score, not escaped.
std::string score_words(const voice& v, const ranking::feature& part);

} // namespace whynow::web
