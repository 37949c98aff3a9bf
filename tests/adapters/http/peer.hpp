// Raw sockets for tests: what goes over the wire is written and read by hand.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

namespace wire {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Runs the coroutine that `body(io)` gives until it ends; what it throws fails the test, hanging too.
template <class Body>
void run(Body body) {
    asio::io_context io(1);
    bool ended = false;
    std::exception_ptr error;
    asio::co_spawn(io, body(io), [&](std::exception_ptr e) {
        ended = true;
        error = e;
        io.stop();
    });
    io.run_for(std::chrono::seconds(20));
    REQUIRE_MESSAGE(ended, "the test hung");
    if (error)
        std::rethrow_exception(error);
}

class peer {
  public:
    explicit peer(tcp::socket s) : socket_(std::move(s)) {}

    static asio::awaitable<peer> to(std::uint16_t port) {
        tcp::socket s(co_await asio::this_coro::executor);
        co_await s.async_connect({asio::ip::address_v4::loopback(), port}, asio::use_awaitable);
        co_return peer(std::move(s));
    }

    asio::awaitable<void> send(std::string_view text) {
        error_code ec;
        co_await asio::async_write(socket_, asio::buffer(text.data(), text.size()),
                                   asio::redirect_error(asio::use_awaitable, ec));
    }

    // Through the end of the text `mark`; what there is where the peer closed.
    asio::awaitable<std::string> until(std::string_view mark) {
        error_code ec;
        const auto n = co_await asio::async_read_until(socket_, asio::dynamic_buffer(waiting_), std::string(mark),
                                                       asio::redirect_error(asio::use_awaitable, ec));
        co_return take(ec ? waiting_.size() : n);
    }

    // One whole HTTP message with a Content-Length (or none: no body).
    asio::awaitable<std::string> message() {
        auto text = co_await until("\r\n\r\n");
        const auto at = text.find("Content-Length: ");
        const std::size_t length = at == std::string::npos ? 0 : std::stoul(text.substr(at + 16));
        while (waiting_.size() < length) {
            char more[4096];
            error_code ec;
            const auto n =
                co_await socket_.async_read_some(asio::buffer(more), asio::redirect_error(asio::use_awaitable, ec));
            if (ec)
                break;
            waiting_.append(more, n);
        }
        co_return text + take(std::min(length, waiting_.size()));
    }

    // Everything until the other side closes.
    asio::awaitable<std::string> rest() {
        for (;;) {
            char more[4096];
            error_code ec;
            const auto n =
                co_await socket_.async_read_some(asio::buffer(more), asio::redirect_error(asio::use_awaitable, ec));
            if (ec)
                co_return take(waiting_.size());
            waiting_.append(more, n);
        }
    }

    asio::awaitable<std::string> exchange(std::string_view text) {
        co_await send(text);
        co_return co_await message();
    }

    void close() {
        error_code ignored;
        socket_.close(ignored);
    }

    tcp::socket& socket() { return socket_; }

  private:
    std::string take(std::size_t n) {
        auto out = waiting_.substr(0, n);
        waiting_.erase(0, n);
        return out;
    }

    tcp::socket socket_;
    std::string waiting_;
};

} // namespace wire
