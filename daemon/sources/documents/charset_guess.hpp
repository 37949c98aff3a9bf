// What bytes look like that nobody says the encoding of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace whynow::sources::documents {

// UTF-8 with some damage, rather than something else altogether.
bool mostly_utf8(std::string_view bytes);
// The encodings they may be in, in lower case, the likeliest first.
std::vector<std::string> looks_like(std::string_view bytes);

} // namespace whynow::sources::documents
