#include "adapters/teams/teams_adapter.hpp"

#include "adapters/teams/activity.hpp"
#include "adapters/teams/answers.hpp"
#include "adapters/teams/outgoing_webhook.hpp"
#include "log/log.hpp"

namespace whynow::adapters::teams {
namespace {

chat::inbound refused_with(http::response r) {
    chat::inbound out;
    out.refuse = std::move(r);
    return out;
}

chat::inbound refused_with(const refusal& why) {
    auto r = why.status == 403 ? http::response::problem(403, "forbidden", "Not for this caller")
                               : http::response::problem(401, "unauthorized", "Not authenticated");
    if (why.status == 401)
        r.fields.set("WWW-Authenticate", "Bearer");
    return refused_with(std::move(r));
}

} // namespace

teams_adapter::teams_adapter(config c, http::client& out)
    : config_(std::move(c)), connector_word_{{out, config_, metadata_address(config_)}, {}},
      entra_word_{{out, config_, entra_metadata_address(config_)}, {}}, connector_(out, config_) {}

// Teams takes 30 requests a second for an app in a tenant; a few are left for words that cannot wait.
chat::limits teams_adapter::limits() const { return {std::chrono::milliseconds(1000), 25.0, per_conversation()}; }

// A flood of forged requests must not become a flood of lines.
chat::inbound teams_adapter::refused(const refusal& why, const http::request& what) {
    constexpr std::chrono::seconds quiet{5};
    const auto at = config_.pace();
    const bool loud = !told_ || at - *told_ >= quiet;
    if (loud)
        told_ = at;
    log::write(loud ? log::level::warn : log::level::debug, "teams_refused",
               {{"status", why.status}, {"why", why.why}, {"request", what.id}});
    return refused_with(why);
}

teams_adapter::trust& teams_adapter::trust_of(std::string_view authorization) {
    return family_of(authorization, config_) == family::entra ? entra_word_ : connector_word_;
}

boost::asio::awaitable<checked> teams_adapter::authenticate(trust& by, std::string authorization, domain::instant now) {
    auto keys = by.keys.present();
    if (const auto known = by.known.find(authorization, *keys, now))
        co_return *known;
    auto result = check_token(authorization, *keys, config_, now);
    if (const auto* missing = std::get_if<unknown_key>(&result)) {
        keys = co_await by.keys.with(missing->kid);
        result = check_token(authorization, *keys, config_, now);
    } else if (const auto* good = std::get_if<claims>(&result)) {
        const auto fresh = co_await by.keys.with(good->kid); // once a day: keys that grew old are replaced
        if (fresh != keys)
            result = check_token(authorization, *fresh, config_, now);
    }
    if (const auto* good = std::get_if<claims>(&result))
        by.known.keep(authorization, *good, now);
    else if (std::holds_alternative<unknown_key>(result))
        result = refusal{401, "unknown key"};
    co_return result;
}

chat::inbound teams_adapter::receive_webhook(const http::request& what, domain::instant now) {
    if (what.fields.count("Authorization") != 1 ||
        !webhook_signature_holds(what.fields.get("Authorization"), what.body, config_))
        return refused(refusal{401, "webhook signature"}, what);
    auto event = read_webhook(what.body, config_, now);
    if (!event)
        return refused(refusal{403, "webhook time, tenant or shape"}, what);
    chat::inbound out;
    out.events.push_back(std::move(*event));
    out.wants_effect = true;
    return out;
}

boost::asio::awaitable<chat::inbound> teams_adapter::receive(const http::request& what, domain::instant now) {
    if (what.path.ends_with("/outgoing"))
        co_return receive_webhook(what, now);
    if (what.fields.count("Authorization") != 1)
        co_return refused(refusal{401, "no bearer token"}, what);
    auto& by = trust_of(what.fields.get("Authorization"));
    const auto token = co_await authenticate(by, std::string(what.fields.get("Authorization")), now);
    if (const auto* bad = std::get_if<refusal>(&token))
        co_return refused(*bad, what);
    auto read = read_activity(what.body);
    if (!read)
        co_return refused_with(http::response::problem(400, "bad-activity", "Not an activity"));
    if (const auto no = admit(std::get<claims>(token), *by.keys.present(), read->facts, config_))
        co_return refused(*no, what);
    if (read->unknown_invoke)
        co_return refused_with(http::response::problem(501, "not-implemented", "Not an invoke of this bot"));
    chat::inbound out;
    out.wants_effect = read->wants_effect;
    if (read->event.kind == chat::event_kind::nothing)
        out.refuse = http::response{};
    else
        out.events.push_back(std::move(read->event));
    co_return out;
}

http::response teams_adapter::answer(const chat::chat_event& e, const chat::reply& r) { return invoke_answer(e, r); }

boost::asio::awaitable<chat::send_result> teams_adapter::send(const chat::outgoing& what) {
    return connector_.send(what);
}

boost::asio::awaitable<chat::find_result> teams_adapter::find(const chat::outgoing&, domain::instant) {
    co_return chat::cannot_tell{"Teams has no lookup of sent messages"};
}

boost::asio::awaitable<chat::send_result> teams_adapter::open_form(const chat::chat_event&,
                                                                   const domain::cards::form&) {
    co_return chat::not_sent{"Teams opens dialogs in the answer to the tap"};
}

} // namespace whynow::adapters::teams
