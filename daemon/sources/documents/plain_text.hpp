// From escaped text and HTML to what a person reads.
#pragma once

#include <string>
#include <string_view>

namespace whynow::sources::documents {

// The code point of an HTML entity's name ("nbsp"), 0 where there is none.
char32_t entity(std::string_view name);
// Character references (named, decimal, hexadecimal; 128-159 as windows-1252) become characters, once: "&amp;lt;" gives
// "&lt;". What is no reference stays.
std::string decode_references(std::string_view text);
// Tags, comments, scripts and styles go, block elements and <br> separate words, references are decoded.
std::string html_to_text(std::string_view html);
// Text that was UTF-8 already when somebody took it for Latin-1 or windows-1252 and encoded it again ("cafÃ©"), as it
// was before; any other text as it stands.
std::string undoubled(std::string_view text);
// Whether text that may be either was meant as HTML: has an end tag or a reference, and all its tags and references are
// HTML's.
bool looks_like_html(std::string_view text);
// Runs of white space to one blank, trimmed; control and bidi-override characters out, except that those of 128-159 are
// read as windows-1252.
std::string tidy(std::string_view text);

} // namespace whynow::sources::documents
