#include "workday/learning.hpp"

#include "workday/content.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::workday {
namespace {

constexpr int first_look = 365;  // days of briefs that the first version learns from
constexpr int late_answers = 28; // days in which an answer, or its correction, is still noticed
constexpr std::int64_t first_version = 1;
constexpr int versions_kept = 60; // working nights: a quarter

// Nothing where the text is of other rules ([learner] in ranking.toml), or damaged.
std::optional<ranking::experience> read(const store::learned_version& v, const rulebook& rules) {
    auto e = ranking::untaught(rules.choice.learning, rules.events->kinds);
    if (!ranking::load(e, v.content))
        return std::nullopt;
    return e;
}

// The oldest version that learned a call which came out otherwise; 0 where none did.
std::int64_t first_mistaken(const std::vector<store::judged_call>& calls, std::int64_t floor) {
    std::int64_t first = 0;
    for (const auto& c : calls)
        if (c.learned_as && c.learned_in > floor && verdict(c) != c.learned_as && (first == 0 || c.learned_in < first))
            first = c.learned_in;
    return first;
}

std::int64_t last_reverted(store::session& s) {
    for (const auto& v : store::learning(s).versions())
        if (!v.note.empty())
            return v.id;
    return 0;
}

} // namespace

bool is_conversation(std::string_view disposition) {
    const auto how = outcomes::disposition_from_string(disposition);
    return how && outcomes::is_conversation(*how);
}

bool was_with_them(std::string_view disposition) {
    const auto how = outcomes::disposition_from_string(disposition);
    return how && outcomes::was_with_them(*how);
}

bool opened_a_door(std::string_view disposition, std::span<const std::string> results) {
    return outcomes::disposition_from_string(disposition) == outcomes::disposition::connected &&
           std::ranges::any_of(results, [](const auto& word) {
               const auto r = outcomes::result_from_string(word);
               return r && outcomes::opens_a_door(*r);
           });
}

std::optional<bool> verdict(const store::judged_call& c) {
    if (c.wrong_reason)
        return false;
    if (was_with_them(c.disposition))
        return opened_a_door(c.disposition, c.results);
    return std::nullopt;
}

void learn_one(ranking::experience& e, const store::judged_call& c, bool hit) {
    e.scores.learn(score_paper_from(c.explanation).features, hit);
    if (const auto kind = triggers::kind_from(c.kind); kind && c.happened_on)
        e.learn_age(*kind, days_between(*c.happened_on, c.day), hit);
}

ranking::experience experience_of(store::session& s, local_date today, const rulebook& rules) {
    const auto newest = store::learning(s).newest();
    auto known = newest ? read(*newest, rules) : std::nullopt;
    if (!known)
        return ranking::untaught(rules.choice.learning, rules.events->kinds);
    known->forget(days_between(newest->day, today));
    return std::move(*known);
}

ranking::experience learn(store::session& s, local_date today, const rulebook& rules, instant now) {
    store::learning kept(s);
    auto base = kept.newest();
    if (base && base->day > today)
        return experience_of(s, today, rules);
    auto known = base ? read(*base, rules) : std::nullopt;
    auto calls = kept.judged(add_days(today, known ? -late_answers : -first_look));
    const auto mistaken = known ? first_mistaken(calls, last_reverted(s)) : first_version;
    const bool goes_back = base && mistaken > 0;
    if (goes_back) {
        base = kept.before(mistaken);
        known = base ? read(*base, rules) : std::nullopt;
        kept.unlearn_since(known ? mistaken : first_version);
        calls = kept.judged(add_days(today, known ? -2 * late_answers : -first_look));
    }
    auto e = known ? std::move(*known) : ranking::untaught(rules.choice.learning, rules.events->kinds);
    std::optional<local_date> last;
    if (known)
        last = base->day;
    std::vector<std::pair<card_id, bool>> learned;
    for (const auto& c : calls) {
        const auto hit = verdict(c);
        if (c.learned_as || !hit || c.day > today)
            continue;
        if (last)
            e.forget(days_between(*last, c.day));
        last = last ? std::max(*last, c.day) : c.day;
        learn_one(e, c, *hit);
        learned.emplace_back(c.card, *hit);
    }
    if (last)
        e.forget(days_between(*last, today));
    if (learned.empty() && !goes_back)
        return e;
    const auto version =
        kept.add({.day = today, .made_at = now, .calls = e.scores.seen(), .note = {}, .content = save(e)});
    for (const auto& [card, hit] : learned)
        kept.mark_learned(card, version, hit);
    kept.keep_newest(versions_kept);
    return e;
}

bool revert(store::session& s, std::int64_t version, const rulebook& rules, instant now) {
    store::learning kept(s);
    auto old = kept.find(version);
    if (!old || !read(*old, rules))
        return false;
    old->made_at = now;
    old->note = fmt::format("reverted to {}", version);
    kept.add(*old);
    return true;
}

} // namespace whynow::workday
