#include "http/message.hpp"
#include "http/response_head.hpp"
#include "http/routes.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace whynow::http;

TEST_CASE("field names compare without case and repeats are counted") {
    fields f;
    f.add("X-Sig", "a");
    f.add("x-sig", "b");
    CHECK(f.get("X-SIG") == "a");
    CHECK(f.count("x-Sig") == 2);
    f.set("X-SIG", "c");
    CHECK(f.count("x-sig") == 1);
    CHECK(f.get("x-sig") == "c");
    CHECK(f.get("none").empty());
}

TEST_CASE("forms and percent coding") {
    const auto form = parse_form("a=1+2&b=%C3%A4%26&c&=x&&d=%zz%4");
    REQUIRE(form.size() == 5);
    CHECK(form[0] == std::pair<std::string, std::string>("a", "1 2"));
    CHECK(form[1].second == "\xC3\xA4&");
    CHECK(form[2] == std::pair<std::string, std::string>("c", ""));
    CHECK(form[4].second == "%zz%4");
    CHECK(percent_decoded("a+b%20c") == "a+b c");
    CHECK(percent_encoded("a b/\xC3\xA4~") == "a%20b%2F%C3%A4~");

    request r;
    r.query = "q=x%20y&q=z";
    CHECK(r.parameter("q") == "x y");
    CHECK_FALSE(r.parameter("p"));
}

TEST_CASE("a problem is valid JSON whatever stands in it") {
    const auto r = response::problem(413, "too-large", "a \"quoted\"\n\x01 title", "back\\slash");
    CHECK(r.fields.get("content-type") == "application/problem+json");
    const auto j = nlohmann::json::parse(r.body);
    CHECK(j["type"] == "too-large");
    CHECK(j["status"] == 413);
    CHECK(j["title"] == "a \"quoted\"\n\x01 title");
    CHECK(j["detail"] == "back\\slash");
}

TEST_CASE("an answer's fields cannot split it") {
    response r = response::text(200, "hello");
    r.fields.add("X-Ok", "1");
    r.fields.add("X-Bad", "1\r\nSet-Cookie: a=b");
    r.fields.add("X Bad", "1");
    r.fields.add("Content-Length", "999");
    r.fields.add("Server", "x");
    std::string head;
    append_head(head, r, {});
    CHECK(head.find("X-Ok: 1\r\n") != std::string::npos);
    CHECK(head.find("Set-Cookie") == std::string::npos);
    CHECK(head.find("X Bad") == std::string::npos);
    CHECK(head.find("Content-Length: 5\r\n") != std::string::npos);
    CHECK(head.find("999") == std::string::npos);
    CHECK(head.find("Server") == std::string::npos);
}

TEST_CASE("routes: fixed before patterns, 404 told from 405, captures decoded") {
    const auto none = [](request) -> boost::asio::awaitable<response> { co_return response{}; };
    const route_table table(
        {{"GET", "/drafts/new", none}, {"GET", "/drafts/{id}", none}, {"POST", "/drafts/{id}/send", none}});
    CHECK(table.find("GET", "/drafts/new").found->path == "/drafts/new");
    const auto one = table.find("GET", "/drafts/a%2Fb");
    REQUIRE(one.found);
    REQUIRE(one.captures.size() == 1);
    CHECK(one.captures[0] == std::pair<std::string, std::string>("id", "a/b"));
    CHECK(table.find("HEAD", "/drafts/7").found);
    CHECK_FALSE(table.find("GET", "/drafts/").found);
    CHECK(table.find("GET", "/drafts/").allowed.empty());
    const auto wrong = table.find("GET", "/drafts/7/send");
    CHECK_FALSE(wrong.found);
    CHECK(wrong.allowed == "POST");
    CHECK(table.find("POST", "/drafts/new").allowed == "GET, HEAD");
    CHECK_FALSE(table.find("GET", "drafts").found);
    CHECK_THROWS(route_table({{"GET", "/a", none}, {"GET", "/a", none}}));
}
