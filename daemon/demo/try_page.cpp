#include "demo/try_page.hpp"

#include "demo/sandbox_feeds.hpp"
#include "embedded/embedded.hpp"
#include "web/pages.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <memory>
#include <sstream>

namespace whynow::demo {

using http::request;
using http::response;
using nlohmann::json;

namespace {

constexpr const char* renderer_file = "node_modules/adaptivecards/dist/adaptivecards.js"; // as `npm install` lays it
constexpr std::chrono::milliseconds patience{120'000};

response guarded(response r) {
    r.fields.set("Content-Security-Policy",
                 "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
                 "form-action 'none'; frame-ancestors 'none'; base-uri 'none'");
    r.fields.set("X-Content-Type-Options", "nosniff");
    r.fields.set("Referrer-Policy", "no-referrer");
    r.fields.set("Cache-Control", "no-store");
    return r;
}

response told(const json& j) {
    return guarded(response::json(200, j.dump(-1, ' ', false, json::error_handler_t::replace)));
}

std::string renderer() {
    std::ifstream in(renderer_file, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

response file(std::string_view name) {
    response r;
    if (name == "adaptivecards.js") {
        r.body = renderer();
        r.fields.set("Content-Type", "text/javascript; charset=utf-8");
        return guarded(std::move(r));
    }
    const auto bytes = embedded::find(fmt::format("daemon/demo/data/{}", name));
    const bool script = name.ends_with(".js"), style = name.ends_with(".css");
    if (!bytes || (!script && !style))
        return response::problem(404, "no-such-page", "There is no such file.");
    r.body = *bytes;
    r.fields.set("Content-Type", script ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8");
    return guarded(std::move(r));
}

response news(std::string_view slug) {
    const auto a = article_named(slug);
    if (!a)
        return response::problem(404, "no-such-page", "There is no such news.");
    return guarded(response::html(
        200,
        fmt::format(
            R"(<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{0}</title><link rel="stylesheet" href="/assets/style.css"></head>)"
            R"(<body><main class="narrow"><p class="subtle">{1} · {2} · invented for the demo</p><h1>{0}</h1><p>{3}</p></main></body></html>)",
            web::escaped(a->title), web::escaped(a->feed), web::escaped(domain::to_iso(a->published).substr(0, 10)),
            web::escaped(a->text))));
}

class table {
  public:
    explicit table(theatre t) : t_(std::move(t)) {}

    std::vector<http::route> routes(const std::shared_ptr<table>& self) {
        std::vector<http::route> out;
        const auto get = [&](std::string path, auto make) {
            out.push_back({"GET", std::move(path),
                           [make](request q) -> asio::awaitable<response> { co_return make(q); }, 16u << 10});
        };
        get("/try", [](const request&) {
            return guarded(response::html(200, std::string(embedded::find("daemon/demo/data/try.html").value_or(""))));
        });
        get("/try/files/{name}", [](const request& q) { return file(q.captured("name")); });
        get("/try/news/{slug}", [](const request& q) { return news(q.captured("slug")); });
        get("/try/state", [self](const request& q) { return self->state(q); });
        const auto post = [&](std::string path, auto act) {
            out.push_back({"POST", std::move(path), [self, act](request q) { return self->acted(std::move(q), act); },
                           256u << 10, patience});
        };
        auto& slack = t_.slack;
        auto& teams = t_.teams;
        post("/try/slack/tap", [&slack](json j) { return slack.tap(std::move(j)); });
        post("/try/slack/say", [&slack](json j) { return slack.say(std::move(j)); });
        post("/try/slack/submit", [&slack](json j) { return slack.submit(std::move(j)); });
        post("/try/slack/close", [&slack](json) -> asio::awaitable<json> {
            slack.close_view();
            co_return json::object();
        });
        post("/try/teams/execute", [&teams](json j) { return teams.execute(std::move(j)); });
        post("/try/teams/fetch", [&teams](json j) { return teams.fetch(std::move(j)); });
        post("/try/teams/submit", [&teams](json j) { return teams.submit(std::move(j)); });
        post("/try/teams/say", [&teams](json j) { return teams.say(std::move(j)); });
        post("/try/teams/close", [&teams](json) -> asio::awaitable<json> {
            teams.close_dialog();
            co_return json::object();
        });
        post("/try/clock", [self](json j) { return self->clock(std::move(j)); });
        return out;
    }

  private:
    theatre t_;
    bool moving_ = false;

    response state(const request& q) const {
        if (q.parameter("since") == std::to_string(t_.on.revision))
            return guarded(response::json(200, "{}"));
        return told({{"revision", std::to_string(t_.on.revision)},
                     {"now", domain::to_iso(t_.on.now())},
                     {"moving", moving_},
                     {"slack", t_.slack.state()},
                     {"teams", t_.teams.state()},
                     {"mails", t_.mail.state()},
                     {"renderer", std::ifstream(renderer_file).good()}});
    }

    // A form of another site cannot send this type without asking first, and the asking is not answered.
    template <class Act>
    asio::awaitable<response> acted(request q, Act act) {
        if (!q.fields.get("Content-Type").starts_with("application/json"))
            co_return response::problem(415, "json-only", "Send application/json.");
        auto j = json::parse(q.body, nullptr, false);
        if (!j.is_object())
            co_return response::problem(400, "bad-json", "Send an object.");
        co_return told(co_await act(std::move(j)));
    }

    asio::awaitable<json> clock(json j) {
        if (moving_)
            co_return json{{"status", 409}};
        const auto today = std::chrono::floor<std::chrono::days>(t_.on.now());
        const domain::local_date day{today};
        const auto to = j.value("to", "");
        moving_ = true;
        t_.on.changed();
        co_await t_.morning_of(to == "half_year" ? domain::add_months(day, 6) : domain::add_days(day, 1));
        moving_ = false;
        t_.on.changed();
        co_return json{{"now", domain::to_iso(t_.on.now())}};
    }
};

} // namespace

std::vector<http::route> try_routes(theatre t) {
    auto self = std::make_shared<table>(std::move(t));
    return self->routes(self);
}

} // namespace whynow::demo
