// How well the readers of language serve this team, by what its people judged and corrected: which rule finds reasons
// that are none, which words of an answer are taken for something else.
#pragma once

#include "domain/digests/digest.hpp"
#include "store/lessons.hpp"

#include <string>
#include <vector>

namespace whynow::workday {

using namespace whynow::domain; // days, instants

// One clause pattern or item code of config/triggers.toml.
struct rule_record {
    std::string kind, rule;
    int judged = 0, wrong = 0;             // reasons called about or set aside; set aside as "not a reason"
    digests::interval right;               // of (judged - wrong) / judged
    std::vector<std::string> wrong_titles; // what was set aside, "headline (source)"
};

// One way of mistaking an answer: `read_as` for `meant`; either may be empty.
struct confusion {
    std::string field, read_as, meant;
    int times = 0;
    std::vector<std::string> said;
};

struct language_report {
    int judged = 0, wrong = 0;          // reasons, all rules together
    std::vector<rule_record> rules;     // the surest to be wrong first, then by name
    int answers = 0, answers_wrong = 0; // read from words; with at least one field corrected
    std::vector<confusion> confusions;  // the most frequent first
    std::vector<store::judged_event> examples_of_reasons;
    std::vector<store::correction> examples_of_answers;
};

// Of briefs since `day` and answers since `when` (the same moment for the team).
language_report make_language_report(store::session& s, local_date day, instant when);

// The rule that is worth mending first: at least two of its reasons were none. Null: there is no such rule.
const rule_record* worth_mending(const language_report& r);

} // namespace whynow::workday
