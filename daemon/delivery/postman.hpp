// Carries outbox rows to one channel, with a few hands: claim, wait for the pace, deliver, settle. One postman per
// channel; lives on the io thread.
#pragma once

#include "delivery/outbox_rules.hpp"
#include "delivery/pacer.hpp"
#include "store/store.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace whynow::delivery {

// One way out of the house.
class channel {
  public:
    virtual ~channel() = default;
    virtual std::string_view name() const = 0; // as in outbox_item::channel
    virtual chat::limits limits() const = 0;
    virtual doubt in_doubt(const store::outbox_item& item) const = 0;
    // Makes the message and sends it. An item that has nothing to say any more answers `sent` with an empty reference.
    virtual boost::asio::awaitable<chat::send_result> deliver(const store::outbox_item& item) = 0;
    virtual boost::asio::awaitable<chat::find_result> look_up(const store::outbox_item& item) = 0;
    // Runs in the unit that settles the row: remember where the message stands, tell a person, park a tenant.
    virtual void settled(store::session& s, const store::outbox_item& item, const chat::send_result& result,
                         store::outbox_state state) = 0;
    // On the io thread, once that unit is committed: it may have left something for another channel.
    virtual void after_settled() {}
};

struct postman_counts {
    std::atomic<std::uint64_t> sent{0}, retried{0}, ambiguous{0}, dead{0};
};

class postman {
  public:
    // `now` is the daemon's clock (row due times); pacing runs on a steady clock. All references outlive the postman.
    postman(boost::asio::any_io_executor io, store::store& store, channel& out, std::function<instant()> now, int hands,
            double pace);

    // Runs until stop(). Rows that a crash left in `sending` are settled first.
    boost::asio::awaitable<void> run();
    // Something new may be due.
    void wake();
    // Called after each delivery is recorded: its unit may have put rows into other channels.
    void on_recorded(std::function<void()> tell) { recorded_ = std::move(tell); }
    // Lets deliveries under way finish and takes no more.
    void stop();
    // No hand is busy and no row is due now.
    bool idle() const { return busy_ == 0 && !more_; }
    const postman_counts& counts() const { return counts_; }

  private:
    boost::asio::any_io_executor io_;
    store::store& store_;
    channel& out_;
    std::function<instant()> now_;
    std::function<void()> recorded_;
    int hands_;
    pacer pacer_;
    boost::asio::steady_timer bell_;
    bool stopping_ = false;
    bool more_ = true; // a claim since the last wake has not come back empty yet
    int busy_ = 0;
    postman_counts counts_;

    boost::asio::awaitable<void> recover();
    boost::asio::awaitable<void> hand(std::shared_ptr<int> running);
    boost::asio::awaitable<void> carry(store::outbox_item item);
    boost::asio::awaitable<void> record(const store::outbox_item& item, const chat::send_result& result, step what);
};

} // namespace whynow::delivery
