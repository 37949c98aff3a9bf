#include "http/server.hpp"

#include "http/session.hpp"
#include "log/log.hpp"
#include "log/log_and_continue.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <list>
#include <random>
#include <sys/resource.h>

namespace whynow::http {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using boost::system::result;
using namespace std::chrono_literals;

namespace {

result<tcp::endpoint> read_address(std::string_view text) {
    const auto bad = boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return bad;
    auto host = text.substr(0, colon);
    const auto digits = text.substr(colon + 1);
    if (host.size() > 1 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    unsigned port = 0;
    const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    error_code unreadable;
    const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : std::string(host), unreadable);
    if (ec != std::errc{} || end != digits.data() + digits.size() || port > 65'535 || unreadable)
        return bad;
    return tcp::endpoint(address, static_cast<std::uint16_t>(port));
}

// As many files as the system lets us have, where the limit of connections asks for more than is set.
void raise_file_limit(std::size_t connections) {
    rlimit now{};
    const rlim_t wanted = connections + 512;
    if (getrlimit(RLIMIT_NOFILE, &now) != 0 || now.rlim_cur >= wanted)
        return;
    now.rlim_cur = std::min(wanted, now.rlim_max);
    setrlimit(RLIMIT_NOFILE, &now);
}

std::string random_word() {
    std::random_device source;
    char text[16];
    std::snprintf(text, sizeof text, "%08x", source());
    return text;
}

void ignore_broken_pipes() {
    if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR)
        log::warn("sigpipe_not_ignored");
}

} // namespace

struct server::core : std::enable_shared_from_this<core> {
    core(asio::any_io_executor ex, server_settings s, std::vector<route> r)
        : on(std::move(ex)), settings(std::move(s)), routes(std::move(r)), around(settings, routes), acceptor(on),
          tick(on), drained(on) {
        around.id_prefix = random_word();
    }

    asio::any_io_executor on;
    server_settings settings;
    route_table routes;
    session_surroundings around;
    tls_context tls;
    tcp::acceptor acceptor;
    asio::steady_timer tick;
    asio::steady_timer drained; // its waits end when the last session has gone
    std::list<session> sessions;
    tcp::endpoint bound;

    result<void> open();
    asio::awaitable<void> accept(std::shared_ptr<core> self);
    asio::awaitable<void> watch(std::shared_ptr<core> self);
    void admit(tcp::socket socket);
    bool make_room();
    void remove(std::list<session>::iterator at);
    std::chrono::milliseconds tick_length() const;
    void close();
};

result<void> server::core::open() {
    const auto address = read_address(settings.listen);
    if (!address)
        return address.error();
    if (!settings.tls_certificate.empty()) {
        auto made = make_tls_context(settings.tls_certificate, settings.tls_key);
        if (!made)
            return made.error();
        tls = std::move(*made);
    }
    raise_file_limit(settings.limits.most_connections);
    error_code ec;
    acceptor.open(address->protocol(), ec);
    if (!ec)
        acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec)
        acceptor.bind(*address, ec);
    if (!ec)
        acceptor.listen(4096, ec);
    if (!ec)
        bound = acceptor.local_endpoint(ec);
    if (ec) {
        error_code ignored;
        acceptor.close(ignored);
        return ec;
    }
    return {};
}

asio::awaitable<void> server::core::accept(std::shared_ptr<core> self) {
    while (acceptor.is_open()) {
        error_code ec;
        auto socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, ec));
        if (!ec) {
            admit(std::move(socket));
            continue;
        }
        if (ec == asio::error::operation_aborted || !acceptor.is_open())
            co_return;
        if (ec == asio::error::connection_aborted)
            continue;
        // Most likely out of files: those that wait stay in the kernel's queue for a moment.
        log::warn("accept_failed", {{"why", ec.message()}, {"connections", sessions.size()}});
        asio::steady_timer pause(on, 100ms);
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    }
}

bool server::core::make_room() {
    if (sessions.size() < settings.limits.most_connections)
        return true;
    auto longest = sessions.end();
    for (auto i = sessions.begin(); i != sessions.end(); ++i)
        if (i->idle() && (longest == sessions.end() || i->since() < longest->since()))
            longest = i;
    if (longest == sessions.end())
        return false;
    longest->cut();
    return true;
}

void server::core::admit(tcp::socket socket) {
    if (!make_room()) {
        error_code ignored;
        static constexpr std::string_view full =
            "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n";
        if (!tls) {
            socket.non_blocking(true, ignored);
            socket.send(asio::buffer(full.data(), full.size()), 0, ignored);
        }
        return;
    }
    const auto at = sessions.emplace(sessions.end(), connection(std::move(socket), tls.get()), around);
    auto ended = [self = shared_from_this(), at](std::exception_ptr error) {
        log::log_and_continue{"http session"}(error);
        // Not from inside its own coroutine's last step.
        asio::post(self->on, [self, at] { self->remove(at); });
    };
    asio::co_spawn(on, at->run(), asio::bind_cancellation_slot(at->cancellation().slot(), std::move(ended)));
}

void server::core::remove(std::list<session>::iterator at) {
    sessions.erase(at);
    if (sessions.empty())
        drained.cancel();
}

std::chrono::milliseconds server::core::tick_length() const {
    const auto& l = settings.limits;
    auto least = std::min({l.header_wait, l.body_wait, l.idle_wait, l.write_wait});
    return std::clamp(least / 4, 2ms, 250ms);
}

// One timer for all deadlines: cheaper than one for each operation, exact to a quarter of a second.
asio::awaitable<void> server::core::watch(std::shared_ptr<core> self) {
    const auto length = tick_length();
    while (acceptor.is_open() || !sessions.empty()) {
        error_code ec;
        tick.expires_after(length);
        co_await tick.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        const auto now = session::clock::now();
        for (auto& s : sessions)
            s.look_at_clock(now);
    }
}

void server::core::close() {
    error_code ignored;
    around.stopping = true;
    acceptor.close(ignored);
}

server::server(asio::any_io_executor on, server_settings settings, std::vector<route> routes)
    : core_(std::make_shared<core>(std::move(on), std::move(settings), std::move(routes))) {
    ignore_broken_pipes();
}

server::~server() {
    core_->close();
    for (auto& s : core_->sessions)
        s.cut();
}

result<void> server::start() {
    if (const auto opened = core_->open(); !opened)
        return opened.error();
    asio::co_spawn(core_->on, core_->accept(core_), log::log_and_continue{"http accept"});
    asio::co_spawn(core_->on, core_->watch(core_), log::log_and_continue{"http deadlines"});
    return {};
}

std::uint16_t server::port() const { return core_->bound.port(); }

bool server::loopback_only() const { return core_->bound.address().is_loopback(); }

std::size_t server::connections() const { return core_->sessions.size(); }

asio::awaitable<void> server::stop(std::chrono::milliseconds most) {
    const auto c = core_;
    c->close();
    for (auto& s : c->sessions)
        s.wind_down();
    const auto until = session::clock::now() + most;
    for (const auto grace : {0ms, 250ms}) {
        c->drained.expires_at(until + grace);
        error_code ec;
        while (!c->sessions.empty() && session::clock::now() < until + grace)
            co_await c->drained.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        for (auto& s : c->sessions)
            s.cut();
    }
    c->tick.cancel();
}

} // namespace whynow::http
