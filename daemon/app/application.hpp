// The daemon as a value: start it, let it run, stop it. Knows every concrete part; nothing else does.
#pragma once

#include "app/house.hpp"
#include "http/routes.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/system/result.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace whynow::app {

struct application_options {
    settings::config config;
    std::optional<domain::instant> frozen_at; // the test clock; needs [testing] clock = true
    std::vector<http::route> more_routes;     // of the demo
};

class application {
  public:
    application(asio::io_context& io, application_options options);
    ~application();

    // Opens the store, reads the rules, listens. The error says what failed in words for a person.
    std::variant<std::monostate, std::string> start();
    std::uint16_t port() const;
    house& shared();

    // New configuration: rules, words and the team's settings take effect at once. Gives the sections that need a
    // restart.
    std::variant<std::vector<std::string>, std::vector<std::string>> reload(const settings::config& fresh);

    // Does all that is due by the clock and waits until the outbox is quiet (20 s at most): for the test clock and the
    // demo.
    asio::awaitable<void> settle();
    asio::awaitable<void> set_clock(domain::instant to);

    asio::awaitable<void> stop(std::chrono::milliseconds most);

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace whynow::app
