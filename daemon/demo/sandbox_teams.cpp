#include "demo/sandbox_teams.hpp"

#include "adapters/teams/encoding.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <stdexcept>

namespace whynow::demo {

using adapters::teams::base64url;
using http::request;
using http::response;
using nlohmann::json;

namespace {

constexpr std::string_view app = "3f1b8a52-7c44-4f0e-9a5d-0c6b2f7e1a90",
                           tenant_id = "8c0d5e3a-1f27-4b6c-8e9d-5a4b3c2d1e0f";
constexpr std::string_view person = "b7e1c9d4-2a36-4f58-9c10-6d5e4f3a2b1c", conversation = "a:1sam-whynow-personal",
                           key_id = "demo-key-1";

struct free_key {
    void operator()(EVP_PKEY* k) const { EVP_PKEY_free(k); }
};
struct free_digest {
    void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
};
using key_ptr = std::unique_ptr<EVP_PKEY, free_key>;

std::string number(const EVP_PKEY* key, const char* name) {
    BIGNUM* n = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &n) != 1)
        return {};
    std::string bytes(std::size_t(BN_num_bytes(n)), '\0');
    BN_bn2bin(n, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(n);
    return base64url(bytes);
}

std::string signed_by(EVP_PKEY* key, const std::string& text) {
    const std::unique_ptr<EVP_MD_CTX, free_digest> c(EVP_MD_CTX_new());
    std::size_t length = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (EVP_DigestSignInit(c.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
        EVP_DigestSign(c.get(), nullptr, &length, bytes, text.size()) != 1)
        return {};
    std::string out(length, '\0');
    if (EVP_DigestSign(c.get(), reinterpret_cast<unsigned char*>(out.data()), &length, bytes, text.size()) != 1)
        return {};
    out.resize(length);
    return out;
}

std::string random_word() {
    std::string bytes(24, '\0');
    RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), int(bytes.size()));
    return base64url(bytes);
}

std::string text_of(const json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

} // namespace

struct teams_sandbox::parts {
    stage& on;
    key_ptr key{EVP_RSA_gen(2048)};
    std::string secret = random_word(), token = random_word();
    std::vector<json> messages;
    json dialog;
    std::string notice;

    explicit parts(stage& s) : on(s) {
        if (!key)
            throw std::runtime_error("no RSA key could be made");
    }

    std::string service_url() const { return on.self + "/teams"; }
    std::string next_id() { return fmt::format("{}{:03}", on.now().time_since_epoch().count(), on.next() % 1000); }

    std::string bearer() const {
        const auto now = on.now().time_since_epoch().count();
        const json header{{"alg", "RS256"}, {"kid", key_id}, {"typ", "JWT"}};
        const json claims{{"iss", "https://api.botframework.com"},
                          {"aud", app},
                          {"nbf", now - 60},
                          {"exp", now + 3600},
                          {"serviceurl", service_url()}};
        const auto text = base64url(header.dump()) + "." + base64url(claims.dump());
        return "Bearer " + text + "." + base64url(signed_by(key.get(), text));
    }

    json activity(std::string_view type) {
        return {{"type", type},
                {"id", next_id()},
                {"timestamp", domain::to_iso(on.now())},
                {"channelId", "msteams"},
                {"serviceUrl", service_url()},
                {"from", {{"id", "29:1sam-ortega"}, {"name", "Sam Ortega"}, {"aadObjectId", person}}},
                {"recipient", {{"id", fmt::format("28:{}", app)}, {"name", "whynow"}}},
                {"conversation", {{"id", conversation}, {"conversationType", "personal"}, {"tenantId", tenant_id}}},
                {"entities", json::array({{{"type", "clientInfo"},
                                           {"locale", "en-US"},
                                           {"country", "US"},
                                           {"platform", "Web"},
                                           {"timezone", "America/Chicago"}}})},
                {"channelData", {{"tenant", {{"id", tenant_id}}}}},
                {"locale", "en-US"}};
    }

    asio::awaitable<response> send(json a) {
        std::vector<std::pair<std::string, std::string>> fields{{"Content-Type", "application/json; charset=utf-8"},
                                                                {"Authorization", bearer()}};
        co_return co_await to_daemon(on, "/teams/messages", a.dump(), std::move(fields));
    }

    // What an invoke's answer does to the chat.
    json apply(const response& got, const std::string& id) {
        const auto said = json::parse(got.body, nullptr, false);
        json out{{"status", got.status}};
        if (!said.is_object())
            return out;
        const auto type = text_of(said, "type");
        if (type == "application/vnd.microsoft.card.adaptive") {
            for (auto& m : messages)
                if (text_of(m, "id") == id)
                    m["card"] = said["value"];
        } else if (type == "application/vnd.microsoft.activity.message" && said["value"].is_string()) {
            notice = said["value"];
        } else if (said.contains("value") && said["value"].is_object()) {
            notice = text_of(said["value"], "message");
        }
        on.changed();
        return out;
    }

    json apply_dialog(const response& got) {
        const auto said = json::parse(got.body, nullptr, false);
        dialog = nullptr;
        if (said.is_object() && said.contains("task")) {
            const auto& task = said["task"];
            if (text_of(task, "type") == "continue")
                dialog = {{"title", text_of(task["value"], "title")}, {"card", task["value"]["card"]["content"]}};
            else
                notice = text_of(task, "value");
        }
        on.changed();
        return {{"status", got.status}};
    }

    bool allowed(const request& q) const { return q.fields.get("Authorization") == "Bearer " + token; }

    response store(const request& q, bool update) {
        if (!allowed(q))
            return response::json(
                401,
                R"({"error":{"code":"Unauthorized","message":"Authorization has been denied for this request."}})");
        if (q.captured("conversation") != conversation)
            return response::json(404,
                                  R"({"error":{"code":"ConversationNotFound","message":"Conversation not found."}})");
        const auto j = json::parse(q.body, nullptr, false);
        if (!j.is_object())
            return response::json(400, R"({"error":{"code":"BadSyntax","message":"Bad JSON"}})");
        json m{{"id", update ? std::string(q.captured("activity")) : next_id()},
               {"mine", false},
               {"text", text_of(j, "text")},
               {"summary", text_of(j, "summary")},
               {"card", nullptr},
               {"at", domain::to_iso(on.now())}};
        if (j.contains("attachments") && !j["attachments"].empty())
            m["card"] = j["attachments"][0]["content"];
        const auto it = std::ranges::find_if(messages, [&](const auto& x) { return x["id"] == m["id"]; });
        if (update && it == messages.end())
            return response::json(404, R"({"error":{"code":"ActivityNotFound","message":"Activity not found."}})");
        if (update) {
            m["at"] = (*it)["at"];
            *it = m;
        } else {
            messages.push_back(m);
        }
        on.changed();
        return response::json(update ? 200 : 201, json{{"id", m["id"]}}.dump());
    }

    response keys() const {
        return response::json(200, json{{"keys", json::array({{{"kty", "RSA"},
                                                               {"use", "sig"},
                                                               {"alg", "RS256"},
                                                               {"kid", key_id},
                                                               {"n", number(key.get(), OSSL_PKEY_PARAM_RSA_N)},
                                                               {"e", number(key.get(), OSSL_PKEY_PARAM_RSA_E)},
                                                               {"endorsements", json::array({"msteams"})}}})}}
                                       .dump());
    }
};

teams_sandbox::teams_sandbox(stage& on) : parts_(std::make_unique<parts>(on)) {}
teams_sandbox::~teams_sandbox() = default;

std::string_view teams_sandbox::app_id() { return app; }
std::string_view teams_sandbox::tenant() { return tenant_id; }
std::string_view teams_sandbox::user() { return person; }
std::string teams_sandbox::app_secret() const { return parts_->secret; }

std::vector<http::route> teams_sandbox::routes() {
    auto* p = parts_.get();
    const auto now = [](response r) -> asio::awaitable<response> { co_return r; };
    return {
        {"GET", "/teams/openid",
         [p, now](request) {
             return now(response::json(
                 200,
                 json{{"issuer", "https://api.botframework.com"}, {"jwks_uri", p->on.self + "/teams/keys"}}.dump()));
         }},
        {"GET", "/teams/keys", [p, now](request) { return now(p->keys()); }},
        {"POST", "/teams/token",
         [p, now](request q) {
             for (const auto& [name, value] : http::parse_form(q.body))
                 if (name == "client_secret" && value == p->secret)
                     return now(response::json(
                         200, json{{"token_type", "Bearer"}, {"expires_in", 3600}, {"access_token", p->token}}.dump()));
             return now(response::json(401, R"({"error":"invalid_client"})"));
         }},
        {"POST", "/teams/v3/conversations",
         [now](request) { return now(response::json(201, json{{"id", conversation}}.dump())); }},
        {"POST", "/teams/v3/conversations/{conversation}/activities",
         [p, now](request q) { return now(p->store(q, false)); }},
        {"POST", "/teams/v3/conversations/{conversation}/activities/{activity}",
         [p, now](request q) { return now(p->store(q, false)); }},
        {"PUT", "/teams/v3/conversations/{conversation}/activities/{activity}",
         [p, now](request q) { return now(p->store(q, true)); }}};
}

json teams_sandbox::state() const {
    return {{"messages", parts_->messages}, {"dialog", parts_->dialog}, {"notice", parts_->notice}};
}

asio::awaitable<json> teams_sandbox::install() {
    auto a = parts_->activity("conversationUpdate");
    a["membersAdded"] = json::array({a["recipient"]});
    const auto got = co_await parts_->send(std::move(a));
    co_return json{{"status", got.status}};
}

asio::awaitable<json> teams_sandbox::execute(json what) {
    auto& p = *parts_;
    p.notice.clear();
    auto a = p.activity("invoke");
    const auto id = text_of(what, "id");
    a["name"] = "adaptiveCard/action";
    a["replyToId"] = id;
    a["value"] = {
        {"action",
         {{"type", "Action.Execute"}, {"verb", text_of(what, "verb")}, {"data", what.value("data", json::object())}}},
        {"trigger", "manual"}};
    const auto got = co_await p.send(std::move(a));
    co_return p.apply(got, id);
}

asio::awaitable<json> teams_sandbox::fetch(json what) {
    auto& p = *parts_;
    p.notice.clear();
    auto a = p.activity("invoke");
    a["name"] = "task/fetch";
    a["replyToId"] = text_of(what, "id");
    a["value"] = {{"data", what.value("data", json::object())}, {"context", {{"theme", "default"}}}};
    const auto got = co_await p.send(std::move(a));
    co_return p.apply_dialog(got);
}

asio::awaitable<json> teams_sandbox::submit(json what) {
    auto& p = *parts_;
    auto a = p.activity("invoke");
    a["name"] = "task/submit";
    a["value"] = {{"data", what.value("data", json::object())}, {"context", {{"theme", "default"}}}};
    const auto got = co_await p.send(std::move(a));
    co_return p.apply_dialog(got);
}

asio::awaitable<json> teams_sandbox::say(json what) {
    auto& p = *parts_;
    p.notice.clear();
    auto a = p.activity("message");
    a["text"] = text_of(what, "text");
    a["textFormat"] = "plain";
    p.messages.push_back(
        {{"id", a["id"]}, {"mine", true}, {"text", a["text"]}, {"card", nullptr}, {"at", a["timestamp"]}});
    p.on.changed();
    const auto got = co_await p.send(std::move(a));
    co_return json{{"status", got.status}};
}

void teams_sandbox::close_dialog() {
    parts_->dialog = nullptr;
    parts_->on.changed();
}

} // namespace whynow::demo
