// "So many calls in such a time": limits of a platform that are kept without being told.
#pragma once

#include <chrono>
#include <deque>
#include <vector>

namespace whynow::chat {

struct allowance {
    int calls = 1;
    std::chrono::milliseconds span{1000};
};

// Several allowances at once over sliding windows. Times are of a steady clock that the caller hands in.
class allowances {
  public:
    using moment = std::chrono::steady_clock::time_point;

    // `pace` below 1 shortens every span (test clock only).
    explicit allowances(std::vector<allowance> all = {}, double pace = 1);

    // When the next call may go: `now`, or later.
    moment free(moment now) const;
    // The same, and the call is booked for then.
    moment book(moment now) { return book_at(free(now)); }
    // A call that goes at `at`, which is not before the last one booked.
    moment book_at(moment at);
    // Nothing that was booked holds anything up any more.
    bool rested(moment now) const;

  private:
    struct window {
        std::size_t calls;
        moment::duration span;
    };
    std::vector<window> windows_;
    std::size_t most_ = 0;
    moment::duration longest_{};
    std::deque<moment> booked_; // the newest at the end
};

} // namespace whynow::chat
