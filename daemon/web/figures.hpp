// Figures as charts and tables; a chart's numbers stand beside it as text. For the pages of this room only.
#pragma once

#include "domain/digests/digest.hpp"
#include "web/frame.hpp"

#include <string>
#include <vector>

namespace whynow::web {

// Everything the figures of some days have to show: numbers that lead to their lists, the digest's own words, charts of
// hits per conversation, every figure in a table, and all of it as CSV.
std::string figures_html(const voice& v, const digests::figures& f, const digests::list_links& lists);

} // namespace whynow::web
