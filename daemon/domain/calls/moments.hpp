// Days and hours in the cells of a table, as far as calls depend on them.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace whynow::domain::calls {

// "2026-03-04", "2026-03-04T09:30", "2026-03-04 09:30:12Z".
bool is_moment(std::string_view cell);
// Weekday, month and hour as values of their own; empty where the cell does not say.
std::array<std::string, 3> parts_of_moment(std::string_view cell);

} // namespace whynow::domain::calls
