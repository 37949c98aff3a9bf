// Dialogs: a form of the model as the card of a Teams dialog, and what comes back from it.
#pragma once

#include "domain/cards/message.hpp"

#include <map>
#include <string>
#include <string_view>

namespace whynow::adapters::teams {

// A dialog as it is shown. The ids of the inputs carry `revision`: Teams keeps the old state of an input whose id
// comes again, and takes what was not touched for empty.
struct shown_form {
    const domain::cards::form& what;
    std::map<std::string, std::string> errors; // by field id, shown above the field
    std::map<std::string, std::string> values; // what the person wrote before; overrides the form's own
    int revision = 1;
};
std::string form_card_json(const shown_form& f);
// {"task":{"type":"continue",…}}: the answer that opens (or keeps open) the dialog.
std::string dialog_json(const shown_form& f);
// {"task":{"type":"message",…}}: the dialog shows one sentence and can only be closed.
std::string dialog_message_json(std::string_view sentence);

// "outcome~2" is the field "outcome"; names without a revision stay.
std::string_view field_name(std::string_view input_id);

} // namespace whynow::adapters::teams
