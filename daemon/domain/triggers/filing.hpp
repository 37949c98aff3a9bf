// A filing with item codes, before anybody says what it tells. Internal to this room.
#pragma once

#include "domain/signals/signal.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::triggers {

// "Item 5.02: Departure of Directors": the code, with the place of the heading in the summary.
struct item_heading {
    std::string code;
    std::size_t from = 0;
    std::size_t to = 0;
};

struct filing {
    std::vector<std::string> codes; // "5.02"; empty where this is no filing, or one without items
    std::vector<item_heading> headings;
};

// The codes that came with the signal, else those of the headings in its summary.
filing read_filing(const signals::signal& item);

// The code that stands first in `telling`, the most telling first; that of the first item where none does.
std::string most_telling(const filing& f, const std::vector<std::string>& telling);

// The summary without its headings.
std::string text_below(const filing& f, const signals::signal& item);

// The heading of this code as it was written; the title where there is none.
std::string heading_of(const filing& f, const signals::signal& item, std::string_view code);

} // namespace whynow::domain::triggers
