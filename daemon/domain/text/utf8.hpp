// UTF-8 as bytes that strangers sent: never trusted, never cut inside a character.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::text {

// The code point at `at`, which moves behind it. A byte that begins no valid sequence (overlong, surrogate, beyond
// U+10FFFF, cut short) counts as U+FFFD and one byte is passed.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t c);
bool valid_utf8(std::string_view text);
// Every invalid byte becomes U+FFFD.
std::string repaired_utf8(std::string_view text);
std::size_t count_code_points(std::string_view text);
// At most `most` code points; where something is cut, the last of them is `mark`'s (default "…").
std::string shortened(std::string_view text, std::size_t most, std::string_view mark = "…");

// For comparing, not for showing: lower case, diacritics of Latin letters taken off, ß=ss, æ=ae, ø=o, ł=l, Greek and
// Cyrillic lower case, typographic quotes and dashes as ASCII, no-break and other spaces as ' ', zero-width characters
// and soft hyphens dropped, ellipsis as "...". Length may change; idempotent.
std::string folded(std::string_view text);
// folded() with, for each byte of the result, the offset in `text` of the character it came from (plus one last entry,
// text.size()): a match in the folded text can be shown in the words as written.
struct folded_text {
    std::string text;
    std::vector<std::size_t> origin;
};
folded_text folded_with_origin(std::string_view text);
// One code point folded, appended to `out`.
void append_folded(std::string& out, char32_t c);

bool is_letter(
    char32_t c); // letters of the scripts above, and every other code point from U+00C0 that is no punctuation
bool is_digit(char32_t c); // ASCII 0-9
bool is_upper(char32_t c); // ASCII, Latin-1, Latin Extended-A, Greek, Cyrillic

} // namespace whynow::domain::text
