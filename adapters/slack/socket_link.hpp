// One Socket Mode connection: hello, envelopes and their acknowledgements, until it leaves. Private to socket_mode.
#pragma once

#include "adapters/slack/socket_frames.hpp"
#include "http/message.hpp"
#include "http/websocket.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace whynow::slack {

// Why a connection is no longer the one to rely on.
enum class leaving {
    staying,
    refresh,  // Slack asks for a new one, or its time is nearly over: it still works
    disabled, // Socket Mode was turned off
    too_many, // more connections than Slack allows
    broken,   // closed, silent, or never said hello
};
std::string_view to_string(leaving why);

class socket_link : public std::enable_shared_from_this<socket_link> {
  public:
    struct duties {
        // Works on an envelope; what comes back is durable. A status of 500 and above: not kept, do not acknowledge.
        std::function<boost::asio::awaitable<http::response>(const socket_frame&)> take;
        std::function<void(std::string_view why)> refused; // a frame that cannot be used
    };
    // `part_of_life`: after this part of the time that hello names, the connection asks to be replaced.
    socket_link(boost::asio::any_io_executor io, std::shared_ptr<http::websocket> over, duties d, double part_of_life);

    // Begins to read. Once.
    void begin();
    // Waits for hello; false: it did not come in time, or something else came instead (see why()).
    boost::asio::awaitable<bool> greeted(std::chrono::milliseconds most);
    // Until there is a reason to replace it.
    boost::asio::awaitable<leaving> until_leaving();
    leaving why() const { return why_; }
    bool open() const { return greeted_ && !ended_; }
    // Finishes what is under way, acknowledges it, and closes; all of it in about `most`.
    boost::asio::awaitable<void> retire(std::chrono::milliseconds most);
    void cut();

  private:
    boost::asio::awaitable<void> read_all();
    boost::asio::awaitable<void> answer(socket_frame frame);
    boost::asio::awaitable<void> wait(std::chrono::steady_clock::time_point until);
    void note(const socket_frame& frame);
    void leave(leaving why);

    boost::asio::any_io_executor io_;
    std::shared_ptr<http::websocket> over_;
    duties duties_;
    double part_of_life_;
    boost::asio::steady_timer bell_; // rung at every change
    std::chrono::steady_clock::time_point refresh_at_ = std::chrono::steady_clock::time_point::max();
    leaving why_ = leaving::staying;
    bool greeted_ = false;
    bool ended_ = false;
    bool retiring_ = false;
    int under_way_ = 0;
};

} // namespace whynow::slack
