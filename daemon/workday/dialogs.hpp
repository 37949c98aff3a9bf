// The two dialogs: logging a call and editing a mail; their values in and out.
#pragma once

#include "domain/cards/message.hpp"
#include "domain/outcomes/outcome.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <map>
#include <string>
#include <variant>

namespace whynow::workday {

// `context` is "card:17" (empty form) or "outcome:9" (filled with what was understood).
cards::form outcome_form(store::session& s, std::string_view context, std::string_view language,
                         const std::string& person, const outcomes::understood& filled, const rulebook& rules);
cards::form draft_form(const store::draft& d, std::string_view language, const rulebook& rules);

using form_errors = std::map<std::string, std::string>; // by field id
struct read_form {
    outcomes::understood what;
    std::string note;
};
std::variant<read_form, form_errors> read_outcome_form(const std::map<std::string, std::string>& fields,
                                                       local_date today, std::string_view language,
                                                       const rulebook& rules);

} // namespace whynow::workday
