#include "settings/experiment.hpp"

#include "domain/experiments/comparison.hpp"

#include <fmt/format.h>

namespace whynow::settings {
namespace {

using experiments::design;
using experiments::stage;

// Below, an experiment in parallel has no interval at all.
constexpr std::size_t fewest_in_parallel = experiments::sequence_rules{}.least_pairs;

// What each key allows and all together do not.
void check_people(config_reader& from, const experiments::plan& p) {
    if (p.stage == stage::rep && p.reps.empty())
        from.missing("reps", "stage = \"rep\" begins with a few reps, and none is named",
                     "write reps = [\"dana@example.com\"], or stage = \"team\" and team = \"…\"");
    if (p.stage != stage::rep && !p.reps.empty())
        from.wrong("reps", fmt::format("reps are named, but stage = \"{}\" takes all of its reps", to_string(p.stage)),
                   "leave reps out, or write stage = \"rep\"");
    for (const auto& r : p.reps)
        if (!is_address(r))
            from.wrong("reps", fmt::format("\"{}\" is not an e-mail address", r), "name reps as in the reps file");
    if (p.stage == stage::team && p.team.empty())
        from.missing("team", "stage = \"team\" needs the team's name", "write team = \"west\", as in the reps file");
    if (p.stage != stage::team && !p.team.empty())
        from.wrong("team", fmt::format("a team is named, but stage is \"{}\"", to_string(p.stage)),
                   "leave team out, or write stage = \"team\"");
}

void check_design(config_reader& from, const experiments::plan& p) {
    if (p.design == design::parallel && p.stage == stage::rep && p.reps.size() < fewest_in_parallel)
        from.missing("design",
                     fmt::format("in parallel {} rep(s) can show nothing: whoever is better by nature decides it",
                                 p.reps.size()),
                     fmt::format("write design = \"crossover\", or name at least {} reps", fewest_in_parallel));
    if (p.design == design::crossover && p.weeks % 2)
        from.wrong("weeks", fmt::format("{} weeks are no whole cycles: each has a week of either arm", p.weeks),
                   fmt::format("write {} or {}", p.weeks - 1, p.weeks + 1));
}

} // namespace

void read_experiment(config_reader& from, experiment& into) {
    auto& p = into.plan;
    into.on = from.has("experiment");
    std::string design(to_string(p.design)), stage(to_string(p.stage)), starts;
    int seed = int(p.seed);
    from.enter("experiment");
    from.text("name", p.name);
    from.choice("design", design, {"crossover", "parallel"});
    from.choice("stage", stage, {"rep", "team", "organisation"});
    from.texts("reps", p.reps);
    from.text("team", p.team);
    from.whole("weeks", p.weeks, 2, 104);
    from.whole("seed", seed, 0, 1'000'000'000);
    from.text("starts", starts);
    from.share("worth_knowing", p.worth_knowing);
    from.number("tolerated_loss", p.tolerated_loss, 0, 10);
    from.leave();
    p.seed = std::uint64_t(seed);
    p.design = experiments::design_from(design).value_or(p.design);
    p.stage = experiments::stage_from(stage).value_or(p.stage);
    if (!starts.empty() && !(p.starts = parse_iso_date(starts)))
        from.wrong("starts", fmt::format("\"{}\" is not a day", starts), "write it as \"2026-03-02\"");
    if (!into.on)
        return;
    if (p.name.empty())
        from.missing("name", "the experiment has no name, and what was promised is kept under it",
                     "write name = \"half the calls, spring\"; another experiment later needs another name");
    check_people(from, p);
    check_design(from, p);
}

} // namespace whynow::settings
