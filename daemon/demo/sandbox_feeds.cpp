#include "demo/sandbox_feeds.hpp"

#include "demo/sample_team.hpp"
#include "embedded/embedded.hpp"
#include "web/pages.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace whynow::demo {

using http::request;
using http::response;
using nlohmann::json;

namespace {

constexpr std::string_view wire_name = "Ledger Wire", journal_name = "Works & Freight Journal";

domain::instant moment(int day, std::string_view clock) {
    return domain::instant{std::chrono::sys_days{domain::add_days(first_day(), day)}} +
           domain::parse_clock(clock).value_or(domain::minute_of_day{});
}

std::vector<const json*> told(const stage& on, std::string_view feed) {
    std::vector<const json*> out;
    for (const auto& n : sample()["news"])
        if (n["feed"] == feed && moment(n["day"], n["at"].get<std::string>()) <= on.now())
            out.push_back(&n);
    std::ranges::sort(out, [](const json* a, const json* b) {
        return moment((*a)["day"], (*a)["at"].get<std::string>()) > moment((*b)["day"], (*b)["at"].get<std::string>());
    });
    return out;
}

std::string html(const json& j) { return web::escaped(j.get_ref<const std::string&>()); }
std::string address(const stage& on, const json& n) {
    return fmt::format("{}/try/news/{}", on.daemon, n["slug"].get<std::string>());
}

response typed(std::string_view type, std::string body) {
    response r;
    r.fields.set("Content-Type", std::string(type));
    r.body = std::move(body);
    return r;
}

response wire(const stage& on) {
    auto out = fmt::format(
        R"(<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{}</title><link>{}</link><description>Company news</description>)",
        wire_name, on.daemon);
    for (const auto* n : told(on, "wire")) {
        const auto at = moment((*n)["day"], (*n)["at"].get<std::string>());
        out += fmt::format(
            "<item><title>{}</title><link>{}</link><guid isPermaLink=\"false\">wire-{}</guid><pubDate>{:%a, %d %b %Y "
            "%H:%M:%S} GMT</pubDate><description>{}</description></item>",
            html((*n)["title"]), address(on, *n), html((*n)["slug"]),
            fmt::gmtime(std::chrono::system_clock::to_time_t(at)), html((*n)["text"]));
    }
    return typed("application/rss+xml; charset=utf-8", out + "</channel></rss>");
}

response journal(const stage& on) {
    auto out = fmt::format(
        R"(<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{}</title><id>urn:demo:journal</id><updated>{}</updated>)",
        web::escaped(journal_name), domain::to_iso(on.now()));
    for (const auto* n : told(on, "journal")) {
        const auto at = domain::to_iso(moment((*n)["day"], (*n)["at"].get<std::string>()));
        out += fmt::format("<entry><title>{}</title><id>urn:demo:{}</id><link "
                           "href=\"{}\"/><published>{}</published><updated>{}</updated><summary>{}</summary></entry>",
                           html((*n)["title"]), html((*n)["slug"]), address(on, *n), at, at, html((*n)["text"]));
    }
    return typed("application/atom+xml; charset=utf-8", out + "</feed>");
}

response board() {
    const auto& jobs = sample()["jobs"];
    auto list = json::array();
    int id = 400100;
    for (const auto& r : jobs["roles"])
        list.push_back(
            {{"id", ++id},
             {"title", r[0]},
             {"absolute_url", fmt::format("https://boards.example/{}/jobs/{}", jobs["company"].get<std::string>(), id)},
             {"location", {{"name", r[2]}}},
             {"departments", json::array({{{"name", r[1]}}})},
             {"first_published", domain::to_iso(moment(r[3], "15:00"))},
             {"content", ""}});
    return typed("application/json", json{{"jobs", std::move(list)}}.dump());
}

} // namespace

std::vector<http::route> feed_routes(stage& on) {
    const auto route = [](std::string path, auto make) {
        return http::route{"GET", std::move(path), [make](request) -> asio::awaitable<response> { co_return make(); }};
    };
    return {route("/feeds/wire.xml", [&on] { return wire(on); }),
            route("/feeds/journal.atom", [&on] { return journal(on); }),
            route("/feeds/quillpoint.json", [] { return board(); }), route("/feeds/CIK0000320193.json", [] {
                return typed("application/json",
                             std::string(embedded::find("daemon/demo/data/edgar-apple.json").value_or("{}")));
            })};
}

std::optional<article> article_named(std::string_view slug) {
    for (const auto& n : sample()["news"])
        if (n["slug"] == slug)
            return article{n["title"], n["text"], std::string(n["feed"] == "wire" ? wire_name : journal_name),
                           moment(n["day"], n["at"].get<std::string>())};
    return std::nullopt;
}

} // namespace whynow::demo
