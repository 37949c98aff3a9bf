#include "workday/weekly.hpp"

#include "workday/content.hpp"
#include "workday/errands.hpp"
#include "workday/experiment.hpp"

#include <fmt/format.h>

#include <charconv>
#include <iterator>

namespace whynow::workday {
namespace {

constexpr std::chrono::hours latest_after{4}; // nobody's evening is for their week

constexpr std::string_view own = "own-week", team_wide = "digest";

// Due once a week: the first working day of the week, at `at`. Nothing where it is not due now.
std::optional<week> week_due(std::string_view zone, minute_of_day at, const rulebook& rules, instant now) {
    const auto here = rules.clocks->to_local(now, zone);
    if (here.date < rules.team.workdays.on_or_after(week_of(here.date).from) || here.at < at)
        return std::nullopt;
    return week_before(here.date);
}

// The whole team's week for a channel that a workflow posts to.
int send_to_workflow(store::session& s, const rulebook& rules, instant now) {
    const auto w = week_due(rules.team.zone, rules.team.brief_at, rules, now);
    if (!w)
        return 0;
    errand e;
    e.subject = fmt::format("{}:0:{}", team_wide, w->name);
    if (store::documents(s).marked(e.subject) || !store::figure_rows(s, {}).any_brief(w->from, w->to))
        return 0;
    store::documents(s).first(e.subject, now);
    store::outbox_item item;
    item.channel = item.order_key = "workflow";
    item.unique_key = e.subject;
    item.purpose = "digest";
    item.payload = to_json(e);
    item.due = item.created_at = now;
    store::outbox(s).put(item);
    return 1;
}

// Asked every few seconds: the mark is looked at before anything is counted.
int send_once(store::session& s, const book::rep& to, std::string_view what, const week& w, const store::whose& of,
              const rulebook& rules, instant now) {
    const auto subject = fmt::format("{}:{}:{}", what, to.id.value, w.name);
    if (store::documents(s).marked(subject) || !store::figure_rows(s, of).any_brief(w.from, w.to))
        return 0; // nothing was tried, so there is nothing to report
    store::documents(s).first(subject, now);
    send_subject(s, to, subject, subject, "digest", {}, rules, now);
    return 1;
}

struct subject_parts {
    bool own_week = false;
    rep_id rep; // 0: everybody
    week of;
};

std::optional<subject_parts> parts_of(std::string_view subject) {
    const auto first = subject.find(':');
    const auto second = subject.find(':', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos)
        return std::nullopt;
    subject_parts out;
    out.own_week = subject.substr(0, first) == own;
    const auto number = subject.substr(first + 1, second - first - 1);
    const auto read = std::from_chars(number.data(), number.data() + number.size(), out.rep.value);
    const auto named = week_named(subject.substr(second + 1));
    if (number.empty() || read.ptr != number.data() + number.size() || !named)
        return std::nullopt;
    out.of = *named;
    return out;
}

} // namespace

cards::message with_experiment(cards::message m, store::session& s, std::string_view language, const rulebook& rules,
                               instant now) {
    std::ranges::move(experiment_section(s, language, rules, now), std::back_inserter(m.blocks));
    return m;
}

std::optional<week> own_week_due(const book::rep& rep, const rulebook& rules, instant now) {
    const auto here = rules.clocks->to_local(now, rules.zone_of(rep));
    const auto at = std::max(rules.team.own_week_at, rep.brief_at.value_or(rules.team.brief_at));
    const auto w = week_of(here.date);
    if (!rep.own_digest || here.at < at || here.at > at + latest_after || !rules.team.workdays.works(here.date) ||
        (rep.paused_until && here.date < *rep.paused_until) ||
        rules.team.workdays.on_or_after(add_days(here.date, 1)) <= w.to)
        return std::nullopt; // there is a working day of this week yet to come
    return w;
}

int send_due_digests(store::session& s, const rulebook& rules, instant now) {
    int sent = rules.team.workflow_on ? send_to_workflow(s, rules, now) : 0;
    for (const auto& r : store::reps(s).all()) {
        if (r.role == book::role::manager) {
            if (const auto w = week_due(rules.zone_of(r), r.brief_at.value_or(rules.team.brief_at), rules, now))
                sent += send_once(s, r, team_wide, *w, {r.email, {}}, rules, now);
        } else if (r.role == book::role::rep) {
            if (const auto w = own_week_due(r, rules, now))
                sent += send_once(s, r, own, *w, {{}, r.id}, rules, now);
        }
    }
    return sent;
}

digests::list_links links_to_lists(local_date from, local_date to, const rulebook& rules) {
    if (rules.team.pages_url.empty())
        return {};
    return {rules.team.pages_url + "team/figures/", fmt::format("?from={}&to={}", to_iso(from), to_iso(to))};
}

cards::message digest_now(store::session& s, const book::rep& viewer, const rulebook& rules, instant now) {
    const auto today = rules.clocks->to_local(now, rules.zone_of(viewer)).date;
    const auto from = week_before(today).from;
    const auto& language = rules.language_of(viewer);
    return with_experiment(digests::digest(figures_of(s, seen_by(viewer), from, today, rules, now), language, today,
                                           rules.book, links_to_lists(from, today, rules)),
                           s, language, rules, now);
}

std::optional<cards::message> show_digest(store::session& s, std::string_view subject, const rulebook& rules,
                                          instant now) {
    const auto p = parts_of(subject);
    const auto who = p ? store::reps(s).find(p->rep) : std::nullopt;
    if (!p || (p->rep && !who) || (p->own_week && !who))
        return std::nullopt;
    const auto today = rules.clocks->to_local(now, who ? rules.zone_of(*who) : rules.team.zone).date;
    const auto language = who ? rules.language_of(*who) : rules.team.language;
    if (p->own_week)
        return digests::own_week(figures_of(s, {{}, who->id}, p->of.from, p->of.to, rules, now),
                                 book::first_name(who->name), language, today, rules.book);
    return with_experiment(
        digests::digest(figures_of(s, {who ? who->email : std::string{}, {}}, p->of.from, p->of.to, rules, now),
                        language, today, rules.book, links_to_lists(p->of.from, p->of.to, rules)),
        s, language, rules, now);
}

} // namespace whynow::workday
