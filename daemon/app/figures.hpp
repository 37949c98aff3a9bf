// The figures of /metrics that no part counts for itself: requests by path, rows of the outbox, people out of reach.
#pragma once

#include "app/house.hpp"

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace whynow::app {

// Requests answered and how long they took, by route and class of status. On the server's thread.
class request_figures {
  public:
    explicit request_figures(log::metrics& into) : into_(into) {}
    void count(std::string_view path, int status, std::chrono::nanoseconds took);

  private:
    log::metrics& into_;
    std::map<std::pair<std::string, int>, std::pair<log::counter, log::histogram>> seen_;
};

// How the outbox stands and who cannot be reached, read from the store now. A store that cannot be read changes
// nothing.
asio::awaitable<void> publish_standing(house& in);

} // namespace whynow::app
