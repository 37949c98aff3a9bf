// Reading URLs the way the transfer will, so that what is checked is what is asked.
#pragma once

#include <optional>
#include <string>

namespace whynow::http {

struct url_parts {
    std::string whole;  // normalised, without a fragment
    std::string scheme; // "http" or "https"
    std::string host;   // as resolved: IPv6 in brackets, odd spellings of IPv4 made plain
    std::string port;   // always there
    std::string path;   // with the query
    std::string origin() const { return scheme + "://" + host + ":" + port; }
};

// Nothing for what is not an absolute http(s) URL, carries a user name, or has control characters. Any thread.
std::optional<url_parts> read_url(const std::string& text);
// `reference` as it stands in a page or a Location field at `base`.
std::optional<url_parts> resolve_url(const url_parts& base, const std::string& reference);

} // namespace whynow::http
