#include "domain/ranking/experience.hpp"

#include "domain/core/lines.hpp"

#include <algorithm>
#include <cmath>

namespace whynow::domain::ranking {
namespace {

constexpr std::string_view head = "whynow-experience 1\n";
constexpr int oldest = 400;                   // days
constexpr double kept_a_night = 0.998;        // of what an older conversation says of how reasons age
constexpr std::string_view body = "scores\n"; // from here on the learner's own text

} // namespace

half_lives experience::days() const {
    half_lives out{};
    for (std::size_t k = 0; k < out.size(); ++k)
        out[k] = ages[k].now.days;
    return out;
}

void experience::learn_age(triggers::kind k, int age_days, bool hit) {
    auto& a = ages[std::size_t(k)];
    age_days = std::clamp(age_days, 0, oldest);
    auto it = std::ranges::lower_bound(a.calls, age_days, {}, &aged_calls::age_days);
    if (it == a.calls.end() || it->age_days != age_days)
        it = a.calls.insert(it, {age_days, 0, 0});
    (hit ? it->hits : it->misses) += 1;
    a.now = learned_half_life(a.now.configured, a.prior, a.calls);
}

void experience::forget(int nights) {
    if (nights <= 0)
        return;
    scores.forget(nights);
    for (auto& a : ages) {
        if (a.calls.empty())
            continue;
        for (auto& c : a.calls) {
            c.hits *= std::pow(kept_a_night, nights);
            c.misses *= std::pow(kept_a_night, nights);
        }
        std::erase_if(a.calls, [](const auto& c) { return c.hits + c.misses < 0.01; });
        a.now = learned_half_life(a.now.configured, a.prior, a.calls);
    }
}

experience untaught(const mixture_settings& how, const triggers::kind_table& kinds) {
    experience e{learner(how), {}};
    for (std::size_t k = 0; k < kinds.size(); ++k)
        e.ages[k] = {kinds[k].prior, learned_half_life(kinds[k].half_life_days, kinds[k].prior, {}), {}};
    set_expectations(e.scores, kinds);
    return e;
}

std::string save(const experience& e) {
    lines::writer w(head);
    for (std::size_t k = 1; k < e.ages.size(); ++k) {
        w.word("age");
        w.word(triggers::to_string(triggers::kind(k)));
        for (const auto& c : e.ages[k].calls) {
            w.number(c.age_days);
            w.number(c.hits);
            w.number(c.misses);
        }
        w.end();
    }
    return w.out + std::string(body) + e.scores.save();
}

bool load(experience& e, std::string_view text) {
    const auto at = text.find(body);
    if (!text.starts_with(head) || at == text.npos)
        return false;
    auto fresh = e;
    lines::reader r(text.substr(head.size(), at - head.size()));
    while (r.good && r.next_line()) {
        r.good = r.field() == "age";
        const auto kind = triggers::kind_from(r.word());
        std::vector<aged_calls> calls;
        while (r.good && r.more()) {
            const auto age = r.number<int>();
            const auto hits = r.number<double>(), misses = r.number<double>();
            r.good = r.good && age >= 0 && age <= oldest && hits >= 0 && misses >= 0 &&
                     (calls.empty() || calls.back().age_days < age);
            calls.push_back({age, hits, misses});
        }
        if (!r.good || !kind)
            continue;
        auto& a = fresh.ages[std::size_t(*kind)];
        a.calls = std::move(calls);
        a.now = learned_half_life(a.now.configured, a.prior, a.calls);
    }
    if (!r.good || !r.at_end() || !fresh.scores.load(text.substr(at + body.size())))
        return false;
    e = std::move(fresh);
    return true;
}

} // namespace whynow::domain::ranking
