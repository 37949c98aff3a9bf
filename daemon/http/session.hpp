// One connection's life: requests in, answers out. Internal to the server.
#pragma once

#include "http/connection.hpp"
#include "http/request_reader.hpp"
#include "http/routes.hpp"
#include "http/server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace whynow::http {

// What all sessions of a server share; outlives each of them.
class session_surroundings {
  public:
    session_surroundings(const server_settings& s, const route_table& r) : settings(s), routes(r) {}

    const server_settings& settings;
    const route_table& routes;
    bool stopping = false;
    std::string id_prefix;
    std::uint64_t ids = 0;

    std::string next_id();
    // "Date: …\r\n", made anew once a second.
    std::string_view date_line();

  private:
    std::string date_;
    std::time_t date_of_ = 0;
};

class session {
  public:
    using clock = std::chrono::steady_clock;

    session(connection c, session_surroundings& around);

    // Until the connection is done. The session must outlive it.
    boost::asio::awaitable<void> run();
    // Bound to the coroutine of run().
    boost::asio::cancellation_signal& cancellation() { return cancellation_; }

    // Called every so often: ends what has waited too long.
    void look_at_clock(clock::time_point now);
    // The server stops: an idle connection ends now, a busy one after its answer.
    void wind_down();
    // At once, whatever is under way.
    void cut();
    bool idle() const { return phase_ == phase::idle && !cut_; }
    clock::time_point since() const { return since_; }

  private:
    enum class phase { handshake, idle, reading, handling, writing };
    enum class header_end { whole, refused, gone };

    void enter(phase p, std::chrono::milliseconds most);
    void enter(phase p, std::chrono::milliseconds most, clock::time_point now);
    boost::asio::awaitable<bool> serve_one();
    boost::asio::awaitable<bool> more();
    boost::asio::awaitable<header_end> read_header();
    boost::asio::awaitable<bool> read_body(const route& r);
    boost::asio::awaitable<response> ask(const route& r, request&& what);
    boost::asio::awaitable<bool> answer(response&& what, bool keep, bool head_only);
    boost::asio::awaitable<bool> refuse(int status, std::string allowed = {});
    boost::asio::awaitable<void> linger();
    void feed();
    void note(std::string_view path, int status);

    connection connection_;
    session_surroundings& around_;
    request_reader reader_;
    boost::asio::cancellation_signal cancellation_;
    std::unique_ptr<char[]> buffer_; // null while idle over TLS
    std::size_t capacity_ = 0;
    std::size_t from_ = 0, to_ = 0; // the unread part of buffer_
    std::string out_;
    std::string remote_;
    std::string id_;
    phase phase_ = phase::handshake;
    clock::time_point since_{};
    clock::time_point until_{};
    clock::time_point began_{};
    bool timed_out_ = false;
    bool cut_ = false;
    bool answered_before_ = false;
};

} // namespace whynow::http
