// What stands for a company without naming it, and what is said in passing. Internal to this room.
#pragma once

#include "domain/triggers/patterns.hpp"
#include "domain/triggers/sentence.hpp"

#include <cstdint>
#include <optional>

namespace whynow::domain::triggers {

// Marks "(NYSE: WTL)" and ", which makes chargers," behind a name as asides, and names inside them as named in passing.
// `openers`: the words with which such an insertion begins.
void mark_asides(sentence& s, const sightings& seen, std::uint16_t openers);

// Marks the words that part one statement from another: those of the class `walls`, but not "as" in "hires Ann Lee as
// head", where a word of the class `after_as` follows.
void mark_walls(sentence& s, const sightings& seen, std::uint16_t walls, std::uint16_t after_as);

// Makes words of the class ("it", "the company") mentions of `meant`, where no name stands in front of them.
void stand_in(sentence& s, const sightings& seen, std::uint16_t words, const company_match& meant);

} // namespace whynow::domain::triggers
