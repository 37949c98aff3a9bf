// What a strict reader of XML would not take.
#pragma once

#include <string_view>

namespace whynow::sources::documents {

// What is wrong with character data or an attribute's value, the first thing: a bare ampersand, an entity that XML does
// not know, the number of no character, a control character. Empty where nothing is.
std::string_view fault_of(std::string_view raw);
// The same of a CDATA section, in which ampersands mean nothing.
std::string_view fault_of_cdata(std::string_view raw);

} // namespace whynow::sources::documents
