// Numbered places where a test may kill the process: what was acknowledged before must be there afterwards.
#pragma once

#include <string_view>

namespace whynow::log {

// Arms "NAME" or "NAME:N" (the N-th passing, from 1). Only the test switch of the configuration calls this.
void arm_fault(std::string_view what);
// Ends the process by SIGKILL where this place is armed; nothing else. Any thread.
void fault_point(std::string_view name);

} // namespace whynow::log
