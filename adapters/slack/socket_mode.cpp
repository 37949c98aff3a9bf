#include "adapters/slack/socket_mode.hpp"

#include "log/log.hpp"
#include "log/log_and_continue.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>

namespace whynow::slack {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds short_life{30}; // a connection that lived less was a failure
constexpr std::chrono::seconds alarm_after{60};
constexpr std::chrono::seconds last_words{3}; // what is under way when a connection is replaced

// A person has to change something at Slack before it can work.
constexpr std::array<std::string_view, 8> hopeless{"not_authed",    "invalid_auth",           "account_inactive",
                                                   "token_revoked", "user_removed_from_team", "team_disabled",
                                                   "missing_scope", "not_allowed_token_type"};

bool needs_a_person(std::string_view why) {
    return std::ranges::any_of(hopeless, [&](auto word) { return why.find(word) != std::string_view::npos; });
}

} // namespace

socket_mode::socket_mode(asio::any_io_executor io, slack_adapter& slack, http::websocket_client& sockets,
                         socket_settings s, taker take, std::function<domain::instant()> now, log::metrics& metrics)
    : io_(io), slack_(slack), sockets_(sockets), settings_(std::move(s)), take_(std::move(take)), now_(std::move(now)),
      metrics_(metrics),
      open_(metrics.gauge("whynow_slack_socket_connections", "Socket Mode connections that are in service.")),
      dice_(std::random_device{}()) {
    open_.set(0);
}

int socket_mode::open() const {
    return int(std::ranges::count_if(links_, [](const link& l) { return l->open(); }));
}

void socket_mode::tell_count() { open_.set(open()); }

asio::awaitable<void> socket_mode::sleep(milliseconds most) {
    if (stopping_ || most.count() <= 0)
        co_return;
    const auto timer = std::make_shared<asio::steady_timer>(io_, most);
    sleeping_.push_back(timer);
    boost::system::error_code ec;
    co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, ec));
    std::erase(sleeping_, timer);
}

// Doubled with every failure, somewhere between the half and the whole: many daemons must not come back together.
milliseconds socket_mode::back_off(int failures) {
    const auto doubled = settings_.first_pause * (1LL << std::clamp(failures - 1, 0, 16));
    const std::uniform_real_distribution<double> part(0.5, 1.0);
    auto p = part;
    return std::chrono::duration_cast<milliseconds>(std::min<milliseconds>(doubled, settings_.longest_pause) *
                                                    p(dice_) * settings_.pace);
}

asio::awaitable<void> socket_mode::run() {
    const auto handle = [this](std::exception_ptr e) {
        --lanes_;
        log::log_and_continue{"slack_socket_lane"}(e);
    };
    for (int i = 0; i < std::clamp(settings_.connections, 1, 10); ++i) {
        ++lanes_;
        asio::co_spawn(io_, lane(), handle);
    }
    co_await watch();
}

// Somebody should know when nothing can reach us.
asio::awaitable<void> socket_mode::watch() {
    auto last_seen = steady_clock::now();
    bool told = false;
    while (!stopping_) {
        co_await sleep(std::chrono::seconds{5});
        tell_count();
        if (open() > 0) {
            last_seen = steady_clock::now();
            told = false;
        } else if (!told && !stopping_ && steady_clock::now() - last_seen > alarm_after) {
            told = true;
            log::error("slack_socket_down", {{"seconds", std::int64_t(alarm_after.count())}});
        }
    }
}

// One connection after the other, the next one before the last has gone.
asio::awaitable<void> socket_mode::lane() {
    link current;
    int failures = 0;
    while (!stopping_) {
        auto why = leaving::staying;
        milliseconds pause{0};
        auto fresh = co_await opened(why, pause);
        if (fresh) {
            const auto since = steady_clock::now();
            if (current)
                retire(std::move(current));
            current = fresh;
            why = co_await current->until_leaving();
            const bool short_lived = steady_clock::now() - since < short_life;
            failures = short_lived ? failures + 1 : 0;
            if (failures > 1) // sent away again and again: not in a hurry
                pause = back_off(failures);
            if (!stopping_)
                log::info("slack_socket_leaving", {{"why", to_string(why)}});
            metrics_
                .counter("whynow_slack_socket_ends_total", "Socket Mode connections that ended, by reason.",
                         {{"reason", to_string(why)}})
                .add();
            if (why != leaving::refresh)
                retire(std::exchange(current, nullptr));
        }
        if (stopping_)
            break;
        if (why == leaving::disabled) {
            log::error("slack_socket_disabled", {{"cure", "turn on Socket Mode in the settings of the Slack app"}});
            pause = std::max(pause, milliseconds(std::int64_t(double(settings_.slow_pause.count()) * settings_.pace)));
        } else if (!fresh) {
            pause = std::max(pause, back_off(++failures));
        } else if (why != leaving::refresh) {
            pause = std::max(pause, back_off(std::max(failures, 1)));
        }
        co_await sleep(pause);
    }
    if (current)
        retire(std::move(current));
}

asio::awaitable<socket_mode::link> socket_mode::opened(leaving& why, milliseconds& pause) {
    why = leaving::broken;
    while (!stopping_ && steady_clock::now() < not_before_)
        co_await sleep(std::chrono::ceil<milliseconds>(not_before_ - steady_clock::now()));
    if (stopping_)
        co_return nullptr;
    auto url = co_await slack_.api().open_socket(settings_.app_token);
    if (const auto* f = std::get_if<failure>(&url)) {
        const auto word = slack::why(*f);
        log::warn("slack_socket_not_opened", {{"why", word}});
        if (const auto* later = std::get_if<chat::retry_later>(f))
            not_before_ = steady_clock::now() + later->after;
        if (needs_a_person(word)) {
            log::error("slack_socket_refused",
                       {{"why", word}, {"cure", "check [slack] app_token: an xapp- token with connections:write"}});
            pause = milliseconds(std::int64_t(double(settings_.slow_pause.count()) * settings_.pace));
        }
        co_return nullptr;
    }
    http::websocket_address to;
    to.url = std::get<std::string>(url);
    to.deadline = settings_.greeting;
    to.silence = settings_.silence;
    to.any_address = settings_.any_address;
    to.ca_file = settings_.ca_file;
    auto socket = co_await sockets_.connect(std::move(to));
    if (!socket) {
        log::warn("slack_socket_not_connected", {{"why", socket.error().message()}});
        co_return nullptr;
    }
    socket_link::duties duties;
    duties.take = [this](const socket_frame& frame) -> asio::awaitable<http::response> {
        metrics_
            .counter("whynow_slack_socket_envelopes_total", "Envelopes that came over Socket Mode.",
                     {{"repeat", frame.retry_attempt > 0 ? "yes" : "no"}})
            .add();
        auto in = slack_.receive_envelope(frame, now_());
        if (in.refuse)
            co_return std::move(*in.refuse);
        co_return co_await take_(std::move(in));
    };
    duties.refused = [this](std::string_view what) {
        metrics_.counter("whynow_slack_socket_frames_refused_total", "Frames that could not be used.", {{"why", what}})
            .add();
        log::warn("slack_socket_frame_refused", {{"why", what}});
    };
    std::uniform_real_distribution<double> part(0.75, 0.95); // not all at once
    auto fresh = std::make_shared<socket_link>(io_, *socket, std::move(duties), part(dice_));
    links_.push_back(fresh);
    fresh->begin();
    if (!co_await fresh->greeted(settings_.greeting) || stopping_) {
        why = fresh->why();
        log::warn("slack_socket_no_hello", {{"why", to_string(why)}});
        retire(std::move(fresh));
        co_return nullptr;
    }
    log::info("slack_socket_open", {{"connections", open()}});
    tell_count();
    co_return fresh;
}

void socket_mode::retire(link old) {
    asio::co_spawn(
        io_,
        [this, old]() -> asio::awaitable<void> {
            co_await old->retire(last_words + settings_.goodbye);
            std::erase(links_, old);
            tell_count();
        },
        log::log_and_continue{"slack_socket_goodbye"});
}

asio::awaitable<void> socket_mode::stop(milliseconds most) {
    stopping_ = true;
    const auto until = steady_clock::now() + most;
    for (const auto& timer : std::vector(sleeping_))
        timer->cancel();
    for (const auto& l : std::vector(links_))
        retire(l);
    asio::steady_timer wait(io_);
    boost::system::error_code ec;
    while ((!links_.empty() || lanes_ > 0) && steady_clock::now() < until) {
        wait.expires_after(milliseconds{5});
        co_await wait.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    }
    for (const auto& l : std::vector(links_))
        l->cut();
}

} // namespace whynow::slack
