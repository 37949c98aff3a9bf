#include "domain/ranking/prospect.hpp"

#include "domain/ranking/odds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace whynow::domain::ranking {
namespace {

// Kinds of the score beyond the trigger kinds.
constexpr std::uint32_t referral_kind = 100, own_date_kind = 101;
constexpr double personal_half_life = 14; // days, of a referral or of a date the customer named

std::uint32_t bucket(int value, std::initializer_list<int> borders) {
    std::uint32_t n = 0;
    for (const int b : borders)
        n += value >= b;
    return n;
}

std::uint32_t hash_of(std::string_view t) {
    std::uint32_t h = 2166136261u;
    for (const char c : t)
        h = (h ^ std::uint32_t(static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c))) * 16777619u;
    return h;
}

std::uint32_t kind_value(const prospect& p) {
    switch (p.rests_on) {
    case basis::referral: return referral_kind;
    case basis::own_date: return own_date_kind;
    case basis::event: break;
    }
    return std::uint32_t(p.kind);
}

} // namespace

float sources_counted(int sources) { return float(std::min(std::log2(double(std::max(1, sources))), 3.0)); }

half_lives configured(const triggers::kind_table& kinds) {
    half_lives out{};
    for (std::size_t k = 0; k < out.size(); ++k)
        out[k] = kinds[k].half_life_days;
    return out;
}

void features_of(const prospect& p, const half_lives& ages, features& out) {
    out.clear();
    const auto kind = kind_value(p);
    const double half_life = p.rests_on == basis::event ? ages[std::size_t(p.kind)] : personal_half_life;
    out.push_back({field::bias, 0, 1});
    out.push_back({field::kind, kind, 1});
    out.push_back({field::scope, std::uint32_t(p.scope), 1});
    // Age as fading worth: 1 on the day itself, one half after a half-life.
    const auto fresh = float(std::exp2(-std::max(0, p.age_days) / half_life));
    out.push_back({field::age, 0, fresh});
    out.push_back({field::kind_age, kind, shrunk * fresh});
    out.push_back({field::sources, 0, sources_counted(p.sources)});
    out.push_back({field::persona, std::uint32_t(p.persona), 1});
    out.push_back({field::kind_persona, kind * 32 + std::uint32_t(p.persona), 1});
    if (!p.industry.empty())
        out.push_back({field::industry, hash_of(p.industry), 1});
    out.push_back({field::size, bucket(p.employees, {1, 50, 250, 1000, 5000}), 1});
    out.push_back({field::attempt, bucket(p.attempts, {1, 2, 3, 4}), 1});
    out.push_back(
        {field::since_contact, p.days_since_contact < 0 ? 9u : bucket(p.days_since_contact, {7, 30, 90, 365}), 1});
    if (p.last_outcome)
        out.push_back({field::last_outcome, p.last_outcome, 1});
    if (p.generation)
        out.push_back({field::referral_generation, std::uint32_t(std::min(p.generation, 4)), 1});
    out.push_back({field::weekday, p.weekday, 1});
    out.push_back({field::state, std::uint32_t(p.state), 1});
    if (p.weak_signal)
        out.push_back({field::weak, 0, 1});
    if (p.rep)
        out.push_back({field::rep, p.rep, shrunk});
    if (p.crowd > 0)
        out.push_back({field::crowd, 0, float(std::min(std::log2(1.0 + p.crowd), 5.0))});
}

void set_expectations(learner& l, const triggers::kind_table& kinds) {
    // The age feature is 1 when fresh: bias and age together give a fresh event its kind's prior.
    constexpr double fresh = 1.6;
    l.expect(field::bias, 0, -fresh);
    l.expect(field::age, 0, fresh);
    for (std::uint32_t k = 0; k < triggers::kind_count; ++k)
        l.expect(field::kind, k, logit(kinds[k].prior));
    l.expect(field::kind, referral_kind,
             logit(0.6)); // demands 4.10: a person who was named is worth more than any news
    l.expect(field::kind, own_date_kind, logit(0.65));
    l.expect(field::sources, 0, 0.35);
    l.expect(field::weak, 0, 0.15);
    l.expect(field::scope, std::uint32_t(triggers::scope::industry), -0.9);
    l.expect(field::scope, std::uint32_t(triggers::scope::competitor), -0.6);
    l.expect(field::scope, std::uint32_t(triggers::scope::customers_customer), -0.4);
    l.expect(field::scope, std::uint32_t(triggers::scope::person), 0.3);
    l.expect(field::state, std::uint32_t(triggers::state::confirmed), 0.2);
    for (std::uint32_t n = 1; n <= 4; ++n)
        l.expect(field::attempt, n, -0.25 * n);
    l.expect(field::persona, std::uint32_t(book::persona::unknown), -0.2);
    l.expect(field::crowd, 0, -0.25); // who hears the same news from everybody has less patience for it
}

std::string_view kind_word(std::uint32_t value) {
    return value == referral_kind   ? "referral"
           : value == own_date_kind ? "own_date"
                                    : triggers::to_string(triggers::kind(value));
}

std::string in_words(const feature& f) {
    switch (f.about) {
    case field::kind: return fmt::format("kind = {}", kind_word(f.value));
    case field::scope: return fmt::format("scope = {}", triggers::to_string(triggers::scope(f.value)));
    case field::persona: return fmt::format("persona = {}", book::to_string(book::persona(f.value)));
    case field::state: return fmt::format("state = {}", triggers::to_string(triggers::state(f.value)));
    case field::age: return fmt::format("freshness {:.2f}", double(f.x));
    case field::sources: return fmt::format("independent sources (log2 {:.1f})", double(f.x));
    case field::attempt: return f.value == 0 ? std::string("no attempt yet") : fmt::format("attempt {}", f.value + 1);
    case field::kind_persona:
        return fmt::format("{} for persona {}", in_words({field::kind, f.value / 32, 1}),
                           book::to_string(book::persona(f.value % 32)));
    case field::industry: return "the account's industry";
    case field::size: return fmt::format("company size, class {} of 5", f.value);
    case field::since_contact:
        return f.value == 9 ? "never spoken with" : fmt::format("time since the last contact, class {} of 4", f.value);
    case field::last_outcome: return "the last outcome with this person";
    case field::referral_generation: return fmt::format("referral, generation {}", f.value);
    case field::weekday: return fmt::format("weekday {}", f.value);
    case field::weak: return "a download or webinar beside it";
    case field::rep: return "the rep";
    case field::bias: return "every call";
    case field::kind_age: return fmt::format("freshness of {}", kind_word(f.value));
    case field::crowd: return "others here call about the same event";
    }
    return std::string(to_string(f.about));
}

} // namespace whynow::domain::ranking
