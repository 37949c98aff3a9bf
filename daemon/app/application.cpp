#include "app/application.hpp"

#include "adapters/console/console_adapter.hpp"
#include "adapters/slack/slack_adapter.hpp"
#include "adapters/slack/socket_mode.hpp"
#include "adapters/smtp/mailer.hpp"
#include "adapters/teams/teams_adapter.hpp"
#include "app/adapter_settings.hpp"
#include "app/channels.hpp"
#include "app/doors.hpp"
#include "app/figures.hpp"
#include "app/reception.hpp"
#include "app/rounds.hpp"
#include "app/slack_charts.hpp"
#include "app/slack_doors.hpp"
#include "app/sourcing.hpp"
#include "app/unsubscribe.hpp"
#include "delivery/postman.hpp"
#include "http/beast_websocket.hpp"
#include "http/curl_client.hpp"
#include "http/libcurl.hpp"
#include "http/server.hpp"
#include "log/log.hpp"
#include "log/log_and_continue.hpp"
#include "schedule/system_zones.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <future>

namespace whynow::app {
namespace {

using namespace std::chrono_literals;

constexpr auto round_pause = 5s;    // how late a brief or a poll may begin
constexpr auto first_hearing = 60s; // how long the first brief after a start waits for news

} // namespace

struct application::parts {
    asio::io_context& io;
    application_options options;
    app::house house;
    std::unique_ptr<http::curl_client> client;
    http::beast_websocket_client sockets;
    app::reception reception;
    app::rounds rounds;
    request_figures requests;
    std::unique_ptr<app::sourcing> sourcing;
    std::unique_ptr<app::slack_tokens> slack_tokens;
    std::unique_ptr<app::slack_doors> slack_install;
    std::unique_ptr<kept_chart_refusals> slack_charts;
    std::unique_ptr<slack::slack_adapter> slack;
    std::unique_ptr<slack::socket_mode> slack_sockets;
    std::unique_ptr<adapters::teams::teams_adapter> teams;
    std::unique_ptr<adapters::teams::workflow> workflow;
    std::unique_ptr<console::console_adapter> console;
    std::unique_ptr<smtp::smtp_mailer> mailer;
    std::vector<std::unique_ptr<delivery::channel>> channels;
    std::vector<std::unique_ptr<delivery::postman>> postmen;
    std::unique_ptr<http::server> server;
    asio::steady_timer pulse, source_pulse;
    std::future<void> fetched; // what the first round needs and the doors do not
    bool stopping = false;
    bool in_round = false;

    parts(asio::io_context& on, application_options o)
        : io(on), options(std::move(o)), house(on.get_executor(), options.config, options.frozen_at), reception(house),
          rounds(house), requests(house.metrics), pulse(on), source_pulse(on) {}

    std::optional<std::string> open_store() {
        store::options how;
        how.path = house.config.store.path;
        auto opened = store::store::open(how);
        if (!opened)
            return fmt::format("The store {} cannot be opened: {}", how.path, opened.error().message());
        house.store = std::move(opened.value());
        return keep_secret();
    }

    // Secrets of our own live with the data. A new one is written behind the start: the writer's order stores it before
    // the first letter that carries it.
    std::optional<std::string> keep_secret() {
        std::optional<std::string> known;
        const auto read =
            house.store->read_now([&](store::session& s) { known = store::documents(s).get("unsubscribe_secret"); });
        if (!read)
            return fmt::format("The store {} cannot be read: {}", house.config.store.path, read.error().message());
        house.unsubscribe_secret = known ? *known : random_secret();
        if (!known)
            house.store->post_write([secret = house.unsubscribe_secret](
                                        store::session& s) { store::documents(s).put("unsubscribe_secret", secret); },
                                    [](boost::system::error_code failed, const std::exception_ptr&) {
                                        if (failed)
                                            log::error("secret_not_kept", {{"why", failed.message()}});
                                    });
        return std::nullopt;
    }

    std::optional<std::string> read_rules(const settings::config& c) {
        auto rules = workday::rulebook::load(c.own_folder, team_of(c), schedule::system_zones());
        if (const auto* problems = std::get_if<std::vector<workday::rule_problem>>(&rules))
            return "The rules cannot be read:" + workday::to_string(*problems);
        house.set_rules(std::get<std::shared_ptr<const workday::rulebook>>(rules));
        return std::nullopt;
    }

    console::shelf console_shelf() {
        return {[this](std::string user, std::function<std::string(std::string)> change) -> asio::awaitable<bool> {
                    store::store::work work = [&](store::session& s) {
                        const auto name = "console:" + user;
                        store::documents(s).put(name, change(store::documents(s).get(name).value_or("[]")));
                    };
                    const auto stored = co_await house.store->write(std::move(work));
                    co_return stored.has_value();
                },
                [this](std::string user) -> asio::awaitable<std::string> {
                    std::string list;
                    store::store::work look = [&](store::session& s) {
                        list = store::documents(s).get("console:" + user).value_or("[]");
                    };
                    static_cast<void>(co_await house.store->read(std::move(look)));
                    co_return list;
                }};
    }

    void add_channel(std::unique_ptr<delivery::channel> c, int hands) {
        auto now = [this] { return house.clock.now(); };
        postmen.push_back(std::make_unique<delivery::postman>(io.get_executor(), *house.store, *c, now, hands,
                                                              house.config.testing.pace));
        postmen.back()->on_recorded([this] { house.ring(); });
        channels.push_back(std::move(c));
    }

    void make_adapters() {
        const auto& c = house.config;
        if (c.slack.on) {
            auto how = slack_settings(c);
            how.rate_limited = [left_out = house.metrics.counter(
                                    "whynow_slack_events_rate_limited_total",
                                    "Minutes in which Slack left events out: more than 30,000 an hour.")] {
                left_out.add();
            };
            if (!c.slack.client_id.empty()) {
                slack_tokens = std::make_unique<app::slack_tokens>(house, *client, slack_app(c));
                slack_install = std::make_unique<app::slack_doors>(house, *client, slack_app(c), *slack_tokens);
                how.tokens = slack_tokens.get();
            }
            slack_charts = std::make_unique<kept_chart_refusals>(house);
            how.charts = slack_charts.get();
            slack = std::make_unique<slack::slack_adapter>(*client, std::move(how));
            add_channel(std::make_unique<chat_channel>(house, *slack), 6);
            if (!c.slack.app_token.empty())
                slack_sockets = std::make_unique<slack::socket_mode>(
                    io.get_executor(), *slack, sockets, socket_settings(c),
                    [this](chat::inbound in) { return reception.take(*slack, std::move(in)); },
                    [this] { return house.clock.now(); }, house.metrics);
        }
        if (c.teams.on && (c.teams.bot() || !c.teams.outgoing_secret.empty()))
            teams = std::make_unique<adapters::teams::teams_adapter>(
                teams_settings(c, [this] { return house.clock.now(); }), *client);
        if (c.teams.bot())
            add_channel(std::make_unique<chat_channel>(house, *teams), 6);
        if (!c.teams.workflow_url.empty()) {
            workflow = std::make_unique<adapters::teams::workflow>(
                *client, adapters::teams::workflow_settings{c.teams.workflow_url.reveal(), c.teams.ca_file,
                                                            c.testing.allow_private_addresses});
            add_channel(std::make_unique<workflow_channel>(house, *workflow), 1);
        }
        if (c.console) {
            console = std::make_unique<console::console_adapter>(console_shelf());
            add_channel(std::make_unique<chat_channel>(house, *console), 1);
        }
        if (c.mail.on) {
            mailer = std::make_unique<smtp::smtp_mailer>(smtp_settings(c));
            add_channel(std::make_unique<mail_channel>(house, *mailer), 2);
        }
        house.ring = [this] {
            for (auto& p : postmen)
                p->wake();
        };
    }

    chat::adapter* adapter_of(std::string_view platform) {
        if (platform == "slack")
            return slack.get();
        if (platform == "teams")
            return teams.get();
        return platform == "console" ? console.get() : nullptr;
    }

    std::optional<std::string> listen() {
        http::server_settings s;
        s.listen = house.config.server.listen;
        s.tls_certificate = house.config.server.tls_certificate;
        s.tls_key = house.config.server.tls_key;
        s.on_done = [this](std::string_view path, int status, std::chrono::nanoseconds took) {
            requests.count(path, status, took);
        };
        auto routes = doors({house, reception, *sourcing, slack.get(), slack_install.get(), teams.get(), console.get(),
                             [this](domain::instant to) { return set_clock(to); }});
        for (auto& r : options.more_routes)
            routes.push_back(std::move(r));
        server = std::make_unique<http::server>(io.get_executor(), std::move(s), std::move(routes));
        const auto started = server->start();
        if (!started)
            return fmt::format("Cannot listen on {}: {}", house.config.server.listen, started.error().message());
        if (house.config.testing.clock && !server->loopback_only())
            return "[testing] clock = true is for this machine alone: listen on 127.0.0.1.";
        return std::nullopt;
    }

    void count_doubtful() {
        std::uint64_t doubtful = 0;
        for (const auto& p : postmen)
            doubtful += p->counts().ambiguous;
        house.metrics.gauge("whynow_ambiguous_sends_total", "Sends whose answer was not seen, since start.")
            .set(double(doubtful));
    }

    // One round of everything the clock brings; never two at once.
    asio::awaitable<void> round() {
        while (in_round) {
            asio::steady_timer wait(io, 2ms);
            co_await wait.async_wait(asio::use_awaitable);
        }
        in_round = true;
        std::exception_ptr failed;
        try {
            if (house.clock.frozen()) // what is told must be known before the morning is planned
                co_await sourcing->round();
            co_await rounds.round();
            co_await publish_standing(house);
            count_doubtful();
        } catch (...) {
            failed = std::current_exception();
        }
        in_round = false;
        if (failed)
            std::rethrow_exception(failed);
    }

    asio::awaitable<void> beat() {
        const auto until = std::chrono::steady_clock::now() + first_hearing;
        while (!house.clock.frozen() && !stopping && !sourcing->heard_all() &&
               std::chrono::steady_clock::now() < until) {
            pulse.expires_after(50ms);
            boost::system::error_code ec;
            co_await pulse.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        }
        while (!stopping) {
            try {
                co_await round();
            } catch (const std::exception& e) {
                log::error("round_failed", {{"why", e.what()}});
            }
            if (house.clock.frozen())
                co_return; // the test clock rings by itself
            pulse.expires_after(round_pause);
            boost::system::error_code ec;
            co_await pulse.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        }
    }

    // Beside the beat: a source that does not answer holds up no brief.
    asio::awaitable<void> listen_to_sources() {
        while (!stopping) {
            try {
                co_await sourcing->tick();
            } catch (const std::exception& e) {
                log::error("sources_failed", {{"why", e.what()}});
            }
            source_pulse.expires_after(round_pause);
            boost::system::error_code ec;
            co_await source_pulse.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        }
    }

    asio::awaitable<void> learn_slack_identity() {
        static_cast<void>(
            co_await slack->start()); // it works without; the outbox will say what is wrong with the token
    }

    bool quiet() const {
        if (!reception.idle() || !sourcing->idle())
            return false;
        return std::ranges::all_of(postmen, [](const auto& p) { return p->idle(); });
    }

    asio::awaitable<void> settle() {
        co_await round();
        house.ring();
        const auto until = std::chrono::steady_clock::now() + 20s;
        int calm = 0;
        while (calm < 3 && std::chrono::steady_clock::now() < until) {
            asio::steady_timer wait(io, 2ms);
            co_await wait.async_wait(asio::use_awaitable);
            calm = quiet() ? calm + 1 : 0;
        }
    }

    asio::awaitable<void> set_clock(domain::instant to) {
        house.clock.set(to);
        co_await settle();
    }
};

application::application(asio::io_context& io, application_options options)
    : parts_(std::make_unique<parts>(io, std::move(options))) {}
application::~application() = default;

std::variant<std::monostate, std::string> application::start() {
    auto& p = *parts_;
    if (p.house.clock.frozen() && !p.house.config.testing.clock)
        return "The clock can be set only where the configuration says [testing] clock = true.";
    if (auto why = p.read_rules(p.house.config))
        return *why;
    if (auto why = p.open_store())
        return *why;
    p.client =
        std::make_unique<http::curl_client>(p.io.get_executor(), http::curl_client_settings{"whynow/0.1", 8, 64});
    p.make_adapters();
    p.sourcing = std::make_unique<app::sourcing>(p.house, *p.client);
    if (auto why = p.listen())
        return *why;
    const auto handle = [](const char* what) { return log::log_and_continue{what}; };
    for (auto& postman : p.postmen)
        asio::co_spawn(p.io, postman->run(), handle("postman"));
    // Until the first round has learned; the kinds are read when there is somebody to rank for.
    p.house.set_experience(std::make_shared<const domain::ranking::experience>(
        domain::ranking::experience{domain::ranking::learner(p.house.rules()->choice.learning), {}}));
    asio::co_spawn(p.io, p.reception.catch_up([&p](std::string_view platform) { return p.adapter_of(platform); }),
                   handle("catch_up"));
    // libcurl brings thirty libraries along, and the first question about a zone lists all of the system's: not on the
    // thread that answers the doors.
    p.fetched = std::async(std::launch::async, [&p, handle] {
        try {
            http::curl();
        } catch (const std::exception& e) {
            log::error("nothing_can_go_out", {{"why", e.what()}});
        }
        if (!p.house.clock.frozen())
            asio::co_spawn(p.io, p.listen_to_sources(), handle("sources"));
        if (p.slack)
            asio::co_spawn(p.io, p.learn_slack_identity(), handle("slack_identity"));
        if (p.slack_sockets)
            asio::co_spawn(p.io, p.slack_sockets->run(), handle("slack_sockets"));
        schedule::system_zones().known("UTC");
        asio::co_spawn(p.io, p.beat(), handle("beat"));
    });
    log::info("listening", {{"address", p.house.config.server.listen}, {"port", int(p.server->port())}});
    return std::monostate{};
}

std::uint16_t application::port() const { return parts_->server->port(); }
house& application::shared() { return parts_->house; }
asio::awaitable<void> application::settle() { return parts_->settle(); }
asio::awaitable<void> application::set_clock(domain::instant to) { return parts_->set_clock(to); }

std::variant<std::vector<std::string>, std::vector<std::string>> application::reload(const settings::config& fresh) {
    auto& p = *parts_;
    if (auto why = p.read_rules(fresh))
        return std::variant<std::vector<std::string>, std::vector<std::string>>{std::in_place_index<1>,
                                                                                std::vector{*why}};
    std::vector<std::string> restart;
    auto& mine = p.house.config;
    // These were built into parts that hold connections or files.
    const auto built = [&](const char* section, const auto& old, const auto& wanted) {
        if (!(old == wanted))
            restart.emplace_back(section);
    };
    built("[server] listen", mine.server.listen, fresh.server.listen);
    built("[server] tls_certificate", mine.server.tls_certificate, fresh.server.tls_certificate);
    built("[server] tls_key", mine.server.tls_key, fresh.server.tls_key);
    built("[store]", mine.store, fresh.store);
    built("[slack]", mine.slack, fresh.slack);
    built("[teams]", mine.teams, fresh.teams);
    built("[console]", mine.console, fresh.console);
    built("[mail]", mine.mail, fresh.mail);
    built("[testing]", mine.testing, fresh.testing);
    mine.team = fresh.team;
    mine.privacy = fresh.privacy;
    mine.experiment = fresh.experiment;
    mine.own_folder = fresh.own_folder;
    mine.sources = fresh.sources;
    mine.server.public_url = fresh.server.public_url;
    mine.server.pages_password = fresh.server.pages_password;
    p.sourcing->follow_config();
    return std::variant<std::vector<std::string>, std::vector<std::string>>{std::in_place_index<0>, std::move(restart)};
}

asio::awaitable<void> application::stop(std::chrono::milliseconds most) {
    auto& p = *parts_;
    p.stopping = true;
    p.pulse.cancel();
    p.source_pulse.cancel();
    if (p.slack_sockets)
        co_await p.slack_sockets->stop(most / 4);
    co_await p.server->stop(most / 4);
    for (auto& postman : p.postmen)
        postman->stop();
    const auto until = std::chrono::steady_clock::now() + most / 2;
    while (std::chrono::steady_clock::now() < until &&
           !(p.reception.idle() && std::ranges::all_of(p.postmen, [](const auto& x) { return x->idle(); }))) {
        asio::steady_timer wait(p.io, 5ms);
        co_await wait.async_wait(asio::use_awaitable);
    }
    p.mailer.reset();
    p.house.store->close();
}

} // namespace whynow::app
