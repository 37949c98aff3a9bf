// Which characters the bytes of an XML document mean.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace whynow::sources::documents {

struct decoded {
    std::string text;     // valid UTF-8, no byte order mark, no NUL
    std::string encoding; // lower case, as declared or found
    bool refused = false; // UTF-7 and the like: never read
};

// Byte order mark, then the charset of the content type, then the XML declaration (RFC 7303), then UTF-8 where the
// bytes are valid, then what they look like, then windows-1252. An encoding that the bytes contradict is passed over,
// and said so in `problems`.
decoded decode(std::string_view bytes, std::string_view content_type, std::vector<std::string>& problems);

} // namespace whynow::sources::documents
