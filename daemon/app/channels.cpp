#include "app/channels.hpp"

#include "adapters/smtp/message.hpp"
#include "app/unsubscribe.hpp"
#include "domain/cards/message.hpp"
#include "log/fault.hpp"
#include "workday/brief_letter.hpp"
#include "workday/content.hpp"
#include "workday/drafting.hpp"
#include "workday/errands.hpp"

#include <fmt/format.h>

#include <charconv>

namespace whynow::app {
namespace {

// "draft:4:2" → 4, 2.
std::optional<std::pair<domain::draft_id, int>> draft_of(std::string_view subject) {
    if (!subject.starts_with("draft:"))
        return std::nullopt;
    subject.remove_prefix(6);
    domain::draft_id id;
    int revision = 0;
    const auto* end = subject.data() + subject.size();
    const auto first = std::from_chars(subject.data(), end, id.value);
    if (first.ec != std::errc{} || first.ptr == end || std::from_chars(first.ptr + 1, end, revision).ec != std::errc{})
        return std::nullopt;
    return std::pair{id, revision};
}

std::optional<domain::brief_id> brief_of(std::string_view subject) {
    if (!subject.starts_with("brief:"))
        return std::nullopt;
    subject.remove_prefix(6);
    domain::brief_id id;
    if (std::from_chars(subject.data(), subject.data() + subject.size(), id.value).ec != std::errc{})
        return std::nullopt;
    return id;
}

std::string domain_of(std::string_view address) {
    const auto at = address.rfind('@');
    return at == std::string_view::npos ? "localhost" : std::string(address.substr(at + 1));
}

} // namespace

delivery::doubt chat_channel::in_doubt(const store::outbox_item& item) const {
    if (item.purpose == "update" || adapter_.platform() == "console")
        return delivery::doubt::harmless;
    return adapter_.platform() == "slack" ? delivery::doubt::look_up : delivery::doubt::repeat_once;
}

asio::awaitable<std::optional<chat::outgoing>> chat_channel::prepare(const store::outbox_item& item) {
    const auto errand = workday::errand_from(item.payload);
    const auto rules = house_.rules();
    chat::outgoing out;
    out.key = fmt::format("outbox:{}", item.id.value);
    out.loud = errand.loud;
    out.changes = !errand.subject.empty() && !errand.subject.starts_with("digest:") &&
                  !errand.subject.starts_with("own-week:");
    bool wanted = true;
    store::store::work look = [&](store::session& s) {
        if (const auto rep = store::reps(s).find({errand.rep}))
            out.to = workday::address_of(s, *rep, *rules);
        if (out.to.platform != adapter_.platform())
            out.to =
                chat::address_from_json(errand.to).value_or(chat::address{}); // moved since: this row keeps its way
        if (errand.operation == "update") {
            out.what = chat::outgoing::operation::update;
            out.target = workday::standing(s, errand.subject, adapter_.platform());
            wanted = !out.target.id.empty();
        } else {
            out.what =
                errand.operation == "whisper" ? chat::outgoing::operation::whisper : chat::outgoing::operation::post;
            out.target = {errand.thread_conversation, errand.thread_id};
            // Sent before without an answer, and somebody has used it since: it is there.
            if (item.tries > 1 && !errand.subject.empty())
                wanted = workday::standing(s, errand.subject, adapter_.platform()).id.empty();
        }
        if (!errand.message.empty())
            out.body = chat::message_from_json(errand.message).value_or(domain::cards::message{});
        else if (auto shown = workday::show(s, errand.subject, *rules, house_.clock.now()))
            out.body = std::move(*shown);
        wanted = wanted && !out.body.blocks.empty();
    };
    const auto read = co_await house_.store->read(std::move(look));
    if (!read || !wanted)
        co_return std::nullopt;
    co_return out;
}

asio::awaitable<chat::send_result> chat_channel::deliver(const store::outbox_item& item) {
    auto out = co_await prepare(item);
    if (!out)
        co_return chat::sent{};
    co_return co_await adapter_.send(*out);
}

asio::awaitable<chat::find_result> chat_channel::look_up(const store::outbox_item& item) {
    auto out = co_await prepare(item);
    if (!out)
        co_return chat::found{};
    co_return co_await adapter_.find(*out, item.first_tried == domain::instant{} ? item.created_at : item.first_tried);
}

void chat_channel::settled(store::session& s, const store::outbox_item& item, const chat::send_result& result,
                           store::outbox_state) {
    const auto errand = workday::errand_from(item.payload);
    const auto to = chat::address_from_json(errand.to).value_or(chat::address{});
    if (const auto* sent = std::get_if<chat::sent>(&result)) {
        if (sent->at.id.empty())
            return;
        if (errand.operation == "post" && !errand.subject.empty())
            workday::arrived(s, errand.subject, adapter_.platform(), sent->at);
        const auto& at = sent->to.user.empty() ? to : sent->to;
        if (!at.user.empty() && !at.conversation.empty() && errand.rep)
            store::identities(s).upsert(
                {std::string(adapter_.platform()), at.tenant, at.user, {errand.rep}, at.conversation, at.route, false});
    } else if (const auto* no = std::get_if<chat::rejected>(&result)) {
        if (!no->person_gone)
            return;
        store::identities(s).mark_gone(adapter_.platform(), to.tenant, to.user);
        const auto brief = item.purpose == "brief" ? brief_of(errand.subject) : std::nullopt;
        if (const auto rep = brief ? store::reps(s).find({errand.rep}) : std::nullopt)
            workday::send_brief_elsewhere(s, *rep, *brief, *house_.rules(), house_.clock.now());
    }
}

asio::awaitable<chat::send_result> workflow_channel::deliver(const store::outbox_item& item) {
    const auto errand = workday::errand_from(item.payload);
    const auto rules = house_.rules();
    std::optional<domain::cards::message> shown;
    store::store::work look = [&](store::session& s) {
        shown = workday::show(s, errand.subject, *rules, house_.clock.now());
    };
    if (!co_await house_.store->read(std::move(look)))
        co_return chat::not_sent{"store"};
    if (!shown)
        co_return chat::sent{};
    co_return co_await workflow_.post(*shown);
}

asio::awaitable<chat::find_result> workflow_channel::look_up(const store::outbox_item&) {
    co_return chat::cannot_tell{"a workflow takes and tells nothing"};
}

asio::awaitable<chat::send_result> mail_channel::deliver(const store::outbox_item& item) {
    const auto errand = workday::errand_from(item.payload);
    const auto rules = house_.rules();
    const auto& from = house_.config.mail.from;
    smtp::message m;
    m.from.address = from;
    m.date = house_.clock.now();
    bool wanted = false;
    std::optional<workday::letter> letter;
    store::store::work look = [&](store::session& s) {
        if (const auto draft = draft_of(errand.subject)) {
            letter = workday::letter_for(s, draft->first, draft->second);
            wanted = letter.has_value();
            return;
        }
        // A brief or a notice for somebody whom no chat reaches: plain text to their own mailbox.
        if (const auto brief = brief_of(errand.subject)) {
            if (errand.operation == "update") // a mail is never changed
                return;
            if (auto written = workday::letter_of_brief(s, *brief, *rules)) {
                m.to = {written->to_name, written->to};
                m.subject = std::move(written->subject);
                m.body = std::move(written->body);
                wanted = true;
            }
            return;
        }
        const auto rep = store::reps(s).find({errand.rep});
        auto shown = errand.message.empty() ? workday::show(s, errand.subject, *rules, house_.clock.now())
                                            : chat::message_from_json(errand.message);
        if (!rep || !shown || errand.operation == "update")
            return;
        m.to = {rep->name, rep->email};
        m.subject = shown->fallback;
        m.body = domain::cards::as_text(*shown);
        wanted = true;
    };
    const auto read = co_await house_.store->read(std::move(look));
    if (!read)
        co_return chat::not_sent{"store"};
    if (!wanted)
        co_return chat::sent{};
    if (letter) {
        m.from.name = letter->from_name;
        m.to = {letter->to_name, letter->to};
        m.reply_to = {letter->from_name, letter->reply_to};
        m.subject = letter->subject;
        m.body = letter->body;
        m.id = fmt::format("<{}@{}>", letter->message_id_key, domain_of(from));
        if (letter->promotional) {
            const auto& base = house_.config.server.public_url;
            const auto url = base.empty() ? std::string{}
                                          : fmt::format("{}/unsubscribe/{}", base,
                                                        unsubscribe_token(letter->to, house_.unsubscribe_secret));
            if (url.starts_with("https://"))
                m.unsubscribe_url = url;
            const auto& team = rules->team;
            m.body += "\n\n-- \n" + rules->say(letter->language.empty() ? team.language : letter->language,
                                               "mail.footer.promotional",
                                               domain::text::slots{}
                                                   .set("company", team.company)
                                                   .set("postal_address", team.postal_address)
                                                   .set("unsubscribe", url));
        }
    } else {
        m.id = fmt::format("<row.{}@{}>", item.id.value, domain_of(from));
    }
    const auto built = smtp::build(m);
    if (const auto* error = std::get_if<smtp::message_error>(&built))
        co_return chat::rejected{std::string(smtp::to_string(*error)), false, false};
    smtp::envelope envelope{from, m.to.address, std::get<std::string>(built)};
    log::fault_point("mail.sending");
    const auto result = co_await mailer_.send(std::move(envelope));
    log::fault_point("mail.answered");
    if (std::holds_alternative<smtp::sent>(result))
        co_return chat::sent{{"mail", m.id}, {}};
    if (const auto* no = std::get_if<smtp::rejected>(&result))
        co_return chat::rejected{fmt::format("{} {}", no->code, no->enhanced), no->address_dead, false};
    if (const auto* later = std::get_if<smtp::not_sent>(&result))
        co_return chat::not_sent{later->why};
    co_return chat::ambiguous{"no answer after the mail was sent"};
}

asio::awaitable<chat::find_result> mail_channel::look_up(const store::outbox_item&) {
    co_return chat::cannot_tell{"mail has no way to look"};
}

void mail_channel::settled(store::session& s, const store::outbox_item& item, const chat::send_result& result,
                           store::outbox_state) {
    const auto draft = draft_of(workday::errand_from(item.payload).subject);
    if (!draft)
        return;
    const auto rules = house_.rules();
    const auto now = house_.clock.now();
    const auto settle = [&](workday::mailed how, std::string_view why, bool suppress) {
        workday::settle_mail(s, draft->first, draft->second, how, why, suppress, *rules, now);
    };
    if (const auto* sent = std::get_if<chat::sent>(&result)) {
        if (!sent->at.id.empty())
            settle(workday::mailed::sent, {}, false);
    } else if (const auto* no = std::get_if<chat::rejected>(&result)) {
        settle(workday::mailed::refused, no->why, no->person_gone);
    } else if (const auto* doubtful = std::get_if<chat::ambiguous>(&result)) {
        settle(workday::mailed::unknown, doubtful->why, false);
    } else if (const auto* failed = std::get_if<chat::not_sent>(&result)) {
        settle(workday::mailed::refused, failed->why, false); // given up after every try
    }
}

} // namespace whynow::app
