#include "app/doors.hpp"

#include "adapters/webhook/signals.hpp"
#include "app/unsubscribe.hpp"
#include "log/log.hpp"
#include "web/pages.hpp"
#include "workday/figures.hpp"

#include <nlohmann/json.hpp>
#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace whynow::app {
namespace {

using http::request;
using http::response;
using nlohmann::json;

bool loopback(std::string_view remote) {
    return remote.starts_with("127.") || remote.starts_with("[::1]") || remote.starts_with("::1") ||
           remote.starts_with("::ffff:127.");
}

std::string from_base64(std::string_view in) {
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0;
    int have = 0;
    for (const char c : in) {
        const auto v = letters.find(c);
        if (v == std::string_view::npos)
            break;
        bits = bits << 6 | unsigned(v);
        if ((have += 6) >= 8)
            out += char(bits >> (have -= 8) & 0xFF);
    }
    return out;
}

class house_doors {
  public:
    explicit house_doors(doors_of d) : d_(std::move(d)) {}

    std::vector<http::route> table(std::shared_ptr<house_doors> self) {
        std::vector<http::route> t;
        const auto get = [&](std::string path, http::handler h) {
            t.push_back({"GET", std::move(path), std::move(h), 16u << 10});
        };
        const auto post = [&](std::string path, http::handler h, std::size_t most = 1u << 20) {
            t.push_back({"POST", std::move(path), std::move(h), most});
        };
        get("/-/healthy", [](request) -> asio::awaitable<response> { co_return response::text(200, "healthy\n"); });
        get("/-/ready", [self](request) { return self->ready(); });
        get("/metrics", [self](request) -> asio::awaitable<response> {
            auto r = response::text(200, self->d_.shared.metrics.text());
            r.fields.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            co_return r;
        });
        if (d_.shared.clock.frozen()) {
            t.push_back({"POST", "/-/clock", [self](request q) { return self->set_clock(std::move(q)); }, 4096,
                         std::chrono::minutes{2}});
            get("/-/clock", [self](request) -> asio::awaitable<response> {
                co_return response::json(200, json{{"now", domain::to_iso(self->d_.shared.clock.now())}}.dump());
            });
        }
        for (const auto* path : {"/slack/events", "/slack/interactivity", "/slack/commands"})
            if (d_.slack && !d_.shared.config.slack.signing_secret.empty())
                post(path, [self](request q) { return self->d_.incoming.receive(*self->d_.slack, std::move(q)); });
        if (d_.slack_install) {
            get("/slack/install", [self](request) { return self->d_.slack_install->install(); });
            get("/slack/oauth", [self](request q) { return self->d_.slack_install->come_back(std::move(q)); });
        }
        for (const auto* path : {"/teams/messages", "/teams/outgoing"})
            if (d_.teams)
                post(path, [self](request q) { return self->d_.incoming.receive(*self->d_.teams, std::move(q)); });
        post("/signals", [self](request q) { return self->signals(std::move(q)); }, 2u << 20);
        post("/unsubscribe/{token}", [self](request q) { return self->unsubscribe(std::move(q)); }, 4096);
        get("/unsubscribe/{token}", [self](request q) -> asio::awaitable<response> {
            co_return self->known(q)
                ? response::html(200, web::unsubscribe_page(q.captured("token"), false, *self->d_.shared.rules()))
                : response::problem(404, "no-such-page", "There is no such page.");
        });
        for (const auto* which : {"privacy", "terms"})
            get(std::string("/") + which, [self, which](request) -> asio::awaitable<response> {
                co_return with_safe_headers(response::html(200, web::notice_page(which, *self->d_.shared.rules())));
            });
        pages(t, self);
        return t;
    }

  private:
    doors_of d_;

    static response with_safe_headers(response r) {
        r.fields.set("Content-Security-Policy",
                     "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src "
                     "'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        r.fields.set("X-Content-Type-Options", "nosniff");
        r.fields.set("Referrer-Policy", "no-referrer");
        r.fields.set("Cache-Control", "no-store");
        return r;
    }

    // Pages are for people of the house: on loopback, or with the password. Nothing: let in.
    std::optional<response> keep_out(const request& q) const {
        const auto& s = d_.shared.config.server;
        if (s.pages_password.empty()) {
            if (loopback(q.remote) && s.public_url.empty())
                return std::nullopt;
            if (loopback(q.remote) && d_.shared.config.testing.clock)
                return std::nullopt;
            return response::problem(403, "pages-closed", "The pages are closed.",
                                     "Set [server] pages_password to open them beyond this machine.");
        }
        const auto given = q.fields.get("Authorization");
        if (given.starts_with("Basic ")) {
            const auto pair = from_base64(given.substr(6));
            const auto colon = pair.find(':');
            const auto& want = s.pages_password.reveal();
            if (colon != std::string::npos && pair.size() - colon - 1 == want.size() &&
                CRYPTO_memcmp(pair.data() + colon + 1, want.data(), want.size()) == 0)
                return std::nullopt;
        }
        auto r = response::problem(401, "who-are-you", "Please log in.",
                                   "Your e-mail address and the password of the pages.");
        r.fields.set("WWW-Authenticate", "Basic realm=\"whynow\"");
        return r;
    }

    static std::string user_of(const request& q) {
        const auto given = q.fields.get("Authorization");
        if (given.starts_with("Basic ")) {
            const auto pair = from_base64(given.substr(6));
            return pair.substr(0, pair.find(':'));
        }
        return q.parameter("rep").value_or("");
    }

    asio::awaitable<response> ready() {
        bool good = false;
        store::store::work look = [&](store::session& s) { good = (store::reps(s).all(), true); };
        const auto read = co_await d_.shared.store->read(std::move(look));
        if (read && good && d_.shared.rules() && d_.shared.experience())
            co_return response::text(200, "ready\n");
        co_return response::problem(503, "not-ready", "Not ready yet.");
    }

    asio::awaitable<response> set_clock(request q) {
        const auto j = json::parse(q.body, nullptr, false);
        const auto to = j.is_object() && j.contains("now") && j["now"].is_string()
                            ? domain::parse_iso_instant(j["now"].get<std::string>())
                            : std::nullopt;
        if (!to)
            co_return response::problem(400, "bad-clock", "Send {\"now\":\"2026-03-04T08:00:00Z\"}.");
        co_await d_.set_clock(*to);
        co_return response::json(200, json{{"now", domain::to_iso(d_.shared.clock.now())}}.dump());
    }

    asio::awaitable<response> signals(request q) {
        bool open = false, matched = false;
        std::string source = "webhook";
        for (const auto& s : d_.shared.config.sources)
            if (s.kind == "webhook") {
                open = true;
                if (webhook::bearer_matches(q.fields.get("Authorization"), s.token.reveal())) {
                    matched = true;
                    source = s.name;
                }
            }
        if (!open)
            co_return response::problem(404, "no-webhook-source", "No source of kind webhook is configured.");
        if (!matched) {
            auto r = response::problem(401, "wrong-token", "The bearer token is missing or wrong.");
            r.fields.set("WWW-Authenticate", "Bearer");
            co_return r;
        }
        const auto got = webhook::read_signals(q.body, d_.shared.clock.now());
        if (!got.refusal.empty())
            co_return response::problem(got.status, "bad-signals", "The body cannot be read.", got.refusal);
        const auto taken = co_await d_.signals.take(got.accepted, source);
        if (!taken)
            co_return response::problem(503, "store-unavailable", "The store cannot take this now.");
        co_return response::json(got.status, webhook::answer_json(std::size_t(taken->accepted),
                                                                  std::size_t(taken->duplicates), got.rejected));
    }

    std::optional<std::string> known(const request& q) const {
        return unsubscribed_address(q.captured("token"), d_.shared.unsubscribe_secret);
    }

    asio::awaitable<response> unsubscribe(request q) {
        const auto email = known(q);
        if (!email)
            co_return response::problem(404, "no-such-page", "There is no such page.");
        const auto now = d_.shared.clock.now();
        store::store::work work = [&](store::session& s) { store::suppressions(s).add(*email, "unsubscribed", now); };
        if (!co_await d_.shared.store->write(std::move(work)))
            co_return response::problem(503, "store-unavailable", "Please try again in a minute.");
        co_return response::html(200, web::unsubscribe_page(q.captured("token"), true, *d_.shared.rules()));
    }

    using page = std::function<std::string(store::session&, const web::viewer&, const workday::rulebook&)>;

    asio::awaitable<response> show(request q, page make) {
        if (auto no = keep_out(q))
            co_return std::move(*no);
        std::string html;
        const auto rules = d_.shared.rules();
        const auto user = user_of(q);
        store::store::work look = [&](store::session& s) {
            web::viewer v;
            v.now = d_.shared.clock.now();
            v.rep = store::reps(s).by_email(user);
            if (!v.rep)
                for (const auto& r : store::reps(s).all())
                    if (r.role == domain::book::role::rep) {
                        v.rep = r;
                        break;
                    }
            html = make(s, v, *rules);
        };
        if (!co_await d_.shared.store->read(std::move(look)))
            co_return response::problem(503, "store-unavailable", "The store cannot be read now.");
        co_return with_safe_headers(response::html(200, std::move(html)));
    }

    // "/team/figures/{name}?week=2026-W47" or "?from=…&to=…"; without either the last four weeks.
    asio::awaitable<response> figure(request q) {
        if (auto no = keep_out(q))
            co_return std::move(*no);
        const auto which = domain::digests::figure_from(q.captured("name"));
        if (!which)
            co_return response::problem(404, "no-such-figure", "There is no such figure.",
                                        "There are: " + domain::digests::names_of_figures());
        const auto named = q.parameter("week"), first = q.parameter("from"), last = q.parameter("to");
        const auto week = named ? workday::week_named(*named) : std::nullopt;
        auto from = first ? domain::parse_iso_date(*first) : std::nullopt;
        auto to = last ? domain::parse_iso_date(*last) : std::nullopt;
        if ((named && !week) || (first && !from) || (last && !to) || from.has_value() != to.has_value() ||
            (from && *to < *from))
            co_return response::problem(400, "bad-days", "These days cannot be read.",
                                        "Write week=2026-W47, or from=2026-11-16&to=2026-11-22.");
        co_return co_await show(std::move(q),
                                [&](store::session& s, const web::viewer& v, const workday::rulebook& rules) {
                                    const auto today = rules.clocks->to_local(v.now, rules.team.zone).date;
                                    if (week)
                                        return web::figure_page(s, v, *which, week->from, week->to, rules);
                                    return web::figure_page(s, v, *which, from.value_or(domain::add_days(today, -27)),
                                                            to.value_or(today), rules);
                                });
    }

    void pages(std::vector<http::route>& t, const std::shared_ptr<house_doors>& self) {
        t.push_back(
            {"GET", "/team/figures/{name}", [self](request q) { return self->figure(std::move(q)); }, 16u << 10});
        const std::array<std::pair<const char*, page>, 5> all{{{"/", web::today_page},
                                                               {"/team", web::team_page},
                                                               {"/drafts", web::drafts_page},
                                                               {"/signals", web::signals_page},
                                                               {"/admin", web::admin_page}}};
        for (const auto& [path, make] : all)
            t.push_back(
                {"GET", path, [self, draw = make](request q) { return self->show(std::move(q), draw); }, 16u << 10});
        t.push_back({"GET", "/assets/{name}",
                     [](request q) -> asio::awaitable<response> {
                         const auto found = web::asset_named(q.captured("name"));
                         if (!found)
                             co_return response::problem(404, "no-such-page", "There is no such file.");
                         response r;
                         r.body = found->bytes;
                         r.fields.set("Content-Type", std::string(found->content_type));
                         r.fields.set("X-Content-Type-Options", "nosniff");
                         r.fields.set("Cache-Control", "max-age=300");
                         co_return r;
                     },
                     16u << 10});
        t.push_back({"POST", "/admin/letters/{id}/{what}",
                     [self](request q) { return self->decide_letter(std::move(q)); }, 4096});
        if (!d_.console)
            return;
        t.push_back(
            {"POST", "/console/events", [self](request q) { return self->console_event(std::move(q)); }, 64u << 10});
        t.push_back({"GET", "/console/messages",
                     [self](request q) -> asio::awaitable<response> {
                         if (auto no = self->keep_out(q))
                             co_return std::move(*no);
                         co_return with_safe_headers(response::json(
                             200, co_await self->d_.console->messages(q.parameter("user").value_or(user_of(q)))));
                     },
                     16u << 10});
    }

    // A form of another site would carry our password too: the browser says where it came from.
    static bool from_elsewhere(const request& q) {
        const auto site = q.fields.get("Sec-Fetch-Site");
        if (!site.empty())
            return site != "same-origin" && site != "none";
        const auto origin = q.fields.get("Origin");
        return !origin.empty() && !origin.ends_with(std::string("//") + std::string(q.fields.get("Host")));
    }

    asio::awaitable<response> decide_letter(request q) {
        if (auto no = keep_out(q))
            co_return std::move(*no);
        if (from_elsewhere(q))
            co_return response::problem(403, "wrong-origin", "This form was sent by another site.");
        const auto what = q.captured("what"), number = q.captured("id");
        domain::outbox_id id;
        const auto read = std::from_chars(number.data(), number.data() + number.size(), id.value);
        if (read.ptr != number.data() + number.size() || (what != "again" && what != "drop"))
            co_return response::problem(404, "no-such-page", "There is no such page.");
        const auto now = d_.shared.clock.now();
        store::store::work work = [&](store::session& s) {
            store::outbox box(s);
            static_cast<void>(what == "again" ? box.revive(id, now) : box.drop(id)); // decided already: nothing to do
        };
        if (!co_await d_.shared.store->write(std::move(work)))
            co_return response::problem(503, "store-unavailable", "The store cannot take this now.");
        d_.shared.ring();
        response r;
        r.status = 303;
        r.fields.set("Location", "/admin");
        co_return r;
    }

    asio::awaitable<response> console_event(request q) {
        if (auto no = keep_out(q))
            co_return std::move(*no);
        // A form of another site cannot send this type without asking first, and the asking is not answered.
        if (!q.fields.get("Content-Type").starts_with("application/json"))
            co_return response::problem(415, "json-only", "Send application/json.");
        co_return with_safe_headers(co_await d_.incoming.receive(*d_.console, std::move(q)));
    }
};

} // namespace

std::vector<http::route> doors(doors_of d) {
    auto self = std::make_shared<house_doors>(std::move(d));
    return self->table(self);
}

} // namespace whynow::app
