// config/lint.toml as the lint uses it.
#pragma once

#include "domain/lint/lexicon.hpp"
#include "domain/lint/lint.hpp"
#include "domain/lint/pattern.hpp"

#include <map>
#include <string>
#include <unordered_set>
#include <vector>

namespace whynow::domain::lint {

// What a sentence must be for a search to look at it.
// `ours` is any but an open question that does not speak of the caller; `asking` a
// question, a wish, or what is said tentatively.
enum class act { any, question, closed, open, request, statement, not_open, ours, asking };

// One way in which a sentence breaks a rule.
struct search {
    std::string rule;
    bool in_openers = true;
    bool in_mails = true;
    act when = act::any;
    std::vector<sequence> any;               // one of these,
    std::vector<std::vector<sequence>> also; // and of each of these one,
    std::vector<sequence> unless;            // and none of these, in the same sentence
    bool excused_by_facts = false;           // not where the matched words stand in the facts themselves
    bool unsolicited = false;                // not where the facts say that the customer asked for it
};

struct language {
    std::string code;
    std::unordered_set<std::string> common; // its small words, to know it by
    vocabulary classes;
    map_by_text<double> numbers; // "fourteen" = 14
    map_by_text<int> ordinals;   // "twelfth" = 12
    map_by_text<double> shares;  // "third" = 0.33
    std::vector<search> searches;
    lexicon known; // of the patterns of its classes and searches
};

struct rulebook {
    double words_per_minute = 150;
    std::size_t most_words = 85, least_words = 12, best_from = 50, best_to = 75;
    std::vector<std::string> advertising_countries;
    std::vector<std::string> open_results;       // after which the conversation goes on
    std::vector<language> languages;             // the first is the fallback
    map_by_text<int> months;                     // in every language: "februar" = 2
    map_by_text<int> weekdays;                   // "donnerstag" = 4, Monday is 1
    map_by_text<double> spans;                   // "weeks" = 7 days
    map_by_text<double> scales;                  // "mio" = 1e6
    map_by_text<int> feasts;                     // "epiphany" = 106, the month and the day
    std::unordered_set<std::string> never_names; // capitalised words that name nobody: roles, acronyms
    std::unordered_set<std::string>
        surely_names; // given names, places, big companies: names where nouns are capital too
    std::unordered_set<std::string> legal_forms;
    std::vector<std::string> noun_ends;               // German: a capital word that ends so is a noun
    std::unordered_set<std::string> harmless_numbers; // "24/7"
    std::map<std::string, std::string, std::less<>> why;

    static std::variant<rulebook, rules_problem> from(const rules::node& config);
};

} // namespace whynow::domain::lint
