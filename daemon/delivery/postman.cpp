#include "delivery/postman.hpp"

#include "log/fault.hpp"
#include "log/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>

namespace whynow::delivery {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

constexpr auto idle_poll = 1s; // a wake-up may be missed; the table is the truth

std::string_view why_of(const chat::send_result& r) {
    struct visitor {
        std::string_view operator()(const chat::sent&) const { return {}; }
        std::string_view operator()(const chat::retry_later& x) const { return x.why; }
        std::string_view operator()(const chat::not_sent& x) const { return x.why; }
        std::string_view operator()(const chat::ambiguous& x) const { return x.why; }
        std::string_view operator()(const chat::rejected& x) const { return x.why; }
    };
    return std::visit(visitor{}, r);
}

asio::awaitable<void> sleep_until(std::chrono::steady_clock::time_point at) {
    asio::steady_timer timer(co_await asio::this_coro::executor, at);
    boost::system::error_code ec;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ec));
}

} // namespace

postman::postman(asio::any_io_executor io, store::store& store, channel& out, std::function<instant()> now, int hands,
                 double pace)
    : io_(io), store_(store), out_(out), now_(std::move(now)), hands_(hands), pacer_(out.limits(), pace), bell_(io) {}

void postman::wake() {
    more_ = true;
    bell_.cancel();
}

void postman::stop() {
    stopping_ = true;
    bell_.cancel();
}

asio::awaitable<void> postman::run() {
    co_await recover();
    out_.after_settled();
    auto running = std::make_shared<int>(hands_);
    for (int i = 0; i < hands_; ++i)
        asio::co_spawn(io_, hand(running), [this](std::exception_ptr e) {
            if (e)
                log::error("postman_hand_ended", {{"channel", out_.name()}});
        });
    while (*running > 0)
        co_await sleep_until(std::chrono::steady_clock::now() + 20ms);
}

// What a crash left half done: settled by the channel's rule before anything new goes out.
asio::awaitable<void> postman::recover() {
    const auto now = now_();
    store::store::work work = [&](store::session& s) {
        store::outbox box(s);
        box.look_again(out_.name());
        for (const auto& item : box.stranded(out_.name())) {
            const auto what = after_crash(now, out_.in_doubt(item));
            if (const auto* a = std::get_if<again>(&what)) {
                box.again(item.id, a->due, a->problem, a->counts);
            } else if (std::holds_alternative<look>(what)) {
                box.settle(item.id, store::outbox_state::ambiguous, "look");
            } else {
                box.settle(item.id, store::outbox_state::ambiguous, std::get<settle>(what).problem);
                out_.settled(s, item, chat::ambiguous{std::get<settle>(what).problem}, store::outbox_state::ambiguous);
            }
        }
    };
    const auto result = co_await store_.write(std::move(work));
    if (!result)
        log::error("outbox_recovery_failed", {{"channel", out_.name()}, {"why", result.error().message()}});
}

asio::awaitable<void> postman::hand(std::shared_ptr<int> running) {
    while (!stopping_) {
        std::vector<store::outbox_item> claimed;
        ++busy_;
        more_ = false;
        const auto now = now_();
        store::store::work work = [&](store::session& s) {
            store::outbox box(s);
            claimed = box.claim(out_.name(), now, 1);
            if (claimed.empty()) // nothing new: is there one whose fate must be looked up?
                if (auto doubtful = box.to_look_up(out_.name(), now))
                    claimed.push_back(std::move(*doubtful));
        };
        const auto got = co_await store_.write(std::move(work));
        if (!got) {
            log::error("outbox_claim_failed", {{"channel", out_.name()}, {"why", got.error().message()}});
            claimed.clear();
        }
        if (!claimed.empty()) {
            more_ = true;
            co_await carry(std::move(claimed.front()));
        }
        --busy_;
        if (claimed.empty() && !stopping_ && !more_) {
            // One bell for all hands: moving it on cancels the others' waits, so only the first to find it past does.
            if (bell_.expiry() <= std::chrono::steady_clock::now())
                bell_.expires_after(idle_poll);
            boost::system::error_code ec;
            co_await bell_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        }
    }
    --*running;
}

asio::awaitable<void> postman::carry(store::outbox_item item) {
    log::fault_point("outbox.claimed");
    if (item.problem == "look") {
        const auto found = co_await out_.look_up(item);
        const auto what = after_look(found, item.tries, item.created_at, now_(), std::uint64_t(item.id.value));
        chat::send_result result = chat::ambiguous{"looked up"};
        if (const auto* f = std::get_if<chat::found>(&found))
            result = chat::sent{f->at, {}};
        co_await record(item, result, what);
        co_return;
    }
    co_await sleep_until(pacer_.book(item.order_key, std::chrono::steady_clock::now()));
    chat::send_result result = chat::not_sent{"internal"};
    try {
        result = co_await out_.deliver(item);
    } catch (const std::exception& e) {
        // Before or after the wire is not known any more: the careful reading holds.
        result = chat::ambiguous{"internal error"};
        log::error("delivery_failed", {{"channel", out_.name()}, {"row", item.id.value}, {"why", e.what()}});
    }
    log::fault_point("outbox.delivered");
    if (const auto* wait = std::get_if<chat::retry_later>(&result)) {
        const auto until = std::chrono::steady_clock::now() + pacer_.scaled(wait->after);
        if (wait->whole_tenant)
            pacer_.hold_all(until);
        else
            pacer_.hold(item.order_key, until);
    }
    const auto what =
        after_send(result, item.tries, item.created_at, now_(), out_.in_doubt(item), std::uint64_t(item.id.value));
    co_await record(item, result, what);
}

asio::awaitable<void> postman::record(const store::outbox_item& item, const chat::send_result& result, step what) {
    store::store::work work = [&](store::session& s) {
        store::outbox box(s);
        if (const auto* a = std::get_if<again>(&what)) {
            box.again(item.id, a->due, a->problem, a->counts);
        } else if (const auto* l = std::get_if<look>(&what)) {
            box.again(item.id, l->due, "look", false);
            box.settle(item.id, store::outbox_state::ambiguous, "look");
        } else {
            const auto& done = std::get<settle>(what);
            box.settle(item.id, done.state, done.problem);
            out_.settled(s, item, result, done.state);
        }
    };
    const auto stored = co_await store_.write(std::move(work));
    log::fault_point("outbox.recorded");
    if (recorded_)
        recorded_();
    if (!stored)
        log::error("outbox_record_failed",
                   {{"channel", out_.name()}, {"row", item.id.value}, {"why", stored.error().message()}});
    if (std::holds_alternative<chat::ambiguous>(result))
        ++counts_.ambiguous;
    if (std::holds_alternative<settle>(what)) {
        out_.after_settled();
        const auto state = std::get<settle>(what).state;
        ++(state == store::outbox_state::sent ? counts_.sent : counts_.dead);
        if (state != store::outbox_state::sent)
            log::warn("outbox_ended", {{"channel", out_.name()},
                                       {"row", item.id.value},
                                       {"state", store::to_string(state)},
                                       {"why", why_of(result)}});
    } else {
        ++counts_.retried;
    }
}

} // namespace whynow::delivery
