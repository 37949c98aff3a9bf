// An experiment as a manager reads it: n, interval, what would be needed, in plain sentences.
#pragma once

#include "domain/cards/message.hpp"
#include "domain/experiments/verdict.hpp"
#include "domain/text/phrasebook.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::experiments {

struct report {
    experiments::plan plan; // as it was written down; as configured where it was not yet
    bool written = false;
    std::vector<std::string> unknown; // addresses it names that are nobody's: it cannot be written down
    bool nobody = false;              // … or there is no rep to take part
    bool changed = false;             // the configuration promises something else by now
    local_date written_on{}, first_monday{};
    std::optional<local_date> stopped_on;
    finding found;
};

// A section of a digest, or the whole of `whynow report experiment`.
std::vector<cards::block> in_words(const report& r, std::string_view language, local_date today,
                                   const text::phrasebook& book);

} // namespace whynow::domain::experiments
