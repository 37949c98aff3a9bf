#include "http/beast_websocket.hpp"
#include "http/client.hpp"
#include "peer.hpp"
#include "support/certificate.hpp"

#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <doctest/doctest.h>

#include <functional>

namespace http = whynow::http;
namespace beast = boost::beast;
using namespace wire;
using namespace std::chrono_literals;

namespace {

using stream = beast::websocket::stream<beast::tcp_stream>;
using secure_stream = beast::websocket::stream<beast::ssl_stream<beast::tcp_stream>>;

template <class Stream>
asio::awaitable<void> say(Stream& s, std::string text, bool is_text = true) {
    s.text(is_text);
    co_await s.async_write(asio::buffer(text), asio::use_awaitable);
}
template <class Stream>
asio::awaitable<std::string> hear(Stream& s) {
    beast::flat_buffer b;
    co_await s.async_read(b, asio::use_awaitable);
    co_return beast::buffers_to_string(b.data());
}

// Accepts one connection and lets the script play it.
struct server {
    tcp::acceptor acceptor;
    explicit server(asio::io_context& io) : acceptor(io, {asio::ip::address_v4::loopback(), 0}) {}
    std::string url(std::string_view scheme = "ws") const {
        return std::string(scheme) + "://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()) +
               "/link?ticket=1";
    }
    void plays(std::function<asio::awaitable<void>(stream&)> script) {
        asio::co_spawn(
            acceptor.get_executor(),
            [this, script]() -> asio::awaitable<void> {
                stream s(co_await acceptor.async_accept(asio::use_awaitable));
                co_await s.async_accept(asio::use_awaitable);
                co_await script(s);
            },
            [](std::exception_ptr) {});
    }
};

asio::awaitable<void> answer_over_tls(tcp::acceptor& acceptor, asio::ssl::context& tls) {
    for (;;) {
        secure_stream s(co_await acceptor.async_accept(asio::use_awaitable), tls);
        try {
            co_await s.next_layer().async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
            co_await s.async_accept(asio::use_awaitable);
            co_await say(s, co_await hear(s) + "!");
        } catch (const std::exception&) { // the one that did not trust us
        }
    }
}

http::websocket_address to(const std::string& url) {
    http::websocket_address a;
    a.url = url;
    a.any_address = true;
    return a;
}

} // namespace

TEST_CASE("messages go both ways, whole and in order; goodbye waits for what was taken") {
    std::vector<std::string> heard;
    run([&](asio::io_context& io) -> asio::awaitable<void> {
        server peer_(io);
        bool closed = false;
        peer_.plays([&](stream& s) -> asio::awaitable<void> {
            co_await say(s, "one");
            co_await say(s, std::string("\0\1", 2), false);
            for (int i = 0; i < 50; ++i)
                heard.push_back(co_await hear(s));
            error_code ec;
            beast::flat_buffer b;
            co_await s.async_read(b, asio::redirect_error(asio::use_awaitable, ec));
            closed = ec == beast::websocket::error::closed;
        });
        http::beast_websocket_client client;
        auto got = co_await client.connect(to(peer_.url()));
        REQUIRE(got.has_value());
        auto first = co_await (*got)->read();
        REQUIRE(first.has_value());
        CHECK(first->bytes == "one");
        CHECK(first->text);
        CHECK_FALSE((co_await (*got)->read())->text);
        for (int i = 0; i < 50; ++i)
            (*got)->send(std::to_string(i));
        co_await (*got)->close(2s);
        CHECK_FALSE((co_await (*got)->read()).has_value());
        (*got)->send("too late");
        asio::steady_timer t(io, 20ms);
        co_await t.async_wait(asio::use_awaitable);
        CHECK(closed);
    });
    REQUIRE(heard.size() == 50);
    CHECK(heard.back() == "49");
}

TEST_CASE("a peer that never says goodbye is not waited for") {
    run([&](asio::io_context& io) -> asio::awaitable<void> {
        server peer_(io);
        peer_.plays([&](stream&) -> asio::awaitable<void> {
            asio::steady_timer t(io, 10s);
            co_await t.async_wait(asio::use_awaitable);
        });
        http::beast_websocket_client client;
        auto got = co_await client.connect(to(peer_.url()));
        REQUIRE(got.has_value());
        const auto began = std::chrono::steady_clock::now();
        co_await (*got)->close(50ms);
        CHECK(std::chrono::steady_clock::now() - began < 1s);
    });
}

TEST_CASE("half open: no byte for the time of silence ends it; a peer that answers pings lives") {
    run([&](asio::io_context& io) -> asio::awaitable<void> {
        server dead(io), quiet(io);
        dead.plays([&](stream&) -> asio::awaitable<void> { // reads nothing, so answers no ping
            asio::steady_timer t(io, 10s);
            co_await t.async_wait(asio::use_awaitable);
        });
        quiet.plays([&](stream& s) -> asio::awaitable<void> {
            asio::steady_timer t(io, 900ms);
            asio::co_spawn(
                io, [&s]() -> asio::awaitable<void> { static_cast<void>(co_await hear(s)); },
                [](std::exception_ptr) {});
            co_await t.async_wait(asio::use_awaitable);
            co_await say(s, "still here");
            t.expires_after(5s);
            co_await t.async_wait(asio::use_awaitable);
        });
        http::beast_websocket_client client;
        auto a = to(dead.url());
        a.silence = 300ms;
        auto got = co_await client.connect(a);
        REQUIRE(got.has_value());
        const auto began = std::chrono::steady_clock::now();
        CHECK_FALSE((co_await (*got)->read()).has_value());
        CHECK(std::chrono::steady_clock::now() - began < 3s);
        a.url = quiet.url();
        auto living = co_await client.connect(a);
        REQUIRE(living.has_value());
        auto said = co_await (*living)->read();
        REQUIRE(said.has_value());
        CHECK(said->bytes == "still here");
        (*living)->cut();
        (*got)->cut();
    });
}

TEST_CASE("refused: other schemes, private addresses, plain text, large messages, deaf peers") {
    run([&](asio::io_context& io) -> asio::awaitable<void> {
        http::beast_websocket_client client;
        const auto fails = [&](http::websocket_address a, http::client_errc e) -> asio::awaitable<void> {
            const auto got = co_await client.connect(std::move(a));
            REQUIRE_FALSE(got.has_value());
            CHECK(got.error() == http::make_error_code(e));
        };
        co_await fails(to("https://127.0.0.1:1/"), http::client_errc::bad_url);
        co_await fails(to("wss://user@127.0.0.1:1/"), http::client_errc::bad_url);
        co_await fails(to("wss:///"), http::client_errc::bad_url);
        co_await fails(to("ws://127.0.0.1:1/"), http::client_errc::not_sent);
        for (const std::string url :
             {"wss://127.0.0.1:1/", "ws://127.0.0.1:1/", "wss://169.254.169.254/", "wss://[::1]:1/"}) {
            auto guarded = to(url);
            guarded.any_address = false;
            co_await fails(guarded, http::client_errc::refused_address);
        }
        co_await fails(to("ws://192.0.2.1:80/"), http::client_errc::refused_address); // plain text leaves no machine
        server big(io);
        big.plays([](stream& s) -> asio::awaitable<void> { co_await say(s, std::string(70'000, 'x')); });
        auto small = to(big.url());
        small.most_bytes = 65'536;
        auto got = co_await client.connect(small);
        REQUIRE(got.has_value());
        CHECK_FALSE((co_await (*got)->read()).has_value());
        // Accepts the connection and then says nothing.
        tcp::acceptor deaf(io, {asio::ip::address_v4::loopback(), 0});
        auto hurried = to("ws://127.0.0.1:" + std::to_string(deaf.local_endpoint().port()) + "/");
        hurried.deadline = 100ms;
        co_await fails(hurried, http::client_errc::not_sent);
        hurried.url = "wss" + hurried.url.substr(2);
        co_await fails(hurried, http::client_errc::not_sent);
    });
}

TEST_CASE("over TLS the certificate is checked") {
    const certificate paper;
    run([&](asio::io_context& io) -> asio::awaitable<void> {
        asio::ssl::context tls(asio::ssl::context::tls_server);
        tls.use_certificate_chain_file(paper.file);
        tls.use_private_key_file(paper.key, asio::ssl::context::pem);
        server peer_(io);
        asio::co_spawn(io, answer_over_tls(peer_.acceptor, tls), [](std::exception_ptr) {});
        http::beast_websocket_client client;
        auto a = to(peer_.url("wss"));
        CHECK_FALSE((co_await client.connect(a)).has_value());
        a.ca_file = paper.file;
        auto got = co_await client.connect(a);
        REQUIRE(got.has_value());
        (*got)->send("hello");
        auto said = co_await (*got)->read();
        REQUIRE(said.has_value());
        CHECK(said->bytes == "hello!");
        a.url = "wss://localhost" + a.url.substr(a.url.rfind(':'));
        CHECK_FALSE((co_await client.connect(a)).has_value()); // another name than the certificate's
    });
}
