// "whynow teams test": every step between this machine and a message in Teams, each with what to do where it fails.
#include "adapters/teams/access_token.hpp"
#include "adapters/teams/encoding.hpp"
#include "adapters/teams/signing_keys.hpp"
#include "adapters/teams/teams_adapter.hpp"
#include "app/adapter_settings.hpp"
#include "cli/coroutine.hpp"
#include "cli/opened.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"
#include "http/curl_client.hpp"
#include "workday/errands.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <iostream>

namespace whynow::cli {
namespace {

namespace teams = adapters::teams;
using boost::asio::awaitable;

struct advice {
    std::string_view sign, what;
};

// By a word of what went wrong; the last one fits all.
constexpr advice token_advice[] = {
    {"AADSTS7000222",
     "the client secret has expired: make a new one (Entra, App registrations, Certificates & secrets)"},
    {"AADSTS7000215", "the client secret is wrong: app_secret wants the secret's Value, not its Secret ID"},
    {"AADSTS700016", "this app is not in that tenant: tenants[0] must be the tenant of the app registration"},
    {"AADSTS90002", "there is no such tenant: tenants wants the Directory (tenant) ID"},
    {"AADSTS900023", "there is no such tenant: tenants wants the Directory (tenant) ID"},
    {"AADSTS700027", "the certificate is not the one of the app registration: upload its public part there"},
    {"AADSTS7000229", "the app has no service principal in this tenant: create the Azure Bot with it, or add the app"},
    {"no app secret", "give app_secret, or a certificate file with a PEM key and its certificate"},
    {"", "can this machine reach login.microsoftonline.com?"},
};

constexpr advice send_advice[] = {
    {"403", "the app is not installed for this person, or they blocked it: install it, or let them write to it once"},
    {"404", "the conversation is gone: let the person write to the app once"},
    {"401",
     "Teams knows no bot of this app id: create the Azure Bot with it and switch on its channel Microsoft Teams"},
    {"429", "too many messages just now: try again in a minute"},
    {"service host", "the person's service address is none of Microsoft's hosts: set [teams] service_hosts"},
    {"", "look at https://status.cloud.microsoft and try again"},
};

template <std::size_t N>
std::string_view advised(const advice (&all)[N], std::string_view why) {
    for (const auto& a : all)
        if (why.find(a.sign) != std::string_view::npos)
            return a.what;
    return {};
}

std::string claim(const std::string& token, const char* name) {
    const auto first = token.find('.'), second = token.rfind('.');
    if (first == std::string::npos || second <= first)
        return {};
    const auto text = teams::base64url_decoded(std::string_view(token).substr(first + 1, second - first - 1));
    const auto j = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
    return j.is_object() && j.contains(name) && j[name].is_string() ? j[name].get<std::string>() : std::string{};
}

std::string why_of(const chat::send_result& r) {
    if (const auto* x = std::get_if<chat::rejected>(&r))
        return x->why;
    if (const auto* x = std::get_if<chat::retry_later>(&r))
        return x->why;
    if (const auto* x = std::get_if<chat::not_sent>(&r))
        return x->why;
    if (const auto* x = std::get_if<chat::ambiguous>(&r))
        return x->why;
    return {};
}

class trial {
  public:
    trial(boost::asio::io_context& io, const opened& house, const teams_test_command& c)
        : house_(house), command_(c), client_(io.get_executor(), {"whynow/0.1", 4, 8}),
          config_(app::teams_settings(house.config, [] { return now_or(""); })) {}

    awaitable<void> all() {
        co_await token();
        co_await keys();
        co_await door();
        if (!command_.to.empty())
            co_await message();
        else
            std::cout << "–  message: not tried; name somebody with --to EMAIL\n";
    }
    bool good() const { return good_; }

  private:
    const opened& house_;
    const teams_test_command& command_;
    http::curl_client client_;
    teams::config config_;
    bool good_ = true;

    void ok(std::string_view step, std::string_view what) { std::cout << "ok " << step << ": " << what << '\n'; }
    void bad(std::string_view step, std::string_view what, std::string_view cure) {
        good_ = false;
        std::cout << "✗  " << step << ": " << what << "\n   → " << cure << '\n';
    }

    awaitable<http::response> fetched(http::outgoing what) {
        what.any_address = true; // the administrator's own addresses, also from inside
        what.ca_file = config_.ca_file;
        auto answer = co_await client_.exchange(std::move(what));
        if (answer)
            co_return std::move(*answer);
        http::response none;
        none.status = 0;
        none.body = answer.error().message();
        co_return none;
    }

    awaitable<void> token() {
        teams::access_token ours(client_, config_);
        const auto got = co_await ours.get();
        if (const auto* no = std::get_if<teams::access_token::failure>(&got)) {
            bad("token", no->why, advised(token_advice, no->why));
            co_return;
        }
        ok("token", "Entra gives one for this app");
        const auto tenant = claim(std::get<std::string>(got), "tid");
        if (!tenant.empty() && !teams::tenant_allowed(config_, tenant))
            bad("tenant", "the token is of tenant " + tenant, "add that tenant to [teams] tenants, first");
        else
            ok("tenant", tenant.empty() ? config_.tenants.front() : tenant);
    }

    awaitable<void> keys() {
        http::outgoing ask;
        ask.url = teams::metadata_address(config_);
        const auto metadata = co_await fetched(std::move(ask));
        const auto address = metadata.status == 200 ? teams::read_keys_address(metadata.body) : std::nullopt;
        std::optional<teams::key_set> found;
        if (address) {
            http::outgoing more;
            more.url = *address;
            const auto body = co_await fetched(std::move(more));
            found = body.status == 200 ? teams::read_keys(body.body) : std::nullopt;
        }
        if (found)
            ok("keys", fmt::format("{} keys to check what Teams sends", found->size()));
        else
            bad("keys", "the keys that sign Teams' requests cannot be fetched",
                "can this machine reach login.botframework.com?");
    }

    awaitable<void> door() {
        auto base = command_.url.empty() ? house_.config.server.public_url : command_.url;
        if (base.empty()) {
            bad("door", "no address", "set [server] public_url, or give --url");
            co_return;
        }
        if (base.ends_with('/'))
            base.pop_back();
        http::outgoing ask;
        ask.method = "POST";
        ask.url = base + "/teams/messages";
        ask.body = "{}";
        ask.fields.add("Content-Type", "application/json");
        const auto url = ask.url;
        const auto answer = co_await fetched(std::move(ask));
        if (answer.status == 401)
            ok("door", url + " answers, and lets no stranger in");
        else if (answer.status == 0)
            bad("door", url + " cannot be reached: " + answer.body,
                "check name, certificate and proxy; Microsoft must reach it from the internet");
        else
            bad("door", fmt::format("{} answers {}", url, answer.status),
                "let the proxy hand /teams/messages on to the daemon, and is [teams] in its configuration?");
    }

    awaitable<void> message() {
        std::optional<book::rep> rep;
        chat::outgoing out;
        read(*house_.store, [&](store::session& s) {
            rep = rep_called(s, command_.to);
            for (const auto& i : store::identities(s).of(rep->id))
                if (i.platform == "teams" && !i.gone)
                    out.to = {i.platform, i.tenant, i.user, i.conversation, i.route};
        });
        if (out.to.route.empty()) {
            bad("message", "nobody has met " + command_.to + " in Teams yet",
                "install the app for them (reps.csv: teams_user is their Entra object id), let them write to it once");
            co_return;
        }
        teams::teams_adapter adapter(config_, client_);
        const auto language = house_.rules->language_of(*rep);
        const auto say = [&](const char* key) {
            const auto words = house_.rules->say(language, key);
            out.body = {words, {cards::paragraph{{{words, "", false, false}}}}};
        };
        out.key = "test";
        say("help.test");
        const auto sent = co_await adapter.send(out);
        const auto* there = std::get_if<chat::sent>(&sent);
        if (!there) {
            bad("message", why_of(sent), advised(send_advice, why_of(sent)));
            co_return;
        }
        ok("message", "sent to " + command_.to);
        out.what = chat::outgoing::operation::update;
        out.target = there->at;
        out.to = there->to;
        say("help.test_changed");
        const auto changed = co_await adapter.send(out);
        if (std::holds_alternative<chat::sent>(changed))
            ok("change", "the same message was changed in place");
        else
            bad("change", why_of(changed), advised(send_advice, why_of(changed)));
    }
};

} // namespace

int teams_test(const teams_test_command& c) {
    const auto house = open_house(c.config);
    if (!house.config.teams.bot())
        throw stop(exit_code::usage, "there is no bot: the config has no [teams] app_id");
    boost::asio::io_context io;
    trial t(io, house, c);
    run_to_end(io, t.all());
    return int(t.good() ? exit_code::ok : exit_code::provider);
}

} // namespace whynow::cli
