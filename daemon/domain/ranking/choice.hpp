// From many possible calls to the few worth making: the score first, then the budget as a cap, and a little left to
// lot.
#pragma once

#include "domain/core/id.hpp"
#include "domain/ranking/choice_rules.hpp"
#include "domain/ranking/learner.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace whynow::domain::ranking {

struct scored {
    std::size_t index = 0; // of the caller's candidate
    account_id account;
    contact_id contact;
    double probability = 0;
    double log_odds = 0, spread = 0; // of the probability, and how unsure it is; for draw() only
};
scored score(const learner& by, std::span<const feature> of, std::size_t index, account_id account, contact_id contact);

// Those that may be called at all, the most probable first: one per account, one per contact, none below the least
// probability. What was left out comes back with its reason ("same_account", "filler"). Ties go to the lower contact
// id.
struct finalists {
    std::vector<scored> in;
    std::vector<std::pair<scored, std::string_view>> left_out;
};
finalists finalists_of(std::vector<scored> candidates, const choice_rules& rules);

// The best `budget` of them, best first; the rest is left out as "budget".
struct chosen {
    std::vector<scored> calls;
    std::vector<std::pair<scored, std::string_view>> left_out;
};
chosen choose(std::vector<scored> candidates, int budget, const choice_rules& rules);

// What is left to chance when calls are chosen, so that what was not called can be judged later.
struct chance {
    std::uint64_t seed = 0; // of this rep and day
    double share = 0;       // 0..1 of the calls that are drawn from all the others, each as likely
    double noise = 0; // scores are moved by so many of their own standard deviations (Thompson, Biometrika 25, 1933)
    int tries = 64;   // draws from which a propensity is reckoned where there is noise
};
// Of each finalist: is it called, and with what probability was it going to be (0..1; 1 where all are called)?
struct drawn {
    std::vector<bool> called;
    std::vector<double> propensity;
};
drawn draw(const std::vector<scored>& finalists, int budget, const chance& by);

} // namespace whynow::domain::ranking
