// `whynow report experiment`: what the experiment shows so far, or as plainly that it shows nothing yet.
#include "cli/opened.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"
#include "domain/experiments/in_words.hpp"
#include "workday/experiment.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

json in_json(const experiments::comparison& c, std::string_view of, std::string_view base) {
    const auto arm = [&](const experiments::amount& a) {
        return json{{of, a.of}, {base, a.base}, {"rate", a.base > 0 ? json(a.of / a.base) : json(nullptr)}};
    };
    json out{{"brief", arm(c.brief)}, {"usual", arm(c.usual)}, {"pairs", c.pairs}, {"enough", c.enough}};
    for (const auto& [key, value] : {std::pair{"difference", c.difference}, {"low", c.low}, {"high", c.high}})
        out[key] = c.enough ? json(value) : json(nullptr);
    return out;
}

json in_json(const experiments::report& r) {
    const auto& f = r.found;
    const auto day = [](local_date d) { return d.ok() ? json(to_iso(d)) : json(nullptr); };
    return {
        {"name", r.plan.name},
        {"design", to_string(r.plan.design)},
        {"stage", to_string(r.plan.stage)},
        {"weeks", r.plan.weeks},
        {"written_on", r.written ? day(r.written_on) : json(nullptr)},
        {"first_monday", r.written ? day(r.first_monday) : json(nullptr)},
        {"stopped_on", r.stopped_on ? day(*r.stopped_on) : json(nullptr)},
        {"changed_since", r.changed},
        {"unknown_reps", r.unknown},
        {"week", f.weeks},
        {"verdict", r.written ? to_string(f.verdict) : "not_written"},
        {"hits_per_conversation", in_json(f.hits, "hits", "conversations")},
        {"held_meetings_per_working_day", in_json(f.meetings, "meetings", "working_days")},
        {"worth_knowing", r.plan.worth_knowing},
        {"needed", {{"weeks", f.weeks_needed}, {"conversations", f.conversations_needed}, {"beyond_plan", f.beyond}}}};
}

} // namespace

int report_experiment(const report_command& c) {
    const auto house = open_house(c.config);
    if (!house.rules->team.experiment)
        throw stop(exit_code::usage, config_file_of(c.config) +
                                         ": there is no section [experiment], so nothing is being "
                                         "compared; docs/experiment.md says how to begin");
    const auto now = now_or(c.now);
    const auto language = c.language.empty() ? house.rules->team.language : c.language;
    std::optional<experiments::report> r;
    read(*house.store, [&](store::session& s) { r = workday::report_experiment(s, *house.rules, now); });
    const auto today = house.rules->clocks->to_local(now, house.rules->team.zone).date;
    if (c.json)
        std::cout << dumped(in_json(*r)) << '\n';
    else
        std::cout << cards::as_text({"", experiments::in_words(*r, language, today, house.rules->book)}) << '\n';
    return 0;
}

} // namespace whynow::cli
