// Feasts and holidays: on them, and after them.
#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

std::optional<hit> grammar::feast_form(std::size_t i) const {
    auto j = i;
    if (is(i, kind::rel))
        j = skip_fillers(i + 1);
    const auto* f = find(j, kind::holiday);
    if (!f || (j == i && j > 0 && sym(j).capital && sym(j - 1).capital && sym(j - 1).means.empty() && !sym(j - 1).mark))
        return std::nullopt; // "Doug Reyes"
    std::size_t next = j + 1;
    const auto& rule = words_.feasts[static_cast<std::size_t>(f->value)];
    if (rule.only_after)
        return std::nullopt;
    const auto year = year_suffix(j + 1, next);
    for (int y = year.value_or(year_of(today_) - 1); y <= year.value_or(year_of(today_) + 1); ++y) {
        auto d = feast_days(rule, y);
        if (rule.alone_days > 1) {
            d.to = std::max(d.to, add_days(d.from, rule.alone_days - 1));
            d.weekend = false;
            d.best = add_days(d.from, 13);
        }
        if (d.to < today_)
            continue;
        const auto* u = find(next, kind::unit); // "Thanksgiving week"
        if (u && static_cast<unit>(u->value) == unit::week && sym(next).text == "week") {
            const auto monday = monday_of(d.from);
            d = {.from = monday, .to = add_days(monday, 4), .best = add_days(monday, 2)};
            ++next;
        }
        auto s = settled(d, today_);
        if (!s)
            continue;
        s->size = grain::week;
        return hit{.next = next, .on = *s};
    }
    return hit{.next = next, .gone = true};
}

// The days behind it, as many as the feast is usually felt.
std::optional<hit> grammar::after_feast(std::size_t i) const {
    const auto* f = find(i, kind::holiday);
    const auto& rule = words_.feasts[static_cast<std::size_t>(f->value)];
    std::size_t next = i + 1;
    const auto year = year_suffix(i + 1, next);
    for (int y = year.value_or(year_of(today_) - 1); y <= year.value_or(year_of(today_) + 1); ++y) {
        const auto last = feast_days(rule, y).to;
        if (add_days(last, rule.after_to) < today_ || add_days(last, 3) < today_)
            continue;
        const auto s = settled({.from = add_days(last, 1),
                                .to = add_days(last, rule.after_to),
                                .best = add_days(last, 7),
                                .size = grain::week},
                               today_);
        if (s)
            return hit{.next = next, .on = *s};
    }
    return std::nullopt;
}

} // namespace whynow::domain::dates
