// The text of an element, whatever way it was packed: plain, escaped HTML, inline markup, base64.
#pragma once

#include "sources/documents/markup.hpp"

#include <cstdint>
#include <string>

namespace whynow::sources::documents {

enum class text_role : std::uint8_t {
    title, // of RSS: HTML only where it looks like it
    body,  // of RSS: HTML
};

// Character data of the element itself, references decoded once, CDATA as it stands, children left out. At most 256
// KiB.
std::string literal_text(const tree& t, std::uint32_t element);
// What a person reads: tidy, without markup. Obeys type and mode of Atom 0.3 and 1.0.
std::string plain_text(const tree& t, std::uint32_t element, text_role role);
// Base64 with white space anywhere; empty where it is none.
std::string from_base64(std::string_view text);

} // namespace whynow::sources::documents
