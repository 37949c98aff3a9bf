#include "domain/experiments/plan.hpp"

#include "domain/core/lots.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

namespace whynow::domain::experiments {
namespace {

constexpr std::array<std::string_view, 2> arms{"brief", "usual"};
constexpr std::array<std::string_view, 2> designs{"crossover", "parallel"};
constexpr std::array<std::string_view, 3> stages{"rep", "team", "organisation"};

template <class T, std::size_t N>
std::optional<T> named(const std::array<std::string_view, N>& names, std::string_view word) {
    const auto at = std::ranges::find(names, word);
    return at == names.end() ? std::nullopt : std::optional(T(at - names.begin()));
}

constexpr std::uint64_t order_stream = 0x65787031; // "exp1": lots of the experiment are nobody else's

void shuffle(std::vector<rep_id>& reps, lots chance) {
    for (auto n = reps.size(); n > 1; --n)
        std::swap(reps[n - 1], reps[std::size_t(chance.below(n))]);
}

// How many of the shuffled reps are in the first half.
std::size_t half_of(std::size_t reps, lots chance) { return reps / 2 + (reps % 2 && chance.happens(0.5) ? 1 : 0); }

} // namespace

std::string_view to_string(arm a) { return arms[std::size_t(a)]; }
std::string_view to_string(design d) { return designs[std::size_t(d)]; }
std::string_view to_string(stage s) { return stages[std::size_t(s)]; }
std::optional<arm> arm_from(std::string_view word) { return named<arm>(arms, word); }
std::optional<design> design_from(std::string_view word) { return named<design>(designs, word); }
std::optional<stage> stage_from(std::string_view word) { return named<stage>(stages, word); }

std::string in_writing(const plan& p) {
    return fmt::format("{}: {} of {}{}, {} weeks, seed {}; primary: hits per conversation, worth knowing {}; "
                       "guardrail: held meetings per working day, tolerated loss {}",
                       p.name, to_string(p.design), to_string(p.stage),
                       p.stage == stage::rep    ? fmt::format(" ({})", fmt::join(p.reps, ", "))
                       : p.stage == stage::team ? fmt::format(" ({})", p.team)
                                                : std::string{},
                       p.weeks, p.seed, p.worth_knowing, p.tolerated_loss);
}

local_date first_monday(const plan& p, local_date written) {
    auto day = add_days(written, 1);
    if (p.starts && *p.starts > day)
        day = *p.starts;
    return add_days(day, int((8 - weekday_of(day).iso_encoding()) % 7));
}

std::vector<assigned_week> assign(const plan& p, std::vector<rep_id> reps) {
    std::ranges::sort(reps);
    const auto whole = reps;
    const int cycle = p.design == design::crossover ? 2 : std::max(1, p.weeks);
    std::vector<assigned_week> out;
    for (int first = 0; first < p.weeks; first += cycle) {
        reps = whole;
        const auto n = std::uint64_t(first);
        shuffle(reps, lots(p.seed, {order_stream, n, 1}));
        const auto half = half_of(reps.size(), lots(p.seed, {order_stream, n, 2}));
        for (std::size_t i = 0; i < reps.size(); ++i)
            for (int w = first; w < std::min(first + cycle, p.weeks); ++w) {
                const bool begins_with_brief = i < half;
                const bool turned = p.design == design::crossover && w > first;
                out.push_back({reps[i], w, begins_with_brief != turned ? arm::brief : arm::usual});
            }
    }
    std::ranges::sort(out,
                      [](const auto& a, const auto& b) { return a.week != b.week ? a.week < b.week : a.rep < b.rep; });
    return out;
}

} // namespace whynow::domain::experiments
