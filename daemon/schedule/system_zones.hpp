// Time zones from the system's tzdata.
#pragma once

#include "domain/core/time.hpp"

namespace whynow::schedule {

// The one instance; safe from any thread. Throws std::runtime_error at first use where tzdata is not installed.
const domain::zones& system_zones();

} // namespace whynow::schedule
