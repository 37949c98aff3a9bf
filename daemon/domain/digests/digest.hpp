// The digest: figures with their denominators in their names, honest where there are few.
#pragma once

#include "domain/cards/message.hpp"
#include "domain/core/time.hpp"
#include "domain/digests/figures.hpp"
#include "domain/text/phrasebook.hpp"

#include <string>
#include <string_view>

namespace whynow::domain::digests {

// Where the list behind a figure stands: before + name + after. Empty: nowhere that a reader could open.
struct list_links {
    std::string before, after;
    std::string of(figure f) const { return before.empty() ? "" : before + std::string(to_string(f)) + after; }
};

// For a manager.
cards::message digest(const figures& f, std::string_view language, local_date today, const text::phrasebook& book,
                      const list_links& lists = {});
// For one rep, about their own week: brief, no rates, nobody beside them. `first` is what they are called.
cards::message own_week(const figures& f, std::string_view first, std::string_view language, local_date today,
                        const text::phrasebook& book);

} // namespace whynow::domain::digests
