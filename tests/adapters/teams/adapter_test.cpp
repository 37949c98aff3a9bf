#include "adapters/teams/access_token.hpp"
#include "adapters/teams/encoding.hpp"
#include "adapters/teams/teams_adapter.hpp"
#include "card_rules.hpp"
#include "run.hpp"
#include "samples.hpp"
#include "support.hpp"

#include <boost/asio/detached.hpp>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/rsa.h>

using namespace whynow;
using namespace whynow::adapters::teams;
using namespace whynow::teams_test;
using nlohmann::json;
using std::chrono::seconds;

namespace {

constexpr const char* metadata =
    R"({"issuer":"https://api.botframework.com","jwks_uri":"https://login.botframework.com/v1/.well-known/keys"})";

struct bench {
    fake_network net;
    std::chrono::steady_clock::time_point clock{seconds(1000)};
    config c = good_config();
    std::optional<teams_adapter> adapter;

    bench() {
        c.pace = [this] { return clock; };
        c.wall = [] { return now; };
        net.on("GET", "openidconfiguration", {{200, {}, metadata}});
        net.on("GET", "/keys", {{200, {}, jwks({shared_key().jwk()})}});
        net.on("POST", "/oauth2/v2.0/token",
               {{200, {}, R"({"token_type":"Bearer","expires_in":3599,"access_token":"T1"})"}});
    }
    teams_adapter& it() {
        if (!adapter)
            adapter.emplace(c, net);
        return *adapter;
    }
    chat::inbound receive(std::string body, std::string authorization = good_token(),
                          std::string path = "/teams/messages", domain::instant at = now) {
        http::request r;
        r.method = "POST";
        r.path = r.target = path;
        r.body = std::move(body);
        if (!authorization.empty())
            r.fields.add("Authorization", authorization);
        return run(it().receive(r, at));
    }
    int status(std::string authorization, domain::instant at = now) {
        const auto in = receive(file("data/teams/message.json"), std::move(authorization), "/teams/messages", at);
        return in.refuse ? in.refuse->status : 200;
    }
    chat::send_result send(const chat::outgoing& what) { return run(it().send(what)); }
};

chat::outgoing brief() {
    chat::outgoing o;
    o.key = "outbox:1";
    o.to = {"teams", tenant, "11111111-1111-1111-1111-111111111111", "a:1x/y+z=;@",
            to_json(route{service, "29:1abc", "28:00000000-0000-0000-0000-0000000000aa"})};
    o.body = sample_brief();
    return o;
}

http::response error(int status, const char* code) {
    return {status, {}, json{{"error", {{"code", code}, {"message", "…"}}}}.dump()};
}

std::string unknown_kid(int i) {
    auto header = good_header();
    header["kid"] = "forged-" + std::to_string(i);
    return token(header, good_payload());
}

} // namespace

TEST_CASE("a signed message comes through, and keys are fetched once") {
    bench b;
    const auto in = b.receive(file("data/teams/message.json"));
    CHECK_FALSE(in.refuse);
    REQUIRE(in.events.size() == 1);
    CHECK(in.events[0].text == "spoke with Jerry & Ann, working on it in 6 months");
    for (int i = 0; i < 20; ++i)
        CHECK(b.status(good_token()) == 200);
    CHECK(b.net.count("/keys") == 1);
    CHECK(b.it().answer(in.events[0], {}).status == 200);
    CHECK(b.it().answer(in.events[0], {}).body.empty());
}

TEST_CASE("who is not let in gets 401 or 403 and no word more") {
    bench b;
    CHECK(b.status("") == 401);
    CHECK(b.status("Bearer x.y.z") == 401);
    http::request twice;
    twice.path = "/teams/messages";
    twice.body = file("data/teams/message.json");
    twice.fields.add("Authorization", good_token());
    twice.fields.add("authorization", good_token());
    CHECK(run(b.it().receive(twice, now)).refuse->status == 401);
    auto other = json::parse(file("data/teams/message.json"));
    other["conversation"]["tenantId"] = other["channelData"]["tenant"]["id"] = "33333333-2222-2222-2222-222222222222";
    CHECK(b.receive(other.dump()).refuse->status == 403);
    other = json::parse(file("data/teams/message.json"));
    other["serviceUrl"] = "https://evil.trafficmanager.net/emea/";
    CHECK(b.receive(other.dump()).refuse->status == 403);
    CHECK(b.receive("not json").refuse->status == 400);
    CHECK(b.receive(file("data/teams/outgoing_webhook.json"), good_token(), "/teams/outgoing").refuse->status == 401);
}

TEST_CASE("a remembered token still expires") {
    bench b;
    CHECK(b.status(good_token()) == 200);
    CHECK(b.status(good_token(), now + seconds(3899)) == 200);
    CHECK(b.status(good_token(), now + seconds(3900)) == 401);
}

TEST_CASE("a flood of forged key names costs one fetch a minute") {
    bench b;
    CHECK(b.status(good_token()) == 200);
    const auto first = b.net.count("/keys");
    for (int second = 0; second < 600; ++second, b.clock += seconds(1))
        for (int i = 0; i < 3; ++i)
            CHECK(b.status(unknown_kid(second * 3 + i)) == 401);
    CHECK(b.net.count("/keys") - first <= 10);
    CHECK(b.status(good_token()) == 200);
}

TEST_CASE("a new key is known within a minute of its first use") {
    bench b;
    CHECK(b.status(good_token()) == 200);
    const auto fresh = key_pair::make("key-2");
    const auto t = token(good_header(fresh), good_payload(), fresh);
    b.clock += seconds(61);
    b.net.on("GET", "/keys", {{200, {}, jwks({shared_key().jwk(), fresh.jwk()})}});
    CHECK(b.status(t) == 200);
    CHECK(b.status(good_token()) == 200);
    // The old key is withdrawn: its tokens go with it, remembered or not.
    b.net.on("GET", "/keys", {{200, {}, jwks({fresh.jwk()})}});
    b.clock += std::chrono::hours(25);
    CHECK(b.status(token(good_header(fresh), good_payload(), fresh)) == 200);
    CHECK(b.status(unknown_kid(1)) == 401);
    CHECK(b.status(good_token()) == 401);
}

TEST_CASE("old keys stay when the fetch fails") {
    bench b;
    CHECK(b.status(good_token()) == 200);
    b.net.on("GET", "/keys", {{503, {}, ""}});
    b.clock += std::chrono::hours(30);
    CHECK(b.status(unknown_kid(1)) == 401);
    CHECK(b.status(good_token()) == 200);
    b.net.on("GET", "/keys", {{200, {}, "{}"}});
    b.clock += seconds(61);
    CHECK(b.status(unknown_kid(2)) == 401);
    CHECK(b.status(good_token()) == 200);
}

TEST_CASE("many at once share one fetch") {
    bench b;
    boost::asio::io_context io;
    int good = 0;
    http::request r;
    r.path = "/teams/messages";
    r.body = file("data/teams/message.json");
    r.fields.add("Authorization", good_token());
    for (int i = 0; i < 50; ++i)
        boost::asio::co_spawn(io, b.it().receive(r, now),
                              [&](std::exception_ptr, chat::inbound in) { good += in.refuse ? 0 : 1; });
    io.run();
    CHECK(good == 50);
    CHECK(b.net.count("/keys") == 1);
}

TEST_CASE("keys_uri must be https") {
    bench b;
    b.net.on("GET", "openidconfiguration", {{200, {}, R"({"jwks_uri":"http://login.botframework.com/keys"})"}});
    CHECK(b.status(good_token()) == 401);
    CHECK(b.net.count("/keys") == 0);
}

TEST_CASE("invokes are answered in their shape") {
    bench b;
    const auto tap = b.receive(file("data/teams/execute.json"));
    REQUIRE(tap.events.size() == 1);
    CHECK(tap.wants_effect);
    chat::reply r;
    r.replace = sample_understood();
    auto a = b.it().answer(tap.events[0], r);
    CHECK(a.status == 200);
    auto j = json::parse(a.body);
    CHECK(j["statusCode"] == 200);
    CHECK(j["type"] == "application/vnd.microsoft.card.adaptive");
    CHECK(card_faults(j["value"].dump()).empty());
    r = {};
    r.toast = "Recorded.";
    CHECK(b.it().answer(tap.events[0], r).body ==
          R"({"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":"Recorded."})");
    j = json::parse(b.it().answer(tap.events[0], {}).body);
    CHECK(j["type"] == "application/vnd.microsoft.activity.message");
    CHECK_FALSE(j["value"].get<std::string>().empty());
    r = {};
    r.errors["x"] = "This brief is closed.";
    a = b.it().answer(tap.events[0], r);
    CHECK(a.status == 200);
    CHECK(json::parse(a.body)["statusCode"] == 400);
    CHECK(json::parse(a.body)["value"]["message"] == "This brief is closed.");
}

TEST_CASE("a refresh nobody asked for leaves the card as it is") {
    bench b;
    const auto in = b.receive(file("data/teams/refresh.json"));
    REQUIRE(in.refuse);
    CHECK(in.events.empty());
    CHECK(in.refuse->status == 200);
    CHECK(json::parse(in.refuse->body)["type"] == "application/vnd.microsoft.activity.message");
    CHECK(b.receive(file("data/teams/search_invoke.json")).refuse->status == 501);
    for (const char* name : {"typing", "reaction", "meeting_event", "person_added"})
        CHECK(b.receive(file(std::string("data/teams/") + name + ".json")).refuse->status == 200);
}

TEST_CASE("dialogs open, stay open with errors, and close") {
    bench b;
    const auto fetch = b.receive(file("data/teams/task_fetch.json")).events.at(0);
    chat::reply r;
    r.open = sample_form();
    auto j = json::parse(b.it().answer(fetch, r).body);
    CHECK(j["task"]["type"] == "continue");
    CHECK(card_faults(j["task"]["value"]["card"]["content"].dump()).empty());
    CHECK(j.dump().find("\"note~1\"") != std::string::npos);
    const auto submit = b.receive(file("data/teams/task_submit.json")).events.at(0);
    r.errors["back_on"] = "Which day?";
    j = json::parse(b.it().answer(submit, r).body);
    CHECK(j.dump().find("\"note~3\"") != std::string::npos); // revision 2 came back
    CHECK(j.dump().find("\"value\":\"in 6 months\"") != std::string::npos);
    CHECK(j.dump().find("Which day?") != std::string::npos);
    CHECK(b.it().answer(submit, {}).body.empty());
    r = {};
    r.toast = "Saved";
    CHECK(json::parse(b.it().answer(submit, r).body)["task"] == json{{"type", "message"}, {"value", "Saved"}});
}

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

TEST_CASE("the clouds have their own issuers and scopes") {
    config c;
    CHECK(issuer(c) == "https://api.botframework.com");
    c.openid_metadata_url = "https://login.botframework.azure.us/v1/.well-known/openidconfiguration";
    CHECK(issuer(c) == "https://api.botframework.us");
    c.token_url = "https://login.microsoftonline.us/x/oauth2/v2.0/token";
    CHECK(token_scope(c) == "https://api.botframework.us/.default");
}

TEST_CASE("Teams cannot look a message up") {
    bench b;
    CHECK(std::holds_alternative<chat::cannot_tell>(run(b.it().find(brief(), now))));
    CHECK(std::holds_alternative<chat::not_sent>(run(b.it().open_form({}, {}))));
    CHECK(b.it().platform() == "teams");
}
