// What goes out to the Connector, and what its answers mean.
#include "adapters/teams/access_token.hpp"
#include "adapters/teams/cards.hpp"
#include "adapters/teams/encoding.hpp"
#include "bench.hpp"
#include "card_rules.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/rsa.h>

using namespace whynow;
using namespace whynow::adapters::teams;
using namespace whynow::teams_test;
using nlohmann::json;
using std::chrono::seconds;

TEST_CASE("a brief is one activity with one card") {
    bench b;
    b.net.on("POST", "/activities", {{201, {}, R"({"id":"1764"})"}});
    const auto result = b.send(brief());
    REQUIRE(std::holds_alternative<chat::sent>(result));
    CHECK(std::get<chat::sent>(result).at == chat::message_ref{"a:1x/y+z=;@", "1764"});
    REQUIRE(b.net.seen.size() == 2);
    const auto& t = b.net.seen[0];
    CHECK(t.url == std::string("https://login.microsoftonline.com/") + tenant + "/oauth2/v2.0/token");
    CHECK(t.body == std::string("grant_type=client_credentials&client_id=") + app +
                        "&scope=https%3A%2F%2Fapi.botframework.com%2F.default&client_secret=s3cret%26");
    const auto& p = b.net.seen[1];
    CHECK(p.url == "https://smba.trafficmanager.net/emea/22222222-2222-2222-2222-222222222222/v3/conversations/"
                   "a%3A1x%2Fy%2Bz%3D%3B%40/activities");
    CHECK(p.fields.get("Authorization") == "Bearer T1");
    const auto j = json::parse(p.body);
    CHECK(j["summary"] == sample_brief().fallback);
    CHECK_FALSE(j.contains("text"));
    CHECK_FALSE(j.contains("channelData"));
    CHECK(j["attachments"].size() == 1);
    CHECK(card_faults(j["attachments"][0]["content"].dump()).empty());
    auto loud = brief();
    loud.loud = true;
    b.send(loud);
    CHECK(json::parse(b.net.seen[2].body)["channelData"]["notification"]["alert"] == true);
    CHECK(b.net.count("token") == 1);
}

TEST_CASE("an update is a PUT, and safe to repeat") {
    bench b;
    b.net.on("PUT", "/activities/", {{200, {}, "{}"}, {502, {}, ""}});
    auto o = brief();
    o.what = chat::outgoing::operation::update;
    o.target = {"a:1x/y+z=;@", "17:6"};
    CHECK(std::get<chat::sent>(b.send(o)).at == o.target);
    CHECK(b.net.seen.back().url.ends_with("/activities/17%3A6"));
    CHECK(std::holds_alternative<chat::retry_later>(b.send(o)));
    b.net.on("PUT", "/activities/", [](const auto&) { return http::make_error_code(http::client_errc::no_answer); });
    CHECK(std::holds_alternative<chat::not_sent>(b.send(o)));
    b.net.on("PUT", "/activities/", {error(404, "ActivityNotFoundInConversation")});
    CHECK_FALSE(std::get<chat::rejected>(b.send(o)).person_gone);
    o.target = {};
    CHECK(std::holds_alternative<chat::rejected>(b.send(o)));
}

TEST_CASE("the first brief opens the 1:1") {
    bench b;
    b.net.on("POST", "/v3/conversations", {{201, {}, R"({"id":"a:new"})"}});
    b.net.on("POST", "/activities", {{201, {}, R"({"id":"1"})"}});
    auto o = brief();
    o.to.conversation.clear();
    const auto s = std::get<chat::sent>(b.send(o));
    CHECK(s.to.conversation == "a:new");
    CHECK(s.at == chat::message_ref{"a:new", "1"});
    const auto j = json::parse(b.net.seen[1].body);
    CHECK(j["members"] == json::array({{{"id", "29:1abc"}}}));
    CHECK(j["tenantId"] == tenant);
    CHECK(j["channelData"]["tenant"]["id"] == tenant);
    CHECK(j["bot"]["id"] == "28:00000000-0000-0000-0000-0000000000aa");
    b.net.on("POST", "/v3/conversations", {error(403, "ForbiddenOperationException")});
    CHECK(std::get<chat::rejected>(b.send(o)).person_gone);
    b.net.on("POST", "/v3/conversations", {{502, {}, ""}});
    CHECK(std::holds_alternative<chat::retry_later>(b.send(o)));
    b.net.on("POST", "/v3/conversations",
             [](const auto&) { return http::make_error_code(http::client_errc::no_answer); });
    CHECK(std::holds_alternative<chat::not_sent>(b.send(o)));
    o.to.route.clear();
    CHECK(std::get<chat::rejected>(b.send(o)).person_gone);
}

TEST_CASE("a conversation that is gone is opened again, once") {
    bench b;
    b.net.on("POST", "/v3/conversations", {{201, {}, R"({"id":"a:new"})"}});
    b.net.on("POST", "/activities", {error(404, "ConversationNotFound"), {201, {}, R"({"id":"1"})"}});
    CHECK(std::get<chat::sent>(b.send(brief())).to.conversation == "a:new");
    b.net.on("POST", "/activities", {error(404, "ConversationNotFound")});
    const auto before = b.net.seen.size();
    CHECK(std::get<chat::rejected>(b.send(brief())).person_gone);
    CHECK(b.net.seen.size() - before == 3);
}

TEST_CASE("what the Connector answers decides what the outbox may do") {
    bench b;
    const auto with = [&](http::response r) {
        b.net.on("POST", "/activities", {std::move(r)});
        return b.send(brief());
    };
    for (const char* code : {"ConversationBlockedByUser", "BotNotInConversationRoster", "BotDisabledByAdmin"})
        CHECK(std::get<chat::rejected>(with(error(403, code))).person_gone);
    http::response inner{
        403, {}, R"({"error":{"code":"Forbidden2","innerHttpError":{"code":"MessageWritesBlocked"}}})"};
    CHECK(std::get<chat::rejected>(with(inner)).person_gone);
    CHECK_FALSE(std::get<chat::rejected>(with(error(403, "SomethingElse"))).person_gone);
    for (const int status : {400, 413, 405, 302})
        CHECK(std::holds_alternative<chat::rejected>(with(error(status, "BadSyntax"))));
    http::response slow{429, {}, ""};
    CHECK(std::get<chat::retry_later>(with(slow)).whole_tenant);
    slow.fields.add("Retry-After", "17");
    CHECK(std::get<chat::retry_later>(with(slow)).after == seconds(17));
    CHECK(std::get<chat::retry_later>(with(error(412, "PreconditionFailed"))).after <= seconds(5));
    CHECK(std::get<chat::retry_later>(with(error(412, "PreconditionFailed"))).after >= seconds(1));
    CHECK_FALSE(std::get<chat::retry_later>(with(error(412, "PreconditionFailed"))).whole_tenant);
    for (const int status : {408, 500, 502, 503, 504})
        CHECK(std::holds_alternative<chat::ambiguous>(with({status, {}, ""})));
    const auto failing = [&](http::client_errc e) {
        b.net.on("POST", "/activities", [e](const auto&) { return http::make_error_code(e); });
        return b.send(brief());
    };
    CHECK(std::holds_alternative<chat::ambiguous>(failing(http::client_errc::no_answer)));
    CHECK(std::holds_alternative<chat::ambiguous>(failing(http::client_errc::too_large)));
    CHECK(std::holds_alternative<chat::not_sent>(failing(http::client_errc::not_sent)));
    CHECK(std::holds_alternative<chat::rejected>(failing(http::client_errc::refused_address)));
}

TEST_CASE("too hasty without a word how long: the wait doubles, and success forgets it") {
    bench b;
    b.net.on("POST", "/activities", {error(429, "Throttled")});
    std::vector<seconds> waits;
    for (int i = 0; i < 12; ++i)
        waits.push_back(std::get<chat::retry_later>(b.send(brief())).after);
    CHECK(waits[0] >= seconds(2));
    CHECK(waits[0] <= seconds(3));
    for (std::size_t i = 1; i < 8; ++i)
        CHECK(waits[i] >= waits[i - 1]);
    CHECK(waits[6] >= seconds(128));
    CHECK(waits.back() >= seconds(300));
    CHECK(waits.back() <= seconds(450));
    b.net.on("POST", "/activities", {{201, {}, R"({"id":"1"})"}, error(429, "Throttled")});
    CHECK(std::holds_alternative<chat::sent>(b.send(brief())));
    CHECK(std::get<chat::retry_later>(b.send(brief())).after <= seconds(3));
}

TEST_CASE("a card that is too large for somebody on the way is sent again, smaller") {
    bench b;
    auto o = brief();
    o.body.blocks.push_back(domain::cards::paragraph{{{std::string(15000, 'x'), "", false, false}}});
    b.net.on("POST", "/activities", {error(413, "MessageSizeTooBig"), {201, {}, R"({"id":"1"})"}});
    CHECK(std::holds_alternative<chat::sent>(b.send(o)));
    const auto& last = b.net.seen.back().body;
    CHECK(last.size() <= 10 * 1024);
    CHECK(b.net.seen[b.net.seen.size() - 2].body.size() > last.size());
    b.net.on("POST", "/activities", {error(413, "MessageSizeTooBig")});
    const auto before = b.net.count("/activities");
    CHECK(std::holds_alternative<chat::rejected>(b.send(o)));
    CHECK(b.net.count("/activities") - before == 3);
}

TEST_CASE("what is sent is at most 20 KB, toast and envelope included") {
    bench b;
    b.net.on("POST", "/activities", {{201, {}, R"({"id":"1"})"}});
    for (const std::size_t n : {100u, 3000u, 9000u, 12000u, 20000u, 60000u}) {
        auto o = brief();
        o.loud = o.changes = true;
        o.body.fallback = std::string(n, '"');
        for (int i = 0; i < 30; ++i)
            o.body.blocks.push_back(domain::cards::paragraph{{{std::string(n / 30, '\\'), "", false, false}}});
        b.send(o);
        const auto& sent = b.net.seen.back().body;
        CHECK(sent.size() <= card_budget);
        const auto j = json::parse(sent);
        CHECK_FALSE(j["summary"].get<std::string>().empty());
        CHECK(card_faults(j["attachments"][0]["content"].dump()).empty());
    }
}

TEST_CASE("a brief asks to be refreshed for the one it is for, a notice does not") {
    bench b;
    b.net.on("POST", "/activities", {{201, {}, R"({"id":"1"})"}});
    b.send(brief());
    CHECK_FALSE(json::parse(b.net.seen.back().body)["attachments"][0]["content"].contains("refresh"));
    auto o = brief();
    o.changes = true;
    b.send(o);
    const auto card = json::parse(b.net.seen.back().body)["attachments"][0]["content"];
    CHECK(card["refresh"]["userIds"] == json::array({"29:1abc"}));
    CHECK(card["refresh"]["action"]["type"] == "Action.Execute");
}

TEST_CASE("conversations are opened no faster than a bot may") {
    bench b;
    std::vector<std::chrono::steady_clock::duration> rests;
    b.c.rest = [&](std::chrono::steady_clock::duration d) -> boost::asio::awaitable<void> {
        rests.push_back(d);
        b.clock += d;
        co_return;
    };
    b.net.on("POST", "/v3/conversations", {{201, {}, R"({"id":"a:new"})"}});
    b.net.on("POST", "/activities", {{201, {}, R"({"id":"1"})"}});
    auto o = brief();
    o.to.conversation.clear();
    const auto began = b.clock;
    int opened = 0, later = 0;
    for (int i = 0; i < 80; ++i) {
        const auto r = b.send(o);
        opened += std::holds_alternative<chat::sent>(r);
        if (const auto* wait = std::get_if<chat::retry_later>(&r)) {
            ++later;
            CHECK_FALSE(wait->whole_tenant);
            CHECK(wait->after <= seconds(30));
        }
        if (i == 6)
            CHECK(rests.empty());
    }
    // 8 in the first two seconds, so at most 60 in half a minute: the rest is told to come later.
    CHECK(opened == 60);
    CHECK(later == 20);
    CHECK(b.clock - began >= seconds(13));
    CHECK(b.clock - began < seconds(30));
    b.clock += seconds(30);
    CHECK(std::holds_alternative<chat::sent>(b.send(o)));
}

TEST_CASE("a refused token is renewed once") {
    bench b;
    b.net.on("POST", "/token",
             {{200, {}, R"({"expires_in":3599,"access_token":"T1"})"},
              {200, {}, R"({"expires_in":3599,"access_token":"T2"})"}});
    b.net.on("POST", "/activities", {{401, {}, ""}, {201, {}, R"({"id":"1"})"}});
    CHECK(std::holds_alternative<chat::sent>(b.send(brief())));
    CHECK(b.net.seen.back().fields.get("Authorization") == "Bearer T2");
    b.net.on("POST", "/activities", {{401, {}, ""}});
    const auto before = b.net.count("/activities");
    CHECK(std::get<chat::retry_later>(b.send(brief())).whole_tenant);
    CHECK(b.net.count("/activities") - before == 2);
}

TEST_CASE("tokens are kept until five minutes before they expire, and fetched once for all") {
    bench b;
    b.net.on("POST", "/activities", {{201, {}, R"({"id":"1"})"}});
    boost::asio::io_context io;
    int good = 0;
    const auto o = brief();
    for (int i = 0; i < 30; ++i)
        boost::asio::co_spawn(io, b.it().send(o), [&](std::exception_ptr, chat::send_result r) {
            good += std::holds_alternative<chat::sent>(r) ? 1 : 0;
        });
    io.run();
    CHECK(good == 30);
    CHECK(b.net.count("/token") == 1);
    b.clock += seconds(3298);
    b.send(o);
    CHECK(b.net.count("/token") == 1);
    b.clock += seconds(2);
    b.send(o);
    CHECK(b.net.count("/token") == 2);
}

TEST_CASE("without a token nothing is sent") {
    bench b;
    b.net.on(
        "POST", "/token",
        {{401,
          {},
          R"({"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret s3cret& provided."})"}});
    const auto r = std::get<chat::retry_later>(b.send(brief()));
    CHECK(r.whole_tenant);
    CHECK(r.why.find("AADSTS7000215") != std::string::npos);
    CHECK(r.why.find("s3cret") == std::string::npos);
    CHECK(b.net.count("/activities") == 0);
}

TEST_CASE("our token never goes to a host that is not listed") {
    bench b;
    for (const char* url : {"https://evil.trafficmanager.net/teams", "http://smba.trafficmanager.net/teams",
                            "https://smba.trafficmanager.net@evil.example/", ""}) {
        auto o = brief();
        o.to.route = to_json(route{url, "29:1abc", ""});
        CHECK(std::holds_alternative<chat::rejected>(b.send(o)));
    }
    CHECK(b.net.seen.empty());
}

TEST_CASE("a certificate signs an assertion instead of a secret") {
    auto c = good_config();
    c.app_secret.clear();
    CHECK_FALSE(token_request_body(c));
    c.certificate = shared_key().self_signed_pem();
    const auto a = client_assertion(c, now, "once");
    REQUIRE(a);
    const auto first = a->find('.'), second = a->rfind('.');
    const auto header = json::parse(*base64url_decoded(a->substr(0, first)));
    const auto payload = json::parse(*base64url_decoded(a->substr(first + 1, second - first - 1)));
    CHECK(header["alg"] == "PS256");
    CHECK(base64url_decoded(header["x5t#S256"].get<std::string>())->size() == 32);
    CHECK(payload["iss"] == app);
    CHECK(payload["sub"] == app);
    CHECK(payload["aud"] == token_address(c));
    CHECK(payload["jti"] == "once");
    const auto signature = *base64url_decoded(a->substr(second + 1));
    auto* context = EVP_MD_CTX_new();
    EVP_PKEY_CTX* padding = nullptr;
    EVP_DigestVerifyInit(context, &padding, EVP_sha256(), nullptr, shared_key().key.get());
    EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING);
    CHECK(EVP_DigestVerify(context, reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                           reinterpret_cast<const unsigned char*>(a->data()), second) == 1);
    EVP_MD_CTX_free(context);
    CHECK(token_request_body(c)->find("client_assertion=") != std::string::npos);
}
