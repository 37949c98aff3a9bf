// The news of the demo: an RSS wire, an Atom journal, a job board and EDGAR's real answer for Apple.
#pragma once

#include "demo/sandbox.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::demo {

// Below /feeds. What has not happened yet by the demo's clock is not told.
std::vector<http::route> feed_routes(stage& on);

// One piece of news, for whoever follows the link in a brief.
struct article {
    std::string title, text, feed;
    domain::instant published{};
};
std::optional<article> article_named(std::string_view slug);

} // namespace whynow::demo
