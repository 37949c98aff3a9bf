#include "app/slack_tokens.hpp"

#include "log/fault.hpp"
#include "log/log.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace whynow::app {
namespace {

using namespace std::chrono_literals;

constexpr auto early = 2h; // of the twelve that a rotated token lives
constexpr auto lease_length = 60s;
constexpr auto look_again = 50ms;
constexpr int most_looks = 300;

slack::token_source::answer gone(const std::string& why) { return slack::failure{chat::rejected{why, false, true}}; }

std::optional<domain::instant> end_of(const slack::grant& g, domain::instant now) {
    return g.expires_in.count() > 0 ? std::optional(now + g.expires_in) : std::nullopt;
}

} // namespace

slack::token_source::answer slack_tokens::of_configuration(std::string_view why) const {
    const auto& own = house_.config.slack.bot_token;
    return own.empty() ? gone(std::string(why)) : answer(own.reveal());
}

asio::awaitable<std::optional<store::slack_installation>> slack_tokens::installation(std::string tenant) {
    std::optional<store::slack_installation> found;
    store::store::work look = [&](store::session& s) {
        store::slack_installations all(s);
        if (!tenant.empty()) {
            found = all.find(tenant);
            return;
        }
        auto standing = all.all();
        std::erase_if(standing, [](const auto& i) { return !i.stands(); });
        if (standing.size() == 1)
            found = std::move(standing.front());
    };
    if (!co_await house_.store->read(std::move(look)))
        co_return std::nullopt;
    co_return found;
}

asio::awaitable<slack::token_source::answer> slack_tokens::token(std::string tenant, std::string stale) {
    for (int looks = 0; looks < most_looks; ++looks) {
        const auto i = co_await installation(tenant);
        if (!i)
            co_return of_configuration("no installation for this workspace");
        if (!i->stands())
            co_return gone(i->gone);
        const auto now = house_.clock.now();
        const bool usable = i->token != stale && (!i->expires_at || *i->expires_at > now);
        const bool due = i->token == stale || (i->expires_at && *i->expires_at - now < early);
        if (!due)
            co_return i->token;
        if (i->refresh_token.empty()) {
            if (usable)
                co_return i->token;
            co_return gone("token_expired");
        }
        std::optional<std::string> refresh_token;
        store::store::work take = [&](store::session& s) {
            refresh_token = store::slack_installations(s).lease(i->tenant, i->token, now, now + lease_length);
        };
        const auto taken = co_await house_.store->write(std::move(take));
        if (taken && refresh_token) {
            if (auto got = co_await renewed(*i, std::move(*refresh_token), usable))
                co_return std::move(*got);
        } else if (usable) {
            co_return i->token; // somebody else is at it; this one still works
        }
        asio::steady_timer pause(house_.io, look_again);
        co_await pause.async_wait(asio::use_awaitable);
    }
    co_return slack::failure{chat::retry_later{30s, "the token is being renewed", true}};
}

// Nothing: look again, another token stands there by now. The lease is kept where it failed: one try a minute.
asio::awaitable<std::optional<slack::token_source::answer>>
slack_tokens::renewed(const store::slack_installation& i, std::string refresh_token, bool usable) {
    const auto got = co_await slack::exchange_refresh_token(client_, app_, std::move(refresh_token));
    if (const auto* g = std::get_if<slack::grant>(&got)) {
        const auto now = house_.clock.now();
        log::fault_point("slack_token.renewed");
        store::store::work keep = [&](store::session& s) {
            store::slack_installations(s).renewed(i.tenant, i.token, g->token,
                                                  g->refresh_token.empty() ? i.refresh_token : g->refresh_token,
                                                  end_of(*g, now));
        };
        if (!co_await house_.store->write(std::move(keep)))
            log::error("slack_token_not_kept", {{"tenant", i.tenant}});
        log::info("slack_token_renewed", {{"tenant", i.tenant}});
        co_return g->token;
    }
    const auto& failed = std::get<slack::failure>(got);
    log::warn("slack_token_not_renewed", {{"tenant", i.tenant}, {"why", slack::why(failed)}});
    if (usable)
        co_return i.token;
    if (!std::holds_alternative<chat::rejected>(failed)) {
        store::store::work back = [&](store::session& s) {
            store::slack_installations(s).give_back(i.tenant, i.token);
        };
        static_cast<void>(co_await house_.store->write(std::move(back)));
        co_return slack::failure{chat::retry_later{30s, std::string(slack::why(failed)), true}};
    }
    bool closed = false;
    store::store::work close = [&](store::session& s) {
        closed = store::slack_installations(s).close_token(i.tenant, i.token, "refresh_refused");
    };
    static_cast<void>(co_await house_.store->write(std::move(close)));
    if (!closed)
        co_return std::nullopt;
    log::error("slack_installation_over",
               {{"tenant", i.tenant}, {"why", slack::why(failed)}, {"cure", "install again at /slack/install"}});
    co_return gone(std::string(slack::why(failed)));
}

void slack_tokens::refused(std::string tenant, std::string token, std::string_view word) {
    log::error("slack_token_refused", {{"tenant", tenant},
                                       {"why", word},
                                       {"cure", "install the app again, or put its new token into the configuration"}});
    house_.store->post_write(
        [tenant = std::move(tenant), token = std::move(token), why = std::string(word)](store::session& s) {
            for (const auto& i : store::slack_installations(s).all())
                if (i.tenant == tenant || tenant.empty())
                    store::slack_installations(s).close_token(i.tenant, token, why);
        },
        [](auto, auto) {});
}

asio::awaitable<std::vector<std::string>> slack_tokens::tenants() {
    std::vector<std::string> out;
    store::store::work look = [&](store::session& s) {
        for (const auto& i : store::slack_installations(s).all())
            if (i.stands())
                out.push_back(i.tenant);
    };
    static_cast<void>(co_await house_.store->read(std::move(look)));
    co_return out;
}

asio::awaitable<bool> slack_tokens::installed(const slack::grant& g) {
    const auto now = house_.clock.now();
    store::slack_installation i;
    i.tenant = g.whole_enterprise && !g.enterprise.empty() ? g.enterprise : g.team;
    i.team = g.team;
    i.team_name = g.team_name.empty() ? g.enterprise_name : g.team_name;
    i.enterprise = g.enterprise;
    i.whole_enterprise = g.whole_enterprise;
    i.app = g.app;
    i.bot_user = g.bot_user;
    i.scopes = g.scopes;
    i.token = g.token;
    i.refresh_token = g.refresh_token;
    i.expires_at = end_of(g, now);
    i.installed_at = now;
    if (i.tenant.empty())
        co_return false;
    store::store::work keep = [&](store::session& s) {
        store::slack_installations(s).put(i);
        store::identities(s).mark_back("slack", i.tenant);
        const auto mine = "slack|" + i.tenant + "|";
        for (const auto& row : store::outbox(s).with_state(store::outbox_state::parked, 10'000))
            if (row.channel == "slack" && (row.order_key.starts_with(mine) || row.order_key.starts_with("slack||")))
                store::outbox(s).revive(row.id, now);
    };
    const auto kept = co_await house_.store->write(std::move(keep));
    if (kept)
        log::info("slack_installed", {{"tenant", i.tenant}, {"rotates", !i.refresh_token.empty()}});
    house_.ring();
    co_return kept.has_value();
}

} // namespace whynow::app
