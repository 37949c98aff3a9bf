#include "http/redirect.hpp"

#include <doctest/doctest.h>

using namespace whynow::http;

namespace {

outgoing redirected(const char* from, const char* reference, int status, const char* method = "POST") {
    outgoing o;
    o.method = method;
    o.url = from;
    o.body = "x";
    o.any_address = true;
    o.fields.add("Authorization", "Bearer t");
    o.fields.add("cookie", "c");
    o.fields.add("Content-Type", "text/plain");
    o.fields.add("X-Other", "1");
    const auto base = read_url(from);
    REQUIRE(base);
    const auto next = resolve_url(*base, reference);
    REQUIRE(next);
    turn_to(o, *base, *next, status);
    return o;
}

} // namespace

TEST_CASE("secrets and the leave for private addresses stay with the origin") {
    const auto same = redirected("https://a.example/x/y?q=1", "../z#part", 307);
    CHECK(same.url == "https://a.example/z");
    CHECK(same.method == "POST");
    CHECK(same.body == "x");
    CHECK(same.fields.get("Authorization") == "Bearer t");
    CHECK(same.any_address);
    for (const char* other :
         {"https://b.example/", "http://a.example/x", "https://a.example:444/", "//a.example.evil/"}) {
        CAPTURE(other);
        const auto o = redirected("https://a.example/x", other, 308);
        CHECK(o.fields.count("authorization") == 0);
        CHECK(o.fields.count("cookie") == 0);
        CHECK(o.fields.get("X-Other") == "1");
        CHECK_FALSE(o.any_address);
    }
    CHECK(redirected("https://a.example/x", "https://A.example:443/y", 308).any_address);
}

TEST_CASE("a POST becomes a GET where the web says so") {
    for (const int status : {301, 302, 303}) {
        const auto o = redirected("https://a.example/x", "/y", status);
        CHECK(o.method == "GET");
        CHECK(o.body.empty());
        CHECK(o.fields.count("content-type") == 0);
    }
    CHECK(redirected("https://a.example/x", "/y", 302, "PUT").method == "PUT");
    CHECK(redirected("https://a.example/x", "/y", 303, "HEAD").method == "HEAD");
}

TEST_CASE("what is no http address is not read") {
    for (const char* bad : {"", "a.example", "ftp://a.example/", "file:///etc/passwd", "gopher://a/", "http://",
                            "http://user:pw@a.example/", "http://user@a.example/", "http://a.example/\r\nX: y",
                            "http://a b/", "javascript:alert(1)", "http://a.example:99999/"}) {
        CAPTURE(bad);
        CHECK_FALSE(read_url(bad));
    }
    CHECK(read_url("http://2130706433/")->host == "127.0.0.1");
    CHECK(read_url("HTTPS://A.example/p?q#f")->whole == "https://A.example/p?q");
    CHECK(read_url("https://[::1]:8/")->origin() == "https://[::1]:8");
    const auto base = read_url("https://a.example/");
    CHECK_FALSE(resolve_url(*base, "file:///etc/passwd"));
    CHECK_FALSE(resolve_url(*base, "https://x@b.example/"));
}
