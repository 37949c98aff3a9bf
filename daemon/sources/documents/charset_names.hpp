// What the names of encodings mean. All names here are in lower case.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace whynow::sources::documents {

// What an encoding's name means in practice: the superset where senders confuse two, ICU's name where it has another,
// the encoding with the same letters where ICU has none. Any other name as it stands.
std::string_view practical(std::string_view label);
// The names under which ICU may know it, the likeliest first.
std::vector<std::string> converter_names(std::string_view label);
// UTF-7 and the like, in which any byte may turn out to be markup.
bool refused(std::string_view label);
// UTF-16 and UTF-32 in all spellings, which no document can be in that reads as ASCII.
bool wide(std::string_view label);

// Encodings in which every run of bytes is some text, so that UTF-8 under their name has to be told by itself.
bool eight_bit(std::string_view label);

} // namespace whynow::sources::documents
