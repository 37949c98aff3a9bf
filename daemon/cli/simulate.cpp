// `whynow simulate`: what the experiments and the ranking are worth in markets of which everything is known.
#include "cli/commands.hpp"
#include "cli/jsonl.hpp"
#include "cli/ranking_file.hpp"
#include "cli/reading.hpp"
#include "domain/simulation/policies.hpp"
#include "domain/simulation/trials.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <iostream>

namespace whynow::cli {
namespace {

using simulation::effect;

constexpr std::string_view told(effect e) {
    switch (e) {
    case effect::none: return "no difference between the arms";
    case effect::better: return "the brief picks the better half";
    case effect::harmful: return "half the calls, picked by nobody";
    }
    return "";
}

json in_json(effect e, int reps, const simulation::trial_figures& f) {
    const auto share = [&](int n) { return f.runs > 0 ? double(n) / f.runs : 0; };
    return {
        {"effect", to_string(e)},
        {"reps", reps},
        {"runs", f.runs},
        {"false_stops", share(f.false_stops)},
        {"covered",
         {{"hits", share(f.hits_covered)}, {"meetings", share(f.meetings_covered)}, {"both", share(f.both_covered)}}},
        {"ended",
         {{"better", share(f.better)},
          {"worse", share(f.worse)},
          {"harm", share(f.harm)},
          {"not_shown", share(f.not_shown)}}},
        {"true_difference", f.true_difference},
        {"true_meetings_per_day", f.true_meetings},
        {"weeks_to_stop", f.weeks_to_stop},
        {"width", f.width}};
}

void print_head(const simulate_command& c) {
    std::cout << fmt::format("{} experiments each, {} weeks, {}, looked at every evening; seed {}\n", c.runs, c.weeks,
                             c.design, c.seed)
              << fmt::format("{:<34}{:>5}{:>8}{:>9}{:>9}{:>8}{:>8}{:>8}{:>8}{:>9}{:>8}\n", "what is true", "reps",
                             "true", "false", "interval", "better", "worse", "harm", "nothing", "weeks", "width")
              << fmt::format("{:<34}{:>5}{:>8}{:>9}{:>9}{:>8}{:>8}{:>8}{:>8}{:>9}{:>8}\n", "", "", "points", "stops %",
                             "holds %", "%", "%", "%", "shown %", "to stop", "points");
}

void print_row(effect e, int reps, const simulation::trial_figures& f) {
    const auto percent = [&](int n) { return f.runs > 0 ? 100.0 * n / f.runs : 0; };
    std::cout << fmt::format("{:<34}{:>5}{:>8.1f}{:>9.2f}{:>9.2f}{:>8.1f}{:>8.1f}{:>8.1f}{:>8.1f}{:>9.1f}{:>8.1f}\n",
                             told(e), reps, 100 * f.true_difference, percent(f.false_stops), percent(f.both_covered),
                             percent(f.better), percent(f.worse), percent(f.harm), percent(f.not_shown),
                             f.weeks_to_stop, 100 * f.width)
              << std::flush;
}

} // namespace

int simulate_experiments(const simulate_command& c) {
    const auto kinds = rules_of_the_house()->events->kinds;
    if (!c.json)
        print_head(c);
    auto rows = json::array();
    for (const auto e : {effect::none, effect::better, effect::harmful})
        for (const auto reps : c.reps) {
            simulation::trial_settings how;
            how.what = e;
            how.market.reps = reps;
            how.plan.weeks = c.weeks;
            how.plan.design = experiments::design_from(c.design).value_or(experiments::design::crossover);
            how.seed = c.seed;
            const auto f = simulation::run_trials(how, kinds, c.runs);
            if (c.json)
                rows.push_back(in_json(e, reps, f));
            else
                print_row(e, reps, f);
        }
    if (c.json)
        std::cout << dumped({{"weeks", c.weeks}, {"design", c.design}, {"seed", c.seed}, {"rows", std::move(rows)}})
                  << '\n';
    return 0;
}

namespace {

// Of what the oracle has over lots, the share that the policy gets.
double edge(const simulation::policy_week& w) {
    return w.oracle > w.random ? (w.policy - w.random) / (w.oracle - w.random) : 0;
}

json in_json(int reps, const simulation::policy_figures& f) {
    auto weeks = json::array(), replays = json::array();
    for (const auto& w : f.weeks)
        weeks.push_back({{"policy", w.policy},
                         {"random", w.random},
                         {"oracle", w.oracle},
                         {"regret", w.regret},
                         {"edge", edge(w)}});
    for (const auto& market : f.replays)
        for (const auto which : simulation::others) {
            const auto& r = market[std::size_t(which)];
            replays.push_back({{"policy", to_string(which)},
                               {"can_tell", r.told.can_tell},
                               {"estimate", r.told.hits},
                               {"low", r.told.low},
                               {"high", r.told.high},
                               {"truth", r.truth},
                               {"effective_calls", r.told.effective},
                               {"beyond_reach", r.told.beyond_reach}});
        }
    return {{"reps", reps}, {"weeks", std::move(weeks)}, {"replays", std::move(replays)}};
}

void print_replays(const simulation::policy_figures& f) {
    for (const auto which : simulation::others) {
        int told = 0, held = 0;
        double error = 0, off = 0, truth = 0, effective = 0;
        for (const auto& market : f.replays) {
            const auto& r = market[std::size_t(which)];
            effective += r.told.effective / double(f.replays.size());
            if (!r.told.can_tell)
                continue;
            ++told;
            held += r.told.low <= r.truth && r.truth <= r.told.high;
            error += 100 * (r.told.hits - r.truth);
            off += 100 * std::abs(r.told.hits - r.truth);
            truth += 100 * r.truth;
        }
        std::cout << fmt::format("replay of \"{}\" from the second half: {} of {} markets can tell ({:.0f} calls carry "
                                 "each)",
                                 to_string(which), told, f.replays.size(), effective);
        if (told > 0)
            std::cout << fmt::format("; of 100 calls {:.2f} hits are true, the estimate is off by {:.2f}, its mean by "
                                     "{:+.2f}; the interval holds in {}",
                                     truth / told, off / told, error / told, held);
        std::cout << '\n';
    }
}

void print(int reps, const simulate_policy_command& c, const simulation::policy_figures& f) {
    std::cout << fmt::format("{} reps, mean of {} markets, seed {}; hits a week to be expected of the calls made\n"
                             "{:>5}{:>9}{:>9}{:>9}{:>9}{:>9}\n",
                             reps, c.markets, c.seed, "week", "policy", "by lot", "oracle", "regret", "edge");
    for (std::size_t w = 0; w < f.weeks.size(); ++w)
        std::cout << fmt::format("{:>5}{:>9.2f}{:>9.2f}{:>9.2f}{:>9.2f}{:>7.0f} %\n", w + 1, f.weeks[w].policy,
                                 f.weeks[w].random, f.weeks[w].oracle, f.weeks[w].regret, 100 * edge(f.weeks[w]));
    print_replays(f);
}

} // namespace

int simulate_policy(const simulate_policy_command& c) {
    const auto house = rules_of_the_house();
    const auto policy = c.policy.empty() ? house->choice : ranking_file(c.policy);
    auto all = json::array();
    for (const auto reps : c.reps) {
        simulation::policy_settings how;
        how.market.reps = reps;
        how.rules = policy;
        how.weeks = c.weeks;
        how.markets = c.markets;
        how.seed = c.seed;
        const auto f = simulation::run_policies(how, house->events->kinds);
        if (c.json)
            all.push_back(in_json(reps, f));
        else
            print(reps, c, f);
    }
    if (c.json)
        std::cout << dumped({{"seed", c.seed}, {"markets", c.markets}, {"teams", std::move(all)}}) << '\n';
    return 0;
}

} // namespace whynow::cli
