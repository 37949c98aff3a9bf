#include "app/slack_doors.hpp"

#include "app/unsubscribe.hpp"
#include "log/log.hpp"
#include "web/pages.hpp"

namespace whynow::app {
namespace {

using namespace std::chrono_literals;

constexpr auto state_life = 10min;
constexpr std::string_view cookie_name = "whynow_slack";

std::string cookie_of(const http::request& q) {
    const auto all = q.fields.get("Cookie");
    for (std::size_t at = 0; at < all.size();) {
        auto end = all.find(';', at);
        end = end == std::string_view::npos ? all.size() : end;
        auto one = all.substr(at, end - at);
        while (one.starts_with(' '))
            one.remove_prefix(1);
        if (one.starts_with(cookie_name) && one.size() > cookie_name.size() && one[cookie_name.size()] == '=')
            return std::string(one.substr(cookie_name.size() + 1));
        at = end + 1;
    }
    return {};
}

std::string cookie(std::string_view value, std::string_view age, bool secure) {
    return std::string(cookie_name) + "=" + std::string(value) + "; Path=/slack; Max-Age=" + std::string(age) +
           "; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
}

} // namespace

http::response slack_doors::page(int status, std::string_view what, std::string_view team) const {
    auto r = http::response::html(status, web::slack_install_page(what, team, *house_.rules()));
    r.fields.set("Content-Security-Policy",
                 "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'");
    r.fields.set("X-Content-Type-Options", "nosniff");
    r.fields.set("Referrer-Policy", "no-referrer"); // the code stands in the address
    r.fields.set("Cache-Control", "no-store");
    r.fields.add("Set-Cookie", cookie("", "0", app_.redirect_uri.starts_with("https://")));
    return r;
}

asio::awaitable<http::response> slack_doors::install() {
    const auto word = random_secret();
    const auto state = slack::make_state(random_secret().substr(0, 32), word, house_.clock.now() + state_life,
                                         house_.unsubscribe_secret);
    http::response r;
    r.status = 302;
    r.fields.set("Location", slack::authorize_url(app_, state));
    r.fields.set("Cache-Control", "no-store");
    r.fields.add("Set-Cookie", cookie(word, "600", app_.redirect_uri.starts_with("https://")));
    co_return r;
}

asio::awaitable<http::response> slack_doors::come_back(http::request q) {
    const auto state = slack::read_state(q.parameter("state").value_or(""), cookie_of(q), house_.clock.now(),
                                         house_.unsubscribe_secret);
    if (state.verdict != slack::state_verdict::good) {
        log::warn("slack_install_refused", {{"request", q.id}, {"why", "state"}});
        co_return page(400, "stale");
    }
    const auto now = house_.clock.now();
    bool first = false;
    store::store::work once = [&](store::session& s) {
        first = store::documents(s).first("slack_state:" + state.nonce, now);
    };
    if (!co_await house_.store->write(std::move(once)))
        co_return page(503, "failed");
    if (!first)
        co_return page(400, "stale");
    const auto code = q.parameter("code").value_or("");
    if (code.empty() || q.parameter("error"))
        co_return page(200, "denied");
    const auto got = co_await slack::exchange_code(client_, app_, code);
    if (const auto* f = std::get_if<slack::failure>(&got)) {
        log::warn("slack_install_failed", {{"request", q.id}, {"why", slack::why(*f)}});
        co_return page(502, "failed");
    }
    const auto& grant = std::get<slack::grant>(got);
    if (!co_await tokens_.installed(grant))
        co_return page(503, "failed");
    if (const auto missing = slack::missing_scopes(grant.scopes); !missing.empty())
        log::warn("slack_scopes_missing", {{"first", missing.front()}, {"count", missing.size()}});
    co_return page(200, "installed", grant.team_name.empty() ? grant.enterprise_name : grant.team_name);
}

} // namespace whynow::app
