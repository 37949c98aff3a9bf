#include "adapters/teams/encoding.hpp"
#include "bench.hpp"
#include "card_rules.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace whynow;
using namespace whynow::adapters::teams;
using namespace whynow::teams_test;
using nlohmann::json;
using std::chrono::seconds;

namespace {

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

TEST_CASE("a refresh is answered with the card as it stands, and never with an error") {
    bench b;
    const auto in = b.receive(file("data/teams/refresh.json"));
    REQUIRE(in.events.size() == 1);
    CHECK(in.events[0].kind == chat::event_kind::card_wanted);
    CHECK(in.wants_effect);
    chat::reply r;
    r.replace = sample_brief();
    auto j = json::parse(b.it().answer(in.events[0], r).body);
    CHECK(j["type"] == "application/vnd.microsoft.card.adaptive");
    CHECK(card_faults(j["value"].dump()).empty());
    CHECK(j["value"]["refresh"]["userIds"] == json::array({"29:1abcRita"}));
    CHECK(j["value"]["refresh"]["action"]["verb"] == "refresh");
    j = json::parse(b.it().answer(in.events[0], {}).body); // a card we do not know
    CHECK(j["statusCode"] == 200);
    CHECK(j["type"] == "application/vnd.microsoft.activity.message");
    auto ours = json::parse(file("data/teams/refresh.json"));
    ours["value"] = {{"action", {{"type", "Action.Execute"}, {"verb", "refresh"}, {"data", json::object()}}},
                     {"trigger", "manual"}};
    CHECK(b.receive(ours.dump()).events.at(0).kind == chat::event_kind::card_wanted);
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

TEST_CASE("a token of Entra has its own keys") {
    bench b;
    b.c.entra_tokens = true;
    const auto theirs = key_pair::make("entra-1");
    auto jwk = theirs.jwk();
    jwk.erase("endorsements");
    b.net.on("GET", "/v2.0/.well-known/openid-configuration",
             {{200, {}, R"({"jwks_uri":"https://login.microsoftonline.com/x/discovery/v2.0/certs"})"}});
    b.net.on("GET", "/certs", {{200, {}, jwks({jwk})}});
    auto payload = good_payload();
    payload.erase("serviceurl");
    payload["iss"] = std::string("https://sts.windows.net/") + tenant + "/";
    payload["tid"] = tenant;
    payload["appid"] = app;
    CHECK(b.status(token(good_header(theirs), payload, theirs)) == 200);
    CHECK(b.net.count("/certs") == 1);
    CHECK(b.net.count("/keys") == 0);
    CHECK(b.status(good_token()) == 200);
    // A key of one family proves nothing for the other.
    CHECK(b.status(token(good_header(theirs), good_payload(), theirs)) == 401);
    CHECK(b.status(token(good_header(), payload)) == 401);
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
