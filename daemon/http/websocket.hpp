// The port for WebSocket connections that we open (RFC 6455). Implemented over Beast by http::beast_websocket_client.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace whynow::http {

struct websocket_message {
    bool text = true; // false: binary
    std::string bytes;
};

// One open connection. All calls on the io thread; one read at a time.
class websocket {
  public:
    virtual ~websocket() = default;
    // The next whole message. An error: the peer closed, the connection broke, nothing at all came for the time of
    // silence (our own pings went unanswered), or a message passed the limit. The connection is over then.
    virtual boost::asio::awaitable<boost::system::result<websocket_message>> read() = 0;
    // Takes a text message to be written after those before it. Nothing is reported: what cannot be written shows as
    // the end of the connection.
    virtual void send(std::string text) = 0;
    // Writes what was taken, says goodbye, and waits for the peer's goodbye, all for at most so long.
    virtual boost::asio::awaitable<void> close(std::chrono::milliseconds most) = 0;
    // Ends it at once; a read under way fails.
    virtual void cut() = 0;
};

struct websocket_address {
    std::string url;                            // wss://…, or ws:// to this machine where any_address is set
    std::chrono::milliseconds deadline{10'000}; // for name, connection, TLS and handshake together
    std::chrono::milliseconds silence{30'000};  // half of it without a byte: we ping; the whole of it: it is over
    std::size_t most_bytes = 1u << 20;          // of one message
    bool any_address = false;                   // private addresses allowed
    std::string ca_file;                        // additional trust
};

class websocket_client {
  public:
    virtual ~websocket_client() = default;
    // Errors are those of client_errc: bad_url, refused_address, not_sent (no connection, TLS or handshake failed).
    virtual boost::asio::awaitable<boost::system::result<std::shared_ptr<websocket>>> connect(websocket_address to) = 0;
};

} // namespace whynow::http
