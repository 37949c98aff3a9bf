// What the played services share: one table of routes on loopback, the demo's clock, the way to the daemon.
#pragma once

#include "domain/core/time.hpp"
#include "http/client.hpp"
#include "http/routes.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace whynow::demo {

namespace asio = boost::asio;

// Shared by the services; lives as long as the demo. Only the io thread touches it.
struct stage {
    std::function<domain::instant()> now;
    http::client* client = nullptr;
    std::string daemon;         // "http://127.0.0.1:8080", known once it listens
    std::string self;           // "http://127.0.0.1:40123": where the services are
    std::uint64_t revision = 1; // grows whenever the page should look again
    std::uint64_t counter = 0;

    void changed() { ++revision; }
    std::uint64_t next() { return ++counter; }
};

// POSTs to the daemon; a status of 0 says that it was not reached.
asio::awaitable<http::response> to_daemon(stage& s, std::string path, std::string body,
                                          std::vector<std::pair<std::string, std::string>> fields);

} // namespace whynow::demo
