// From many possible calls to the few worth making: gates first, then the score, then the budget as a cap.
#pragma once

#include "domain/book/book.hpp"
#include "domain/core/id.hpp"
#include "domain/core/rules.hpp"
#include "domain/core/time.hpp"
#include "domain/ranking/learner.hpp"
#include "domain/triggers/event.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace whynow::domain::ranking {

struct choice_rules {
    learner_settings learning;
    double budget = 0.5;
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

// Calls on the last working days, newest first (days without a call left out) → the cap for today, at least 1.
// `told` is what the reps file says of a usual day; it counts until ten of the rep's own days are known.
int call_budget(std::span<const int> daily_calls, double told, double fraction, const choice_rules& rules);

enum class basis : std::uint8_t { event, referral, own_date };

// What the score sees of one possible call.
struct prospect {
    basis rests_on = basis::event;
    triggers::kind kind = triggers::kind::none;
    triggers::scope scope = triggers::scope::account;
    triggers::state state = triggers::state::reported;
    int age_days = 0;
    int sources = 1;
    bool weak_signal = false; // an activity beside it
    book::persona persona = book::persona::unknown;
    std::string_view industry;
    int employees = 0;
    int attempts = 0;              // since the last conversation
    int days_since_contact = -1;   // -1: never
    std::uint8_t last_outcome = 0; // 0: none; else 1 + the disposition's number
    int generation = 0;            // of a referral
    unsigned weekday = 1;          // 1 Monday … 7 Sunday
    std::uint32_t rep = 0;
};

// Into `out`, which is emptied first (kept by the caller: no allocation per prospect).
void features_of(const prospect& p, const triggers::kind_table& kinds, features& out);
// Priors of config/triggers.toml, referrals and own dates into a fresh learner.
void set_priors(learner& l, const triggers::kind_table& kinds);
// What the value of a kind feature stands for: "leadership", "referral", "own_date".
std::string_view kind_word(std::uint32_t value);
// A feature in words for `whynow explain`: "kind = leadership", "age: 2 half-lives or more".
std::string in_words(const feature& f);

struct scored {
    std::size_t index = 0; // of the caller's candidate
    account_id account;
    contact_id contact;
    double probability = 0;
};
// The best `budget` of them, best first: one per account, one per contact, none below the least probability. What was
// left out comes back with its reason ("budget", "same_account", "filler"). Ties go to the lower contact id.
struct chosen {
    std::vector<scored> calls;
    std::vector<std::pair<scored, std::string_view>> left_out;
};
chosen choose(std::vector<scored> candidates, int budget, const choice_rules& rules);

} // namespace whynow::domain::ranking
