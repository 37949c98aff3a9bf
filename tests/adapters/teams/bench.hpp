// The adapter on a recording network, with keys, tokens and a clock of its own.
#pragma once

#include "adapters/teams/teams_adapter.hpp"
#include "run.hpp"
#include "samples.hpp"
#include "support.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace whynow::teams_test {

using namespace adapters::teams;

inline constexpr const char* metadata =
    R"({"issuer":"https://api.botframework.com","jwks_uri":"https://login.botframework.com/v1/.well-known/keys"})";

struct bench {
    fake_network net;
    std::chrono::steady_clock::time_point clock{std::chrono::seconds(1000)};
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

inline chat::outgoing brief() {
    chat::outgoing o;
    o.key = "outbox:1";
    o.to = {"teams", tenant, "11111111-1111-1111-1111-111111111111", "a:1x/y+z=;@",
            to_json(route{service, "29:1abc", "28:00000000-0000-0000-0000-0000000000aa"})};
    o.body = sample_brief();
    return o;
}

inline http::response error(int status, const char* code) {
    return {status, {}, nlohmann::json{{"error", {{"code", code}, {"message", "…"}}}}.dump()};
}

} // namespace whynow::teams_test
