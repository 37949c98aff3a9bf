// A start tag taken apart, however it is written.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace whynow::sources::documents {

constexpr std::size_t most_faults = 5'000; // more is no feed but an attack; each may cost a search

bool blank(char c);
bool begins_name(char c);

// Views point into the text.
struct tag {
    struct attribute {
        std::string_view name;  // with its prefix
        std::string_view value; // entities not decoded
    };
    std::string_view name;
    std::vector<attribute> attributes; // at most 64
    bool empty = false;                // "<a/>"
    std::vector<std::string_view> faults;
};

// The name at `at`, which moves behind it; the first 200 bytes of it.
std::string_view name_at(std::string_view text, std::size_t& at);
// Reads the tag whose '<' stands at `at`; gives the place behind it.
std::size_t read_start_tag(std::string_view text, std::size_t at, tag& out);

} // namespace whynow::sources::documents
