// An answer's first bytes.
#pragma once

#include "http/message.hpp"

#include <string>
#include <string_view>

namespace whynow::http {

struct head_extras {
    std::string_view date_line; // whole line with its end, or empty
    std::string_view request_id;
    bool keep = true;
    bool version_1_0 = false;
};

// Appends status line, fields and the empty line. Framing fields (Content-Length, Transfer-Encoding, Connection) are
// the server's own; a field with a line break or an impossible name is left out, so no answer can be split.
void append_head(std::string& out, const response& r, const head_extras& extras);
// Whether answers of this status have a body at all.
bool may_have_body(int status);
std::string_view reason_phrase(int status);

} // namespace whynow::http
