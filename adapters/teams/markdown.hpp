// Text for an Adaptive Card's TextBlock, which reads a little Markdown: foreign words must come out as they are.
#pragma once

#include "domain/cards/message.hpp"

#include <string>
#include <string_view>

namespace whynow::adapters::teams {

// One line: what Markdown or the card language would read is escaped, line feeds become spaces, control and
// direction-changing characters go, bare addresses do not turn into links.
std::string literal(std::string_view text);
// The same for text of several lines; each line feed begins a new paragraph.
std::string literal_paragraphs(std::string_view text);
std::string markdown(const domain::cards::rich& text);
// For places that show plain text (summary, fallbackText, titles of buttons): control characters go, and nothing that
// a client might still read as a Markdown link is left.
std::string one_line(std::string_view text);
// The address as it may stand in a link, percent-encoded; empty where it is not http, https or tel, or hides its host
// behind a user part.
std::string link_target(std::string_view href);
std::string upper_case(std::string_view text); // Latin, Greek, Cyrillic; an e-mail address stays

} // namespace whynow::adapters::teams
