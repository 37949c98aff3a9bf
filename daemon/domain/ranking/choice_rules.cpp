#include "domain/ranking/choice_rules.hpp"

#include <algorithm>

namespace whynow::domain::ranking {

choice_rules read_choice_rules(const rules::node& n) {
    choice_rules r;
    const auto& l = n["learner"];
    r.learning = read_mixture_settings(l);
    const auto& c = n["choice"];
    r.share = std::clamp(c["share"].number(r.share), 0.0, 0.5);
    r.noise = std::clamp(c["noise"].number(r.noise), 0.0, 3.0);
    r.carry = c["carry"].truth(r.carry);
    r.rise_step = std::clamp(c["rise_step"].number(r.rise_step), 0.0, 1.0);
    r.rise_to = std::clamp(c["rise_to"].number(r.rise_to), 0.0, 1.0);
    r.crowd_days = int(c["crowd_days"].integer(r.crowd_days));
    r.budget = c["budget"].number(r.budget);
    r.days = int(c["days"].integer(r.days));
    r.default_daily_calls = c["default_daily_calls"].number(r.default_daily_calls);
    r.least_probability = c["least_probability"].number(r.least_probability);
    r.half_lives = c["half_lives"].number(r.half_lives);
    r.cool_down_days = int(c["cool_down_days"].integer(r.cool_down_days));
    r.attempts = int(c["attempts"].integer(r.attempts));
    r.rest_days = int(c["rest_days"].integer(r.rest_days));
    r.wrong_marks = int(c["wrong_marks"].integer(r.wrong_marks));
    r.weak_weight = c["weak_weight"].number(r.weak_weight);
    return r;
}

} // namespace whynow::domain::ranking
