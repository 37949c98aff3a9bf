// What every hostile feed is held to.
#pragma once

#include "adapters/rss/feed.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace whynow::test {

struct hostile {
    std::string name;
    std::string bytes;
    std::string content_type = "application/xml";
};

std::string repeated(std::string_view what, std::size_t times);
// A feed with this inside its channel.
std::string in_rss(std::string_view inside);
// ASCII as UTF-16LE with its mark.
std::string wide(std::string_view ascii);

// Reads each and checks the time and memory it took and that nothing came out that is no clean text or a harmful link.
void check_harmless(const std::vector<hostile>& feeds, int most_milliseconds = 50);

} // namespace whynow::test
