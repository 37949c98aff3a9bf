// What an event is worth to a call before it is known whom it would reach: for choosing among the many events of an
// account, by reckoning with a handful of numbers read from tables.
#pragma once

#include "domain/ranking/experience.hpp"

#include <array>
#include <vector>

namespace whynow::domain::ranking {

class event_worth {
  public:
    explicit event_worth(const experience& e);

    // In log-odds, to be compared with each other only. `age_days` ≥ 0, `sources` ≥ 1.
    float of(triggers::kind k, triggers::scope scope, triggers::state state, int age_days, int sources) const {
        const auto fresh = freshness(k, age_days);
        const auto by_kind = std::size_t(k);
        return kind_[by_kind] + scope_[std::size_t(scope)] + state_[std::size_t(state)] + fresh * age_[by_kind] +
               sources_[std::size_t(sources < 8 ? sources : 8)];
    }
    // 1 on the first day, one half after a half-life.
    float freshness(triggers::kind k, int age_days) const {
        const auto& days = fresh_[std::size_t(k)];
        return days[std::size_t(age_days) < days.size() ? std::size_t(age_days) : days.size() - 1];
    }

  private:
    static constexpr std::size_t longest = 400; // days; older is as good as gone
    std::array<float, triggers::kind_count> kind_{}, age_{};
    std::array<float, std::size_t(triggers::scope::customers_customer) + 1> scope_{};
    std::array<float, std::size_t(triggers::state::withdrawn) + 1> state_{};
    std::array<float, 9> sources_{};
    std::array<std::array<float, longest>, triggers::kind_count> fresh_{};
};

} // namespace whynow::domain::ranking
