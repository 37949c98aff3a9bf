// A source that is one document behind an address: conditional GET, redirects, limits. What the document means is the
// adapter's `reader`.
#pragma once

#include "http/client.hpp"
#include "sources/source.hpp"

#include <functional>
#include <memory>
#include <string>
#include <variant>

namespace whynow::sources {

// The body as it came, for a reader.
struct document {
    std::string_view body;
    std::string_view content_type; // as sent, may be empty
    std::string_view base;         // Content-Location resolved against the address, else the address that answered
};

struct reading {
    std::vector<item> items;
    bool readable = true;  // false: not this kind of document at all
    std::string complaint; // what was wrong with it, readable or not
};

// Pure, called on the io thread, must be bounded in time and memory and must not throw.
using reader = std::function<reading(const document&)>;

struct fetch_settings {
    std::string url;
    std::string user_agent = "whynow"; // SEC asks for one with a contact address
    std::string accept = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1";
    std::chrono::milliseconds deadline{20'000}; // of each exchange
    std::size_t most_bytes = 8u << 20;
    int most_redirects = 5;
    bool any_address = false; // [testing] allow_private_addresses
    std::string ca_file;
};

// `client` must outlive the source.
std::unique_ptr<signal_source> make_fetching(http::client& client, fetch_settings settings, reader read);

// The seconds a Retry-After field asks for (delta or HTTP date, a past date is 0); nothing where unreadable.
std::optional<std::chrono::seconds> read_retry_after(std::string_view value, domain::instant now);
// `reference` resolved against `base` as RFC 3986 5.2 does; http(s) only, else empty. Fragments are dropped.
std::string resolve_location(std::string_view base, std::string_view reference);

} // namespace whynow::sources
