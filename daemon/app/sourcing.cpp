#include "app/sourcing.hpp"

#include "adapters/edgar/edgar.hpp"
#include "adapters/jobs/jobs.hpp"
#include "adapters/rss/feed.hpp"
#include "http/url.hpp"
#include "log/log.hpp"
#include "log/log_and_continue.hpp"
#include "sources/fetching.hpp"
#include "workday/content.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace whynow::app {
namespace {

using namespace std::chrono_literals;
using domain::instant;

constexpr int most_at_once = 8; // polls under way

sources::reader reader_of(const std::string& kind) {
    if (kind == "edgar")
        return [](const sources::document& d) { return edgar::read_source(d); };
    if (kind == "jobs")
        return [](const sources::document& d) { return jobs::read_source(d); };
    return [](const sources::document& d) { return rss::read_source(d); };
}

std::string cursor_text(const sources::cursor& c) {
    return workday::to_json(std::vector<std::pair<std::string, std::string>>{{"etag", c.etag},
                                                                             {"modified", c.last_modified},
                                                                             {"newest", c.newest_id},
                                                                             {"moved", c.moved_to},
                                                                             {"hash", std::to_string(c.body_hash)}});
}

sources::cursor cursor_from(std::string_view text) {
    sources::cursor c;
    c.etag = workday::entry_of(text, "etag");
    c.last_modified = workday::entry_of(text, "modified");
    c.newest_id = workday::entry_of(text, "newest");
    c.moved_to = workday::entry_of(text, "moved");
    const auto hash = workday::entry_of(text, "hash");
    c.body_hash = hash.empty() ? 0 : std::stoull(hash);
    return c;
}

} // namespace

workday::incoming incoming_of(const sources::item& i, std::string source) {
    workday::incoming in;
    auto& s = in.item;
    s.source = std::move(source);
    s.external_id = i.external_id;
    s.title = i.title;
    s.summary = i.summary;
    s.url = i.url;
    s.publisher = i.publisher;
    s.published = i.published.value_or(instant{});
    s.item_codes = i.item_codes;
    s.account_hint = i.account_hint;
    s.kind_hint = i.kind_hint;
    s.activity = i.activity;
    in.event_date = i.event_date;
    return in;
}

sourcing::sourcing(house& h, http::client& client) : house_(h), client_(client) { follow_config(); }

void sourcing::follow_config() {
    const auto& wanted = house_.config.sources;
    std::erase_if(watched_, [&](const auto& w) {
        return std::ranges::none_of(wanted, [&](const auto& s) {
            return s.kind == w->kind && s.every == w->every &&
                   (s.url.empty() || (s.name == w->name && s.url == w->url));
        });
    });
    for (const auto& s : wanted)
        if (s.kind != "webhook" && !s.url.empty())
            watch(s.name, s.kind, s.url, s.every);
    accounts_revision_ = -1; // EDGAR sources without an address are looked up again
}

// One more, unless it is watched already.
void sourcing::watch(const std::string& name, const std::string& kind, const std::string& url,
                     std::chrono::seconds every) {
    if (std::ranges::any_of(watched_, [&](const auto& w) { return w->name == name; }))
        return;
    sources::fetch_settings f;
    f.url = url;
    f.any_address = house_.config.testing.allow_private_addresses;
    if (kind == "edgar") {
        const auto& contact = house_.config.mail.from;
        f.user_agent =
            edgar::user_agent(house_.config.team.company.empty() ? "whynow" : house_.config.team.company, contact);
        f.accept = "application/json, application/atom+xml";
    }
    if (kind == "jobs")
        f.accept = "application/json";
    sources::schedule_settings s;
    s.every = every;
    s.seed = std::hash<std::string>{}(name);
    if (house_.clock.frozen())
        s.spread_percent = 0;
    auto source = sources::make_fetching(client_, std::move(f), reader_of(kind));
    watched_.push_back(std::make_shared<watched>(
        watched{name, kind, url, {}, std::move(source), sources::poll_schedule(s), every, false}));
}

// An EDGAR source without an address stands for every account that has a CIK.
asio::awaitable<void> sourcing::edgar_accounts() {
    const auto it =
        std::ranges::find_if(house_.config.sources, [](const auto& s) { return s.kind == "edgar" && s.url.empty(); });
    if (it == house_.config.sources.end())
        co_return;
    const auto every = it->every;
    std::vector<std::string> ciks;
    std::int64_t revision = accounts_revision_;
    store::store::work look = [&](store::session& s) {
        revision = store::accounts(s).revision();
        if (revision == accounts_revision_)
            return;
        for (const auto& a : store::accounts(s).all())
            if (!a.cik.empty())
                ciks.push_back(a.cik);
    };
    if (!co_await house_.store->read(std::move(look)))
        co_return;
    accounts_revision_ = revision;
    for (const auto& cik : ciks)
        watch(fmt::format("edgar:{}", cik), "edgar", edgar::submissions_url(cik), every);
}

asio::awaitable<void> sourcing::tick() {
    co_await edgar_accounts();
    const auto all = watched_; // a reload may change the list meanwhile
    for (const auto& w : all) {
        const auto now = house_.clock.now();
        sources::poll_action action;
        if (!std::exchange(w->begun, true)) {
            std::optional<store::source_cursor> known;
            store::store::work look = [&](store::session& s) { known = store::sources(s).find(w->name); };
            static_cast<void>(co_await house_.store->read(std::move(look)));
            const auto parts = http::read_url(w->url);
            w->host = parts ? parts->host : w->url;
            sources::started start{now, std::nullopt};
            if (known && known->last_success != instant{})
                start.last_poll = known->last_success;
            action = w->schedule.step(start);
        } else {
            action = w->schedule.step(sources::ticked{now});
        }
        if (std::holds_alternative<sources::poll_now>(action))
            due_.push_back(w);
    }
    ticked_ = true;
    begin_due();
}

void sourcing::begin_due() {
    for (auto it = due_.begin(); it != due_.end() && under_way_ < most_at_once;) {
        if (!busy_hosts_.insert((*it)->host).second) {
            ++it;
            continue;
        }
        const auto w = *it;
        it = due_.erase(it);
        ++under_way_;
        asio::co_spawn(house_.io, poll(w), [this, w](std::exception_ptr error) {
            --under_way_;
            busy_hosts_.erase(w->host);
            if (error) { // it must not count as under way for ever
                log::log_and_continue{"poll"}(error);
                w->schedule.step(
                    sources::polled{house_.clock.now(), sources::poll_problem::server_error, std::nullopt});
            }
            begin_due();
        });
    }
}

asio::awaitable<void> sourcing::round() {
    co_await tick();
    while (!idle()) {
        asio::steady_timer wait(house_.io, 2ms);
        co_await wait.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<void> sourcing::poll(std::shared_ptr<watched> watched_one) {
    auto& w = *watched_one;
    if (w.kind == "edgar") {
        const auto steady =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
        asio::steady_timer pause(house_.io, edgar_pace_.book(steady));
        co_await pause.async_wait(asio::use_awaitable);
    }
    store::source_cursor row;
    row.source = w.name;
    store::store::work look = [&](store::session& s) {
        if (auto known = store::sources(s).find(w.name))
            row = std::move(*known);
    };
    static_cast<void>(co_await house_.store->read(std::move(look)));
    const auto now = house_.clock.now();
    auto result = co_await w.source->poll(cursor_from(row.cursor), now);
    const auto rules = house_.rules();
    std::vector<workday::incoming> items;
    for (const auto& i : result.items)
        items.push_back(incoming_of(i, w.name));
    row.cursor = cursor_text(result.next);
    const bool good = result.problem == sources::poll_problem::none;
    row.failures = good ? 0 : row.failures + 1;
    row.problem = good ? result.detail : fmt::format("{}: {}", sources::word(result.problem), result.detail);
    if (good)
        row.last_success = now;
    const auto action = w.schedule.step(sources::polled{house_.clock.now(), result.problem, result.retry_after});
    if (const auto* wait = std::get_if<sources::wait_until>(&action))
        row.next_poll = wait->at;
    workday::intake_counts counts;
    store::store::work take = [&](store::session& s) {
        // Items and cursor in one unit: a crash between them repeats the poll, never loses an item.
        counts = house_.intake.take(s, items, *rules, now);
        store::sources(s).put(row);
    };
    const auto stored = co_await house_.store->write(std::move(take));
    if (!stored || !good)
        log::warn("source_polled", {{"source", w.name}, {"problem", row.problem}, {"failures", row.failures}});
    else
        log::info("source_polled", {{"source", w.name},
                                    {"items", result.items.size()},
                                    {"new", counts.accepted},
                                    {"events", counts.events},
                                    {"unchanged", result.unchanged}});
    house_.metrics.counter("whynow_signals_total", "Signals that were new.", {{"kind", w.kind}}).add(counts.accepted);
}

asio::awaitable<boost::system::result<workday::intake_counts>> sourcing::take(std::vector<sources::item> items,
                                                                              std::string source) {
    const auto rules = house_.rules();
    const auto now = house_.clock.now();
    std::vector<workday::incoming> in;
    for (const auto& i : items)
        in.push_back(incoming_of(i, i.source.empty() || i.source == "webhook" ? source : source + ":" + i.source));
    workday::intake_counts counts;
    store::store::work work = [&](store::session& s) { counts = house_.intake.take(s, in, *rules, now); };
    const auto stored = co_await house_.store->write(std::move(work));
    if (!stored)
        co_return stored.error();
    house_.metrics.counter("whynow_signals_total", "Signals that were new.", {{"kind", "webhook"}})
        .add(counts.accepted);
    co_return counts;
}

} // namespace whynow::app
