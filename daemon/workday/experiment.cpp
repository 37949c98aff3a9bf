#include "workday/experiment.hpp"

#include "domain/text/utf8.hpp"
#include "store/experiments.hpp"
#include "workday/learning.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace whynow::workday {
namespace {

using experiments::rep_week;

// A meeting whose day nobody noted is taken to be over after so many days.
constexpr int until_a_meeting = 14;
// A "no" within so many days after the meeting's day says that it fell through, or was in vain.
constexpr int until_it_was_told = 3;

bool has(const store::outcome& o, std::string_view r) { return std::ranges::find(o.results, r) != o.results.end(); }

// Its day is past and nobody said that it fell through. demands.md 1.13: booked and then cancelled is worse than none.
bool held(store::session& s, const store::outcome& o, local_date today) {
    if (!has(o, "meeting_booked"))
        return false;
    const auto on = o.follow_up_date.value_or(add_days(o.day, until_a_meeting));
    if (on >= today)
        return false;
    return std::ranges::none_of(store::outcomes(s).of_contact(o.contact), [&](const store::outcome& later) {
        const bool refused = has(later, "not_interested") || has(later, "do_not_contact");
        const bool absent = later.disposition == "no_answer" || later.disposition == "voicemail";
        return later.id != o.id && later.day > o.day && days_between(on, later.day) <= until_it_was_told &&
               (refused || (absent && later.day >= on));
    });
}

int week_on(const store::experiment& e, local_date day) {
    const auto days = days_between(e.first_monday, day);
    return days < 0 ? -1 : days / 7;
}

// Who takes part, as the plan says and the reps file knows them.
struct people {
    std::vector<rep_id> reps;
    std::vector<std::string> unknown;
};
people people_of(store::session& s, const experiments::plan& p) {
    people out;
    if (p.stage == experiments::stage::rep) {
        for (const auto& address : p.reps)
            if (const auto r = store::reps(s).by_email(address))
                out.reps.push_back(r->id);
            else
                out.unknown.push_back(address);
    } else {
        for (const auto& r : store::reps(s).all())
            if (r.role == book::role::rep &&
                (p.stage == experiments::stage::organisation || text::folded(r.team) == text::folded(p.team)))
                out.reps.push_back(r.id);
    }
    std::ranges::sort(out.reps);
    out.reps.erase(std::ranges::unique(out.reps).begin(), out.reps.end());
    return out;
}

// What came of every week so far, in the arms that were written down.
std::vector<rep_week> weeks_so_far(store::session& s, const store::experiment& e, const rulebook& rules,
                                   local_date today) {
    std::map<std::pair<rep_id, int>, rep_week> all;
    for (const auto& w : store::experiment_log(s).weeks(e.plan.name))
        if (w.week <= week_on(e, today))
            all[{w.rep, w.week}] = {w.rep, w.week, w.arm, 0, 0, 0, 0};
    const auto last = std::min(today, add_days(e.first_monday, e.plan.weeks * 7 - 1));
    const auto end = std::min(last, e.stopped_on ? add_days(*e.stopped_on, -1) : last);
    const auto of = [&](rep_id rep, local_date day) {
        const auto it = day > end ? all.end() : all.find({rep, week_on(e, day)});
        return it == all.end() ? nullptr : &it->second;
    };
    for (const auto& [rep, day] : store::experiment_log(s).mornings(e.first_monday, end))
        if (auto* w = of(rep, day))
            w->working_days += 1;
    // A day of slack on both sides: days are the rep's own, moments are not.
    const auto moment = [&](local_date day) {
        return rules.clocks->to_instant({day, minute_of_day{0}}, rules.team.zone);
    };
    for (const auto& o : store::outcomes(s).between(moment(add_days(e.first_monday, -1)), moment(add_days(end, 2)))) {
        auto* w = of(o.rep, o.day);
        if (!w || !is_conversation(o.disposition))
            continue;
        w->conversations += 1;
        w->hits += opened_a_door(o.disposition, o.results);
        w->meetings += held(s, o, today);
    }
    std::vector<rep_week> out;
    for (auto& [key, w] : all)
        out.push_back(w);
    return out;
}

experiments::finding finding_of(store::session& s, const store::experiment& e, const rulebook& rules,
                                local_date today) {
    const auto weeks = weeks_so_far(s, e, rules, today);
    std::vector<rep_id> reps;
    for (const auto& w : store::experiment_log(s).weeks(e.plan.name))
        if (w.week == 0)
            reps.push_back(w.rep);
    return experiments::judge(e.plan, weeks, week_on(e, today) + 1, reps.size());
}

local_date today_of(const rulebook& rules, instant now) { return rules.clocks->to_local(now, rules.team.zone).date; }

} // namespace

kept keep_experiment(store::session& s, const rulebook& rules, instant now) {
    if (!rules.team.experiment)
        return kept::as_it_was;
    const auto& plan = *rules.team.experiment;
    const auto today = today_of(rules, now);
    store::experiment_log log(s);
    if (const auto e = log.find(plan.name)) {
        const auto week = week_on(*e, today);
        if (e->stopped_on || week < 0 || week >= e->plan.weeks ||
            finding_of(s, *e, rules, today).verdict != experiments::verdict::harm)
            return kept::as_it_was;
        log.stop(plan.name, today);
        return kept::stopped;
    }
    const auto who = people_of(s, plan);
    if (!who.unknown.empty() || who.reps.empty())
        return kept::impossible;
    store::experiment e;
    e.plan = plan;
    e.promise = experiments::in_writing(plan);
    e.first_monday = experiments::first_monday(plan, today);
    e.written_at = now;
    return log.write_down(e, experiments::assign(plan, who.reps)) ? kept::written : kept::as_it_was;
}

experiment_week week_of(store::session& s, rep_id rep, local_date day, const rulebook& rules) {
    experiment_week out;
    if (!rules.team.experiment)
        return out;
    store::experiment_log log(s);
    const auto e = log.find(rules.team.experiment->name);
    if (!e || week_on(*e, day) < 0)
        return out;
    if (e->stopped_on && day >= *e->stopped_on)
        out.whole_days = log.arm_of(e->plan.name, rep, 0).has_value();
    else
        out.usual = log.arm_of(e->plan.name, rep, week_on(*e, day)) == experiments::arm::usual;
    return out;
}

std::optional<experiments::report> report_experiment(store::session& s, const rulebook& rules, instant now) {
    if (!rules.team.experiment)
        return std::nullopt;
    experiments::report r;
    r.plan = *rules.team.experiment;
    const auto e = store::experiment_log(s).find(r.plan.name);
    if (!e) {
        const auto who = people_of(s, r.plan);
        r.unknown = who.unknown;
        r.nobody = who.reps.empty();
        return r;
    }
    r.changed = e->promise != experiments::in_writing(r.plan);
    r.plan = e->plan;
    r.written = true;
    r.written_on = rules.clocks->to_local(e->written_at, rules.team.zone).date;
    r.first_monday = e->first_monday;
    r.stopped_on = e->stopped_on;
    r.found = finding_of(s, *e, rules, today_of(rules, now));
    return r;
}

std::vector<cards::block> experiment_section(store::session& s, std::string_view language, const rulebook& rules,
                                             instant now) {
    const auto r = report_experiment(s, rules, now);
    return r ? experiments::in_words(*r, language, today_of(rules, now), rules.book) : std::vector<cards::block>{};
}

} // namespace whynow::workday
