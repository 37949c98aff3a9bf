#include "adapters/slack/web_api.hpp"

#include "adapters/slack/api_errors.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace whynow::slack {

using nlohmann::json;

struct web_api::answer {
    json body;
    std::string scopes;
};

namespace {

constexpr std::chrono::milliseconds dialog_deadline{2'500}; // a trigger_id lives three seconds
constexpr int most_pages = 5;
constexpr std::chrono::seconds tolerance{60}; // between our clock and Slack's

std::string text_at(const json& j, std::string_view key) {
    if (!j.is_object())
        return {};
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}
const json& object_at(const json& j, std::string_view key) {
    static const json nothing = json::object();
    const auto it = j.is_object() ? j.find(key) : j.end();
    return it != j.end() && it->is_object() ? *it : nothing;
}
bool flag_at(const json& j, std::string_view key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_boolean() && it->get<bool>();
}

std::string dumped(const json& j) { return j.dump(-1, ' ', false, json::error_handler_t::replace); }

json body_of(const rendered& what) {
    return {{"text", what.text},
            {"blocks", json::parse(what.blocks, nullptr, false)},
            {"unfurl_links", false},
            {"unfurl_media", false}};
}

std::string form(std::initializer_list<std::pair<std::string_view, std::string_view>> pairs) {
    std::string out;
    for (const auto& [name, value] : pairs) {
        if (value.empty())
            continue;
        if (!out.empty())
            out += '&';
        out.append(name).append("=").append(http::percent_encoded(value));
    }
    return out;
}

person person_from(const json& user) {
    const auto& profile = object_at(user, "profile");
    person p;
    p.user = text_at(user, "id");
    p.name = text_at(profile, "real_name");
    if (p.name.empty())
        p.name = text_at(user, "real_name");
    p.email = text_at(profile, "email");
    p.zone = text_at(user, "tz");
    p.human = !flag_at(user, "is_bot") && !flag_at(user, "deleted") && p.user != "USLACKBOT";
    p.insider =
        !flag_at(user, "is_restricted") && !flag_at(user, "is_ultra_restricted") && !flag_at(user, "is_stranger");
    return p;
}

const std::string* key_in(const json& message) {
    const auto& payload = object_at(object_at(message, "metadata"), "event_payload");
    const auto it = payload.find("key");
    return it != payload.end() && it->is_string() ? it->get_ptr<const std::string*>() : nullptr;
}

bool success(int status) { return status >= 200 && status < 300; }

} // namespace

chat::send_result as_result(const failure& f) {
    return std::visit([](const auto& one) -> chat::send_result { return one; }, f);
}
std::string_view why(const failure& f) {
    return std::visit([](const auto& one) -> std::string_view { return one.why; }, f);
}

boost::asio::awaitable<outcome_of<web_api::answer>> web_api::exchange(http::outgoing what, std::string_view method,
                                                                      repeat again) {
    const bool safe = again == repeat::safe;
    const auto got = co_await client_.exchange(std::move(what));
    if (!got)
        co_return from_transport(method, got.error(), safe);
    if (!success(got->status))
        co_return from_status(method, got->status, got->fields.get("Retry-After"), safe);
    answer out{json::parse(got->body, nullptr, false), std::string(got->fields.get("X-OAuth-Scopes"))};
    // A page of some proxy instead of Slack's answer: the call may have passed.
    if (!out.body.is_object() || !out.body.contains("ok"))
        co_return from_status(method, 599, {}, safe);
    if (!flag_at(out.body, "ok")) {
        const auto word = text_at(out.body, "error");
        if (word == "ratelimited" || word == "rate_limited")
            co_return from_status(method, 429, got->fields.get("Retry-After"), safe);
        co_return from_error_word(method, word, text_at(out.body, "needed"), safe);
    }
    co_return out;
}

boost::asio::awaitable<outcome_of<web_api::answer>>
web_api::once(std::string_view method, const std::string& body, bool as_form, repeat again, const std::string& token) {
    http::outgoing what;
    what.method = "POST";
    what.url = settings_.base_url + "/" + std::string(method);
    what.fields.add("Authorization", "Bearer " + token);
    what.fields.add("Content-Type", as_form ? "application/x-www-form-urlencoded" : "application/json; charset=utf-8");
    what.fields.add("Accept", "application/json");
    what.body = body;
    what.any_address = settings_.any_address;
    what.ca_file = settings_.ca_file;
    if (method == "views.open")
        what.deadline = dialog_deadline;
    return exchange(std::move(what), method, again);
}

boost::asio::awaitable<outcome_of<web_api::answer>> web_api::call(std::string_view method, std::string body,
                                                                  bool as_form, repeat again, std::string token) {
    if (!token.empty() || !settings_.tokens)
        co_return co_await once(method, body, as_form, again, token.empty() ? settings_.bot_token : token);
    auto had = co_await settings_.tokens->token(settings_.tenant, {});
    if (const auto* none = std::get_if<failure>(&had))
        co_return *none;
    auto used = std::get<std::string>(std::move(had));
    auto got = co_await once(method, body, as_form, again, used);
    if (const auto* f = std::get_if<failure>(&got); f && why(*f).ends_with(": token_expired")) {
        auto fresh = co_await settings_.tokens->token(settings_.tenant, used);
        if (const auto* none = std::get_if<failure>(&fresh))
            co_return *none;
        used = std::get<std::string>(std::move(fresh));
        got = co_await once(method, body, as_form, again, used);
    }
    if (const auto* f = std::get_if<failure>(&got))
        if (const auto* no = std::get_if<chat::rejected>(f); no && no->tenant_gone)
            settings_.tokens->refused(settings_.tenant, std::move(used), no->why);
    co_return got;
}

boost::asio::awaitable<outcome_of<chat::message_ref>> web_api::post(std::string channel, rendered what,
                                                                    std::string thread, std::string key) {
    auto body = body_of(what);
    body["channel"] = channel;
    if (!thread.empty())
        body["thread_ts"] = thread;
    if (!key.empty())
        body["metadata"] = {{"event_type", "whynow"}, {"event_payload", {{"key", key}}}};
    auto got = co_await call("chat.postMessage", dumped(body), false, repeat::unsafe);
    if (const auto* f = std::get_if<failure>(&got))
        co_return *f;
    const auto& said = std::get<answer>(got).body;
    chat::message_ref at{text_at(said, "channel"), text_at(said, "ts")};
    if (at.id.empty())
        co_return failure{chat::ambiguous{"chat.postMessage: answer without ts"}};
    if (at.conversation.empty())
        at.conversation = channel;
    co_return at;
}

boost::asio::awaitable<outcome_of<chat::message_ref>> web_api::update(chat::message_ref target, rendered what) {
    auto body = body_of(what);
    body["channel"] = target.conversation;
    body["ts"] = target.id;
    auto got = co_await call("chat.update", dumped(body), false, repeat::safe);
    if (const auto* f = std::get_if<failure>(&got)) {
        auto out = *f;
        // The message is away or no longer ours to change; the person is still there.
        if (auto* r = std::get_if<chat::rejected>(&out))
            r->person_gone = false;
        co_return out;
    }
    co_return target;
}

boost::asio::awaitable<outcome_of<chat::message_ref>> web_api::post_ephemeral(std::string channel, std::string user,
                                                                              rendered what, std::string thread) {
    auto body = body_of(what);
    body["channel"] = channel;
    body["user"] = user;
    if (!thread.empty())
        body["thread_ts"] = thread;
    auto got = co_await call("chat.postEphemeral", dumped(body), false, repeat::unsafe);
    if (const auto* f = std::get_if<failure>(&got)) {
        auto out = *f;
        // Not being in a channel says nothing about the person.
        if (auto* r = std::get_if<chat::rejected>(&out))
            r->person_gone = false;
        co_return out;
    }
    co_return chat::message_ref{channel, text_at(std::get<answer>(got).body, "message_ts")};
}

boost::asio::awaitable<outcome_of<chat::message_ref>> web_api::respond(std::string response_url, rendered what) {
    auto body = body_of(what);
    body["response_type"] = "ephemeral";
    body["replace_original"] = false;
    http::outgoing request;
    request.method = "POST";
    request.url = std::move(response_url);
    request.fields.add("Content-Type", "application/json; charset=utf-8");
    request.body = dumped(body);
    request.any_address = settings_.any_address;
    request.ca_file = settings_.ca_file;
    const auto got = co_await client_.exchange(std::move(request));
    if (!got)
        co_return from_transport("response_url", got.error(), false);
    if (!success(got->status))
        co_return from_status("response_url", got->status, got->fields.get("Retry-After"), false);
    co_return chat::message_ref{};
}

boost::asio::awaitable<outcome_of<chat::message_ref>> web_api::open_view(std::string trigger, std::string view_json) {
    const json body{{"trigger_id", trigger}, {"view", json::parse(view_json, nullptr, false)}};
    auto got = co_await call("views.open", dumped(body), false, repeat::unsafe);
    if (const auto* f = std::get_if<failure>(&got))
        co_return *f;
    co_return chat::message_ref{{}, text_at(object_at(std::get<answer>(got).body, "view"), "id")};
}

boost::asio::awaitable<outcome_of<web_api::published>> web_api::publish_home(std::string user, rendered what,
                                                                             std::string hash) {
    json body{{"user_id", user}, {"view", {{"type", "home"}, {"blocks", json::parse(what.blocks, nullptr, false)}}}};
    if (!hash.empty())
        body["hash"] = hash;
    auto got = co_await call("views.publish", dumped(body), false, repeat::safe);
    if (const auto* f = std::get_if<failure>(&got)) {
        auto out = *f;
        if (why(out).ends_with(": hash_conflict"))
            co_return failure{chat::not_sent{std::string(why(out))}};
        // A page that is switched off says nothing about the person.
        if (auto* r = std::get_if<chat::rejected>(&out))
            r->person_gone = false;
        co_return out;
    }
    const auto& view = object_at(std::get<answer>(got).body, "view");
    co_return published{text_at(view, "id"), text_at(view, "hash")};
}

boost::asio::awaitable<outcome_of<std::string>> web_api::open_conversation(std::string user) {
    auto got = co_await call("conversations.open", dumped({{"users", user}}), false, repeat::safe);
    if (const auto* f = std::get_if<failure>(&got))
        co_return *f;
    auto id = text_at(object_at(std::get<answer>(got).body, "channel"), "id");
    if (id.empty())
        co_return failure{chat::not_sent{"conversations.open: answer without channel"}};
    co_return id;
}

boost::asio::awaitable<chat::find_result> web_api::find_key(std::string channel, std::string thread, std::string key,
                                                            domain::instant since) {
    const auto oldest = std::to_string((since - tolerance).time_since_epoch().count()) + ".000000";
    std::string_view method = thread.empty() ? "conversations.history" : "conversations.replies";
    std::string cursor;
    for (int page = 0; page < most_pages; ++page) {
        auto body = form({{"channel", channel},
                          {"ts", thread},
                          {"oldest", oldest},
                          {"inclusive", "true"},
                          {"include_all_metadata", "true"},
                          {"limit", "100"},
                          {"cursor", cursor}});
        auto got = co_await call(method, std::move(body), true, repeat::safe);
        if (const auto* f = std::get_if<failure>(&got))
            co_return chat::cannot_tell{std::string(why(*f))};
        const auto& said = std::get<answer>(got).body;
        const auto messages = said.find("messages");
        if (messages == said.end() || !messages->is_array())
            co_return chat::cannot_tell{std::string(method) + ": answer without messages"};
        for (const auto& m : *messages)
            if (const auto* found = key_in(m); found && *found == key)
                co_return chat::found{{channel, text_at(m, "ts")}};
        cursor = text_at(object_at(said, "response_metadata"), "next_cursor");
        if (cursor.empty()) {
            if (flag_at(said, "has_more"))
                break;
            co_return chat::absent{};
        }
    }
    co_return chat::cannot_tell{std::string(method) + ": too many messages since"};
}

boost::asio::awaitable<outcome_of<person>> web_api::user_info(std::string user) {
    auto got = co_await call("users.info", form({{"user", user}}), true, repeat::safe);
    if (const auto* f = std::get_if<failure>(&got))
        co_return *f;
    co_return person_from(object_at(std::get<answer>(got).body, "user"));
}

boost::asio::awaitable<outcome_of<person>> web_api::user_by_email(std::string email) {
    auto got = co_await call("users.lookupByEmail", form({{"email", email}}), true, repeat::safe);
    if (const auto* f = std::get_if<failure>(&got))
        co_return *f;
    co_return person_from(object_at(std::get<answer>(got).body, "user"));
}

boost::asio::awaitable<outcome_of<identity>> web_api::auth_test() {
    auto got = co_await call("auth.test", {}, true, repeat::safe);
    if (const auto* f = std::get_if<failure>(&got))
        co_return *f;
    const auto& said = std::get<answer>(got).body;
    co_return identity{text_at(said, "team_id"), text_at(said, "team"), text_at(said, "user_id"),
                       std::get<answer>(got).scopes};
}

boost::asio::awaitable<outcome_of<std::string>> web_api::open_socket(std::string app_token) {
    auto got = co_await call("apps.connections.open", {}, true, repeat::safe, std::move(app_token));
    if (const auto* f = std::get_if<failure>(&got))
        co_return *f;
    auto url = text_at(std::get<answer>(got).body, "url");
    if (url.empty())
        co_return failure{chat::not_sent{"apps.connections.open: answer without url"}};
    co_return url;
}

} // namespace whynow::slack
