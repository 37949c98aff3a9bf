#include "adapters/teams/encoding.hpp"
#include "adapters/teams/signing_keys.hpp"
#include "adapters/teams/token_check.hpp"
#include "support.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace whynow;
using namespace whynow::adapters::teams;
using namespace whynow::teams_test;
using nlohmann::json;

namespace {

const key_set& keys() {
    static const auto set = *read_keys(jwks({shared_key().jwk()}));
    return set;
}

activity_facts facts() { return {"msteams", service, tenant, tenant}; }

int status(const std::string& authorization, const activity_facts& said = facts(), const config& c = good_config(),
           const key_set& with = keys()) {
    const auto no = verify(authorization, with, said, c, now);
    return no ? no->status : 200;
}

int status_with(const char* claim, const json& value) {
    auto payload = good_payload();
    payload[claim] = value;
    return status(token(good_header(), payload));
}

int status_without(const char* claim) {
    auto payload = good_payload();
    payload.erase(claim);
    return status(token(good_header(), payload));
}

std::int64_t in(int seconds) { return now.time_since_epoch().count() + seconds; }

} // namespace

TEST_CASE("a token as the Connector makes it is good") {
    CHECK(status(good_token()) == 200);
    CHECK(status_with("aud", json::array({app})) == 200);
    CHECK(status_with("aud", "00000000-0000-0000-0000-0000000000AA") == 200);
    auto header = good_header();
    header["cty"] = "JWT"; // real tokens carry it although the payload is plain JSON
    CHECK(status(token(header, good_payload())) == 200);
    CHECK(status_without("nbf") == 200);
}

TEST_CASE("times have 300 seconds of skew") {
    CHECK(status_with("exp", in(-299)) == 200);
    CHECK(status_with("exp", in(-300)) == 401);
    CHECK(status_with("nbf", in(300)) == 200);
    CHECK(status_with("nbf", in(301)) == 401);
    CHECK(status_with("nbf", "soon") == 401);
    CHECK(status_without("exp") == 401);
    CHECK(status_with("exp", "9999999999") == 401);
    CHECK(status_with("exp", 1e300) == 401);
    CHECK(status_with("exp", -5) == 401);
}

TEST_CASE("issuer and audience are ours") {
    CHECK(status_with("iss", "https://api.botframework.com/") == 401);
    CHECK(status_with("iss", "https://sts.windows.net/22222222-2222-2222-2222-222222222222/") == 401);
    CHECK(status_without("iss") == 401);
    CHECK(status_with("aud", "00000000-0000-0000-0000-0000000000ab") == 401);
    CHECK(status_with("aud", json::array({app, "other"})) == 401);
    CHECK(status_with("aud", json::array()) == 401);
    CHECK(status_with("aud", json::object({{app, 1}})) == 401);
    CHECK(status_with("aud", std::string("api://") + app) == 401);
    CHECK(status_without("aud") == 401);
    auto nobody = good_config();
    nobody.app_id.clear();
    auto payload = good_payload();
    payload["aud"] = "";
    CHECK(status(token(good_header(), payload), facts(), nobody) == 401);
}

TEST_CASE("the algorithm is RS256 whatever the header says") {
    auto header = good_header();
    const auto payload = base64url(good_payload().dump());
    for (const char* alg : {"none", "None", "HS256", "RS384", "PS256", "ES256", "rs256", ""}) {
        header["alg"] = alg;
        CHECK(status(token(header, good_payload())) == 401);
    }
    header["alg"] = "none";
    CHECK(status("Bearer " + base64url(header.dump()) + "." + payload + ".") == 401);
    // HS256 with the public key as the secret, in the forms libraries have fallen for.
    header["alg"] = "HS256";
    const auto text = base64url(header.dump()) + "." + payload;
    for (const auto& secret : {shared_key().public_pem(), shared_key().n})
        CHECK(status("Bearer " + text + "." + base64url(hmac_sha256(secret, text))) == 401);
    header = good_header();
    header["crit"] = {"exp"};
    CHECK(status(token(header, good_payload())) == 401);
}

TEST_CASE("keys in or behind the header are never followed") {
    const auto theirs = key_pair::make("key-1");
    auto header = good_header(theirs);
    CHECK(status(token(header, good_payload(), theirs)) == 401);
    header["jwk"] = theirs.jwk();
    header["jku"] = "https://evil.example/keys.json";
    header["x5u"] = "https://evil.example/cert.pem";
    header["x5c"] = {"MIIB"};
    CHECK(status(token(header, good_payload(), theirs)) == 401);
    for (const char* kid :
         {"../../../../dev/null", "/dev/null", "key-1\n", "KEY-1", "' OR 1=1", "http://evil.example/k"}) {
        header["kid"] = kid;
        CHECK(status(token(header, good_payload(), theirs)) == 401);
    }
    header["kid"] = json::array({"key-1"});
    CHECK(status(token(header, good_payload())) == 401);
    header.erase("kid");
    CHECK(status(token(header, good_payload())) == 401);
    header["kid"] = std::string(300, 'k');
    CHECK(status(token(header, good_payload())) == 401);
}

TEST_CASE("signature and shape") {
    auto t = good_token();
    CHECK(status(t.substr(0, t.size() - 4) + "AAAA") == 401);
    CHECK(status(t + "A") == 401);
    CHECK(status(t + ".x") == 401);
    CHECK(status(t.substr(0, t.rfind('.'))) == 401);
    CHECK(status(t.substr(0, t.rfind('.') + 1)) == 401);
    CHECK(status(t + "=") == 401);
    CHECK(status(t + " ") == 401);
    CHECK(status("") == 401);
    CHECK(status("Bearer ") == 401);
    CHECK(status("Basic " + t.substr(7)) == 401);
    CHECK(status(t.substr(7)) == 401);
    CHECK(status("Bearer ...") == 401);
    CHECK(status("Bearer !!.!!.!!") == 401);
    auto payload = good_payload();
    payload["pad"] = std::string(longest_token, 'x');
    CHECK(status(token(good_header(), payload)) == 401);
    // Another payload under the signature of a good one.
    const auto first = t.find('.'), second = t.rfind('.');
    payload = good_payload();
    payload["exp"] = in(999999);
    CHECK(status(t.substr(0, first + 1) + base64url(payload.dump()) + t.substr(second)) == 401);
}

TEST_CASE("a good token lets in only its own channel, service and tenant") {
    const auto t = good_token();
    const auto with = [&](auto change) {
        auto f = facts();
        change(f);
        return status(t, f);
    };
    CHECK(with([](auto& f) { f.channel = "webchat"; }) == 403);
    CHECK(with([](auto& f) { f.channel = ""; }) == 403);
    CHECK(with([](auto& f) { f.service_url.pop_back(); }) == 200);
    CHECK(with([](auto& f) { f.service_url[8] = 'S'; }) == 200);
    CHECK(with([](auto& f) { f.service_url += "x"; }) == 403);
    CHECK(with([](auto& f) { f.service_url = "https://smba.trafficmanager.net/amer/"; }) == 403);
    CHECK(with([](auto& f) { f.service_url = ""; }) == 403);
    CHECK(with([](auto& f) { f.tenant = f.channel_tenant = "99999999-2222-2222-2222-222222222222"; }) == 403);
    CHECK(with([](auto& f) { f.channel_tenant = "99999999-2222-2222-2222-222222222222"; }) == 403);
    CHECK(with([](auto& f) { f.tenant = f.channel_tenant = ""; }) == 403);
    CHECK(with([](auto& f) { f.tenant = ""; }) == 200);
    auto closed = good_config();
    closed.tenants.clear();
    CHECK(status(t, facts(), closed) == 403);
    closed.tenants = {"*"};
    CHECK(status(t, facts(), closed) == 200);
}

TEST_CASE("hosts are allowed to the letter") {
    const auto with = [](const std::string& url, config c = good_config()) {
        auto payload = good_payload();
        payload["serviceurl"] = url;
        auto f = facts();
        f.service_url = url;
        return status(token(good_header(), payload), f, c);
    };
    CHECK(with("https://smba.trafficmanager.net/teams/") == 200);
    CHECK(with("https://smba.trafficmanager.net:443/teams") == 200);
    CHECK(with("https://smba.infra.gcc.teams.microsoft.com/gcc") == 200);
    for (const char* url :
         {"https://evil.trafficmanager.net/teams/", "https://smba.trafficmanager.net.evil.example/",
          "https://xsmba.trafficmanager.net/", "https://smba.trafficmanager.net@evil.example/",
          "https://evil.example/smba.trafficmanager.net", "http://smba.trafficmanager.net/teams/",
          "https://smba.trafficmanager.net:8443/", "https://smba.trafficmanager.net\\@evil.example/",
          "https://smba.trafficmanager.net#.evil.example/", "https://smba.trafficmanager.net?x=/", "https:///teams",
          "https://smba.trafficmanager.net/../x", "https://smba.trafficmanager.net/a b", "https://127.0.0.1/",
          "https://smba.trafficmanager.net./", "ftp://smba.trafficmanager.net/"})
        CHECK_MESSAGE(with(url) == 403, url);
    auto loopback = good_config();
    loopback.service_hosts = {"127.0.0.1"};
    CHECK(with("http://127.0.0.1:9/teams/", loopback) == 403);
    loopback.any_address = true;
    CHECK(with("http://127.0.0.1:9/teams/", loopback) == 200);
    CHECK(with("https://smba.trafficmanager.net/teams/", loopback) == 403);
    loopback.service_hosts = {"127.0.0.1:9000"};
    CHECK(with("http://127.0.0.1:9/teams/", loopback) == 403);
    CHECK(with("http://127.0.0.1:9000", loopback) == 200);
}

TEST_CASE("endorsements bind a key to channels") {
    auto jwk = shared_key().jwk();
    jwk["endorsements"] = {"webchat"};
    CHECK(status(good_token(), facts(), good_config(), *read_keys(jwks({jwk}))) == 403);
    jwk["endorsements"] = json::array();
    CHECK(status(good_token(), facts(), good_config(), *read_keys(jwks({jwk}))) == 200);
    jwk.erase("endorsements");
    CHECK(status(good_token(), facts(), good_config(), *read_keys(jwks({jwk}))) == 200);
}

TEST_CASE("only usable keys are read") {
    auto weak = key_pair::make("weak", 1024).jwk();
    CHECK_FALSE(read_keys(jwks({weak})));
    auto jwk = shared_key().jwk();
    jwk["use"] = "enc";
    CHECK_FALSE(read_keys(jwks({jwk})));
    jwk = shared_key().jwk();
    jwk["kty"] = "EC";
    CHECK_FALSE(read_keys(jwks({jwk})));
    jwk = shared_key().jwk();
    jwk["alg"] = "RS512";
    CHECK_FALSE(read_keys(jwks({jwk})));
    jwk = shared_key().jwk();
    jwk["n"] = "not base64!";
    CHECK_FALSE(read_keys(jwks({jwk})));
    CHECK(read_keys(jwks({weak, shared_key().jwk()}))->size() == 1);
    for (const char* text : {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[1,null]}"})
        CHECK_FALSE(read_keys(text));
}

TEST_CASE("what was verified is remembered until it expires or its key goes") {
    token_cache cache;
    const auto t = good_token();
    const auto good = std::get<claims>(check_token(t, keys(), good_config(), now));
    CHECK_FALSE(cache.find(t, keys(), now));
    cache.keep(t, good, now);
    REQUIRE(cache.find(t, keys(), now));
    CHECK(cache.find(t, keys(), now)->service_url == service);
    CHECK_FALSE(cache.find(t + "x", keys(), now));
    CHECK(cache.find(t, keys(), now + std::chrono::seconds(3899)));
    CHECK_FALSE(cache.find(t, keys(), now + std::chrono::seconds(3900)));
    CHECK_FALSE(cache.find(t, key_set{}, now));
    for (int i = 0; i < 3000; ++i)
        cache.keep(t + std::to_string(i), good, now);
    CHECK(cache.size() <= 1024);
}

TEST_CASE("base64 is strict") {
    CHECK(base64_decoded("Zm9vYg==") == "foob");
    CHECK(base64_decoded("Zm9v") == "foo");
    CHECK_FALSE(base64_decoded("Zm9vYg"));
    CHECK_FALSE(base64_decoded("Zm9vYh=="));
    CHECK_FALSE(base64_decoded("Zm 9"));
    CHECK(base64url_decoded("_-8") == "\xff\xef");
    CHECK_FALSE(base64url_decoded("/+8"));
    CHECK(base64("foob") == "Zm9vYg==");
    for (int n = 0; n < 40; ++n) {
        std::string bytes;
        for (int i = 0; i < n; ++i)
            bytes += static_cast<char>(i * 37 + n);
        CHECK(base64_decoded(base64(bytes)) == bytes);
        CHECK(base64url_decoded(base64url(bytes)) == bytes);
    }
}
