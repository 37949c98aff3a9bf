// What the clause patterns say about one sentence. Internal to this room.
#pragma once

#include "domain/triggers/rulebook.hpp"
#include "domain/triggers/sentence.hpp"

#include <string>
#include <vector>

namespace whynow::domain::triggers {

struct reading {
    kind what = kind::none; // the best event, before any reason against it
    double score = 0;
    double weight = 0;                 // of the group its pattern stands in
    std::vector<std::size_t> mentions; // to whom it happens, in the order of the sentence
    bool ambiguous = false;            // one of the names it happens to belongs to several accounts
    std::string rule;
    kind suspected = kind::none; // an event found only under a word of doubt
    std::string doubt;           // that word's reason
    std::string against;         // the strongest reason why this is no event; empty where none
    double against_weight = 0;
    bool called_off = false; // the event is told not to come
    bool sourced = false;
    bool stated = false;

    // The event stands where nothing stronger speaks against it.
    bool event() const { return what != kind::none && weight > against_weight; }
};

// `topic`: whom "it" and "the company" mean, where known; with account 0, whom "the brewer" means. Marks asides in `s`
// and adds the mentions that stand for the topic.
reading read_clauses(const rulebook& rules, sentence& s, const company_match* topic = nullptr);

} // namespace whynow::domain::triggers
