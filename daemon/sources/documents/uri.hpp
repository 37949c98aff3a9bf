// Links as feeds write them: relative, with blanks, with letters beyond ASCII.
#pragma once

#include <string>
#include <string_view>

namespace whynow::sources::documents {

// RFC 3986 5.2, on what people write: blanks are trimmed, inner ones escaped. Where `base` is no absolute address the
// reference itself. A scheme of its own is kept ("http:x" counts as relative, "http:///x" as "http://x").
std::string resolve(std::string_view base, std::string_view reference);
// "http", lower case; empty where there is none.
std::string scheme_of(std::string_view uri);
// What may stand where a link is expected: a relative reference, or a scheme that only names or fetches something and
// runs nothing (http, https, ftp, mailto, tag, urn, …; no javascript, data or file).
bool may_link(std::string_view uri);

} // namespace whynow::sources::documents
