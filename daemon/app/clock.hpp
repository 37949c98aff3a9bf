// The one clock of the daemon. The test clock stands still until it is set.
#pragma once

#include "domain/core/time.hpp"

#include <atomic>
#include <chrono>
#include <optional>

namespace whynow::app {

class clock {
  public:
    explicit clock(std::optional<domain::instant> frozen_at) : frozen_(frozen_at.has_value()) {
        if (frozen_at)
            seconds_ = frozen_at->time_since_epoch().count();
    }
    bool frozen() const { return frozen_; }
    // Any thread.
    domain::instant now() const {
        if (!frozen_)
            return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        return domain::instant{std::chrono::seconds{seconds_.load()}};
    }
    void set(domain::instant to) { seconds_ = to.time_since_epoch().count(); }

  private:
    bool frozen_;
    std::atomic<std::int64_t> seconds_{0};
};

} // namespace whynow::app
