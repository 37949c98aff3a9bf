// The section [experiment]: what is promised before it begins.
#pragma once

#include "settings/config_reader.hpp"

namespace whynow::settings {

// `into.on` where there is such a section; mistakes go to the reader's list.
void read_experiment(config_reader& from, experiment& into);

} // namespace whynow::settings
