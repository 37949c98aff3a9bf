#include "http/request_reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace whynow::http;
using state = request_reader::state;

namespace {

// Feeds the text in steps of `step` bytes, as a network might break it; returns what was left over.
std::string feed(request_reader& reader, const std::string& text, std::size_t step, std::size_t limit = 1000) {
    std::string waiting;
    for (std::size_t at = 0; at < text.size(); at += step) {
        waiting += text.substr(at, step);
        for (std::size_t used = 1; used > 0 && !waiting.empty();) {
            used = reader.take(waiting);
            waiting.erase(0, used);
            if (reader.at() == state::body)
                reader.allow_body(limit);
        }
    }
    return waiting;
}

int failure_of(const std::string& text, std::size_t limit = 1000) {
    request_reader reader(1024);
    feed(reader, text, 4096, limit);
    return reader.at() == state::failed ? reader.failure() : 0;
}

} // namespace

TEST_CASE("the same request comes out however the bytes are broken") {
    const std::string text = "POST /a/b?x=1 HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 5\r\n\r\nhello";
    for (std::size_t step = 1; step <= text.size(); ++step) {
        request_reader reader(1024);
        const auto left = feed(reader, text + "GET", step);
        REQUIRE(reader.at() == state::done);
        const auto& r = reader.current();
        CHECK(r.method == "POST");
        CHECK(r.path == "/a/b");
        CHECK(r.query == "x=1");
        CHECK(r.fields.count("X-a") == 2);
        CHECK(r.body == "hello");
        CHECK(left == "GET");
    }
}

TEST_CASE("chunks are joined, trailers do not become headers, the limit counts") {
    const std::string text = "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nX-Signature: forged\r\n\r\n";
    for (std::size_t step = 1; step <= text.size(); ++step) {
        request_reader reader(1024);
        feed(reader, text, step);
        REQUIRE(reader.at() == state::done);
        CHECK(reader.current().body == "abcdefg");
        CHECK(reader.current().fields.count("X-Signature") == 0);
    }
    CHECK(failure_of(text, 6) == 413);
    CHECK(failure_of("POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n") == 413);
}

TEST_CASE("what is ambiguous or broken is refused") {
    CHECK(failure_of("nonsense\r\n\r\n") == 400);
    CHECK(failure_of("GET / HTTP/1.1\r\n\r\n") == 400); // no host
    CHECK(failure_of("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") == 400);
    CHECK(failure_of("GET / HTTP/2.5\r\nHost: a\r\n\r\n") == 505);
    CHECK(failure_of("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n") == 400);
    CHECK(failure_of("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n") == 400);
    CHECK(failure_of("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n") == 400);
    CHECK(failure_of("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n") == 501);
    CHECK(failure_of("GET / HTTP/1.1\r\nHost: a\r\nA : b\r\n\r\n") == 400);
    CHECK(failure_of("GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
}

TEST_CASE("large headers are refused before they are whole") {
    CHECK(failure_of("GET /" + std::string(3000, 'a')) == 431);
    CHECK(failure_of("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(3000, 'a')) == 431);
    std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 200; ++i)
        many += "A: b\r\n";
    CHECK(failure_of(many + "\r\n") == 431);
    request_reader reader(1024);
    std::string dripped = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 90; ++i)
        dripped += "A: 0123456789\r\n";
    feed(reader, dripped, 7);
    CHECK(reader.failure() == 431);
}
