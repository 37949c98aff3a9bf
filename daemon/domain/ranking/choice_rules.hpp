// The rules of config/ranking.toml for a rep's morning.
#pragma once

#include "domain/core/rules.hpp"
#include "domain/ranking/mixture.hpp"

namespace whynow::domain::ranking {

struct choice_rules {
    mixture_settings learning;
    double share = 0.05; // of the calls, drawn by lot from those the score leaves out
    double noise = 0.3;  // scores are moved by so many of their standard deviations
    double budget = 0.5;
    bool carry = true;      // calls left over go to better days of the same week
    double rise_step = 0.1; // of the usual day, after four weeks that held the hit rate
    double rise_to = 0;     // the budget rises no further than this fraction; 0: it does not rise
    int crowd_days = 14;    // so long do calls about the same event count as a crowd
    int days = 20;
    double default_daily_calls = 16;
    double least_probability = 0.08;
    double half_lives = 3;
    int cool_down_days = 14;
    int attempts = 4;
    int rest_days = 90;
    int wrong_marks = 2;
    double weak_weight = 0.15;
};
choice_rules read_choice_rules(const rules::node& ranking_toml);

} // namespace whynow::domain::ranking
