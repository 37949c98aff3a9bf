// The table of what the server answers. Matching is pure; handlers never touch a socket, so tests call them directly.
#pragma once

#include "http/message.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::http {

// Answers one request on the io thread. It may suspend (until a commit, say); at the route's deadline it is
// cancelled in Asio's way and the peer is told 503. What it throws becomes a 500 without detail and a log line.
using handler = std::function<boost::asio::awaitable<response>(request)>;

struct route {
    std::string method; // "GET" answers HEAD as well
    std::string path;   // "/drafts/{id}": a "{name}" takes one whole, non-empty part
    http::handler handler;
    std::size_t body_limit = 1u << 20; // of the body as sent; more is 413
    std::chrono::milliseconds deadline{10'000};
};

class route_table {
  public:
    // Throws std::invalid_argument where two routes are the same or a path does not begin with '/'.
    explicit route_table(std::vector<route> routes);

    struct match {
        const route* found = nullptr; // null: 404, or 405 if `allowed` is not empty
        std::vector<std::pair<std::string, std::string>> captures;
        std::string allowed; // "GET, HEAD, POST": what the path takes, where the method is not among them
    };
    // `path` as it stands in the request, not decoded. A fixed path wins over one with a "{name}".
    match find(std::string_view method, std::string_view path) const;

  private:
    struct pattern {
        std::vector<std::string> parts;
        std::vector<std::size_t> routes;
    };
    const route* by_method(const std::vector<std::size_t>& candidates, std::string_view method) const;
    std::string methods_of(const std::vector<std::size_t>& candidates) const;

    std::vector<route> routes_;
    std::map<std::string, std::vector<std::size_t>, std::less<>> fixed_;
    std::vector<pattern> patterns_;
};

} // namespace whynow::http
