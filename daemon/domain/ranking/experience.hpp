// All that a team has learned of its own calls.
#pragma once

#include "domain/ranking/half_lives.hpp"
#include "domain/ranking/learner.hpp"
#include "domain/ranking/prospect.hpp"
#include "domain/triggers/event.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::ranking {

// What is known of how the reasons of a kind age: the half-life, and the conversations it was learned from, by age.
struct ageing {
    double prior = 0.5; // the configured chance of a fresh one
    half_life now;
    std::vector<aged_calls> calls; // by age
};

struct experience {
    learner scores;
    std::array<ageing, triggers::kind_count> ages; // by std::size_t(kind)

    half_lives days() const;
    // A conversation about an event of that kind, `age_days` old that day.
    void learn_age(triggers::kind k, int age_days, bool hit);
    // So many nights passed: scores and ages fade.
    void forget(int nights);
};
// Nothing learned yet: what config/triggers.toml and ranking.toml expect.
experience untaught(const mixture_settings& how, const triggers::kind_table& kinds);

// As text, and back into one that is untaught. False where the text is not ours, and nothing changed.
std::string save(const experience& e);
bool load(experience& e, std::string_view text);

} // namespace whynow::domain::ranking
