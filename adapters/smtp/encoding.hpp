// The encodings of mail: RFC 2047 words and quoted-printable. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace whynow::smtp {

bool valid_utf8(std::string_view text);
// A control character, or one of Unicode's line breaks, somewhere in the text.
bool has_line_break_or_control(std::string_view text);

// "Name: value" folded, with its CRLF. ASCII values that need no encoding stay readable; others become encoded words
// of at most 75 bytes that never split a character. `value` is well-formed UTF-8 without control characters.
std::string text_field(std::string_view name, std::string_view value);
// The display name of a mailbox: a quoted string or encoded words joined by folds, `used` being the bytes that
// already stand on the line.
std::string phrase(std::string_view text, std::size_t used);

// Any text as quoted-printable: lines of at most 76 bytes, CRLF ends; a line break never splits a character.
std::string quoted_printable(std::string_view text);

} // namespace whynow::smtp
