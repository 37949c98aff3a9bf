// One at a time: who comes while a fetch is under way waits for it instead of starting a second one. One io thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>

namespace whynow::adapters::teams {

class flight {
  public:
    bool under_way() const { return gate_ != nullptr; }
    // Returns when the fetch under way has landed; at once where there is none.
    boost::asio::awaitable<void> landing();

    // Held by the one who fetches; its end wakes everybody, also when the coroutine is destroyed.
    class pilot {
      public:
        pilot(flight& f, boost::asio::any_io_executor where);
        ~pilot();
        pilot(const pilot&) = delete;
        pilot& operator=(const pilot&) = delete;

      private:
        flight& flight_;
    };

  private:
    std::shared_ptr<boost::asio::steady_timer> gate_;
};

} // namespace whynow::adapters::teams
