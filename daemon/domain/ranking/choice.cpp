#include "domain/ranking/choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace whynow::domain::ranking {
namespace {

// Kinds of the score beyond the trigger kinds.
constexpr std::uint32_t referral_kind = 100, own_date_kind = 101;

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

choice_rules read_choice_rules(const rules::node& n) {
    choice_rules r;
    const auto& l = n["learner"];
    r.learning = {l["alpha"].number(r.learning.alpha), l["beta"].number(r.learning.beta), l["l1"].number(r.learning.l1),
                  l["l2"].number(r.learning.l2), l["forget_per_day"].number(r.learning.forget_per_day)};
    const auto& c = n["choice"];
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

void features_of(const prospect& p, const triggers::kind_table& kinds, features& out) {
    out.clear();
    const auto kind = kind_value(p);
    const double half_life = p.rests_on == basis::event ? kinds[std::size_t(p.kind)].half_life_days : 14.0;
    out.push_back({field::bias, 0, 1});
    out.push_back({field::kind, kind, 1});
    out.push_back({field::scope, std::uint32_t(p.scope), 1});
    // Age as fading worth: 1 on the day itself, one half after a half-life.
    out.push_back({field::age, 0, float(std::exp2(-std::max(0, p.age_days) / half_life))});
    out.push_back({field::sources, 0, float(std::min(std::log2(double(std::max(1, p.sources))), 3.0))});
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
        out.push_back({field::rep, p.rep, 1});
}

void set_priors(learner& l, const triggers::kind_table& kinds) {
    // The age feature is 1 when fresh: bias and age together give a fresh event its kind's prior.
    constexpr double fresh = 1.6;
    l.set_prior(field::bias, 0, -fresh);
    l.set_prior(field::age, 0, fresh);
    for (std::uint32_t k = 0; k < triggers::kind_count; ++k)
        l.set_prior(field::kind, k, logit(kinds[k].prior));
    l.set_prior(field::kind, referral_kind,
                logit(0.6)); // demands 4.10: a person who was named is worth more than any news
    l.set_prior(field::kind, own_date_kind, logit(0.65));
    l.set_prior(field::sources, 0, 0.35);
    l.set_prior(field::weak, 0, 0.15);
    l.set_prior(field::scope, std::uint32_t(triggers::scope::industry), -0.9);
    l.set_prior(field::scope, std::uint32_t(triggers::scope::competitor), -0.6);
    l.set_prior(field::scope, std::uint32_t(triggers::scope::customers_customer), -0.4);
    l.set_prior(field::scope, std::uint32_t(triggers::scope::person), 0.3);
    l.set_prior(field::state, std::uint32_t(triggers::state::confirmed), 0.2);
    for (std::uint32_t n = 1; n <= 4; ++n)
        l.set_prior(field::attempt, n, -0.25 * n);
    l.set_prior(field::persona, std::uint32_t(book::persona::unknown), -0.2);
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
    }
    return std::string(to_string(f.about));
}

chosen choose(std::vector<scored> all, int budget, const choice_rules& rules) {
    chosen out;
    std::ranges::sort(all, [](const auto& a, const auto& b) {
        return a.probability != b.probability ? a.probability > b.probability : a.contact < b.contact;
    });
    std::unordered_set<account_id> accounts;
    std::unordered_set<contact_id> contacts;
    for (const auto& s : all) {
        if (s.probability < rules.least_probability)
            out.left_out.emplace_back(s, "filler");
        else if (accounts.contains(s.account) || contacts.contains(s.contact))
            out.left_out.emplace_back(s, "same_account");
        else if (int(out.calls.size()) >= budget)
            out.left_out.emplace_back(s, "budget");
        else {
            accounts.insert(s.account);
            contacts.insert(s.contact);
            out.calls.push_back(s);
        }
    }
    return out;
}

} // namespace whynow::domain::ranking
