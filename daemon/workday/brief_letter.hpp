// A brief as a mail, for somebody whom no chat reaches: everything of every call, no buttons, and how to answer.
#pragma once

#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <optional>
#include <string>

namespace whynow::workday {

struct brief_letter {
    std::string to_name, to;
    std::string subject, body; // plain text
};

// As the brief stands now; nothing where there is none.
std::optional<brief_letter> letter_of_brief(store::session& s, brief_id id, const rulebook& rules);

} // namespace whynow::workday
