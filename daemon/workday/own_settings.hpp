// What a rep sets for themselves in chat: when the brief comes, how many calls at most, the language, a pause, whether
// their own week is told. The card that shows it, the dialog that changes it.
#pragma once

#include "domain/book/book.hpp"
#include "domain/cards/message.hpp"
#include "workday/dialogs.hpp"
#include "workday/rulebook.hpp"

#include <map>
#include <string>
#include <variant>

namespace whynow::workday {

// As it stands, with the button that opens the dialog.
cards::message settings_card(const book::rep& rep, local_date today, const rulebook& rules);
cards::form settings_form(const book::rep& rep, local_date today, const rulebook& rules);

// The rep as the dialog wants them (only what it sets differs), or what was wrong, by field. An empty time is the
// team's, an empty day ends a pause.
std::variant<book::rep, form_errors> read_settings_form(const std::map<std::string, std::string>& fields,
                                                        const book::rep& rep, local_date today, const rulebook& rules);

} // namespace whynow::workday
