// Tokens of the other family: issued by Entra, with keys that all tenants of the world share.
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

constexpr const char* other_tenant = "99999999-2222-2222-2222-222222222222";
constexpr const char* connector_app = "5a807f24-c9de-44ee-a3a7-329e88a00ffc";

config with_entra() {
    auto c = good_config();
    c.entra_tokens = true;
    return c;
}

json v1() {
    auto p = good_payload();
    p.erase("serviceurl");
    p["iss"] = std::string("https://sts.windows.net/") + tenant + "/";
    p["tid"] = tenant;
    p["appid"] = app;
    return p;
}

json v2() {
    auto p = v1();
    p["iss"] = std::string("https://login.microsoftonline.com/") + tenant + "/v2.0";
    p.erase("appid");
    p["azp"] = connector_app;
    return p;
}

json changed(json p, const char* claim, const json& value) {
    if (value.is_null())
        p.erase(claim);
    else
        p[claim] = value;
    return p;
}

int status(const std::string& authorization, const config& c = with_entra(),
           const activity_facts& said = {"msteams", service, tenant, tenant}) {
    static const auto keys = *read_keys(jwks({changed(shared_key().jwk(), "endorsements", nullptr)}));
    const auto no = verify(authorization, keys, said, c, now);
    return no ? no->status : 200;
}

std::string signed_token(const json& payload) { return token(good_header(), payload); }

} // namespace

TEST_CASE("tokens of Entra count only where the switch is on") {
    CHECK(status(signed_token(v1())) == 200);
    CHECK(status(signed_token(v2())) == 200);
    CHECK(status(signed_token(v1()), good_config()) == 401);
    CHECK(status(signed_token(v2()), good_config()) == 401);
    CHECK(status(good_token()) == 200); // the Connector's still count
    CHECK(family_of(signed_token(v2()), with_entra()) == family::entra);
    CHECK(family_of(signed_token(v2()), good_config()) == family::connector);
    CHECK(family_of(good_token(), with_entra()) == family::connector);
    CHECK(family_of("Bearer x.y.z", with_entra()) == family::connector);
}

TEST_CASE("forged and confused tokens of Entra") {
    const auto at = now.time_since_epoch().count();
    const auto issuer_of = [](const char* t) { return std::string("https://sts.windows.net/") + t + "/"; };
    const std::pair<const char*, json> table[] = {
        {"another tenant", changed(changed(v1(), "iss", issuer_of(other_tenant)), "tid", other_tenant)},
        {"issuer of another tenant", changed(v1(), "iss", issuer_of(other_tenant))},
        {"tid of another tenant", changed(v1(), "tid", other_tenant)},
        {"no tid", changed(v1(), "tid", nullptr)},
        {"issuer without its slash", changed(v1(), "iss", std::string("https://sts.windows.net/") + tenant)},
        {"issuer with more path", changed(v1(), "iss", issuer_of(tenant) + "x/")},
        {"issuer behind another host",
         changed(v1(), "iss", std::string("https://sts.windows.net.evil.example/") + tenant + "/")},
        {"issuer over plain http", changed(v1(), "iss", std::string("http://sts.windows.net/") + tenant + "/")},
        {"v1 host with a v2 tail", changed(v2(), "iss", issuer_of(tenant) + "v2.0")},
        {"another bot's audience", changed(v1(), "aud", "00000000-0000-0000-0000-0000000000ab")},
        {"the Connector as audience", changed(v1(), "aud", "https://api.botframework.com")},
        {"any app of the tenant", changed(v1(), "appid", "77777777-0000-0000-0000-000000000000")},
        {"no caller", changed(v1(), "appid", nullptr)},
        {"azp of a stranger before a good appid", changed(v1(), "azp", "77777777-0000-0000-0000-000000000000")},
        {"expired", changed(v1(), "exp", at - 300)},
        {"no end", changed(v1(), "exp", nullptr)},
        {"not yet", changed(v1(), "nbf", at + 301)},
    };
    for (const auto& [name, payload] : table)
        CHECK_MESSAGE(status(signed_token(payload)) == 401, name);
    auto header = good_header();
    for (const char* alg : {"none", "HS256", "RS384", "PS256"}) {
        header["alg"] = alg;
        CHECK_MESSAGE(status(token(header, v1())) == 401, alg);
    }
}

TEST_CASE("audiences and callers that are ours") {
    for (const auto& aud : {std::string(app), std::string("api://") + app, std::string("api://botid-") + app})
        CHECK_MESSAGE(status(signed_token(changed(v1(), "aud", aud))) == 200, aud);
    auto c = with_entra();
    c.entra_callers = {"77777777-0000-0000-0000-000000000000"};
    CHECK(status(signed_token(changed(v1(), "appid", c.entra_callers[0])), c) == 200);
}

TEST_CASE("\"any tenant\" is never any tenant of Entra, and the body must name the token's") {
    auto c = with_entra();
    c.tenants = {"*"};
    CHECK(status(signed_token(v1()), c) == 401);
    c.tenants = {tenant, other_tenant};
    CHECK(status(signed_token(v1()), c, {"msteams", service, other_tenant, other_tenant}) == 403);
    CHECK(status(signed_token(v1()), c, {"msteams", service, "", ""}) == 403);
    CHECK(status(signed_token(v1()), c, {"msteams", "https://evil.example/", tenant, tenant}) == 403);
    CHECK(status(signed_token(v1()), c, {"webchat", service, tenant, tenant}) == 403);
}

TEST_CASE("Entra's metadata stand beside its token address") {
    config c;
    c.tenants = {tenant};
    CHECK(entra_metadata_address(c) ==
          std::string("https://login.microsoftonline.com/") + tenant + "/v2.0/.well-known/openid-configuration");
    c.entra_metadata_url = "https://login.example/x";
    CHECK(entra_metadata_address(c) == "https://login.example/x");
}
