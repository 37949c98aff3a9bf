#include "domain/calls/rehearsal.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace whynow::domain::calls {
namespace {

// Hits among the best `most` of them, fractions and ties by expectation.
double hits_in_best(std::vector<foretold> of, double most) {
    std::ranges::sort(of, std::greater{}, &foretold::probability);
    double hits = 0;
    for (std::size_t i = 0; i < of.size() && most > 0;) {
        double tied = 0, tied_hits = 0;
        const auto p = of[i].probability;
        for (; i < of.size() && of[i].probability == p; ++i) {
            tied += 1;
            tied_hits += of[i].hit ? 1 : 0;
        }
        const auto taken = std::min(most, tied);
        hits += tied_hits * taken / tied;
        most -= taken;
    }
    return hits;
}

struct pairs {
    double right = 0, all = 0;
};

pairs pairs_of(std::vector<foretold> of) {
    std::ranges::sort(of, {}, &foretold::probability);
    pairs out;
    double misses = 0, hits = 0;
    for (std::size_t i = 0; i < of.size();) {
        double tied_hits = 0, tied_misses = 0;
        const auto p = of[i].probability;
        for (; i < of.size() && of[i].probability == p; ++i)
            (of[i].hit ? tied_hits : tied_misses) += 1;
        out.right += tied_hits * (misses + tied_misses / 2);
        misses += tied_misses;
        hits += tied_hits;
    }
    out.all = hits * misses;
    return out;
}

double calibration_error(std::vector<foretold> of) {
    constexpr std::size_t groups = 10;
    std::ranges::sort(of, [](const auto& a, const auto& b) {
        return a.probability != b.probability ? a.probability < b.probability : a.day < b.day;
    });
    double error = 0;
    for (std::size_t g = 0; g < groups; ++g) {
        double gap = 0;
        for (auto i = of.size() * g / groups; i < of.size() * (g + 1) / groups; ++i)
            gap += of[i].probability - (of[i].hit ? 1 : 0);
        error += std::abs(gap);
    }
    return error / double(of.size());
}

sheet part_of(const sheet& s, std::size_t first, std::size_t last) {
    return {s.header, {s.rows.begin() + std::ptrdiff_t(first), s.rows.begin() + std::ptrdiff_t(last)}};
}

} // namespace

figures figures_of(std::span<const foretold> walk) {
    figures f;
    f.calls = walk.size();
    f.hits = std::size_t(std::ranges::count(walk, true, &foretold::hit));
    if (f.hits == 0)
        return f;
    const std::vector<foretold> all(walk.begin(), walk.end());
    const auto hits = double(f.hits), n = double(f.calls);
    f.half = hits_in_best(all, n / 2) / hits;
    f.quarter = hits_in_best(all, n / 4) / hits;
    f.tenth = hits_in_best(all, n / 10) / hits;
    for (std::size_t b = 0; b < 10; ++b) {
        const std::vector<foretold> block(all.begin() + std::ptrdiff_t(all.size() * b / 10),
                                          all.begin() + std::ptrdiff_t(all.size() * (b + 1) / 10));
        f.block_half += hits_in_best(block, double(block.size()) / 2) / hits;
    }
    pairs within;
    for (auto day = all.begin(); day != all.end(); ++f.days) {
        const auto end = std::find_if(day, all.end(), [&](const auto& c) { return c.day != day->day; });
        const std::vector<foretold> calls(day, end);
        f.day_half += hits_in_best(calls, double(calls.size()) / 2) / hits;
        const auto p = pairs_of(calls);
        within.right += p.right;
        within.all += p.all;
        day = end;
    }
    const auto p = pairs_of(all);
    f.auc = p.all > 0 ? p.right / p.all : 0.5;
    f.day_auc = within.all > 0 ? within.right / within.all : 0.5;
    for (const auto& c : all) {
        const auto q = std::clamp(c.probability, 1e-9, 1 - 1e-9);
        f.brier += std::pow(q - (c.hit ? 1 : 0), 2) / n;
        f.log_loss -= std::log(c.hit ? q : 1 - q) / n;
    }
    f.calibration = calibration_error(all);
    return f;
}

std::variant<std::vector<foretold>, std::vector<problem>> rehearse(const sheet& s, table_learner learner,
                                                                   const walk_plan& plan) {
    if (auto problems = misfits(s, learner.told(), true); !problems.empty())
        return problems;
    const auto days = days_of(s, learner.told().day);
    std::size_t today = 0;
    while (today < days.size() && double(days[today].first) < plan.history * double(s.rows.size()))
        ++today;
    learned_rows report;
    const auto history = today == 0 ? 0 : days[today - 1].last;
    if (auto problems = learner.learn(part_of(s, 0, history), report); !problems.empty())
        return problems;
    const auto outcome = position(s.header, learner.told().outcome);
    std::vector<foretold> out;
    for (; today < days.size(); ++today) {
        const auto list = part_of(s, days[today].first, days[today].last);
        std::vector<ranked_row> ranked;
        if (auto problems = learner.rank(list, plan.wish, ranked); !problems.empty())
            return problems;
        sheet made{s.header, {}};
        for (std::size_t r = 0; r < ranked.size(); ++r) {
            bool readable = true;
            const auto hit =
                read_outcome(list.rows[r].cells[outcome], learner.told().success, learner.rules(), readable);
            if (hit)
                out.push_back({ranked[r].probability, *hit, today});
            if (ranked[r].call || plan.all_outcomes)
                made.rows.push_back(list.rows[r]);
        }
        if (made.rows.empty())
            continue;
        if (auto problems = learner.learn(made, report); !problems.empty())
            return problems;
    }
    return out;
}

} // namespace whynow::domain::calls
