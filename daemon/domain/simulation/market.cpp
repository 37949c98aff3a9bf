#include "domain/simulation/market.hpp"

#include "domain/ranking/odds.hpp"

#include <algorithm>
#include <cmath>

namespace whynow::domain::simulation {
namespace {

using triggers::kind_count;

enum stream : std::uint64_t { kinds_of_market = 1, lives, personas_of_market, pairs, reps_of_market, moods, shares };

} // namespace

market::market(const market_settings& how, const triggers::kind_table& kinds, std::uint64_t seed, int weeks)
    : how_(how), seed_(seed), weeks_(std::max(weeks, 1)) {
    lots kind_lots(seed, {kinds_of_market}), life_lots(seed, {lives}), share_lots(seed, {shares});
    std::array<double, kind_count> worth{};
    double all = 0;
    freshness_.resize(kind_count * oldest);
    for (std::size_t k = 0; k < kind_count; ++k) {
        worth[k] = ranking::logit(kinds[k].prior) + how.reason + how.kind_spread * kind_lots.normal();
        told_half_life_[k] = kinds[k].half_life_days;
        const auto half_life = std::max(1.0, kinds[k].half_life_days) * std::exp(how.life_spread * life_lots.normal());
        for (std::size_t age = 0; age < oldest; ++age)
            freshness_[k * oldest + age] = float(how.fading * (std::exp2(-double(age) / half_life) - 1));
        all += share_[k] = 0.2 + share_lots.uniform();
    }
    for (auto& s : share_)
        s /= all;
    for (int w = 0; w < weeks_; ++w)
        for (auto& k : worth) {
            kind_by_week_.push_back(k);
            k += how.drift * kind_lots.normal();
        }
    lots persona_lots(seed, {personas_of_market}), pair_lots(seed, {pairs});
    for (auto& p : persona_)
        p = how.persona_spread * persona_lots.normal();
    pair_.resize(kind_count * personas);
    for (auto& p : pair_)
        p = how.pair_spread * pair_lots.normal();
    for (int r = 0; r < how.reps; ++r) {
        lots own(seed, {reps_of_market, std::uint64_t(r)}), mood(seed, {moods, std::uint64_t(r)});
        rep_.push_back(how.rep_spread * own.normal());
        reach_.push_back(std::min(0.9, how.reach * std::exp(how.reach_spread * own.normal())));
        for (int w = 0; w < weeks_; ++w)
            week_.push_back(how.week_spread * mood.normal());
    }
}

double market::worth(std::size_t kind, std::size_t persona, int age, int rep, int week) const {
    const auto w = std::size_t(std::clamp(week, 0, weeks_ - 1));
    const auto a = std::min(std::size_t(std::max(age, 0)), oldest - 1);
    return kind_by_week_[w * kind_count + kind] + double(freshness_[kind * oldest + a]) + persona_[persona] +
           pair_[kind * personas + persona] + rep_[std::size_t(rep)] +
           week_[std::size_t(rep) * std::size_t(weeks_) + w];
}

double market::cold_worth(std::size_t persona, int rep, int week) const {
    const auto w = std::size_t(std::clamp(week, 0, weeks_ - 1));
    return how_.cold + persona_[persona] + rep_[std::size_t(rep)] + week_[std::size_t(rep) * std::size_t(weeks_) + w];
}

std::array<int, kind_count> market::oldest_reasons(double half_lives) const {
    std::array<int, kind_count> out{};
    std::ranges::transform(told_half_life_, out.begin(), [&](double days) { return int(half_lives * days); });
    return out;
}

std::size_t market::draw_kind(double uniform) const {
    std::size_t k = 0;
    while (k + 1 < kind_count && uniform >= share_[k])
        uniform -= share_[k++];
    return k;
}

} // namespace whynow::domain::simulation
