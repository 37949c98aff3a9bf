// config/triggers.toml, read. Internal to this room.
#pragma once

#include "domain/signals/stories.hpp"
#include "domain/triggers/event.hpp"
#include "domain/triggers/patterns.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace whynow::domain::triggers {

// Clause patterns of one weight.
struct weighed {
    double weight = 1;
    bool despite_hedge = false; // counts also where a word of doubt stands in the clause
    std::vector<pattern> patterns;
};

// A reason why a text is no event.
struct non_event {
    std::string reason;
    std::vector<weighed> groups;
};

// Words of doubt inside a clause, and what they make of it.
struct hedge {
    std::string reason; // "rumour", "denial", "future_maybe"
    std::uint16_t words = 0;
};

struct rulebook {
    explicit rulebook(const rules::node& triggers_toml);

    kind_table kinds;
    signals::story_rules stories;
    lexicon words;
    std::array<std::vector<weighed>, kind_count> clauses;
    std::vector<non_event> non_events;
    std::vector<hedge> hedges;
    std::uint16_t walls = 0;                     // no gap reaches over them
    std::uint16_t not_after = 0;                 // a name right behind such a word does not act
    std::uint16_t not_before = 0;                // nor right in front of one ("Apple supplier …")
    std::uint16_t places = 0;                    // countries, cities, "market"
    std::uint16_t sourced = 0;                   // "sources", "reportedly": somebody says so
    std::uint16_t stated = 0;                    // "announced", "in a filing": the company or an authority says so
    std::unordered_map<std::string, kind> items; // 8-K item code → kind
    std::vector<std::string> telling_items;      // the most telling first
    std::vector<std::string> items_by_text;      // need the text
    std::vector<std::string> wires;              // publishers of companies' own statements, folded
    std::vector<std::string> problems;
};

} // namespace whynow::domain::triggers
