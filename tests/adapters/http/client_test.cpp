#include "fake.hpp"
#include "http/curl_client.hpp"
#include "http/server.hpp"
#include "support/certificate.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <vector>

using namespace whynow;
using namespace std::chrono_literals;
using http::client_errc;
using wire::fake;
using wire::gzipped;
using wire::ok;
using wire::peer;
namespace asio = boost::asio;

namespace {

http::outgoing get(std::string url) {
    http::outgoing o;
    o.url = std::move(url);
    o.any_address = true;
    o.deadline = 5s;
    return o;
}

http::outgoing post(std::string url, std::string body) {
    auto o = get(std::move(url));
    o.method = "POST";
    o.body = std::move(body);
    o.fields.add("Content-Type", "application/json");
    return o;
}

void check_error(const boost::system::result<http::response>& got, client_errc wanted) {
    REQUIRE(got.has_error());
    CHECK_MESSAGE(got.error() == make_error_code(wanted), got.error().message());
}

using test_body = std::function<asio::awaitable<void>(asio::io_context&, http::curl_client&)>;

void with_client(test_body what) {
    wire::run([&](asio::io_context& io) -> asio::awaitable<void> {
        http::curl_client client(io.get_executor());
        co_await what(io, client);
    });
}

} // namespace

TEST_CASE("fields, body and status travel; a connection is kept") {
    with_client([](asio::io_context& io, http::curl_client& c) -> asio::awaitable<void> {
        std::vector<http::request> seen;
        std::vector<http::route> routes;
        routes.push_back({"POST", "/x", [&](http::request r) -> asio::awaitable<http::response> {
                              seen.push_back(std::move(r));
                              auto a = http::response::text(201, "made");
                              a.fields.add("X-Two", " b ");
                              co_return a;
                          }});
        http::server_settings settings;
        settings.listen = "127.0.0.1:0";
        http::server s(io.get_executor(), settings, std::move(routes));
        REQUIRE(s.start());
        for (int i = 0; i < 3; ++i) {
            auto o = post("http://127.0.0.1:" + std::to_string(s.port()) + "/x?q=1#f", std::string(100'000, 'b'));
            o.fields.add("X-Empty", "");
            const auto got = co_await c.exchange(std::move(o));
            REQUIRE(got.has_value());
            CHECK(got->status == 201);
            CHECK(got->body == "made");
            CHECK(got->fields.get("x-two") == "b");
        }
        REQUIRE(seen.size() == 3);
        CHECK(seen[2].target == "/x?q=1");
        CHECK(seen[2].body.size() == 100'000);
        CHECK(seen[2].fields.get("content-type") == "application/json");
        CHECK(seen[2].fields.count("X-Empty") == 1);
        CHECK(seen[2].fields.count("Expect") == 0);
        CHECK(s.connections() == 1);
        co_await s.stop(1s);
    });
}

TEST_CASE("private addresses are refused at connect, however they are written") {
    with_client([](asio::io_context& io, http::curl_client& c) -> asio::awaitable<void> {
        fake f(io, [](peer& p, int) -> asio::awaitable<void> { co_await p.send(ok("no")); });
        for (const char* host : {"127.0.0.1", "localhost", "2130706433", "0x7f.1", "017700000001", "[::1]",
                                 "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "169.254.169.254", "10.1.2.3"}) {
            CAPTURE(host);
            auto o = get("http://" + std::string(host) + ":" + f.port() + "/");
            o.any_address = false;
            check_error(co_await c.exchange(o), client_errc::refused_address);
        }
        CHECK(f.connections == 0);
    });
}

TEST_CASE("a kept connection to a private address is not lent to a guarded request") {
    with_client([](asio::io_context& io, http::curl_client& c) -> asio::awaitable<void> {
        fake f(io, [&](peer& p, int) -> asio::awaitable<void> {
            while (!(co_await p.message()).empty())
                co_await p.send(ok("x"));
        });
        CHECK((co_await c.exchange(get(f.url()))).has_value());
        auto o = get(f.url());
        o.any_address = false;
        check_error(co_await c.exchange(o), client_errc::refused_address);
    });
}

TEST_CASE("each redirect is checked: a private address elsewhere is refused") {
    with_client([](asio::io_context& io, http::curl_client& c) -> asio::awaitable<void> {
        int inner = 0;
        fake target(io, [&](peer& p, int) -> asio::awaitable<void> {
            ++inner;
            co_await p.send(ok("secret"));
        });
        fake f(io, [&](peer& p, int) -> asio::awaitable<void> {
            const auto asked = co_await p.message();
            const bool again = asked.starts_with("GET /same");
            co_await p.send("HTTP/1.1 302 Found\r\nLocation: " + (again ? std::string("/same") : target.url()) +
                            "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        auto o = get(f.url());
        o.most_redirects = 3;
        check_error(co_await c.exchange(o), client_errc::refused_address);
        CHECK(inner == 0);
        o.url = f.url("/same");
        check_error(co_await c.exchange(o), client_errc::too_many_redirects);
        CHECK(f.connections == 5);
        o.most_redirects = 0;
        const auto given = co_await c.exchange(o);
        REQUIRE(given.has_value());
        CHECK(given->status == 302);
    });
}

TEST_CASE("gzip is decoded, a bomb is cut at the limit") {
    with_client([](asio::io_context& io, http::curl_client& c) -> asio::awaitable<void> {
        const auto bomb = gzipped(std::string(20u << 20, '\0'));
        fake f(io, [&](peer& p, int) -> asio::awaitable<void> {
            co_await p.message();
            co_await p.send(ok(bomb, "Content-Encoding: gzip\r\nConnection: close\r\n"));
        });
        auto o = get(f.url());
        o.most_bytes = 32u << 20;
        const auto whole = co_await c.exchange(o);
        REQUIRE(whole.has_value());
        CHECK(whole->body.size() == (20u << 20));
        o.most_bytes = 1u << 20;
        check_error(co_await c.exchange(o), client_errc::too_large);
        o.most_bytes = 1000; // the declared length alone is too much
        check_error(co_await c.exchange(o), client_errc::too_large);
    });
}

TEST_CASE("not sent: nobody listens, no such name, no trust") {
    with_client([](asio::io_context& io, http::curl_client& c) -> asio::awaitable<void> {
        std::string dead;
        {
            fake f(io, [](peer&, int) -> asio::awaitable<void> { co_return; });
            wire::tcp::acceptor other(io, {asio::ip::address_v4::loopback(), 0});
            dead = "http://127.0.0.1:" + std::to_string(other.local_endpoint().port());
        }
        check_error(co_await c.exchange(post(dead, "x")), client_errc::not_sent);
        auto unknown = post("http://nobody.invalid/", "x");
        unknown.deadline = 2s;
        check_error(co_await c.exchange(unknown), client_errc::not_sent);
    });
}

TEST_CASE("no answer: sent, then closed, cut short or silent") {
    with_client([](asio::io_context& io, http::curl_client& c) -> asio::awaitable<void> {
        fake closes(io, [](peer& p, int) -> asio::awaitable<void> { co_await p.message(); });
        check_error(co_await c.exchange(post(closes.url(), "x")), client_errc::no_answer);
        fake cuts(io, [](peer& p, int) -> asio::awaitable<void> {
            co_await p.message();
            co_await p.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        });
        check_error(co_await c.exchange(post(cuts.url(), "x")), client_errc::no_answer);
        fake silent(io, [](peer& p, int) -> asio::awaitable<void> { co_await p.rest(); });
        auto late = post(silent.url(), "x");
        late.deadline = 40ms;
        const auto from = std::chrono::steady_clock::now();
        check_error(co_await c.exchange(late), client_errc::no_answer);
        CHECK(std::chrono::steady_clock::now() - from < 1s);
    });
}

TEST_CASE("a POST on a kept connection that breaks is not sent again; a GET may be") {
    with_client([](asio::io_context& io, http::curl_client& c) -> asio::awaitable<void> {
        int posts = 0, gets = 0;
        // Answers the first request of a connection and hangs up on the second.
        const auto once = [&](peer& p, int) -> asio::awaitable<void> {
            for (int i = 0; i < 2; ++i) {
                const auto asked = co_await p.message();
                posts += asked.starts_with("POST") ? 1 : 0;
                gets += asked.starts_with("GET") ? 1 : 0;
                if (i == 0 && !asked.empty())
                    co_await p.send(ok("first"));
            }
        };
        fake f(io, once);
        CHECK((co_await c.exchange(post(f.url(), "{}"))).has_value());
        check_error(co_await c.exchange(post(f.url(), "{}")), client_errc::no_answer);
        CHECK(posts == 2);
        CHECK((co_await c.exchange(post(f.url(), ""))).has_value());
        CHECK((co_await c.exchange(get(f.url()))).has_value());
        CHECK((co_await c.exchange(get(f.url()))).has_value());
        CHECK(posts == 3);
        CHECK(gets >= 2);
    });
}

TEST_CASE("requests that could not be sent as meant are refused") {
    with_client([](asio::io_context&, http::curl_client& c) -> asio::awaitable<void> {
        for (const char* bad : {"file:///etc/passwd", "ftp://127.0.0.1/", "nonsense", "http://u:p@127.0.0.1/"})
            check_error(co_await c.exchange(get(bad)), client_errc::bad_url);
        auto o = get("http://127.0.0.1:1/");
        o.fields.add("X", "a\r\nY: b");
        check_error(co_await c.exchange(o), client_errc::bad_url);
        auto m = get("http://127.0.0.1:1/");
        m.method = "GET / HTTP/1.1\r\nX:";
        check_error(co_await c.exchange(m), client_errc::bad_url);
    });
}

TEST_CASE("many at once share few connections") {
    with_client([](asio::io_context& io, http::curl_client& c) -> asio::awaitable<void> {
        std::vector<http::route> routes;
        routes.push_back({"GET", "/", [](http::request) -> asio::awaitable<http::response> {
                              co_return http::response::text(200, "x");
                          }});
        http::server_settings settings;
        settings.listen = "127.0.0.1:0";
        http::server s(io.get_executor(), settings, std::move(routes));
        REQUIRE(s.start());
        int good = 0, ended = 0;
        asio::steady_timer all(io, 10s);
        const auto one = [&]() -> asio::awaitable<void> {
            const auto got = co_await c.exchange(get("http://127.0.0.1:" + std::to_string(s.port()) + "/"));
            good += got ? 1 : 0;
            if (++ended == 200)
                all.cancel();
        };
        for (int i = 0; i < 200; ++i)
            asio::co_spawn(io, one(), [](std::exception_ptr e) { CHECK_FALSE(e); });
        wire::error_code ec;
        co_await all.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        CHECK(good == 200);
        CHECK(s.connections() <= 8);
        co_await s.stop(1s);
    });
}

TEST_CASE("a cancelled exchange is taken back") {
    using namespace asio::experimental::awaitable_operators;
    with_client([](asio::io_context& io, http::curl_client& c) -> asio::awaitable<void> {
        fake silent(io, [](peer& p, int) -> asio::awaitable<void> { co_await p.rest(); });
        asio::steady_timer t(io, 20ms);
        const auto first = co_await (c.exchange(get(silent.url())) || t.async_wait(asio::use_awaitable));
        CHECK(first.index() == 1);
    });
}

TEST_CASE("TLS: served, verified, trusted only with the given authority") {
    with_client([](asio::io_context& io, http::curl_client& c) -> asio::awaitable<void> {
        const wire::certificate cert;
        std::vector<http::route> routes;
        routes.push_back({"POST", "/echo", [](http::request r) -> asio::awaitable<http::response> {
                              co_return http::response::text(200, std::move(r.body));
                          }});
        http::server_settings settings;
        settings.listen = "127.0.0.1:0";
        settings.tls_certificate = cert.file;
        settings.tls_key = cert.key;
        http::server s(io.get_executor(), settings, std::move(routes));
        REQUIRE(s.start());
        const auto url = "https://127.0.0.1:" + std::to_string(s.port()) + "/echo";
        check_error(co_await c.exchange(post(url, "x")), client_errc::not_sent);
        for (const std::size_t size : {0u, 1u, 5000u, 900'000u}) {
            auto o = post(url, std::string(size, 't'));
            o.ca_file = cert.file;
            const auto got = co_await c.exchange(std::move(o));
            REQUIRE(got.has_value());
            CHECK(got->body == std::string(size, 't'));
        }
        auto plain = co_await peer::to(s.port());
        co_await plain.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        co_await plain.rest();
        co_await s.stop(1s);
        CHECK(s.connections() == 0);
        settings.tls_key = cert.file;
        http::server wrong(io.get_executor(), settings, {});
        CHECK_FALSE(wrong.start());
    });
}
