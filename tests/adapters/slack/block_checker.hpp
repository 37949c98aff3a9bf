// Slack's published limits as a checker: every finding is one line. Written from the reference, not from our layout.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace slack_test {

// A message's or a view's blocks (JSON array).
std::vector<std::string> findings_in_blocks(const std::string& blocks_json, bool view = false);
// The `view` of views.open.
std::vector<std::string> findings_in_modal(const std::string& view_json);

// All <…> sequences in the mrkdwn texts: links ("https://…|label") as they stand, everything that pings as "PING …".
std::vector<std::string> links_in(const std::string& blocks_json);

std::size_t utf16_length(std::string_view text);

} // namespace slack_test
