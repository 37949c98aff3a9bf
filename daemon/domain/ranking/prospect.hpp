// One possible call as the score sees it, and its features.
#pragma once

#include "domain/book/book.hpp"
#include "domain/ranking/learner.hpp"
#include "domain/triggers/event.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace whynow::domain::ranking {

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
    int crowd = 0; // calls about the same event in the last days, by anybody here
};

// Days after which a reason is worth half, by std::size_t(kind).
using half_lives = std::array<double, triggers::kind_count>;
half_lives configured(const triggers::kind_table& kinds);

// Into `out`, which is emptied first (kept by the caller: no allocation per prospect).
void features_of(const prospect& p, const half_lives& ages, features& out);
// What is expected of kinds (config/triggers.toml), referrals and own dates, attempts …
void set_expectations(learner& l, const triggers::kind_table& kinds);
// Of a feature that starts out surer of its expectation than others: a rep is first of all one of the team, a kind ages
// as kinds do.
inline constexpr float shrunk = 0.5F;
// How much so many independent sources count, 0 for one, at most 3.
float sources_counted(int sources);
// What the value of a kind feature stands for: "leadership", "referral", "own_date".
std::string_view kind_word(std::uint32_t value);
// A feature in words for `whynow explain`: "kind = leadership", "age: 2 half-lives or more".
std::string in_words(const feature& f);

} // namespace whynow::domain::ranking
