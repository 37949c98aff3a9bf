// The day on which something happened, where the text names it. Internal to this room.
#pragma once

#include "domain/core/rules.hpp"
#include "domain/core/time.hpp"
#include "domain/triggers/lexicon.hpp"
#include "domain/triggers/sentence.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace whynow::domain::triggers {

// The table [event_date] of config/triggers.toml.
struct date_words {
    date_words() = default;
    date_words(const rules::node& from, lexicon& words);

    std::array<std::uint16_t, 12> months{};
    std::array<std::uint16_t, 7> weekdays{}; // from Monday
    std::uint16_t yesterday = 0;
    std::uint16_t today = 0;
    std::uint16_t of = 0;        // "3 de marzo"
    std::uint16_t otherwise = 0; // in front of a day that is not that of the event: "effective", "until", "ended"
    std::uint16_t ahead = 0;     // "will", "to": what stands behind is still to come
};

// The day a sentence names as that of its event; never one after `published`, nor one long before it. A weekday counts
// only where `weekdays` says so: headlines speak of the next one.
std::optional<local_date> day_named(const sentence& s, const sightings& seen, const date_words& words,
                                    local_date published, bool weekdays);

} // namespace whynow::domain::triggers
