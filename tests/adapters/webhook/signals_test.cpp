#include "adapters/webhook/signals.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace whynow;
using namespace std::chrono_literals;

namespace {

const domain::instant now = *domain::parse_iso_instant("2026-03-04T08:00:00Z");

std::string with(const std::string& field) {
    return R"({"title":"Northwind names a CFO","url":"https://news.example/1","published":"2026-03-03T10:00:00Z",)" +
           field + "}";
}

std::string why(const std::string& body) {
    const auto got = webhook::read_signals(body, now);
    if (!got.refusal.empty())
        return got.refusal;
    return got.rejected.empty() ? "" : got.rejected.front().why;
}

} // namespace

TEST_CASE("one signal, whole") {
    const auto got =
        webhook::read_signals(R"({"id":"s1","title":" Northwind  names a CFO ","summary":"She starts in May.",
        "url":"https://news.example/1","published":"2026-03-03T11:00:00+01:00","source":"crm","account":"Northwind",
        "kind":"leadership","activity":false,"colour":"ignored"})",
                              now);
    REQUIRE(got.accepted.size() == 1);
    CHECK(got.rejected.empty());
    CHECK(got.status == 202);
    const auto& i = got.accepted[0];
    CHECK(i.external_id == "s1");
    CHECK(i.title == "Northwind names a CFO");
    CHECK(i.summary == "She starts in May.");
    CHECK(i.url == "https://news.example/1");
    CHECK(domain::to_iso(*i.published) == "2026-03-03T10:00:00Z");
    CHECK(i.source == "crm");
    CHECK(i.publisher == "news.example");
    CHECK(i.account_hint == "Northwind");
    CHECK(i.kind_hint == "leadership");
    CHECK(!i.activity);
}

TEST_CASE("a list: good ones are taken, bad ones named by their place") {
    const auto got = webhook::read_signals("[" + with("\"activity\":true") + ",7," + with("\"kind\":\"gossip\"") + "," +
                                               with("\"published\":\"2026-03-03\"") + "]",
                                           now);
    CHECK(got.accepted.size() == 2);
    CHECK(got.accepted[0].activity);
    CHECK(got.accepted[0].external_id == "https://news.example/1#Northwind names a CFO");
    REQUIRE(got.rejected.size() == 2);
    CHECK(got.rejected[0].index == 1);
    CHECK(got.rejected[1].index == 2);
    CHECK(got.rejected[1].why == "kind is none of the known kinds");
    CHECK(got.status == 202);
    CHECK(
        webhook::answer_json(2, 1, got.rejected) ==
        R"({"accepted":2,"duplicates":1,"rejected":[{"index":1,"why":"a signal is a JSON object"},{"index":2,"why":"kind is none of the known kinds"}]})");
}

TEST_CASE("what is wrong is said") {
    CHECK(why(R"({"url":"https://a.example","published":"2026-03-03"})") == "title is missing");
    CHECK(why(R"({"title":"a","published":"2026-03-03"})") == "url is missing");
    CHECK(why(R"({"title":"a","url":"https://a.example"})") == "published is missing");
    CHECK(why(R"({"title":7,"url":"https://a.example","published":"2026-03-03"})") == "title is no string");
    CHECK(why(R"j({"title":"a","url":"javascript:alert(1)","published":"2026-03-03"})j") ==
          "url is no http or https address");
    CHECK(why(R"({"title":"a","url":"https://","published":"2026-03-03"})") == "url cannot be read");
    CHECK(why(R"({"title":"a","url":"https://bank.example@evil.example/","published":"2026-03-03"})") ==
          "url carries a user name");
    CHECK(why(R"({"title":"a","url":"https://a.example/<script>","published":"2026-03-03"})") == "url cannot be read");
    CHECK(why(R"({"title":"a","url":"https://a.example","published":"yesterday"})") == "published is no ISO 8601 time");
    CHECK(why(R"({"title":"a","url":"https://a.example","published":"2026-03-06T08:00:00Z"})") ==
          "published lies in the future");
    CHECK(why(R"({"title":"a","url":"https://a.example","published":"1960-03-06"})") == "published lies before 1990");
    CHECK(why(with("\"activity\":1")) == "activity is neither true nor false");
    CHECK(why(with("\"summary\":\"" + std::string(20'001, 'x') + "\"")) == "summary is longer than 20000 characters");
    CHECK(why("7") == "the body is neither an object nor a list");
    CHECK(why("{") == "the body is no JSON");
    CHECK(why("") == "the body is no JSON");
    CHECK(why("{\"title\":\"\xff\"}") == "the body is no valid UTF-8");
}

TEST_CASE("limits hold before anything is built") {
    const auto begin = std::chrono::steady_clock::now();
    CHECK(webhook::read_signals(std::string(100'000, '['), now).status == 413);
    CHECK(webhook::read_signals(std::string(2u << 20, ' '), now).status == 413);
    std::string many = "[";
    for (int i = 0; i < 1'001; ++i)
        many += (i == 0 ? "1" : ",1");
    CHECK(webhook::read_signals(many + "]", now).status == 413);
    CHECK(webhook::read_signals("{\"a\":\"" + std::string(1'000, '[') + "\"}", now).status == 422);
    CHECK(std::chrono::steady_clock::now() - begin < 500ms);
    CHECK(webhook::read_signals("[]", now).status == 202);
    CHECK(webhook::read_signals("[7]", now).status == 422);
}

TEST_CASE("the bearer token") {
    CHECK(webhook::bearer_matches("Bearer secret", "secret"));
    CHECK(webhook::bearer_matches("bearer secret", "secret"));
    for (const char* bad : {"", "Bearer", "Bearer ", "Bearer secre", "Bearer secrets", "Bearer SECRET", "Basic secret",
                            "secret", "Bearer secret "})
        CHECK(!webhook::bearer_matches(bad, "secret"));
    CHECK(!webhook::bearer_matches("Bearer ", ""));
    CHECK(!webhook::bearer_matches("", ""));
}
