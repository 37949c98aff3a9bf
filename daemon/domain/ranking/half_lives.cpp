#include "domain/ranking/half_lives.hpp"

#include "domain/ranking/odds.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace whynow::domain::ranking {
namespace {

constexpr int steps = 32;            // of a factor of 2^(1/8) below and above together
constexpr double per_doubling = 8;   // steps to twice the half-life
constexpr double doubt = 0.585;      // log2(1.5), in doublings
constexpr int levels = 41;           // of the first day's chance
constexpr double level_width = 0.15; // in log-odds
constexpr double level_doubt = 1.0;  // standard deviation, in log-odds

// Where the cumulated weights pass `share`, between two steps of the grid, in doublings.
double quantile(const std::array<double, steps + 1>& weight, double share) {
    double before = 0;
    for (int i = 0; i <= steps; ++i) {
        const auto w = weight[std::size_t(i)];
        if (before + w >= share && w > 0)
            return (i - steps / 2 - 0.5 + (share - before) / w) / per_doubling;
        before += w;
    }
    return steps / 2 / per_doubling;
}

} // namespace

half_life learned_half_life(double configured, double prior, std::span<const aged_calls> calls) {
    half_life out;
    out.configured = std::max(configured, 0.1);
    for (const auto& c : calls)
        out.conversations += c.hits + c.misses;
    prior = std::clamp(prior, 0.01, 0.99);
    const auto middle = std::log(prior / (1 - prior));

    std::array<double, steps + 1> logs{};
    double best = -1e300;
    for (int i = 0; i <= steps; ++i) {
        const auto doublings = (i - steps / 2) / per_doubling;
        const auto days = out.configured * std::exp2(doublings);
        const auto believed = -0.5 * (doublings / doubt) * (doublings / doubt);
        std::array<double, levels> of_level{};
        double top = -1e300;
        for (int j = 0; j < levels; ++j) {
            const auto off = (j - levels / 2) * level_width;
            const auto first = logistic(middle + off);
            double sum = believed - 0.5 * (off / level_doubt) * (off / level_doubt);
            for (const auto& c : calls) {
                const auto p = std::clamp(first * std::exp2(-c.age_days / days), 1e-9, 1 - 1e-9);
                sum += c.hits * std::log(p) + c.misses * std::log1p(-p);
            }
            of_level[std::size_t(j)] = sum;
            top = std::max(top, sum);
        }
        double all = 0;
        for (const auto s : of_level)
            all += std::exp(s - top);
        logs[std::size_t(i)] = top + std::log(all);
        best = std::max(best, logs[std::size_t(i)]);
    }
    std::array<double, steps + 1> weight{};
    double all = 0;
    for (std::size_t i = 0; i < weight.size(); ++i)
        all += weight[i] = std::exp(logs[i] - best);
    for (auto& w : weight)
        w /= all;
    out.days = out.configured * std::exp2(quantile(weight, 0.5));
    out.low = out.configured * std::exp2(quantile(weight, 0.05));
    out.high = out.configured * std::exp2(quantile(weight, 0.95));
    return out;
}

} // namespace whynow::domain::ranking
