#include "domain/ranking/event_worth.hpp"

#include <algorithm>
#include <cmath>

namespace whynow::domain::ranking {

namespace {

// What a feature weighs inside the whole score of such a call: how much of what was learned is believed depends on it.
class weighed {
  public:
    weighed(const experience& e, const half_lives& days, const prospect& p) {
        features f;
        features_of(p, days, f);
        parts_ = e.scores.explain(f);
    }
    float operator()(field about) const {
        const auto it = std::ranges::find(parts_, about, [](const part& p) { return p.what.about; });
        return it == parts_.end() ? 0 : float(it->weight);
    }

  private:
    std::vector<part> parts_;
};

} // namespace

event_worth::event_worth(const experience& e) {
    const auto days = e.days();
    for (std::size_t k = 0; k < triggers::kind_count; ++k) {
        const weighed w(e, days, {.kind = triggers::kind(k)});
        kind_[k] = w(field::kind);
        age_[k] = w(field::age) + shrunk * w(field::kind_age);
        for (std::size_t day = 0; day < longest; ++day)
            fresh_[k][day] = float(std::exp2(-double(day) / std::max(days[k], 0.1)));
    }
    const auto usual = triggers::kind(1);
    for (std::size_t s = 0; s < scope_.size(); ++s)
        scope_[s] = weighed(e, days, {.kind = usual, .scope = triggers::scope(s)})(field::scope);
    for (std::size_t s = 0; s < state_.size(); ++s)
        state_[s] = weighed(e, days, {.kind = usual, .state = triggers::state(s)})(field::state);
    for (std::size_t n = 1; n < sources_.size(); ++n)
        sources_[n] = weighed(e, days, {.kind = usual, .sources = int(n)})(field::sources) * sources_counted(int(n));
}

} // namespace whynow::domain::ranking
