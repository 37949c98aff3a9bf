#include "http/server.hpp"
#include "log/log.hpp"
#include "peer.hpp"

#include <boost/asio/steady_timer.hpp>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <stdexcept>

using namespace whynow;
using namespace std::chrono_literals;
using wire::peer;
namespace asio = boost::asio;

namespace {

asio::awaitable<void> pause(std::chrono::milliseconds most) {
    asio::steady_timer t(co_await asio::this_coro::executor, most);
    co_await t.async_wait(asio::use_awaitable);
}

std::vector<http::route> table() {
    std::vector<http::route> r;
    r.push_back({"GET", "/hello/{name}", [](http::request q) -> asio::awaitable<http::response> {
                     co_return http::response::text(200, "hello " + std::string(q.captured("name")));
                 }});
    http::route echo{"POST", "/echo", [](http::request q) -> asio::awaitable<http::response> {
                         co_return http::response::text(200, std::move(q.body));
                     }};
    echo.body_limit = 1000;
    r.push_back(echo);
    r.push_back({"GET", "/throws", [](http::request) -> asio::awaitable<http::response> {
                     throw std::runtime_error("secret select * from x");
                     co_return http::response{};
                 }});
    http::route slow{"GET", "/slow", [](http::request) -> asio::awaitable<http::response> {
                         co_await pause(10s);
                         co_return http::response{};
                     }};
    slow.deadline = 20ms;
    r.push_back(slow);
    r.push_back({"GET", "/soon", [](http::request) -> asio::awaitable<http::response> {
                     co_await pause(30ms);
                     co_return http::response::text(200, "made it");
                 }});
    return r;
}

http::server_settings settings() {
    http::server_settings s;
    s.listen = "127.0.0.1:0";
    return s;
}

using body = std::function<asio::awaitable<void>(http::server&)>;

void with_server(http::server_settings s, body what) {
    wire::run([&](asio::io_context& io) -> asio::awaitable<void> {
        http::server server(io.get_executor(), s, table());
        REQUIRE(server.start());
        REQUIRE(server.port() != 0);
        co_await what(server);
        co_await server.stop(1s);
        CHECK(server.connections() == 0);
    });
}

int status_of(const std::string& answer) { return answer.size() > 12 ? std::stoi(answer.substr(9, 3)) : 0; }

void check_problem(const std::string& answer, int status, std::string_view type) {
    CHECK(status_of(answer) == status);
    CHECK(answer.find("Content-Type: application/problem+json\r\n") != std::string::npos);
    const auto start = answer.find("\r\n\r\n");
    REQUIRE(start != std::string::npos);
    const auto j = nlohmann::json::parse(answer.substr(start + 4), nullptr, false);
    REQUIRE(j.is_object());
    CHECK(j.value("type", "") == type);
    CHECK(j.value("status", 0) == status);
}

} // namespace

TEST_CASE("several requests share a connection, pipelined ones too") {
    with_server(settings(), [](http::server& s) -> asio::awaitable<void> {
        auto p = co_await peer::to(s.port());
        const auto first = co_await p.exchange("GET /hello/Ann%20Lee?x=1 HTTP/1.1\r\nHost: h\r\n\r\n");
        CHECK(status_of(first) == 200);
        CHECK(first.ends_with("\r\n\r\nhello Ann Lee"));
        CHECK(first.find("Date: ") != std::string::npos);
        CHECK(first.find("X-Request-Id: ") != std::string::npos);
        CHECK(first.find("Server:") == std::string::npos);
        co_await p.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
                        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n"
                        "HEAD /hello/x HTTP/1.1\r\nHost: h\r\n\r\n");
        CHECK((co_await p.message()).ends_with("abc"));
        CHECK((co_await p.message()).ends_with("de"));
        const auto head = co_await p.until("\r\n\r\n");
        CHECK(head.find("Content-Length: 7\r\n") != std::string::npos);
        CHECK((co_await p.exchange("GET /hello/z HTTP/1.1\r\nHost: h\r\n\r\n")).ends_with("hello z"));
        CHECK(s.connections() == 1);
    });
}

TEST_CASE("one byte at a time is still a request") {
    with_server(settings(), [](http::server& s) -> asio::awaitable<void> {
        auto p = co_await peer::to(s.port());
        const std::string text = "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nslow";
        for (const char c : text)
            co_await p.send(std::string_view(&c, 1));
        CHECK((co_await p.message()).ends_with("slow"));
    });
}

TEST_CASE("closing is honoured: HTTP/1.0, Connection: close, keep-alive on 1.0") {
    with_server(settings(), [](http::server& s) -> asio::awaitable<void> {
        auto a = co_await peer::to(s.port());
        co_await a.send("GET /hello/a HTTP/1.0\r\n\r\n");
        CHECK((co_await a.rest()).ends_with("hello a"));
        auto b = co_await peer::to(s.port());
        co_await b.send("GET /hello/b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        CHECK((co_await b.rest()).find("Connection: close\r\n") != std::string::npos);
        auto c = co_await peer::to(s.port());
        const auto kept = co_await c.exchange("GET /hello/c HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        CHECK(kept.find("Connection: keep-alive\r\n") != std::string::npos);
        CHECK((co_await c.exchange("GET /hello/d HTTP/1.1\r\nHost: h\r\n\r\n")).ends_with("hello d"));
    });
}

TEST_CASE("404 and 405 are told apart and keep the connection") {
    with_server(settings(), [](http::server& s) -> asio::awaitable<void> {
        auto p = co_await peer::to(s.port());
        check_problem(co_await p.exchange("GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\n"), 404, "not-found");
        const auto wrong = co_await p.exchange("DELETE /echo HTTP/1.1\r\nHost: h\r\n\r\n");
        check_problem(wrong, 405, "method-not-allowed");
        CHECK(wrong.find("Allow: POST\r\n") != std::string::npos);
        CHECK(status_of(co_await p.exchange("GET /hello/a HTTP/1.1\r\nHost: h\r\n\r\n")) == 200);
    });
}

TEST_CASE("what is broken or too large is refused with a problem, and early") {
    with_server(settings(), [](http::server& s) -> asio::awaitable<void> {
        const auto ask = [&](std::string text) -> asio::awaitable<std::string> {
            auto p = co_await peer::to(s.port());
            co_await p.send(text);
            co_return co_await p.rest();
        };
        check_problem(co_await ask("nonsense\r\n\r\n"), 400, "bad-request");
        check_problem(co_await ask("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(20'000, 'a')), 431,
                      "header-too-large");
        const std::string post = "POST /echo HTTP/1.1\r\nHost: h\r\n";
        check_problem(co_await ask(post + "Content-Length: 1073741824\r\n\r\nabc"), 413, "too-large");
        check_problem(co_await ask(post + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n"), 413, "too-large");
        check_problem(co_await ask(post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"), 400,
                      "bad-request");
        std::string drips = post + "Transfer-Encoding: chunked\r\n\r\n";
        for (int i = 0; i < 300; ++i)
            drips += "4\r\nabcd\r\n";
        check_problem(co_await ask(drips), 413, "too-large");
        CHECK((co_await ask("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2000\r\n\r\n"))
                  .starts_with("HTTP/1.1 413"));
    });
}

TEST_CASE("a peer that waits for 100 Continue gets it") {
    with_server(settings(), [](http::server& s) -> asio::awaitable<void> {
        auto p = co_await peer::to(s.port());
        co_await p.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        CHECK((co_await p.until("\r\n\r\n")) == "HTTP/1.1 100 Continue\r\n\r\n");
        CHECK((co_await p.exchange("ok")).ends_with("ok"));
    });
}

TEST_CASE("slow and silent peers are cut at their deadlines") {
    auto tight = settings();
    tight.limits.header_wait = 30ms;
    tight.limits.body_wait = 30ms;
    tight.limits.idle_wait = 30ms;
    with_server(tight, [](http::server& s) -> asio::awaitable<void> {
        auto silent = co_await peer::to(s.port());
        auto header = co_await peer::to(s.port());
        auto body = co_await peer::to(s.port());
        auto idle = co_await peer::to(s.port());
        co_await header.send("GET /hello/a HTTP/1.1\r\nHo");
        co_await body.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
        CHECK(status_of(co_await idle.exchange("GET /hello/a HTTP/1.1\r\nHost: h\r\n\r\n")) == 200);
        check_problem(co_await header.rest(), 408, "too-slow");
        check_problem(co_await body.rest(), 408, "too-slow");
        CHECK((co_await silent.rest()).empty());
        CHECK((co_await idle.rest()).empty());
    });
}

TEST_CASE("a drip does not stretch the deadline of a header") {
    auto tight = settings();
    tight.limits.header_wait = 40ms;
    with_server(tight, [](http::server& s) -> asio::awaitable<void> {
        auto p = co_await peer::to(s.port());
        const auto from = std::chrono::steady_clock::now();
        co_await p.send("GET /hello/a HTTP/1.1\r\n");
        for (int i = 0; i < 200 && s.connections() > 0; ++i) {
            co_await p.send("A");
            co_await pause(2ms);
        }
        CHECK(std::chrono::steady_clock::now() - from < 2s);
        check_problem(co_await p.rest(), 408, "too-slow");
    });
}

TEST_CASE("a truncated request ends its session and nothing else") {
    with_server(settings(), [](http::server& s) -> asio::awaitable<void> {
        auto p = co_await peer::to(s.port());
        co_await p.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
        p.close();
        auto q = co_await peer::to(s.port());
        CHECK(status_of(co_await q.exchange("GET /hello/a HTTP/1.1\r\nHost: h\r\n\r\n")) == 200);
        q.close();
        for (int i = 0; i < 100 && s.connections() > 0; ++i)
            co_await pause(1ms);
        CHECK(s.connections() == 0);
    });
}

TEST_CASE("what a handler throws is logged, the peer learns nothing of it") {
    std::string lines;
    log::set_sink([&](std::string_view line) { lines += line; });
    with_server(settings(), [](http::server& s) -> asio::awaitable<void> {
        auto p = co_await peer::to(s.port());
        const auto answer = co_await p.exchange("GET /throws HTTP/1.1\r\nHost: h\r\n\r\n");
        check_problem(answer, 500, "internal");
        CHECK(answer.find("select") == std::string::npos);
        CHECK(status_of(co_await p.exchange("GET /hello/a HTTP/1.1\r\nHost: h\r\n\r\n")) == 200);
    });
    log::set_sink({});
    const auto line = nlohmann::json::parse(lines);
    CHECK(line["event"] == "request_failed");
    CHECK(line["route"] == "/throws");
    CHECK(line["id"].get<std::string>().size() > 8);
}

TEST_CASE("a handler that takes too long is cancelled and answered 503") {
    auto tight = settings();
    tight.limits.idle_wait = 20ms; // makes the deadlines' tick short
    log::set_sink([](std::string_view) {});
    with_server(tight, [](http::server& s) -> asio::awaitable<void> {
        auto p = co_await peer::to(s.port());
        co_await p.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
        check_problem(co_await p.rest(), 503, "busy");
    });
    log::set_sink({});
}

TEST_CASE("stopping lets requests in flight end, closes idle connections and accepts no more") {
    wire::run([&](asio::io_context& io) -> asio::awaitable<void> {
        http::server s(io.get_executor(), settings(), table());
        REQUIRE(s.start());
        auto idle = co_await peer::to(s.port());
        auto busy = co_await peer::to(s.port());
        CHECK(status_of(co_await idle.exchange("GET /hello/a HTTP/1.1\r\nHost: h\r\n\r\n")) == 200);
        co_await busy.send("GET /soon HTTP/1.1\r\nHost: h\r\n\r\n");
        co_await pause(5ms);
        co_await s.stop(2s);
        CHECK(s.connections() == 0);
        CHECK((co_await idle.rest()).empty());
        const auto answer = co_await busy.rest();
        CHECK(answer.ends_with("made it"));
        CHECK(answer.find("Connection: close") != std::string::npos);
        wire::error_code ec;
        wire::tcp::socket late(io);
        co_await late.async_connect({asio::ip::address_v4::loopback(), s.port()},
                                    asio::redirect_error(asio::use_awaitable, ec));
        CHECK(ec);
    });
}

TEST_CASE("stopping cuts what does not end in time") {
    log::set_sink([](std::string_view) {});
    wire::run([&](asio::io_context& io) -> asio::awaitable<void> {
        auto routes = table();
        for (auto& r : routes)
            r.deadline = 10s;
        http::server s(io.get_executor(), settings(), std::move(routes));
        REQUIRE(s.start());
        auto p = co_await peer::to(s.port());
        co_await p.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
        co_await pause(5ms);
        co_await s.stop(20ms);
        CHECK(s.connections() == 0);
        CHECK(status_of(co_await p.rest()) == 503);
    });
    log::set_sink({});
}

TEST_CASE("at the limit the longest idle connection makes room") {
    auto few = settings();
    few.limits.most_connections = 3;
    with_server(few, [](http::server& s) -> asio::awaitable<void> {
        std::vector<peer> peers;
        for (int i = 0; i < 6; ++i) {
            peers.push_back(co_await peer::to(s.port()));
            CHECK(status_of(co_await peers.back().exchange("GET /hello/a HTTP/1.1\r\nHost: h\r\n\r\n")) == 200);
        }
        CHECK(s.connections() <= 4);
        CHECK((co_await peers.front().rest()).empty());
    });
}

TEST_CASE("answers are reported by their route's pattern") {
    auto s = settings();
    std::vector<std::pair<std::string, int>> seen;
    s.on_done = [&](std::string_view path, int status, std::chrono::nanoseconds took) {
        seen.emplace_back(path, status);
        CHECK(took.count() > 0);
    };
    with_server(s, [](http::server& server) -> asio::awaitable<void> {
        auto p = co_await peer::to(server.port());
        co_await p.exchange("GET /hello/a HTTP/1.1\r\nHost: h\r\n\r\n");
        co_await p.exchange("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
    });
    REQUIRE(seen.size() == 2);
    CHECK(seen[0] == std::pair<std::string, int>("/hello/{name}", 200));
    CHECK(seen[1] == std::pair<std::string, int>("", 404));
}

TEST_CASE("addresses that cannot be bound are errors, not exceptions") {
    asio::io_context io;
    for (const char* bad : {"nonsense", "127.0.0.1:99999", "300.1.1.1:80", "127.0.0.1:", "203.0.113.7:80"}) {
        auto s = settings();
        s.listen = bad;
        http::server server(io.get_executor(), s, {});
        CHECK_FALSE(server.start());
    }
    auto s = settings();
    s.listen = "[::1]:0";
    http::server six(io.get_executor(), s, {});
    if (six.start())
        CHECK(six.loopback_only());
    s.tls_certificate = "/nonexistent";
    http::server tls(io.get_executor(), s, {});
    CHECK_FALSE(tls.start());
}
