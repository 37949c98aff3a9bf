#include "adapters/slack/signature.hpp"
#include "tests/adapters/slack/test_data.hpp"

#include <doctest/doctest.h>

using namespace whynow;
using slack::verdict;

namespace {

const std::string published_secret = "8f742231b10e8888abcd99yyyzzz85a5";
const std::string published_body =
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&"
    "user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
    "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121."
    "803a0bc887a14d10d2c447fce8b6703c";
const std::string published_signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
const domain::instant published_at{std::chrono::seconds{1531420618}};

http::fields headers(const std::string& stamp, const std::string& signature) {
    http::fields f;
    f.add("X-Slack-Request-Timestamp", stamp);
    f.add("X-Slack-Signature", signature);
    return f;
}

verdict check(const http::fields& f, std::chrono::seconds clock_off = {}, const std::string& body = published_body,
              std::vector<std::string> secrets = {published_secret}) {
    return slack::verify(body, f, secrets, published_at + clock_off);
}

} // namespace

TEST_CASE("the published vector is good, and sign() makes it") {
    CHECK(check(headers("1531420618", published_signature)) == verdict::good);
    CHECK(slack::sign(published_body, published_at, published_secret) == published_signature);
}

TEST_CASE("header names count without case") {
    http::fields f;
    f.add("x-slack-request-timestamp", "1531420618");
    f.add("x-slack-signature", published_signature);
    CHECK(check(f) == verdict::good);
}

TEST_CASE("the window is 300 seconds in both directions") {
    const auto f = headers("1531420618", published_signature);
    CHECK(check(f, std::chrono::seconds{300}) == verdict::good);
    CHECK(check(f, std::chrono::seconds{-300}) == verdict::good);
    CHECK(check(f, std::chrono::seconds{301}) == verdict::stale);
    CHECK(check(f, std::chrono::seconds{-301}) == verdict::stale);
    CHECK(check(f, std::chrono::hours{24}) == verdict::stale);
    CHECK(check(f, -std::chrono::hours{24}) == verdict::stale);
}

TEST_CASE("a stamp is digits only, in seconds") {
    for (const std::string stamp : {"", " 1531420618", "1531420618 ", "+1531420618", "-1531420618", "1531420618.0",
                                    "0x5b47a0ca", "15314206181531420618", "now"})
        CHECK_MESSAGE(check(headers(stamp, published_signature)) == verdict::bad_stamp, stamp);
    const auto far = std::string("153142061800");
    const domain::instant far_at{std::chrono::seconds{153142061800}};
    CHECK(check(headers(far, slack::sign(published_body, far_at, published_secret))) == verdict::stale);
    CHECK(check(headers("1531420618000", published_signature)) == verdict::bad_stamp);
}

TEST_CASE("each header stands exactly once") {
    CHECK(check({}) == verdict::missing);
    http::fields only_stamp;
    only_stamp.add("X-Slack-Request-Timestamp", "1531420618");
    CHECK(check(only_stamp) == verdict::missing);
    auto twice = headers("1531420618", published_signature);
    twice.add("X-Slack-Signature", published_signature);
    CHECK(check(twice) == verdict::repeated);
    auto stamps = headers("1531420618", published_signature);
    stamps.add("x-slack-request-timestamp", "1531420618");
    CHECK(check(stamps) == verdict::repeated);
}

TEST_CASE("only a whole v0 signature in lower case counts") {
    const auto hex = published_signature.substr(3);
    auto upper = hex;
    for (auto& c : upper)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    for (const std::string& s : {hex, "v1=" + hex, "V0=" + hex, "v0=" + upper, std::string("v0="),
                                 published_signature + "0", published_signature.substr(0, 66),
                                 published_signature + "," + published_signature, "v0=" + std::string(64, 'g')})
        CHECK_MESSAGE(check(headers("1531420618", s)) == verdict::bad_form, s);
}

TEST_CASE("the raw bytes are signed: another body, stamp or secret does not pass") {
    const auto f = headers("1531420618", published_signature);
    CHECK(check(f, {}, published_body + " ") == verdict::mismatch);
    auto reserialised = published_body;
    reserialised.replace(reserialised.find("%2F"), 3, "%2f");
    CHECK(check(f, {}, reserialised) == verdict::mismatch);
    CHECK(check(f, {}, "") == verdict::mismatch);
    CHECK(check(headers("1531420619", published_signature)) == verdict::mismatch);
    CHECK(check(f, {}, published_body, {"another"}) == verdict::mismatch);
}

TEST_CASE("two secrets while one is being replaced; without a secret nothing passes") {
    const auto f = headers("1531420618", published_signature);
    CHECK(check(f, {}, published_body, {"new", published_secret}) == verdict::good);
    CHECK(check(f, {}, published_body, {published_secret, "old"}) == verdict::good);
    CHECK(check(f, {}, published_body, {}) == verdict::unconfigured);
    CHECK(check(f, {}, published_body, {""}) == verdict::unconfigured);
    const auto with_empty = headers("1531420618", slack::sign(published_body, published_at, ""));
    CHECK(check(with_empty, {}, published_body, {""}) == verdict::unconfigured);
    CHECK(check(with_empty, {}, published_body, {"", published_secret}) == verdict::mismatch);
}
