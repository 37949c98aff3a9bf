// What a file of tests/data/feeds says about itself in its first comment.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace whynow::test {

struct expectation {
    int entry = -1;    // -1: the feed
    std::string field; // title, link, id, published …
    std::string value; // as the comment has it, quotes taken off
};

struct expected {
    std::string content_type;
    std::string content_location;
    std::string rule;
    std::vector<expectation> of;
};

// Reads the comment ("Header:", "Expect: not bozo and entries[0]['title'] == '…'"); what is no comparison with a
// string or a time tuple is left out.
expected expected_of(std::string_view file_text);

} // namespace whynow::test
