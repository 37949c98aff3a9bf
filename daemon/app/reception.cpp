#include "app/reception.hpp"

#include "log/fault.hpp"
#include "log/log.hpp"
#include "log/log_and_continue.hpp"
#include "workday/conversation.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

namespace whynow::app {
namespace {

using domain::instant;

http::response unavailable() {
    auto r = http::response::problem(503, "store-unavailable", "The store cannot take this now.");
    r.fields.set("Retry-After", "5");
    return r;
}

store::inbox_item row_of(const chat::chat_event& e, instant now) {
    store::inbox_item row;
    row.channel = e.from.platform;
    row.event_id = e.id;
    // Clicks may rightly come twice (open one call, then another, then the first again); words may not.
    if (e.kind == chat::event_kind::message || e.kind == chat::event_kind::edited)
        row.business_key =
            e.kind == chat::event_kind::edited ? e.business_key + "|" + e.id + "|" + e.text : e.business_key;
    row.payload = chat::to_json(e);
    row.received_at = now;
    return row;
}

} // namespace

asio::awaitable<http::response> reception::receive(chat::adapter& adapter, http::request request) {
    co_return co_await take(adapter, co_await adapter.receive(request, house_.clock.now()));
}

asio::awaitable<http::response> reception::take(chat::adapter& adapter, chat::inbound in) {
    const auto now = house_.clock.now();
    if (in.refuse)
        co_return std::move(*in.refuse);
    if (in.events.empty())
        co_return http::response{};
    if (in.wants_effect || in.events.front().kind == chat::event_kind::form_wanted) {
        // The platform waits for what it shall show: the whole effect is one unit, and only a fresh event has one.
        auto& e = in.events.front();
        const auto rules = house_.rules();
        const auto known = house_.experience();
        chat::reply reply;
        store::store::work work = [&](store::session& s) {
            const bool reads_only = e.kind == chat::event_kind::form_wanted || e.kind == chat::event_kind::card_wanted;
            domain::inbox_id row;
            if (!reads_only) {
                const auto fresh = store::inbox(s).accept(row_of(e, now));
                if (!fresh) { // the effect is there already; who waits for it sees how things stand
                    auto again = e;
                    again.kind = chat::event_kind::card_wanted;
                    if (e.kind == chat::event_kind::action)
                        reply = workday::handle(s, again, e.id, *rules, *known, now);
                    return;
                }
                row = *fresh;
            }
            reply = workday::handle(s, e, row ? fmt::format("in:{}", row.value) : e.id, *rules, *known, now);
            if (row)
                store::inbox(s).done(row);
            log::fault_point("effect.applied");
        };
        const auto done = co_await house_.store->write(std::move(work));
        if (!done)
            co_return unavailable();
        log::fault_point("effect.committed");
        house_.ring();
        if (e.kind == chat::event_kind::form_wanted && !in.wants_effect && reply.open)
            show_at_once(adapter, e, reply);
        co_return adapter.answer(e, reply);
    }
    std::vector<std::pair<domain::inbox_id, chat::chat_event>> fresh;
    store::store::work work = [&](store::session& s) {
        for (auto& e : in.events)
            if (const auto row = store::inbox(s).accept(row_of(e, now)))
                fresh.emplace_back(*row, e);
        log::fault_point("inbox.accepted");
    };
    const auto stored = co_await house_.store->write(std::move(work));
    if (!stored) {
        log::error("inbox_failed", {{"channel", adapter.platform()}, {"why", stored.error().message()}});
        co_return unavailable();
    }
    log::fault_point("inbox.committed");
    for (auto& [row, e] : fresh)
        work_on(adapter, row, std::move(e));
    co_return adapter.answer(in.events.front(), {});
}

void reception::work_on(chat::adapter& adapter, domain::inbox_id row, chat::chat_event event) {
    struct job {
        chat::chat_event event;
        chat::reply reply;
    };
    ++working_;
    auto j = std::make_shared<job>(job{std::move(event), {}});
    auto* house = &house_;
    house_.store->post_write(
        [house, row, j](store::session& s) {
            const auto rules = house->rules();
            const auto known = house->experience();
            j->reply =
                workday::handle(s, j->event, fmt::format("in:{}", row.value), *rules, *known, house->clock.now());
            store::inbox(s).done(row);
            log::fault_point("answer.applied");
        },
        [this, house, row, j, &adapter](boost::system::error_code ec, std::exception_ptr error) {
            log::fault_point("answer.committed");
            asio::post(house->io, [this, house, row, j, &adapter, ec, error] {
                --working_;
                if (error || ec) {
                    std::string why = ec.message();
                    try {
                        if (error)
                            std::rethrow_exception(error);
                    } catch (const std::exception& e) {
                        why = e.what();
                    }
                    log::error("event_failed",
                               {{"row", row.value}, {"kind", chat::to_string(j->event.kind)}, {"why", why}});
                    if (error) // it will fail again: kept for a person to look at, not tried for ever
                        house->store->post_write([row, why](store::session& s) { store::inbox(s).failed(row, why); },
                                                 [](auto, auto) {});
                    return;
                }
                house->ring();
                show_at_once(adapter, j->event, j->reply);
            });
        });
}

// What cannot wait for the outbox: a dialog, or a word for the one who clicked.
void reception::show_at_once(chat::adapter& adapter, chat::chat_event e, chat::reply reply) {
    ++working_;
    asio::co_spawn(house_.io, showing(adapter, std::move(e), std::move(reply)), [this](std::exception_ptr error) {
        --working_;
        log::log_and_continue{"show_at_once"}(error);
    });
}

asio::awaitable<void> reception::showing(chat::adapter& adapter, chat::chat_event e, chat::reply reply) {
    if (reply.open) {
        const auto opened = co_await adapter.open_form(e, *reply.open);
        if (!std::holds_alternative<chat::sent>(opened))
            log::warn("dialog_not_opened", {{"platform", adapter.platform()}});
    }
    if (reply.toast.empty() || e.from.user.empty())
        co_return;
    chat::outgoing word;
    word.what = chat::outgoing::operation::whisper;
    word.to = e.from;
    if (!e.respond_to.empty())
        word.to.route = e.respond_to;
    word.target = e.about;
    word.body = {reply.toast, {domain::cards::paragraph{{{reply.toast, "", false, false}}}}};
    const auto said = co_await adapter.send(word);
    if (!std::holds_alternative<chat::sent>(said))
        log::info("whisper_not_sent", {{"platform", adapter.platform()}});
}

asio::awaitable<void> reception::catch_up(std::function<chat::adapter*(std::string_view)> adapter_of) {
    std::vector<store::inbox_item> left;
    store::store::work work = [&](store::session& s) { left = store::inbox(s).undone(100'000); };
    const auto read = co_await house_.store->read(std::move(work));
    if (!read)
        co_return;
    for (const auto& item : left) {
        auto* adapter = adapter_of(item.channel);
        auto event = chat::chat_event_from_json(item.payload);
        if (adapter && event)
            work_on(*adapter, item.id, std::move(*event));
    }
    if (!left.empty())
        log::info("inbox_caught_up", {{"rows", left.size()}});
}

} // namespace whynow::app
