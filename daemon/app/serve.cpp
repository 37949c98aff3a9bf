#include "app/serve.hpp"

#include "app/application.hpp"
#include "app/memory.hpp"
#include "log/fault.hpp"
#include "log/log.hpp"
#include "log/log_and_continue.hpp"
#include "schedule/system_zones.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace whynow::app {
namespace {

using namespace std::chrono_literals;

// sd_notify(3): one datagram to the socket systemd names; silently nothing elsewhere.
void tell_systemd(std::string_view state) {
    const char* path = std::getenv("NOTIFY_SOCKET");
    if (!path || !*path)
        return;
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    if (std::strlen(path) >= sizeof to.sun_path)
        return;
    std::strncpy(to.sun_path, path, sizeof to.sun_path - 1);
    if (to.sun_path[0] == '@')
        to.sun_path[0] = '\0';
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    ::sendto(fd, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&to),
             socklen_t(offsetof(sockaddr_un, sun_path) + std::strlen(path)));
    ::close(fd);
}

std::optional<settings::config> read(const serve_options& o) {
    std::string text;
    if (!o.config_file.empty()) {
        std::ifstream in(o.config_file, std::ios::binary);
        if (!in) {
            fmt::print(stderr, "{}: the file cannot be read — check the path and its permissions\n", o.config_file);
            return std::nullopt;
        }
        std::ostringstream all;
        all << in.rdbuf();
        text = all.str();
    }
    auto result = settings::read_config(text, o.config_file.empty() ? "(no file)" : o.config_file,
                                        settings::environment_of_process(), schedule::system_zones());
    for (const auto& m : result.mistakes)
        fmt::print(stderr, "{}\n", settings::to_string(m));
    if (!result.mistakes.empty())
        return std::nullopt;
    if (!o.listen.empty())
        result.config.server.listen = o.listen;
    return std::move(result.config);
}

asio::awaitable<void> watchdog() {
    const char* usec = std::getenv("WATCHDOG_USEC");
    if (!usec)
        co_return;
    const auto every = std::chrono::microseconds{std::max(1'000'000LL, std::atoll(usec) / 2)};
    asio::steady_timer timer(co_await asio::this_coro::executor);
    while (true) {
        tell_systemd("WATCHDOG=1");
        timer.expires_after(every);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

// Once when the start is over and whoever waited for it has been answered, once more after the first round.
asio::awaitable<void> tidy_up() {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (const auto pause : {250ms, 2000ms}) {
        timer.expires_after(pause);
        co_await timer.async_wait(asio::use_awaitable);
        give_back_memory();
    }
}

void reload(application& app, const serve_options& o) {
    const auto fresh = read(o);
    if (!fresh) {
        log::error("reload_refused", {{"why", "the configuration has mistakes; the old one stays in force"}});
        return;
    }
    const auto result = app.reload(*fresh);
    if (result.index() == 1) {
        log::error("reload_refused", {{"why", std::get<1>(result).front()}});
        return;
    }
    log::info("reloaded");
    for (const auto& section : std::get<0>(result))
        log::warn("restart_needed", {{"section", section}});
}

asio::awaitable<void> until_told(application& app, asio::io_context& io, const serve_options& o) {
    asio::signal_set signals(io, SIGTERM, SIGINT, SIGHUP);
    while (true) {
        const int which = co_await signals.async_wait(asio::use_awaitable);
        if (which != SIGHUP)
            break;
        reload(app, o);
    }
    tell_systemd("STOPPING=1");
    log::info("stopping");
    asio::co_spawn(
        io,
        [&signals]() -> asio::awaitable<void> {
            boost::system::error_code ec;
            co_await signals.async_wait(asio::redirect_error(asio::use_awaitable, ec));
            if (!ec)
                ::_exit(1);
        },
        log::log_and_continue{"second_signal"});
    co_await app.stop(8s);
    signals.cancel();
    io.stop();
}

} // namespace

int serve(const serve_options& o) {
    auto config = read(o);
    if (!config)
        return 2;
    if (o.now && !config->testing.clock) {
        fmt::print(stderr, "--now needs [testing] clock = true in the configuration\n");
        return 2;
    }
    ::prctl(PR_SET_DUMPABLE, config->testing.clock ? 1 : 0); // no secrets in core files
    if (config->testing.clock)
        if (const char* fault = std::getenv("WHYNOW_FAULT"))
            log::arm_fault(fault);
    asio::io_context io(1);
    application app(io, {std::move(*config), o.frozen ? o.now : std::nullopt, {}});
    const auto started = app.start();
    if (const auto* why = std::get_if<std::string>(&started)) {
        fmt::print(stderr, "{}\n", *why);
        return why->starts_with("The store") ? 3 : 1;
    }
    tell_systemd("READY=1");
    asio::co_spawn(io, tidy_up(), log::log_and_continue{"tidy_up"});
    asio::co_spawn(io, watchdog(), log::log_and_continue{"watchdog"});
    asio::co_spawn(io, until_told(app, io, o), log::log_and_continue{"signals"});
    io.run();
    log::info("stopped");
    return 0;
}

} // namespace whynow::app
