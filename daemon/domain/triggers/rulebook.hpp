// config/triggers.toml, read. Internal to this room.
#pragma once

#include "domain/signals/stories.hpp"
#include "domain/triggers/event.hpp"
#include "domain/triggers/event_date.hpp"
#include "domain/triggers/lexicon.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace whynow::domain::triggers {

struct word_row {
    std::string source;
    std::vector<std::uint16_t> classes;
};

// Clause patterns of one weight.
struct weighed {
    double weight = 1;
    bool called_off = false;    // says that what was told earlier does not come
    bool despite_hedge = false; // counts also where a word of doubt stands in the clause
    std::vector<pattern> patterns;
    // Words that stand somewhere in one sentence with the company, in any order: each row wants one word of each class.
    std::vector<word_row> beside;
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
    date_words dates;
    std::uint16_t walls = 0;                     // "after", "while": no gap reaches over them
    std::uint16_t after_as = 0;                  // "head", "new": behind "as" they make it no wall
    std::uint16_t light = 0;                     // words that do not count in gaps
    std::uint16_t itself = 0;                    // "it", "the company": the company last spoken of
    std::uint16_t some_company = 0;              // "brewer", "airline": a company not named
    std::uint16_t aside_openers = 0;             // "which", "a": how an insertion behind a name begins
    std::uint16_t before_month = 0;              // "in", "next": makes "May" a month
    std::uint16_t after_month = 0;               // "sales", "deliveries": so does this behind it
    std::uint16_t not_after = 0;                 // a name right behind such a word does not act
    std::uint16_t lent_names = 0;                // "Sprint Cup": what carries a company's name
    std::uint16_t not_before = 0;                // nor right in front of one ("Apple supplier …")
    std::uint16_t places = 0;                    // countries, cities, "market"
    std::uint16_t sourced = 0;                   // "sources", "reportedly": somebody says so
    std::uint16_t speaks = 0;                    // "said", "blamed": behind a name at the head of a report
    std::uint16_t tells_itself = 0;              // "has", "will": there too, of what the name does itself
    std::uint16_t stated = 0;                    // "announced", "in a filing": the company or an authority says so
    std::unordered_map<std::string, kind> items; // 8-K item code → kind
    std::vector<std::string> telling_items;      // the most telling first
    std::vector<std::string> items_by_text;      // need the text
    std::vector<std::string> wires;              // publishers of companies' own statements, folded
    std::vector<std::string> series_marks;       // "UPDATE", as agencies write it before a headline
    std::vector<std::string> problems;
};

} // namespace whynow::domain::triggers
