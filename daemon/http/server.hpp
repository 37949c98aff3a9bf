// The one door for requests: listens, reads with limits, calls the route, answers. Plain or TLS.
#pragma once

#include "http/routes.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::http {

struct server_limits {
    std::size_t header_bytes = 16u << 10;          // more is 431
    std::chrono::milliseconds header_wait{10'000}; // from the first byte (or the connection) to the whole header
    std::chrono::milliseconds body_wait{30'000};   // for the body, however slowly it drips
    std::chrono::milliseconds idle_wait{60'000};   // between two requests
    std::chrono::milliseconds write_wait{30'000};  // for the peer to take an answer
    std::size_t most_connections = 10'000;         // at the limit the longest idle one makes room, else 503
};

struct server_settings {
    std::string listen = "127.0.0.1:8080"; // "ip:port", "[::]:port"; port 0 takes a free one
    std::string tls_certificate;           // PEM chain; empty = plain HTTP
    std::string tls_key;
    server_limits limits;
    // Called on the io thread after each answer. `path` is the route's pattern, empty where none matched (404, bad
    // requests), so it may be a metric's label.
    std::function<void(std::string_view path, int status, std::chrono::nanoseconds took)> on_done;
};

// Lives on one io thread: the executor must not run things in parallel, and every call comes from there (or before
// it runs). SIGPIPE is ignored from the first server on, for the whole process.
class server {
  public:
    // Throws std::invalid_argument for a bad table of routes.
    server(boost::asio::any_io_executor on, server_settings settings, std::vector<route> routes);
    // Cuts what is still open; ask stop() first.
    ~server();
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    // Binds and accepts. Errors: the system's, invalid_argument for an address that is no "ip:port" or a key that
    // does not fit, no_such_file_or_directory for a certificate or key that cannot be read.
    boost::system::result<void> start();
    // The port in use, after start().
    std::uint16_t port() const;
    // Whether only this machine can reach it, after start().
    bool loopback_only() const;
    std::size_t connections() const;

    // Accepts no more, lets requests in flight end, closes idle connections; after `most` cuts what is left.
    boost::asio::awaitable<void> stop(std::chrono::milliseconds most);

  private:
    struct core;
    std::shared_ptr<core> core_;
};

} // namespace whynow::http
