// Feeds from servers that mean harm, over real sockets: the whole way from the address to the items.
#include "adapters/http/fake.hpp"
#include "adapters/rss/feed.hpp"
#include "http/curl_client.hpp"

#include <boost/asio/steady_timer.hpp>
#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace whynow;
using namespace std::chrono_literals;
using sources::poll_problem;
using wire::fake;
using wire::gzipped;
using wire::ok;
using wire::peer;
namespace asio = boost::asio;

namespace {

constexpr domain::instant now{784'111'777s}; // Sun, 06 Nov 1994 08:49:37 GMT
const std::string feed = "<rss><channel><item><guid>g</guid><title>One</title><link>a</link></item></channel></rss>";

struct limits {
    std::size_t bytes = 1u << 20;
    std::chrono::milliseconds deadline = 5s;
};

sources::poll_result poll(fake::script script, limits within = {}, sources::cursor from = {}) {
    sources::poll_result out;
    wire::run([&](asio::io_context& io) -> asio::awaitable<void> {
        http::curl_client client(io.get_executor());
        fake server(io, script);
        sources::fetch_settings settings;
        settings.url = server.url("/f.xml");
        settings.any_address = true;
        settings.most_bytes = within.bytes;
        settings.deadline = within.deadline;
        const auto source = sources::make_fetching(client, settings, rss::read_source);
        out = co_await source->poll(std::move(from), now);
    });
    return out;
}

fake::script says(std::string text) {
    return [text = std::move(text)](peer& p, int) -> asio::awaitable<void> {
        co_await p.message();
        co_await p.send(text);
    };
}

asio::awaitable<void> pause(std::chrono::milliseconds most) {
    asio::steady_timer t(co_await asio::this_coro::executor, most);
    co_await t.async_wait(asio::use_awaitable);
}

} // namespace

TEST_CASE("a feed comes over the wire, packed or not, with its own place as the base") {
    const auto plain = poll(says(ok(feed, "Content-Type: text/xml\r\nContent-Location: /deep/er/f.xml\r\n")));
    REQUIRE(plain.items.size() == 1);
    CHECK(plain.items[0].url.ends_with("/deep/er/a"));
    const auto packed = poll(says(ok(gzipped(feed), "Content-Encoding: gzip\r\n")));
    REQUIRE(packed.items.size() == 1);
    CHECK(packed.items[0].title == "One");
    const auto twice = poll(says(ok(gzipped(gzipped(feed)), "Content-Encoding: gzip, gzip\r\n")));
    CHECK(twice.items.size() == 1);
}

TEST_CASE("a body without end is cut at the limit while it comes") {
    std::size_t sent = 0;
    const auto out = poll([&](peer& p, int) -> asio::awaitable<void> {
        co_await p.message();
        co_await p.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        const std::string chunk = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
        for (int i = 0; i < 2'000; ++i, sent += chunk.size())
            co_await p.send(chunk);
    });
    CHECK(out.problem == poll_problem::too_large);
    CHECK(out.items.empty());
    CHECK(sent < 100u << 20);
}

TEST_CASE("a body that drips is cut at the deadline") {
    const auto from = std::chrono::steady_clock::now();
    const auto out = poll(
        [](peer& p, int) -> asio::awaitable<void> {
            co_await p.message();
            co_await p.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            for (int i = 0; i < 1'000; ++i) {
                co_await p.send("<");
                co_await pause(10ms);
            }
        },
        {.deadline = 300ms});
    CHECK(out.problem == poll_problem::unreachable);
    CHECK(std::chrono::steady_clock::now() - from < 3s);
}

TEST_CASE("headers without end are cut, slow ones at the deadline") {
    const auto many = poll([](peer& p, int) -> asio::awaitable<void> {
        co_await p.message();
        co_await p.send("HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 100'000; ++i)
            co_await p.send("X-A: " + std::string(1'000, 'a') + "\r\n");
    });
    CHECK((many.problem == poll_problem::too_large || many.problem == poll_problem::unreachable));
    const auto slow = poll(
        [](peer& p, int) -> asio::awaitable<void> {
            co_await p.message();
            for (const char c : "HTTP/1.1 200 OK\r\nX-A: " + std::string(1'000, 'a')) {
                co_await p.send({&c, 1});
                co_await pause(10ms);
            }
        },
        {.deadline = 300ms});
    CHECK(slow.problem == poll_problem::unreachable);
}

TEST_CASE("a packed bomb is cut where it would pass the limit unpacked") {
    const auto bomb = gzipped(std::string(64u << 20, ' '));
    CHECK(bomb.size() < 1u << 20);
    CHECK(poll(says(ok(bomb, "Content-Encoding: gzip\r\n"))).problem == poll_problem::too_large);
    const auto twice = gzipped(bomb);
    CHECK(poll(says(ok(twice, "Content-Encoding: gzip, gzip\r\n"))).problem == poll_problem::too_large);
    std::string layers = "gzip";
    for (int i = 0; i < 50; ++i)
        layers += ", gzip";
    CHECK(poll(says(ok(bomb, "Content-Encoding: " + layers + "\r\n"))).problem == poll_problem::unreachable);
    CHECK(poll(says(ok("no gzip at all", "Content-Encoding: gzip\r\n"))).problem == poll_problem::unreachable);
    CHECK(poll(says(ok(gzipped(feed).substr(0, 30), "Content-Encoding: gzip\r\n"))).items.empty());
}

TEST_CASE("a length that is too much is believed at once, one that lies is not waited for") {
    CHECK(poll(says("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n<rss>")).problem == poll_problem::too_large);
    CHECK(poll(says("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + feed)).problem == poll_problem::unreachable);
    CHECK(poll(says("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + feed)).items.size() <= 1);
    CHECK(poll(says("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + feed)).items.empty());
    CHECK(poll(says("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + feed)).items.size() == 1);
}

TEST_CASE("only a 200 is read, whatever else it brings") {
    sources::cursor known;
    known.etag = "\"e\"";
    for (const std::string status : {"304 Not Modified", "404 Not Found", "410 Gone", "429 Too Many Requests",
                                     "500 Oops", "503 Busy", "206 Partial Content"}) {
        CAPTURE(status);
        const auto out =
            poll(says("HTTP/1.1 " + status + "\r\nRetry-After: 7\r\nContent-Length: " + std::to_string(feed.size()) +
                      "\r\n\r\n" + feed),
                 {}, known);
        CHECK(out.items.empty());
        CHECK(out.next == known);
        CHECK(out.unchanged == status.starts_with("304"));
        CHECK(out.retry_after == std::optional<std::chrono::seconds>(7s));
    }
}

TEST_CASE("what is no HTTP is no feed") {
    for (const std::string text : {"", "\r\n\r\n", "HTTP/9.9 200\r\n\r\n", "ICY 200 OK\r\n\r\n", "<rss/>"}) {
        CAPTURE(text);
        CHECK(poll(says(text)).problem == poll_problem::unreachable);
    }
    std::string noise;
    for (int i = 0; i < 100'000; ++i)
        noise += static_cast<char>(i * 7 % 251);
    CHECK(poll(says(noise)).items.empty());
}
