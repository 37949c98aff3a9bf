// The port through which the daemon asks a source what is new.
#pragma once

#include "sources/item.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::sources {

// What a source must remember between two polls. The caller keeps it (the store, as text) and hands it back unchanged;
// a default cursor means "never polled".
struct cursor {
    std::string etag;
    std::string last_modified;
    std::string newest_id;       // external_id of the newest item of the last answer that was read
    std::string moved_to;        // address after permanent redirects; empty = the configured one
    std::uint64_t body_hash = 0; // of the last body that was read: servers without ETag repeat themselves

    friend bool operator==(const cursor&, const cursor&) = default;
};

enum class poll_problem {
    none,
    gone,            // 410: do not ask again
    not_allowed,     // 401, 402, 403, 407, 451
    not_found,       // 404
    busy,            // 429 or 503, usually with retry_after
    server_error,    // other 5xx, or a status that means nothing for a GET
    unreachable,     // no connection, or it broke
    refused_address, // private, loopback or otherwise forbidden, or not http(s)
    too_large,       // passed the size limit
    redirects,       // a loop, too many, or from https to http
    unreadable,      // an answer came and is not what this source reads
};
// One word for logs and metrics ("gone", "busy", …).
std::string_view word(poll_problem p);

struct poll_result {
    std::vector<item> items; // document order, at most the reader's limit; the caller drops those already known by id
    cursor next;             // to be kept, also after a problem
    bool unchanged = false;  // 304, or the very same body as last time
    std::optional<std::chrono::seconds> retry_after; // what the server asked for, never negative
    poll_problem problem = poll_problem::none;
    std::string detail; // for the log: status, error word or the reader's complaint; no secrets, no query strings
};

// One configured source. poll() is called by one coroutine at a time and resumes on the io thread; it never throws for
// anything the network or the peer does. `now` is the daemon's clock, for dates in Retry-After.
class signal_source {
  public:
    virtual ~signal_source() = default;
    virtual boost::asio::awaitable<poll_result> poll(cursor from, domain::instant now) = 0;
};

} // namespace whynow::sources
