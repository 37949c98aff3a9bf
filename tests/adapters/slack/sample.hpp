// A brief as the working day composes it: after the intended look.
#pragma once

#include "domain/cards/message.hpp"

namespace slack_test {

whynow::domain::cards::message sample_brief();
whynow::domain::cards::message sample_digest();
whynow::domain::cards::form sample_form();

} // namespace slack_test
