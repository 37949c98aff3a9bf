// The day of looks: a brief, what was understood, a digest.
#pragma once

#include "domain/cards/message.hpp"

namespace whynow::teams_test {

domain::cards::message sample_brief();
domain::cards::message sample_understood();
domain::cards::message sample_digest();
domain::cards::form sample_form();

} // namespace whynow::teams_test
