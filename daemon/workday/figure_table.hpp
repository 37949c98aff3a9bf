// Figures for other programs: the same numbers as CSV and as JSON.
#pragma once

#include "domain/digests/figures.hpp"

#include <string>
#include <string_view>

namespace whynow::workday {

using namespace whynow::domain;

// One row a figure: all, then by kind, scope and source. Columns: manager, from, to, part ("all", "kind", …), of
// ("leadership"), figure, number, per, denominator, rate, low, high; the last three are empty where a rate would say
// too little. With a header row.
std::string to_csv(const digests::figures& f, std::string_view manager, bool header = true);
// {"from","to","reps","figures":[{"name","number","per","denominator","rate","low","high"}],"by_kind":[{"label",
// "figures":[…]}],"by_scope","by_source","struggles":[…],"generations":[…],"sources_dead":[…],"foretold":{…}}. A rate
// that would say too little is null.
std::string to_json(const digests::figures& f);

} // namespace whynow::workday
