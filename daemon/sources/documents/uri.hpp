// Links as feeds write them: relative, with blanks, with letters beyond ASCII.
#pragma once

#include <string>
#include <string_view>

namespace whynow::sources::documents {

// RFC 3986 5.2, on what people write: blanks are trimmed, inner ones escaped. Where `base` is no absolute address the
// reference itself. A scheme of its own is kept.
std::string resolve(std::string_view base, std::string_view reference);
// "http", lower case; empty where there is none.
std::string scheme_of(std::string_view uri);
// An absolute http, https or ftp address, or a relative one; what a link may be.
bool may_link(std::string_view uri);

} // namespace whynow::sources::documents
