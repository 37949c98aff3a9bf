// What the team taught the readers of language: reasons that were judged, answers in words that were corrected.
#pragma once

#include "store/aggregates.hpp"

#include <string>
#include <vector>

namespace whynow::store {

// One field of one answer that was understood otherwise than it was meant. Empty `read_as`: it was missed; empty
// `meant`: it was invented.
struct correction {
    outcome_id outcome;
    std::string said;  // the words that were read
    std::string field; // "disposition", "results", "follow_up"
    std::string read_as, meant;
    instant at{};
};

// How the calls about one event ended for those who had them in a brief.
struct judged_event {
    event_id event;
    std::string kind, rule, title, source; // the rule is empty for events older than its column
    int called = 0;                        // cards whose call was made
    int wrong = 0;                         // cards set aside as "not a reason"
};

class lessons {
  public:
    explicit lessons(session& s) : s_(s) {}
    void add(const correction& c);
    std::vector<correction> corrections(instant since); // oldest first
    // Of the briefs since that day; events nobody judged are left out.
    std::vector<judged_event> judged(local_date since);
    // Answers in words taken since then, corrected or not, those taken back left out.
    int answers_read(instant since);

  private:
    session& s_;
};

} // namespace whynow::store
