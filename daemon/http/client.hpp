// The port for requests that go out. Implemented over libcurl by http::curl_client; tests bring their own.
#pragma once

#include "http/message.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <string>

namespace whynow::http {

// What can go wrong before an answer is whole. The difference decides whether a second try is safe:
// after not_sent nothing reached the peer; after no_answer it may have acted.
enum class client_errc {
    bad_url = 1,     // not http(s), or unreadable
    refused_address, // a private, loopback or otherwise forbidden address (checked at connect and on each redirect)
    not_sent,        // name not found, no connection, TLS failed: nothing was sent
    no_answer,       // sent, and the connection broke or the deadline passed before the answer was whole
    too_large,       // the answer passed the limit
    too_many_redirects,
};
boost::system::error_code make_error_code(client_errc e);

struct outgoing {
    std::string method = "GET";
    std::string url;
    http::fields fields;
    std::string body;
    std::chrono::milliseconds deadline{10'000}; // for the whole exchange
    std::size_t most_bytes = 4u << 20;          // of the decoded answer
    int most_redirects = 0;                     // 0 = a 3xx is handed to the caller
    bool any_address = false; // true: private addresses allowed for this request (a configured provider)
    std::string ca_file;      // additional trust for a provider behind a private authority
};

class client {
  public:
    virtual ~client() = default;
    // One exchange. The awaitable resumes on the io thread. Any status is a value; only the above are errors.
    virtual boost::asio::awaitable<boost::system::result<response>> exchange(outgoing what) = 0;
};

} // namespace whynow::http

template <>
struct boost::system::is_error_code_enum<whynow::http::client_errc> : std::true_type {};
