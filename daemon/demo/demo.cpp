#include "demo/demo.hpp"

#include "app/application.hpp"
#include "demo/sample_team.hpp"
#include "demo/sandbox_feeds.hpp"
#include "demo/try_page.hpp"
#include "http/curl_client.hpp"
#include "http/server.hpp"
#include "log/log.hpp"
#include "log/log_and_continue.hpp"
#include "schedule/system_zones.hpp"
#include "settings/config.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <spawn.h>
#include <unistd.h>

namespace whynow::demo {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

// A folder of its own below the system's temporary one, away again at the end.
class scratch {
  public:
    scratch() {
        auto pattern = (fs::temp_directory_path() / "whynow-demo-XXXXXX").string();
        if (!::mkdtemp(pattern.data()))
            throw std::runtime_error("no temporary folder can be made");
        path_ = pattern;
    }
    ~scratch() {
        std::error_code ec;
        fs::remove_all(path_, ec);
    }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

std::string config_text(const stage& on, int port, const slack_sandbox& slack, const teams_sandbox& teams,
                        std::uint16_t smtp, const fs::path& folder) {
    const auto host = on.self.substr(std::string_view("http://").size());
    return fmt::format(
        R"(# Made by `whynow demo`: everything that is elsewhere in real life is played on loopback.
[server]
listen = "127.0.0.1:{port}"
{public}[store]
path = "{folder}/whynow.db"
[team]
zone = "America/New_York"
brief_at = "08:00"
company = "Tallyard"
product = "Tallyard Desk"
our_customers = ["Brightwater Dairy", "Ostend Cables"]
postal_address = "12 Harbor Row, Hartford CT"
holidays = ["2024-12-25", "2025-01-01", "2025-07-04"]
[slack]
bot_token = "{bot}"
signing_secret = "{signing}"
api_base_url = "{self}/slack/api"
[teams]
app_id = "{app}"
app_secret = "{secret}"
tenants = ["{tenant}"]
token_url = "{self}/teams/token"
openid_metadata_url = "{self}/teams/openid"
service_hosts = ["{host}"]
[mail]
smtp = "127.0.0.1:{smtp}"
from = "hello@tallyard.example"
[[source]]
kind = "rss"
name = "Ledger Wire"
url = "{self}/feeds/wire.xml"
every = "10m"
[[source]]
kind = "rss"
name = "Works & Freight Journal"
url = "{self}/feeds/journal.atom"
every = "10m"
[[source]]
kind = "jobs"
name = "Quillpoint's job board"
url = "{self}/feeds/quillpoint.json"
every = "10m"
[[source]]
kind = "edgar"
name = "EDGAR, Apple"
url = "{self}/feeds/CIK0000320193.json"
every = "10m"
[testing]
clock = true
allow_private_addresses = true
pace = 0.0
)",
        fmt::arg("port", port),
        fmt::arg("public", port > 0 ? fmt::format("public_url = \"http://127.0.0.1:{}\"\n", port) : std::string{}),
        fmt::arg("folder", folder.string()), fmt::arg("bot", slack.bot_token()),
        fmt::arg("signing", slack.signing_secret()), fmt::arg("self", on.self),
        fmt::arg("app", teams_sandbox::app_id()), fmt::arg("secret", teams.app_secret()),
        fmt::arg("tenant", teams_sandbox::tenant()), fmt::arg("host", host), fmt::arg("smtp", smtp));
}

std::vector<http::route> joined(std::vector<http::route> a, std::vector<http::route> b, std::vector<http::route> c) {
    for (auto* more : {&b, &c})
        for (auto& r : *more)
            a.push_back(std::move(r));
    return a;
}

void open_page(const std::string& url) {
    std::string program = "xdg-open", address = url;
    std::array<char*, 3> arguments{program.data(), address.data(), nullptr};
    pid_t child = 0;
    ::posix_spawnp(&child, program.c_str(), nullptr, nullptr, arguments.data(), environ);
}

class play {
  public:
    explicit play(const demo_options& options)
        : options_(options), client_(io_.get_executor()), slack_(on_), teams_(on_), mail_(io_, on_) {
        clock_ = schedule::system_zones().to_instant({first_day(), 470min}, "America/New_York");
        on_.now = [this] { return app_ ? app_->shared().clock.now() : clock_; };
        on_.client = &client_;
    }

    // Nothing, or what went wrong.
    std::optional<std::string> set_up() {
        services_ = std::make_unique<http::server>(io_.get_executor(), http::server_settings{"127.0.0.1:0"},
                                                   joined(slack_.routes(), teams_.routes(), feed_routes(on_)));
        if (const auto started = services_->start(); !started)
            return "the played services cannot listen: " + started.error().message();
        on_.self = fmt::format("http://127.0.0.1:{}", services_->port());
        const auto file = folder_.path() / "whynow.toml";
        const auto text = config_text(on_, options_.port, slack_, teams_, mail_.port(), folder_.path());
        std::ofstream(file) << text;
        auto read = settings::read_config(text, file.string(), {}, schedule::system_zones());
        if (!read.mistakes.empty())
            return settings::to_string(read.mistakes.front());
        app::application_options o;
        o.config = std::move(read.config);
        o.frozen_at = clock_;
        o.more_routes =
            try_routes({on_, slack_, teams_, mail_, [this](domain::local_date day) { return morning_of(day); }});
        app_ = std::make_unique<app::application>(io_, std::move(o));
        const auto started = app_->start();
        if (const auto* why = std::get_if<std::string>(&started))
            return *why;
        on_.daemon = fmt::format("http://127.0.0.1:{}", app_->port());
        const auto rules = app_->shared().rules();
        if (const auto filled = app_->shared().store->write_now([&](store::session& s) { fill(s, *rules); }); !filled)
            return "the sample cannot be stored: " + filled.error().message();
        return std::nullopt;
    }

    void perform() {
        asio::co_spawn(io_, first_morning(), log::log_and_continue{"first_morning"});
        asio::co_spawn(io_, until_told(), log::log_and_continue{"until_told"});
        io_.run();
    }

  private:
    demo_options options_;
    scratch folder_;
    asio::io_context io_;
    stage on_;
    http::curl_client client_;
    slack_sandbox slack_;
    teams_sandbox teams_;
    mail_sandbox mail_;
    domain::instant clock_{};
    std::unique_ptr<http::server> services_;
    std::unique_ptr<app::application> app_;

    asio::awaitable<void> first_morning() {
        co_await app_->settle();
        static_cast<void>(co_await teams_.install());
        co_await morning_of(first_day());
        const auto page = on_.daemon + "/try";
        fmt::print("\n  whynow demo: open {}\n\n  Everything is played on this machine; nothing leaves it. Ctrl+C ends "
                   "it.\n  Configuration and database: {}\n\n",
                   page, folder_.path().string());
        std::fflush(stdout);
        if (options_.open)
            open_page(page);
    }

    // Eight o'clock comes three times, from east to west.
    asio::awaitable<void> morning_of(domain::local_date day) {
        const auto rules = app_->shared().rules();
        const auto on = rules->team.workdays.on_or_after(day);
        std::set<domain::instant> mornings;
        for (const auto& rep : sample()["reps"])
            mornings.insert(rules->clocks->to_instant({on, 480min}, rep["zone"].get<std::string>()));
        for (const auto at : mornings) {
            co_await app_->set_clock(at);
            on_.changed();
        }
        co_await app_->set_clock(*mornings.rbegin() + 5min);
        on_.changed();
    }

    asio::awaitable<void> until_told() {
        asio::signal_set signals(io_, SIGINT, SIGTERM);
        static_cast<void>(co_await signals.async_wait(asio::use_awaitable));
        co_await app_->stop(3s);
        co_await services_->stop(500ms);
        io_.stop();
    }
};

} // namespace

int run(const demo_options& options) {
    try {
        log::set_level(log::level::warn); // what a person should read is said below
        play p(options);
        if (const auto wrong = p.set_up()) {
            fmt::print(stderr, "{}\n", *wrong);
            return 1;
        }
        p.perform();
        return 0;
    } catch (const std::exception& e) {
        fmt::print(stderr, "The demo cannot start: {}\n", e.what());
        return 1;
    }
}

} // namespace whynow::demo
