#include "demo/sandbox_slack.hpp"

#include "adapters/slack/signature.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <openssl/rand.h>

#include <algorithm>
#include <array>

namespace whynow::demo {

using http::request;
using http::response;
using nlohmann::json;

namespace {

constexpr std::string_view team_id = "T0WHYNOW1", bot_id = "U0WHYNOWB", rep_id = "U0DANA001", direct_id = "D0DANA001";
constexpr std::string_view rep_name = "dana", app_id = "A0WHYNOW1";

std::string random_hex() {
    std::array<unsigned char, 16> bytes{};
    RAND_bytes(bytes.data(), int(bytes.size()));
    std::string out;
    for (const auto b : bytes)
        out += fmt::format("{:02x}", b);
    return out;
}

response answered(json j) {
    j["ok"] = true;
    return response::json(200, j.dump(-1, ' ', false, json::error_handler_t::replace));
}
response failed(std::string_view word) { return response::json(200, json{{"ok", false}, {"error", word}}.dump()); }

std::string text_of(const json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

// Slack takes JSON and forms alike.
json arguments(const request& q) {
    if (q.fields.get("Content-Type").starts_with("application/json")) {
        auto j = json::parse(q.body, nullptr, false);
        return j.is_object() ? j : json::object();
    }
    auto j = json::object();
    for (auto& [name, value] : http::parse_form(q.body))
        j[name] = value;
    return j;
}

} // namespace

struct slack_sandbox::parts {
    stage& on;
    std::string secret = random_hex();
    std::string token = "xoxb-demo-" + random_hex();
    std::vector<json> messages; // oldest first
    json view;                  // the dialog that stands open, or null
    std::string trigger;        // that may open one
    std::string notice;

    explicit parts(stage& s) : on(s) {}

    std::string stamp() { return fmt::format("{}.{:06}", on.now().time_since_epoch().count(), on.next()); }

    bool allowed(const request& q) const { return q.fields.get("Authorization") == "Bearer " + token; }

    json user_json() const {
        return {{"id", rep_id},
                {"name", rep_name},
                {"real_name", "Dana Whitfield"},
                {"tz", "America/New_York"},
                {"is_bot", false},
                {"profile", {{"real_name", "Dana Whitfield"}, {"email", "dana.whitfield@tallyard.example"}}}};
    }

    response post(const json& in) {
        if (const auto channel = text_of(in, "channel"); channel != direct_id && channel != rep_id)
            return failed("channel_not_found");
        json m{{"type", "message"},
               {"ts", stamp()},
               {"user", bot_id},
               {"bot_id", "B0WHYNOW1"},
               {"app_id", app_id},
               {"text", text_of(in, "text")},
               {"blocks", in.value("blocks", json::array())}};
        for (const auto* key : {"thread_ts", "metadata"})
            if (in.contains(key))
                m[key] = in[key];
        m["at"] = domain::to_iso(on.now());
        messages.push_back(m);
        on.changed();
        return answered({{"channel", direct_id}, {"ts", m["ts"]}, {"message", m}});
    }

    response update(const json& in) {
        const auto it =
            std::ranges::find_if(messages, [&](const auto& m) { return text_of(m, "ts") == text_of(in, "ts"); });
        if (it == messages.end())
            return failed("message_not_found");
        (*it)["text"] = text_of(in, "text");
        (*it)["blocks"] = in.value("blocks", json::array());
        on.changed();
        return answered({{"channel", direct_id}, {"ts", (*it)["ts"]}, {"text", (*it)["text"]}});
    }

    response ephemeral(const json& in) {
        notice = text_of(in, "text");
        on.changed();
        return answered({{"message_ts", stamp()}});
    }

    response history(const json& in, bool thread) const {
        auto list = json::array();
        for (auto m = messages.rbegin(); m != messages.rend(); ++m)
            if (text_of(*m, "ts") >= text_of(in, "oldest") &&
                (!thread || text_of(*m, "thread_ts") == text_of(in, "ts")))
                list.push_back(*m);
        return answered({{"messages", std::move(list)}, {"has_more", false}});
    }

    response open(const json& in) {
        if (text_of(in, "trigger_id") != trigger || trigger.empty())
            return failed("expired_trigger_id");
        trigger.clear();
        view = in.value("view", json::object());
        view["id"] = fmt::format("V{:09}", on.next());
        view["type"] = "modal";
        on.changed();
        return answered({{"view", view}});
    }

    asio::awaitable<response> call(request q) {
        if (!allowed(q))
            co_return failed("invalid_auth");
        const auto method = std::string(q.captured("method"));
        const auto in = arguments(q);
        if (method == "auth.test")
            co_return answered(
                {{"team_id", team_id}, {"team", "Tallyard"}, {"user_id", bot_id}, {"bot_id", "B0WHYNOW1"}});
        if (method == "chat.postMessage")
            co_return post(in);
        if (method == "chat.update")
            co_return update(in);
        if (method == "chat.postEphemeral")
            co_return ephemeral(in);
        if (method == "conversations.open")
            co_return text_of(in, "users") == rep_id ? answered({{"channel", {{"id", direct_id}}}})
                                                     : failed("user_not_found");
        if (method == "conversations.history" || method == "conversations.replies")
            co_return history(in, method == "conversations.replies");
        if (method == "views.open")
            co_return open(in);
        if (method == "views.publish")
            co_return answered({{"view", {{"id", "VHOME"}}}});
        if (method == "users.info" || method == "users.lookupByEmail")
            co_return answered({{"user", user_json()}});
        co_return failed("unknown_method");
    }

    asio::awaitable<response> send(std::string path, std::string body, std::string type) {
        const auto at = on.now();
        std::vector<std::pair<std::string, std::string>> fields;
        fields.emplace_back("Content-Type", std::move(type));
        fields.emplace_back("X-Slack-Request-Timestamp", std::to_string(at.time_since_epoch().count()));
        fields.emplace_back("X-Slack-Signature", slack::sign(body, at, secret));
        co_return co_await to_daemon(on, std::move(path), std::move(body), std::move(fields));
    }

    asio::awaitable<response> send_interaction(const json& payload) {
        co_return co_await send("/slack/interactivity", "payload=" + http::percent_encoded(payload.dump()),
                                "application/x-www-form-urlencoded");
    }

    json interaction(std::string_view type) {
        return {{"type", type},
                {"team", {{"id", team_id}, {"domain", "tallyard"}}},
                {"user", {{"id", rep_id}, {"username", rep_name}, {"name", rep_name}, {"team_id", team_id}}},
                {"api_app_id", app_id},
                {"is_enterprise_install", false},
                {"trigger_id", fmt::format("{}.{}.{}", on.now().time_since_epoch().count(), on.next(), random_hex())}};
    }
};

slack_sandbox::slack_sandbox(stage& on) : parts_(std::make_unique<parts>(on)) {}
slack_sandbox::~slack_sandbox() = default;

std::string slack_sandbox::signing_secret() const { return parts_->secret; }
std::string slack_sandbox::bot_token() const { return parts_->token; }
std::string_view slack_sandbox::user() { return rep_id; }

std::vector<http::route> slack_sandbox::routes() {
    auto* p = parts_.get();
    return {{"POST", "/slack/api/{method}", [p](request q) { return p->call(std::move(q)); }},
            {"POST", "/slack/response/{id}", [p](request q) -> asio::awaitable<response> {
                 p->notice = text_of(arguments(q), "text");
                 p->on.changed();
                 co_return response::text(200, "ok");
             }}};
}

json slack_sandbox::state() const {
    auto list = json::array();
    for (const auto& m : parts_->messages)
        list.push_back({{"ts", m["ts"]},
                        {"thread_ts", m.value("thread_ts", "")},
                        {"mine", text_of(m, "user") == rep_id},
                        {"text", text_of(m, "text")},
                        {"blocks", m.value("blocks", json::array())},
                        {"at", m["at"]}});
    return {{"messages", std::move(list)}, {"view", parts_->view}, {"notice", parts_->notice}};
}

asio::awaitable<json> slack_sandbox::tap(json what) {
    auto& p = *parts_;
    p.notice.clear();
    auto payload = p.interaction("block_actions");
    p.trigger = payload["trigger_id"];
    const auto ts = text_of(what, "ts");
    auto action = what.value("action", json::object());
    action["action_ts"] = p.stamp();
    action["type"] = "button";
    payload["channel"] = {{"id", direct_id}, {"name", "directmessage"}};
    payload["container"] = {
        {"type", "message"}, {"message_ts", ts}, {"channel_id", direct_id}, {"is_ephemeral", false}};
    payload["message"] = {{"ts", ts}};
    payload["response_url"] = fmt::format("{}/slack/response/{}", p.on.self, p.on.next());
    payload["actions"] = json::array({std::move(action)});
    const auto got = co_await p.send_interaction(payload);
    co_return json{{"status", got.status}};
}

asio::awaitable<json> slack_sandbox::say(json what) {
    auto& p = *parts_;
    p.notice.clear();
    const auto ts = p.stamp();
    json mine{{"type", "message"},       {"ts", ts},
              {"user", rep_id},          {"text", text_of(what, "text")},
              {"blocks", json::array()}, {"at", domain::to_iso(p.on.now())}};
    json event{{"type", "message"}, {"channel", direct_id},          {"channel_type", "im"},
               {"user", rep_id},    {"text", text_of(what, "text")}, {"ts", ts},
               {"event_ts", ts}};
    if (const auto thread = text_of(what, "thread_ts"); !thread.empty()) {
        mine["thread_ts"] = thread;
        event["thread_ts"] = thread;
    }
    p.messages.push_back(std::move(mine));
    p.on.changed();
    const json body{
        {"type", "event_callback"},
        {"team_id", team_id},
        {"api_app_id", app_id},
        {"event_id", fmt::format("Ev{:09}", p.on.next())},
        {"event_time", p.on.now().time_since_epoch().count()},
        {"authorizations",
         json::array(
             {{{"team_id", team_id}, {"user_id", bot_id}, {"is_bot", true}, {"is_enterprise_install", false}}})},
        {"event", std::move(event)}};
    const auto got = co_await p.send("/slack/events", body.dump(), "application/json");
    co_return json{{"status", got.status}};
}

asio::awaitable<json> slack_sandbox::submit(json what) {
    auto& p = *parts_;
    if (!p.view.is_object())
        co_return json{{"status", 409}};
    auto payload = p.interaction("view_submission");
    payload["view"] = p.view;
    payload["view"]["state"] = {{"values", what.value("values", json::object())}};
    const auto got = co_await p.send_interaction(payload);
    const auto said = json::parse(got.body, nullptr, false);
    if (said.is_object() && text_of(said, "response_action") == "errors")
        co_return json{{"status", got.status}, {"errors", said.value("errors", json::object())}};
    if (said.is_object() && text_of(said, "response_action") == "update") {
        const auto id = p.view["id"];
        p.view = said.value("view", json::object());
        p.view["id"] = id;
    } else {
        p.view = nullptr;
    }
    p.on.changed();
    co_return json{{"status", got.status}};
}

void slack_sandbox::close_view() {
    parts_->view = nullptr;
    parts_->on.changed();
}

} // namespace whynow::demo
