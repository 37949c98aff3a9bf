#include "domain/ranking/budget.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace whynow::domain::ranking {

int call_budget(std::span<const int> daily, double told, double fraction, const choice_rules& rules) {
    double usual = told > 0 ? told : rules.default_daily_calls;
    std::vector<int> days(daily.begin(), daily.begin() + std::min<std::ptrdiff_t>(std::ssize(daily), rules.days));
    if (days.size() >= 10) {
        std::ranges::sort(days);
        const auto mid = days.size() / 2;
        const double median = days.size() % 2 ? days[mid] : (days[mid - 1] + days[mid]) / 2.0;
        // A team that already makes half of its old calls must not be halved again: what it told us stays the base.
        usual = told > 0 ? std::max(told, median) : median / (median < rules.default_daily_calls ? fraction : 1);
    }
    return std::max(1, int(std::floor(usual * fraction)));
}

double risen_fraction(std::span<const past_day> past, double fraction, const choice_rules& rules) {
    constexpr std::size_t period = 20;
    constexpr int fewest = 10;
    constexpr double wide = 1.96; // 95 %
    if (rules.rise_to <= fraction || rules.rise_step <= 0)
        return fraction;
    const auto periods = past.size() / period;
    double standard = -1, out = fraction;
    for (std::size_t n = 0; n < periods; ++n) {
        int conversations = 0, hits = 0; // of the nth period from the oldest
        for (const auto& d : past.subspan((periods - 1 - n) * period, period)) {
            conversations += d.conversations;
            hits += d.hits;
        }
        if (conversations < fewest)
            continue;
        const auto rate = double(hits) / conversations;
        if (standard < 0) {
            standard = rate;
            continue;
        }
        const auto shy = wide * std::sqrt(std::max(standard * (1 - standard), 0.01) / conversations);
        if (rate >= standard)
            out = std::min(out + rules.rise_step, rules.rise_to);
        else if (rate + shy < standard)
            out = std::max(out - rules.rise_step, fraction);
    }
    return out;
}

int with_carried(int cap, local_date today, std::span<const past_day> past, std::span<const double> finalists,
                 const choice_rules& rules) {
    constexpr int fewest = 10;
    if (!rules.carry)
        return cap;
    const auto monday = add_days(today, 1 - int(weekday_of(today).iso_encoding()));
    int left = 0, cards = 0;
    double sum = 0;
    for (const auto& d : past) {
        if (d.day >= today)
            continue;
        if (d.day >= monday)
            left += cap - d.calls;
        cards += d.calls;
        sum += d.probability_sum;
    }
    if (cards < fewest || left <= 0)
        return cap;
    const auto usual = sum / cards;
    const auto good = int(std::ranges::count_if(finalists, [&](double p) { return p >= usual; }));
    return cap + std::clamp(good - cap, 0, std::min(left, cap));
}

} // namespace whynow::domain::ranking
