// When a source is asked again: a state machine without I/O and without a clock.
#pragma once

#include "sources/source.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <variant>

namespace whynow::sources {

struct schedule_settings {
    std::chrono::seconds every{15 * 60};
    std::chrono::seconds longest_wait{12 * 60 * 60}; // cap of the back-off; a server's Retry-After may exceed it
    std::chrono::seconds longest_retry_after{24 * 60 * 60};
    int spread_percent = 10; // each wait is stretched by 0..spread percent, so that sources do not march in step
    std::uint64_t seed = 0;  // same seed, same events: same actions
};

// Events.
struct started {
    domain::instant now;
    std::optional<domain::instant> last_poll; // from the store; nothing = never
};
struct ticked {
    domain::instant now;
};
struct polled {
    domain::instant now;
    poll_problem problem = poll_problem::none;
    std::optional<std::chrono::seconds> retry_after;
};
struct asked { // a person wants it now (also wakes a source that had stopped)
    domain::instant now;
};
using poll_event = std::variant<started, ticked, polled, asked>;

// Actions.
struct poll_now {
    friend bool operator==(const poll_now&, const poll_now&) = default;
};
struct wait_until {
    domain::instant at; // send `ticked` then; an earlier tick gets the same answer again
    friend bool operator==(const wait_until&, const wait_until&) = default;
};
struct stop { // gone for good: no more ticks wanted
    poll_problem why;
    friend bool operator==(const stop&, const stop&) = default;
};
struct nothing { // a poll is under way
    friend bool operator==(const nothing&, const nothing&) = default;
};
using poll_action = std::variant<poll_now, wait_until, stop, nothing>;

// At most one poll is under way. After n failures in a row the wait is every * 2^n, capped; a Retry-After is never
// undercut. Success resets. Waits never lie in the past; a clock set back delays by at most one wait.
class poll_schedule {
  public:
    explicit poll_schedule(schedule_settings settings);

    poll_action step(const poll_event& event);

    int failures() const { return failures_; }
    bool polling() const { return polling_; }
    bool stopped() const { return stopped_.has_value(); }

  private:
    poll_action on(const started& e);
    poll_action on(const ticked& e);
    poll_action on(const polled& e);
    poll_action on(const asked& e);
    std::chrono::seconds stretched(std::chrono::seconds wait);
    poll_action begin();

    schedule_settings settings_;
    std::uint64_t random_;
    domain::instant due_{};
    std::chrono::seconds last_wait_{0};
    int failures_ = 0;
    bool polling_ = false;
    std::optional<poll_problem> stopped_;
};

// At most so many beginnings a second, evenly spaced (SEC: 10). Not thread-safe.
class pace {
  public:
    explicit pace(int per_second);
    // How long to wait before beginning now; the beginning is booked. `now` is any monotonic clock's time.
    std::chrono::milliseconds book(std::chrono::milliseconds now);

  private:
    std::chrono::milliseconds gap_;
    std::optional<std::chrono::milliseconds> next_;
};

} // namespace whynow::sources
