#include "adapters/slack/slack_adapter.hpp"

#include "adapters/slack/blocks.hpp"
#include "adapters/slack/forms.hpp"
#include "adapters/slack/inbound.hpp"
#include "adapters/slack/limits.hpp"
#include "adapters/slack/signature.hpp"
#include "log/log.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace whynow::slack {

namespace {

using nlohmann::json;

constexpr std::size_t most_context = 2'500; // of the 3,000 characters of private_metadata
constexpr std::size_t most_conversations = 20'000;

std::string without_slash(std::string url) {
    while (url.ends_with('/'))
        url.pop_back();
    return url;
}

http::response empty_ok() { return http::response{}; }

chat::inbound at_once(http::response r) {
    chat::inbound out;
    out.refuse = std::move(r);
    return out;
}

chat::send_result sent_to(const chat::address& to, const chat::message_ref& at) {
    auto reached = to;
    if (!at.conversation.empty() && at.conversation != home)
        reached.conversation = at.conversation;
    return chat::sent{at, std::move(reached)};
}

chat::send_result result_of(const outcome_of<chat::message_ref>& got, const chat::address& to) {
    if (const auto* f = std::get_if<failure>(&got))
        return as_result(*f);
    return sent_to(to, std::get<chat::message_ref>(got));
}

bool direct(const chat::address& a) { return a.conversation.empty() || a.conversation.starts_with('D'); }

bool blocks_refused(const chat::send_result& r) {
    const auto* no = std::get_if<chat::rejected>(&r);
    return no && (no->why.ends_with(": invalid_blocks") || no->why.ends_with(": invalid_blocks_format"));
}

bool failed_with(const outcome_of<chat::message_ref>& got, std::string_view word) {
    const auto* f = std::get_if<failure>(&got);
    return f && why(*f).ends_with(word);
}

} // namespace

slack_adapter::slack_adapter(http::client& client, settings s)
    : client_(client), settings_(std::move(s)), charts_refused_(settings_.charts ? *settings_.charts : until_the_end_) {
    settings_.api_base_url = without_slash(std::move(settings_.api_base_url));
}

web_api slack_adapter::api(std::string tenant) const {
    return {client_,
            {settings_.bot_token, settings_.api_base_url, settings_.ca_file, settings_.any_address, settings_.tokens,
             std::move(tenant)}};
}

boost::asio::awaitable<chat::address> slack_adapter::placed(chat::address who) {
    if (!settings_.tokens || !who.tenant.empty() || who.user.empty())
        co_return who;
    if (const auto known = tenants_.find(who.user); known != tenants_.end()) {
        who.tenant = known->second;
        co_return who;
    }
    const auto all = co_await settings_.tokens->tenants();
    if (all.size() == 1)
        who.tenant = all.front();
    for (std::size_t i = 0; all.size() > 1 && i < all.size() && who.tenant.empty(); ++i)
        if (const auto there = co_await api(all[i]).user_info(who.user); std::holds_alternative<person>(there))
            who.tenant = all[i];
    if (!who.tenant.empty()) {
        if (tenants_.size() >= most_conversations)
            tenants_.clear();
        tenants_[who.user] = who.tenant;
    }
    co_return who;
}

boost::asio::awaitable<outcome_of<identity>> slack_adapter::start() {
    auto who = co_await api().auth_test();
    if (const auto* i = std::get_if<identity>(&who); i && settings_.bot_user_id.empty())
        settings_.bot_user_id = i->bot_user;
    co_return who;
}

boost::asio::awaitable<chat::inbound> slack_adapter::receive(const http::request& what, domain::instant now) {
    const auto v = verify(what.body, what.fields, settings_.signing_secrets, now);
    if (v != verdict::good) {
        // Slack probes a command's address without a signature; whatever else stands in such a body is not read.
        if (v == verdict::missing && is_ssl_check(what.body))
            co_return at_once(empty_ok());
        log::warn("slack_refused", {{"request", what.id}, {"why", to_string(v)}});
        co_return at_once(http::response::problem(401, "bad-signature", "The signature is not valid"));
    }
    if (is_ssl_check(what.body))
        co_return at_once(empty_ok());
    co_return taken(read_body(what.body, settings_.bot_user_id, stamp_of(what.fields)), what.id, what.body.size());
}

chat::inbound slack_adapter::receive_envelope(const socket_frame& envelope, domain::instant now) {
    return taken(read_envelope(envelope.type, envelope.payload, settings_.bot_user_id, now), envelope.envelope_id,
                 envelope.payload.size());
}

chat::inbound slack_adapter::taken(reading read, std::string_view request, std::size_t bytes) {
    switch (read.what) {
    case reading::kind::challenge: return at_once(http::response::text(200, std::move(read.challenge)));
    case reading::kind::rubbish:
        log::warn("slack_unreadable", {{"request", request}, {"bytes", bytes}});
        return at_once(http::response::problem(400, "unreadable", "The body cannot be read"));
    case reading::kind::nothing:
        if (read.note == "app_rate_limited") {
            log::warn("slack_events_rate_limited", {{"request", request}});
            if (settings_.rate_limited)
                settings_.rate_limited();
        } else {
            log::debug("slack_ignored", {{"request", request}, {"what", read.note.substr(0, 64)}});
        }
        return at_once(empty_ok());
    case reading::kind::events: break;
    }
    chat::inbound out;
    out.events = std::move(read.events);
    out.wants_effect = read.wants_effect;
    return out;
}

http::response slack_adapter::answer(const chat::chat_event& e, const chat::reply& r) {
    if (e.kind == chat::event_kind::form_submitted) {
        if (!r.errors.empty() && !e.fields.empty())
            return http::response::json(200, form_errors(r.errors, e.fields));
        if (r.open)
            return http::response::json(
                200, "{\"response_action\":\"update\",\"view\":" + modal_view(*r.open, e.about) + "}");
        return empty_ok();
    }
    if (e.kind == chat::event_kind::command && (r.replace || !r.toast.empty())) {
        auto card = r.replace.value_or(domain::cards::message{});
        if (!r.toast.empty()) {
            card.fallback = r.toast;
            card.blocks.insert(card.blocks.begin(), domain::cards::paragraph{{{r.toast, {}, false, false}}});
        }
        const auto shown = render(card);
        const json body{{"response_type", "ephemeral"},
                        {"text", shown.text},
                        {"blocks", json::parse(shown.blocks, nullptr, false)}};
        return http::response::json(200, body.dump(-1, ' ', false, json::error_handler_t::replace));
    }
    return empty_ok();
}

boost::asio::awaitable<outcome_of<std::string>> slack_adapter::conversation_with(const chat::address& who) {
    if (!who.conversation.empty())
        co_return who.conversation;
    if (who.user.empty())
        co_return failure{chat::rejected{"no address"}};
    const auto key = who.tenant + "|" + who.user;
    if (const auto known = conversations_.find(key); known != conversations_.end())
        co_return known->second;
    auto opened = co_await api(who.tenant).open_conversation(who.user);
    if (const auto* id = std::get_if<std::string>(&opened)) {
        if (conversations_.size() >= most_conversations)
            conversations_.clear();
        conversations_[key] = *id;
    }
    // The first morning of a large team passes the limit of this method (50 a minute); a post to the person's own id
    // opens the conversation too and falls under another limit.
    if (const auto* f = std::get_if<failure>(&opened); f && std::holds_alternative<chat::retry_later>(*f))
        co_return who.user;
    co_return opened;
}

// Where charts are refused, nothing was posted, and characters draw them from then on.
template <class Send>
boost::asio::awaitable<chat::send_result> slack_adapter::drawn(const chat::outgoing& what, Send send) {
    const bool charts = has_charts(what.body) && !charts_refused_.stands(what.to.tenant);
    auto done = co_await send(render(what.body, {.charts = charts}));
    if (charts && blocks_refused(done)) {
        log::info("slack_charts_refused", {{"tenant", what.to.tenant}});
        charts_refused_.remember(what.to.tenant);
        done = co_await send(render(what.body));
    }
    co_return done;
}

boost::asio::awaitable<chat::send_result> slack_adapter::post(const chat::outgoing& what) {
    const auto send = [&](const rendered& shown) { return post_shown(what, shown); };
    co_return co_await drawn(what, send);
}

boost::asio::awaitable<chat::send_result> slack_adapter::update(const chat::outgoing& what) {
    auto target = what.target;
    if (target.conversation.empty())
        target.conversation = what.to.conversation;
    const auto send = [&](const rendered& shown) -> boost::asio::awaitable<chat::send_result> {
        co_return result_of(co_await api(what.to.tenant).update(target, shown), what.to);
    };
    co_return co_await drawn(what, send);
}

boost::asio::awaitable<chat::send_result> slack_adapter::post_shown(const chat::outgoing& what, const rendered& shown) {
    if (!what.target.id.empty()) {
        const auto& there = what.target.conversation.empty() ? what.to.conversation : what.target.conversation;
        co_return result_of(co_await api(what.to.tenant).post(there, shown, what.target.id, what.key), what.to);
    }
    auto place = co_await conversation_with(what.to);
    if (const auto* f = std::get_if<failure>(&place))
        co_return as_result(*f);
    const auto channel = std::get<std::string>(place);
    auto got = co_await api(what.to.tenant).post(channel, shown, {}, what.key);
    // A stored conversation can go stale (the person came back under a new one): open it anew, once.
    if (failed_with(got, "channel_not_found") && !what.to.user.empty() && direct(what.to)) {
        conversations_.erase(what.to.tenant + "|" + what.to.user);
        auto fresh = what.to;
        fresh.conversation.clear();
        auto again = co_await conversation_with(fresh);
        if (const auto* f = std::get_if<failure>(&again))
            co_return as_result(*f);
        if (const auto other = std::get<std::string>(again); other != channel)
            got = co_await api(what.to.tenant).post(other, shown, {}, what.key);
    }
    co_return result_of(got, what.to);
}

boost::asio::awaitable<chat::send_result> slack_adapter::whisper(const chat::outgoing& what) {
    if (direct(what.to))
        co_return co_await post(what);
    const auto shown = render(what.body);
    if (what.to.route.starts_with("https://") || (settings_.any_address && what.to.route.starts_with("http://"))) {
        auto got = co_await api(what.to.tenant).respond(what.to.route, shown);
        const auto* f = std::get_if<failure>(&got);
        if (!f || !std::holds_alternative<chat::rejected>(*f))
            co_return result_of(got, what.to);
    }
    co_return result_of(
        co_await api(what.to.tenant).post_ephemeral(what.to.conversation, what.to.user, shown, what.target.id),
        what.to);
}

boost::asio::awaitable<chat::send_result> slack_adapter::send(const chat::outgoing& what) {
    if (!settings_.tokens || !what.to.tenant.empty())
        co_return co_await send_placed(what);
    auto there = what;
    there.to = co_await placed(std::move(there.to));
    co_return co_await send_placed(there);
}

// Another daemon may have put a newer page there: then ours is made anew before it is tried again.
boost::asio::awaitable<chat::send_result> slack_adapter::publish(const chat::outgoing& what) {
    if (what.to.user.empty())
        co_return chat::rejected{"no address"};
    const auto key = what.to.tenant + "|" + what.to.user;
    if (pages_.size() >= most_conversations)
        pages_.clear();
    auto got = co_await api(what.to.tenant)
                   .publish_home(what.to.user, render(what.body, {.blocks = most::blocks_of_view}), pages_[key]);
    if (const auto* f = std::get_if<failure>(&got)) {
        pages_.erase(key);
        co_return as_result(*f);
    }
    auto& page = std::get<web_api::published>(got);
    pages_[key] = std::move(page.hash);
    co_return sent_to(what.to, {std::string(home), std::move(page.view)});
}

boost::asio::awaitable<chat::send_result> slack_adapter::send_placed(const chat::outgoing& what) {
    using operation = chat::outgoing::operation;
    if (what.what == operation::whisper)
        co_return co_await whisper(what);
    if (what.what == operation::post)
        co_return co_await post(what);
    if (what.target.conversation == home)
        co_return co_await publish(what);
    if (what.target.id.empty())
        co_return chat::rejected{"update without a message"};
    co_return co_await update(what);
}

boost::asio::awaitable<chat::find_result> slack_adapter::find(const chat::outgoing& asked, domain::instant since) {
    auto what = asked;
    what.to = co_await placed(std::move(what.to));
    if (what.key.empty())
        co_return chat::cannot_tell{"no key"};
    if (!what.target.id.empty() && what.what == chat::outgoing::operation::post) {
        const auto& there = what.target.conversation.empty() ? what.to.conversation : what.target.conversation;
        co_return co_await api(what.to.tenant).find_key(there, what.target.id, what.key, since);
    }
    auto place = co_await conversation_with(what.to);
    if (const auto* f = std::get_if<failure>(&place))
        co_return chat::cannot_tell{std::string(why(*f))};
    const auto& channel = std::get<std::string>(place);
    if (channel == what.to.user)
        co_return chat::cannot_tell{"conversation not known yet"};
    co_return co_await api(what.to.tenant).find_key(channel, {}, what.key, since);
}

boost::asio::awaitable<chat::send_result> slack_adapter::open_form(const chat::chat_event& e,
                                                                   const domain::cards::form& f) {
    if (e.trigger.empty())
        co_return chat::rejected{"no trigger"};
    if (f.context.size() > most_context)
        co_return chat::rejected{"context too long"};
    auto got = co_await api(e.from.tenant).open_view(e.trigger, modal_view(f, e.about));
    for (const std::string_view word : {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
        if (failed_with(got, word))
            co_return chat::rejected{std::string(word)};
    if (const auto* failed = std::get_if<failure>(&got))
        co_return as_result(*failed);
    co_return chat::sent{std::get<chat::message_ref>(got), e.from};
}

} // namespace whynow::slack
