#include "workday/learned_report.hpp"

#include "store/learning.hpp"
#include "workday/learning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace whynow::workday {
namespace {

std::vector<yield> in_order(const std::map<std::string, yield>& by_name, bool by_size) {
    std::vector<yield> out;
    for (const auto& [name, y] : by_name) {
        out.push_back(y);
        out.back().of = name;
        out.back().share = digests::wilson(y.hits, y.conversations);
    }
    if (by_size)
        std::ranges::sort(out, {}, [](const yield& y) { return std::pair(-y.conversations, std::string_view(y.of)); });
    return out;
}

std::vector<surprise> surprises_of(const ranking::experience& e, const rulebook& rules) {
    const auto expected = ranking::untaught(rules.choice.learning, rules.events->kinds);
    std::vector<surprise> out;
    for (const auto& f : e.scores.features()) {
        if (f.about == ranking::field::bias || f.about == ranking::field::rep) // people are not ranked
            continue;
        const auto more = e.scores.weight(f.about, f.value) - expected.scores.weight(f.about, f.value);
        const ranking::feature one[] = {f};
        const auto doubt = e.scores.spread(one);
        if (std::abs(more) > doubt)
            out.push_back({f, std::exp(more), doubt});
    }
    std::ranges::sort(out, std::ranges::greater{},
                      [](const surprise& s) { return std::abs(std::log(s.odds)) / std::max(s.doubt, 1e-6); });
    return out;
}

} // namespace

learned_report make_learned_report(store::session& s, local_date day, local_date since, const rulebook& rules) {
    learned_report out;
    store::learning kept(s);
    const auto e = experience_of(s, day, rules);
    if (const auto newest = kept.newest()) {
        out.version = newest->id;
        out.day = newest->day;
        out.note = newest->note;
        out.calls = e.scores.seen();
    }
    for (std::size_t k = 1; k < e.ages.size(); ++k)
        if (e.ages[k].now.conversations > 0)
            out.half_lives.emplace_back(triggers::kind(k), e.ages[k].now);
    out.surprises = surprises_of(e, rules);
    std::map<std::string, yield> generations, sources;
    for (const auto& c : kept.judged(since)) {
        const auto hit = verdict(c);
        if (!hit)
            continue;
        for (auto* const y : {c.generation > 0 ? &generations[fmt::format("generation {}", c.generation)] : nullptr,
                              c.source.empty() ? nullptr : &sources[c.source]}) {
            if (y == nullptr)
                continue;
            ++y->conversations;
            y->hits += *hit;
        }
    }
    out.by_generation = in_order(generations, false);
    out.by_source = in_order(sources, true);
    return out;
}

} // namespace whynow::workday
