// Rows of one file that mean the same person or company. Private to this room.
#pragma once

#include "adapters/csv/people.hpp"

namespace whynow::csv {

// The first row of each stays; a later one is lost and said so (it would overwrite the first at every import). A later
// account of another name with the same domain stays, without the domain.
void drop_doubles(people& p);

} // namespace whynow::csv
