// What is promised before an experiment begins: who takes part, how the arms are drawn, what is measured, how long.
#pragma once

#include "domain/core/id.hpp"
#include "domain/core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::experiments {

// brief: the calls whynow chooses, within the budget. usual: the rep's own list, as before.
enum class arm : std::uint8_t { brief, usual };
// crossover: every rep has a week of each arm in every cycle of two weeks, in an order drawn by lot.
// parallel: every rep stays in one arm.
enum class design : std::uint8_t { crossover, parallel };
// A few reps first, then a team, then everybody (demands.md, 3.10); a person widens it, never the daemon.
enum class stage : std::uint8_t { rep, team, organisation };

std::string_view to_string(arm a);
std::string_view to_string(design d);
std::string_view to_string(stage s);
std::optional<arm> arm_from(std::string_view word);
std::optional<design> design_from(std::string_view word);
std::optional<stage> stage_from(std::string_view word);

struct plan {
    std::string name; // its rows are kept under it; another name is another experiment
    experiments::design design = design::crossover;
    experiments::stage stage = stage::rep;
    std::vector<std::string> reps; // e-mails, at stage rep
    std::string team;              // at stage team
    int weeks = 12;
    std::uint64_t seed = 1;
    std::optional<local_date> starts; // not before this day
    // The difference in hits per conversation that would be worth knowing, for "what would be needed".
    double worth_knowing = 0.05;
    // Held meetings per working day that the brief may cost before it counts as harm.
    double tolerated_loss = 0;
    bool operator==(const plan&) const = default;
};

// The promise in one line, as it is written down; what comes after the start cannot change it.
std::string in_writing(const plan& p);

// The Monday an experiment begins that is written down on `written`: the next one, or the one of `starts` where that is
// later. The week it is written in has begun already and never counts.
local_date first_monday(const plan& p, local_date written);

// One rep's arm in one week (0 is the first).
struct assigned_week {
    rep_id rep;
    int week = 0;
    experiments::arm arm = arm::brief;
    bool operator==(const assigned_week&) const = default;
};
// Every week of every rep, drawn by lot from the seed; the order of `reps` does not matter. In each cycle of a
// crossover one half of the reps begins with the brief and the other half with their usual list, so that a good week in
// the market falls into both arms; in parallel one half of the reps has each arm. With an odd number of reps the odd
// one is drawn too.
std::vector<assigned_week> assign(const plan& p, std::vector<rep_id> reps);

} // namespace whynow::domain::experiments
