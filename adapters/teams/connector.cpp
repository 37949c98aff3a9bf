#include "adapters/teams/connector.hpp"

#include "adapters/teams/cards.hpp"
#include "adapters/teams/markdown.hpp"
#include "adapters/teams/service_url.hpp"
#include "domain/text/utf8.hpp"
#include "log/log.hpp"

#include <nlohmann/json.hpp>

#include <functional>

namespace whynow::adapters::teams {

using nlohmann::json;

namespace {

constexpr std::chrono::seconds pause_without_token{60};
constexpr std::chrono::seconds longest_wait{5};

std::string id_in(const http::response& r) {
    const auto j = json::parse(r.body, nullptr, false);
    if (!j.is_object())
        return {};
    const auto it = j.find("id");
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

std::string activities(const std::string& base, const std::string& conversation, const std::string& activity) {
    auto url = base + "/v3/conversations/" + http::percent_encoded(conversation) + "/activities";
    return activity.empty() ? url : url + "/" + http::percent_encoded(activity);
}

bool refused_as(const chat::send_result& r, std::string_view how, std::string_view code = {}) {
    const auto* no = std::get_if<chat::rejected>(&r);
    return no && no->why.starts_with(how) && (code.empty() || no->why.find(code) != std::string::npos);
}

} // namespace

std::string card_activity_json(const chat::outgoing& what, std::string_view person, std::size_t most) {
    std::string out =
        R"({"type":"message","summary":)" + json_string(one_line(domain::text::shortened(what.body.fallback, 500)));
    if (what.loud)
        out += R"(,"channelData":{"notification":{"alert":true}})";
    out += R"(,"attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":)";
    constexpr std::string_view end = "}]}";
    out += card_json(what.body, most - out.size() - end.size(), what.changes ? person : std::string_view{});
    return out.append(end);
}

std::string open_conversation_json(const route& r, const std::string& tenant, const config& c) {
    const json j{{"bot", {{"id", r.bot.empty() ? "28:" + c.app_id : r.bot}}},
                 {"members", json::array({{{"id", r.user}}})},
                 {"tenantId", tenant},
                 {"channelData", {{"tenant", {{"id", tenant}}}}},
                 {"isGroup", false}};
    return j.dump(-1, ' ', false, json::error_handler_t::replace);
}

boost::asio::awaitable<connector::answer> connector::exchange(call what, std::string method, std::string url,
                                                              std::string body, std::size_t seed) {
    for (int attempt = 1;; ++attempt) {
        const auto token = co_await token_.get();
        if (const auto* failed = std::get_if<access_token::failure>(&token))
            co_return chat::send_result{chat::retry_later{pause_without_token, "no token: " + failed->why, true}};
        const auto& word = std::get<std::string>(token);
        http::outgoing request;
        request.method = method;
        request.url = url;
        request.fields.add("Authorization", "Bearer " + word);
        request.fields.add("Content-Type", "application/json; charset=utf-8");
        request.fields.add("Accept", "application/json");
        request.body = body;
        request.deadline = std::chrono::seconds(15);
        request.any_address = config_.any_address;
        request.ca_file = config_.ca_file;
        auto result = co_await out_.exchange(std::move(request));
        if (!result)
            co_return unanswered(what, result.error());
        refused_in_a_row_ = result->status == 429 ? refused_in_a_row_ + 1 : 0;
        if (result->status >= 200 && result->status < 300)
            co_return std::move(*result);
        if (result->status != 401)
            co_return refused(what, *result, refused_in_a_row_, seed);
        token_.drop(word);
        if (attempt < 2)
            continue;
        log::warn("teams_bot_refused", {{"why", error_code_of(*result)}});
        co_return chat::send_result{
            chat::retry_later{pause_without_token * 5, "teams 401 " + error_code_of(*result), true}};
    }
}

boost::asio::awaitable<connector::answer> connector::exchange_card(call what, std::string method, std::string url,
                                                                   const chat::outgoing& message, const route& r) {
    const auto seed = std::hash<std::string>{}(message.key);
    for (auto most = card_budget;; most /= 2) {
        auto result = co_await exchange(what, method, url, card_activity_json(message, r.user, most), seed);
        const auto* no = std::get_if<chat::send_result>(&result);
        if (!no || !refused_as(*no, "teams 413") || most <= card_budget / 4)
            co_return result;
        log::warn("teams_card_too_large", {{"bytes", most}, {"key", message.key}});
    }
}

boost::asio::awaitable<std::variant<std::string, chat::send_result>>
connector::open(std::string base, route r, std::string tenant, std::size_t seed) {
    if (r.user.empty() || tenant.empty())
        co_return chat::send_result{chat::rejected{"no reference to this person: the app was never installed", true}};
    // A whole team on its first morning: a short wait is waited for, a long one gives the hand free for others.
    const auto now = config_.pace();
    const auto wait = opening_.free(now) - now;
    if (wait > longest_wait)
        co_return chat::send_result{
            chat::retry_later{std::chrono::ceil<std::chrono::seconds>(wait), "many conversations to open", false}};
    opening_.book(now);
    if (wait > wait.zero())
        co_await config_.rest(wait);
    auto result = co_await exchange(call::open, "POST", base + "/v3/conversations",
                                    open_conversation_json(r, tenant, config_), seed);
    if (auto* no = std::get_if<chat::send_result>(&result))
        co_return std::move(*no);
    auto id = id_in(std::get<http::response>(result));
    if (id.empty())
        co_return chat::send_result{chat::not_sent{"conversation without an id"}};
    co_return id;
}

boost::asio::awaitable<chat::send_result> connector::post(std::string base, route r, chat::outgoing what) {
    const auto seed = std::hash<std::string>{}(what.key);
    bool opened = false;
    for (;;) {
        if (what.to.conversation.empty()) {
            auto conversation = co_await open(base, r, what.to.tenant, seed);
            if (auto* no = std::get_if<chat::send_result>(&conversation))
                co_return std::move(*no);
            what.to.conversation = std::get<std::string>(conversation);
            opened = true;
        }
        const bool thread = what.target.conversation == what.to.conversation;
        auto result = co_await exchange_card(
            call::post, "POST", activities(base, what.to.conversation, thread ? what.target.id : std::string{}), what,
            r);
        if (auto* ok = std::get_if<http::response>(&result))
            co_return chat::sent{{what.to.conversation, id_in(*ok)}, what.to};
        auto& no = std::get<chat::send_result>(result);
        if (thread && !what.target.id.empty() && refused_as(no, "teams 404", "ActivityNotFound")) {
            what.target = {}; // the thread's message was deleted: say it without
            continue;
        }
        if (opened || !refused_as(no, "teams 404"))
            co_return std::move(no);
        what.to.conversation.clear();
        what.target = {};
    }
}

boost::asio::awaitable<chat::send_result> connector::send(chat::outgoing what) {
    auto r = route_from_json(what.to.route);
    if (!r)
        co_return chat::rejected{"no reference to this person: the app was never installed", true, false};
    const auto base = allowed_service_url(r->service_url, config_);
    if (!base)
        co_return chat::rejected{"service host is not allowed", false, false};
    // A 1:1 is seen by one person only: a whisper is a post.
    if (what.what != chat::outgoing::operation::update)
        co_return co_await post(*base, *r, std::move(what));
    const auto conversation = what.target.conversation.empty() ? what.to.conversation : what.target.conversation;
    if (conversation.empty() || what.target.id.empty())
        co_return chat::rejected{"no message to update", false, false};
    auto result =
        co_await exchange_card(call::update, "PUT", activities(*base, conversation, what.target.id), what, *r);
    if (auto* no = std::get_if<chat::send_result>(&result))
        co_return std::move(*no);
    co_return chat::sent{{conversation, what.target.id}, what.to};
}

} // namespace whynow::adapters::teams
