#include "sources/fetching.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

#include <deque>

using namespace whynow;
using namespace whynow::sources;
using namespace std::chrono_literals;

namespace {

constexpr domain::instant now{784'111'777s}; // Sun, 06 Nov 1994 08:49:37 GMT

struct scripted : http::client {
    std::vector<http::outgoing> asked;
    std::deque<boost::system::result<http::response>> answers;

    boost::asio::awaitable<boost::system::result<http::response>> exchange(http::outgoing what) override {
        asked.push_back(std::move(what));
        auto next = std::move(answers.front());
        answers.pop_front();
        co_return next;
    }
};

http::response answer(int status, std::string body = {}, std::vector<std::pair<std::string, std::string>> fields = {}) {
    http::response r;
    r.status = status;
    r.body = std::move(body);
    for (auto& [name, value] : fields)
        r.fields.add(name, value);
    return r;
}

reading lines(const document& d) {
    reading out;
    out.readable = d.body != "garbage";
    item i;
    i.external_id = std::string(d.body);
    i.url = std::string(d.base);
    if (out.readable)
        out.items.push_back(i);
    else
        out.complaint = "no lines";
    return out;
}

poll_result poll(signal_source& s, cursor from = {}) {
    boost::asio::io_context io;
    poll_result out;
    auto run = [&]() -> boost::asio::awaitable<void> { out = co_await s.poll(std::move(from), now); };
    boost::asio::co_spawn(io, run(), boost::asio::detached);
    io.run();
    return out;
}

struct bench {
    scripted client;
    std::unique_ptr<signal_source> source;
    bench() {
        fetch_settings s;
        s.url = "https://feeds.example/a.xml";
        s.user_agent = "whynow test@example.com";
        source = make_fetching(client, s, lines);
    }
};

} // namespace

TEST_CASE("a conditional GET: validators are kept and sent back") {
    bench b;
    b.client.answers = {answer(200, "one", {{"ETag", "\"e1\""}, {"Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"}}),
                        answer(304)};
    const auto first = poll(*b.source);
    REQUIRE(first.items.size() == 1);
    CHECK(first.items[0].url == "https://feeds.example/a.xml");
    CHECK(first.next.newest_id == "one");
    CHECK(b.client.asked[0].fields.get("If-None-Match").empty());
    CHECK(b.client.asked[0].fields.get("User-Agent") == "whynow test@example.com");
    CHECK(b.client.asked[0].most_redirects == 0);
    const auto second = poll(*b.source, first.next);
    CHECK(b.client.asked[1].fields.get("If-None-Match") == "\"e1\"");
    CHECK(b.client.asked[1].fields.get("If-Modified-Since") == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(second.unchanged);
    CHECK(second.items.empty());
    CHECK(second.next == first.next);
    CHECK(second.problem == poll_problem::none);
}

TEST_CASE("the very same body without validators counts as unchanged") {
    bench b;
    b.client.answers = {answer(200, "one"), answer(200, "one"), answer(200, "two")};
    const auto first = poll(*b.source);
    const auto second = poll(*b.source, first.next);
    CHECK(second.unchanged);
    CHECK(second.items.empty());
    CHECK(poll(*b.source, second.next).items.size() == 1);
}

TEST_CASE("permanent moves are remembered, others are not") {
    bench b;
    b.client.answers = {answer(301, "", {{"Location", "/b.xml#x"}}), answer(200, "one")};
    const auto moved = poll(*b.source);
    CHECK(moved.next.moved_to == "https://feeds.example/b.xml");
    b.client.answers = {answer(200, "two")};
    poll(*b.source, moved.next);
    CHECK(b.client.asked.back().url == "https://feeds.example/b.xml");
    b.client.answers = {answer(302, "", {{"Location", "https://other.example/c"}}),
                        answer(301, "", {{"Location", "/d"}}), answer(200, "x")};
    const auto lent = poll(*b.source);
    CHECK(b.client.asked.back().url == "https://other.example/d");
    CHECK(lent.next.moved_to.empty());
    CHECK(lent.items.size() == 1);
}

TEST_CASE("a remembered move that fails leads back to the configured address") {
    bench b;
    cursor c;
    c.moved_to = "https://feeds.example/b.xml";
    c.etag = "\"e\"";
    b.client.answers = {answer(410)};
    const auto out = poll(*b.source, c);
    CHECK(out.problem == poll_problem::not_found);
    CHECK(out.next.moved_to.empty());
    CHECK(out.next.etag.empty());
}

TEST_CASE("redirects that are refused") {
    bench b;
    b.client.answers = {answer(301, "", {{"Location", "http://feeds.example/a.xml"}})};
    CHECK(poll(*b.source).problem == poll_problem::redirects);
    b.client.answers = {answer(302)};
    CHECK(poll(*b.source).problem == poll_problem::redirects);
    b.client.answers = {answer(302, "", {{"Location", "file:///etc/passwd"}})};
    CHECK(poll(*b.source).problem == poll_problem::redirects);
    for (int i = 0; i < 10; ++i)
        b.client.answers.push_back(answer(302, "", {{"Location", "/a.xml"}}));
    const auto before = b.client.asked.size();
    CHECK(poll(*b.source).problem == poll_problem::redirects);
    CHECK(b.client.asked.size() - before == 6);
    b.client.answers = {answer(301, "", {{"Location", "/b"}}), answer(302)};
    CHECK(poll(*b.source).problem == poll_problem::redirects);
    b.client.answers = {answer(200, "fine")};
    CHECK(poll(*b.source).next.moved_to.empty()); // nothing of the failed poll is left
}

TEST_CASE("no hop of a redirect may go to a private address, nor take more than the first") {
    bench b;
    b.client.answers = {answer(302, "", {{"Location", "http://127.0.0.1/"}})};
    CHECK(poll(*b.source).problem == poll_problem::redirects); // from https to http
    b.client.answers = {answer(302, "", {{"Location", "https://169.254.169.254/latest"}}),
                        make_error_code(http::client_errc::refused_address)};
    CHECK(poll(*b.source).problem == poll_problem::refused_address);
    for (const auto& asked : b.client.asked) {
        CHECK(!asked.any_address);
        CHECK(asked.most_redirects == 0);
        CHECK(asked.most_bytes == b.client.asked[0].most_bytes);
        CHECK(asked.deadline == b.client.asked[0].deadline);
    }
}

TEST_CASE("statuses become problems") {
    const std::pair<int, poll_problem> rows[] = {{410, poll_problem::gone},         {404, poll_problem::not_found},
                                                 {401, poll_problem::not_allowed},  {403, poll_problem::not_allowed},
                                                 {429, poll_problem::busy},         {503, poll_problem::busy},
                                                 {500, poll_problem::server_error}, {502, poll_problem::server_error},
                                                 {418, poll_problem::server_error}, {204, poll_problem::server_error}};
    for (const auto& [status, problem] : rows) {
        bench b;
        cursor c;
        c.etag = "\"kept\"";
        b.client.answers = {answer(status, "", {{"Retry-After", "120"}})};
        const auto out = poll(*b.source, c);
        CHECK(out.problem == problem);
        CHECK(out.retry_after == std::optional<std::chrono::seconds>(120s));
        CHECK(out.next == c);
    }
}

TEST_CASE("errors of the client become problems") {
    const std::pair<http::client_errc, poll_problem> rows[] = {
        {http::client_errc::refused_address, poll_problem::refused_address},
        {http::client_errc::bad_url, poll_problem::refused_address},
        {http::client_errc::not_sent, poll_problem::unreachable},
        {http::client_errc::no_answer, poll_problem::unreachable},
        {http::client_errc::too_large, poll_problem::too_large}};
    for (const auto& [error, problem] : rows) {
        bench b;
        b.client.answers.push_back(make_error_code(error));
        CHECK(poll(*b.source).problem == problem);
    }
}

TEST_CASE("what cannot be read is asked for again") {
    bench b;
    cursor c;
    c.etag = "\"old\"";
    b.client.answers = {answer(200, "garbage", {{"ETag", "\"new\""}})};
    const auto out = poll(*b.source, c);
    CHECK(out.problem == poll_problem::unreadable);
    CHECK(out.detail == "no lines");
    CHECK(out.next == c);
}

TEST_CASE("Retry-After in both forms") {
    CHECK(read_retry_after("0", now) == std::optional<std::chrono::seconds>(0s));
    CHECK(read_retry_after(" 3600 ", now) == std::optional<std::chrono::seconds>(3600s));
    CHECK(read_retry_after("Sun, 06 Nov 1994 08:50:37 GMT", now) == std::optional<std::chrono::seconds>(60s));
    CHECK(read_retry_after("Sun, 06 Nov 1994 07:50:37 GMT", now) == std::optional<std::chrono::seconds>(0s));
    CHECK(read_retry_after("99999999999999", now) == std::optional<std::chrono::seconds>(365 * 24h));
    for (const char* bad :
         {"", "-1", "soon", "1.5", "Sun, 06 Foo 1994 08:50:37 GMT", "Sun, 31 Feb 1994 08:50:37 GMT", "Sun, 06"})
        CHECK(!read_retry_after(bad, now));
}
