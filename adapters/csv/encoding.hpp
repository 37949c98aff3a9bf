// From the bytes of a file to UTF-8. Private to this room.
#pragma once

#include <string>
#include <string_view>

namespace whynow::csv {

struct decoded {
    std::string text;    // valid UTF-8 without BOM
    std::string note;    // what was done, in words; empty for UTF-8
    std::string refusal; // set: cannot be read
};
decoded decode(std::string_view bytes);

} // namespace whynow::csv
