#include "app/rounds.hpp"

#include "log/fault.hpp"
#include "log/log.hpp"
#include "store/learning.hpp"
#include "workday/experiment.hpp"
#include "workday/learning.hpp"
#include "workday/morning.hpp"
#include "workday/planning.hpp"
#include "workday/weekly.hpp"

namespace whynow::app {

asio::awaitable<void> rounds::round() {
    const auto rules = house_.rules();
    const auto today = rules->clocks->to_local(house_.clock.now(), rules->team.zone).date;
    co_await learn(today);
    co_await tidy(today);
    co_await experiment(today);
    co_await briefs();
    co_await digests();
}

asio::awaitable<void> rounds::learn(domain::local_date today) {
    const auto rules = house_.rules();
    std::int64_t newest = 0;
    bool wanted = false; // not before there is somebody to rank for: the kinds need not be read till then
    store::store::work look = [&](store::session& s) {
        newest = store::learning(s).newest_id();
        wanted = (today != learned_on_ || newest != version_) && !store::reps(s).all().empty();
    };
    if (!co_await house_.store->read(std::move(look)) || !wanted)
        co_return;
    std::shared_ptr<const domain::ranking::experience> fresh;
    const auto now = house_.clock.now();
    store::store::work learn = [&](store::session& s) {
        fresh = std::make_shared<const domain::ranking::experience>(workday::learn(s, today, *rules, now));
        newest = store::learning(s).newest_id();
    };
    if (!co_await house_.store->write(std::move(learn)) || !fresh)
        co_return;
    house_.set_experience(fresh);
    learned_on_ = today;
    version_ = newest;
}

asio::awaitable<void> rounds::tidy(domain::local_date today) {
    if (today == tidied_on_)
        co_return;
    tidied_on_ = today;
    const auto now = house_.clock.now();
    // Repeats of an event come within minutes; a month of keys is plenty.
    store::store::work old_keys = [&](store::session& s) {
        store::inbox(s).forget_before(now - std::chrono::hours{24 * 30});
    };
    static_cast<void>(co_await house_.store->write(std::move(old_keys)));
    co_await forget(*house_.rules(), today, now);
}

// Before the first brief of the day, and again where the configuration or the people changed.
asio::awaitable<void> rounds::experiment(domain::local_date today) {
    const auto rules = house_.rules();
    if (!rules->team.experiment || (today == kept_on_ && rules == kept_by_))
        co_return;
    const auto now = house_.clock.now();
    auto done = workday::kept::as_it_was;
    store::store::work keep = [&](store::session& s) { done = workday::keep_experiment(s, *rules, now); };
    if (!co_await house_.store->write(std::move(keep)) || done == workday::kept::impossible)
        co_return; // the people it names may still be imported
    kept_on_ = today;
    kept_by_ = rules;
    if (done != workday::kept::as_it_was)
        log::info(done == workday::kept::written ? "experiment_written_down" : "experiment_stopped",
                  {{"name", rules->team.experiment->name}, {"date", domain::to_iso(today)}});
}

// In small units, so that webhooks pass between them.
asio::awaitable<void> rounds::forget(const workday::rulebook& rules, domain::local_date today, domain::instant now) {
    const auto day = domain::add_months(today, -house_.config.privacy.keep_months);
    const auto moment = rules.clocks->to_instant({day, domain::minute_of_day{0}}, rules.team.zone);
    int touched = 1, all = 0;
    while (touched > 0) {
        store::store::work some = [&](store::session& s) {
            touched = store::retention(s).forget_before(std::min(moment, now), day, 500);
        };
        if (!co_await house_.store->write(std::move(some)))
            co_return;
        all += touched;
    }
    if (all > 0)
        log::info("forgotten", {{"rows", all}, {"before", domain::to_iso(day)}});
}

asio::awaitable<void> rounds::briefs() {
    const auto rules = house_.rules();
    const auto now = house_.clock.now();
    std::vector<std::pair<domain::book::rep, workday::due_brief>> due;
    store::store::work look = [&](store::session& s) {
        for (auto& r : store::reps(s).all()) {
            if (r.role != domain::book::role::rep)
                continue;
            const auto d = workday::when_due(r, now, *rules);
            if (d.due && !store::briefs(s).of(r.id, d.date))
                due.emplace_back(std::move(r), d);
        }
    };
    if (!co_await house_.store->read(std::move(look)))
        co_return;
    for (const auto& [rep, d] : due) {
        try {
            co_await brief(rep, d);
        } catch (const std::exception& e) { // one rep's broken morning must not take the others'
            log::error("brief_failed", {{"rep", rep.id.value}, {"why", e.what()}});
        }
    }
}

asio::awaitable<void> rounds::brief(const domain::book::rep& rep, const workday::due_brief& d) {
    const auto rules = house_.rules();
    const auto known = house_.experience();
    const auto now = house_.clock.now();
    std::optional<domain::brief_id> made;
    store::store::work plan = [&](store::session& s) {
        made = workday::plan_brief(s, rep, d.date, now, *known, *rules, {d.late, true});
        log::fault_point("brief.planned");
    };
    const auto stored = co_await house_.store->write(std::move(plan));
    log::fault_point("brief.committed");
    if (!stored)
        log::error("brief_failed", {{"rep", rep.id.value}, {"why", stored.error().message()}});
    else if (made)
        log::info("brief_planned",
                  {{"rep", rep.id.value}, {"brief", made->value}, {"date", domain::to_iso(d.date)}, {"late", d.late}});
    house_.ring();
}

asio::awaitable<void> rounds::digests() {
    const auto rules = house_.rules();
    const auto now = house_.clock.now();
    int sent = 0;
    store::store::work work = [&](store::session& s) { sent = workday::send_due_digests(s, *rules, now); };
    const auto stored = co_await house_.store->write(std::move(work));
    if (stored && sent > 0) {
        log::info("digests_planned", {{"digests", sent}});
        house_.ring();
    }
}

} // namespace whynow::app
