#include "adapters/slack/socket_link.hpp"

#include "log/log.hpp"
#include "log/log_and_continue.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>

namespace whynow::slack {

namespace asio = boost::asio;
using std::chrono::steady_clock;

namespace {

constexpr int most_under_way = 256; // beyond it, no more is read before something is done
constexpr std::chrono::hours one_hour{1};

} // namespace

std::string_view to_string(leaving why) {
    constexpr std::string_view names[] = {"staying", "refresh", "disabled", "too_many", "broken"};
    return names[static_cast<std::size_t>(why)];
}

socket_link::socket_link(asio::any_io_executor io, std::shared_ptr<http::websocket> over, duties d, double part_of_life)
    : io_(io), over_(std::move(over)), duties_(std::move(d)), part_of_life_(part_of_life), bell_(io) {}

void socket_link::begin() {
    asio::co_spawn(io_, read_all(), [self = shared_from_this()](std::exception_ptr e) {
        log::log_and_continue{"slack_socket"}(e);
        self->ended_ = true;
        self->leave(leaving::broken);
    });
}

asio::awaitable<void> socket_link::read_all() {
    for (;;) {
        auto got = co_await over_->read();
        if (!got)
            co_return;
        if (!got->text) {
            duties_.refused("binary");
            continue;
        }
        auto frame = read_socket_frame(got->bytes);
        if (frame.what != socket_frame::kind::envelope) {
            note(frame);
        } else if (under_way_ >= most_under_way) {
            co_await answer(std::move(frame));
        } else {
            ++under_way_;
            asio::co_spawn(io_, answer(std::move(frame)), [self = shared_from_this()](std::exception_ptr e) {
                --self->under_way_;
                log::log_and_continue{"slack_envelope"}(e);
                self->bell_.cancel();
            });
        }
    }
}

asio::awaitable<void> socket_link::answer(socket_frame frame) {
    const auto said = co_await duties_.take(frame);
    if (said.status < 500) // unreadable ones too: they would only come again
        over_->send(acknowledgement(frame, said.status < 300 ? said.body : std::string{}));
}

void socket_link::note(const socket_frame& frame) {
    using kind = socket_frame::kind;
    if (frame.what == kind::broken) {
        duties_.refused("unreadable");
    } else if (frame.what == kind::hello) {
        greeted_ = true;
        if (frame.lifetime.count() > 0)
            refresh_at_ = steady_clock::now() + std::chrono::duration_cast<steady_clock::duration>(
                                                    part_of_life_ * std::chrono::duration<double>(frame.lifetime));
        bell_.cancel();
    } else if (frame.what == kind::disconnect) {
        leave(frame.reason == "link_disabled"         ? leaving::disabled
              : frame.reason == "too_many_websockets" ? leaving::too_many
                                                      : leaving::refresh);
    }
}

void socket_link::leave(leaving why) {
    if (why_ == leaving::staying || (why == leaving::broken && why_ == leaving::refresh))
        why_ = why;
    bell_.cancel();
}

asio::awaitable<void> socket_link::wait(steady_clock::time_point until) {
    boost::system::error_code ec;
    bell_.expires_at(std::min(until, steady_clock::now() + one_hour));
    co_await bell_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
}

asio::awaitable<bool> socket_link::greeted(std::chrono::milliseconds most) {
    const auto self = shared_from_this();
    const auto until = steady_clock::now() + most;
    while (!greeted_ && why_ == leaving::staying && steady_clock::now() < until)
        co_await wait(until);
    if (!greeted_)
        leave(leaving::broken);
    // One that is told to leave right after its hello works until it goes.
    const bool in_service = why_ == leaving::staying || why_ == leaving::refresh;
    co_return greeted_ ? in_service : false;
}

asio::awaitable<leaving> socket_link::until_leaving() {
    const auto self = shared_from_this();
    while (why_ == leaving::staying && steady_clock::now() < refresh_at_)
        co_await wait(refresh_at_);
    leave(leaving::refresh); // where nothing else came first
    co_return why_;
}

asio::awaitable<void> socket_link::retire(std::chrono::milliseconds most) {
    const auto self = shared_from_this();
    if (retiring_)
        co_return;
    retiring_ = true;
    const auto until = steady_clock::now() + most;
    while (under_way_ > 0 && !ended_ && steady_clock::now() < until)
        co_await wait(until);
    co_await over_->close(std::max(std::chrono::milliseconds{1},
                                   std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now())));
}

void socket_link::cut() { over_->cut(); }

} // namespace whynow::slack
