// Socket Mode: Slack's events over connections that we open, for a daemon that nobody can reach from outside.
#pragma once

#include "adapters/slack/slack_adapter.hpp"
#include "adapters/slack/socket_link.hpp"
#include "http/websocket.hpp"
#include "log/metrics.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace whynow::slack {

struct socket_settings {
    std::string app_token;
    int connections = 2; // 1 … 10; each payload comes over one of them, whichever
    std::string ca_file;
    bool any_address = false; // plain ws:// to this machine as well
    double pace = 1;          // of all pauses; below 1 for tests
    std::chrono::milliseconds greeting{10'000};
    std::chrono::milliseconds silence{30'000};
    std::chrono::milliseconds first_pause{1'000}, longest_pause{300'000};
    std::chrono::milliseconds slow_pause{300'000}; // where a person has to do something first
    std::chrono::milliseconds goodbye{1'000};      // Slack does not close after the closing handshake
};

// Keeps so many connections open, replaces each before it goes, and hands every envelope over; an envelope is
// acknowledged when it is durable. On the io thread; everything that is handed in outlives it.
class socket_mode {
  public:
    // What came is kept and answered as over HTTP; a status of 500 and above says that it could not be kept.
    using taker = std::function<boost::asio::awaitable<http::response>(chat::inbound)>;

    socket_mode(boost::asio::any_io_executor io, slack_adapter& slack, http::websocket_client& sockets,
                socket_settings s, taker take, std::function<domain::instant()> now, log::metrics& metrics);

    // Until stop().
    boost::asio::awaitable<void> run();
    // No more is taken; what is under way is acknowledged first. All of it in about `most`.
    boost::asio::awaitable<void> stop(std::chrono::milliseconds most);
    int open() const;

  private:
    using link = std::shared_ptr<socket_link>;

    boost::asio::awaitable<void> lane();
    boost::asio::awaitable<link> opened(leaving& why, std::chrono::milliseconds& pause);
    boost::asio::awaitable<void> watch();
    boost::asio::awaitable<void> sleep(std::chrono::milliseconds most);
    void retire(link old);
    std::chrono::milliseconds back_off(int failures);
    void tell_count();

    boost::asio::any_io_executor io_;
    slack_adapter& slack_;
    http::websocket_client& sockets_;
    socket_settings settings_;
    taker take_;
    std::function<domain::instant()> now_;
    log::metrics& metrics_;
    log::gauge open_;
    std::minstd_rand dice_;
    std::vector<link> links_; // every one that may still carry something
    std::vector<std::shared_ptr<boost::asio::steady_timer>> sleeping_;
    std::chrono::steady_clock::time_point not_before_{}; // Slack said: wait
    int lanes_ = 0;
    bool stopping_ = false;
};

} // namespace whynow::slack
