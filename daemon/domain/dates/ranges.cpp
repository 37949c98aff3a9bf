// From one day to another: "between the 3rd and the 5th", "Monday to Wednesday", "April or May".
#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace {
constexpr int widest = 92; // days between the two
}

bool grammar::joins(std::size_t i) const {
    return is(i, kind::join) || is(i, kind::only_or) || is(i, kind::range) || is(i, kind::until) ||
           (sym(i).glued && (mark(i, '-') || mark(i, '/')));
}

// "vom 3. bis 5. Juli", "between the 23rd and the 25th"; the first may leave its month to the second.
std::optional<hit> grammar::between(std::size_t i, int depth) const {
    if (!is(i, kind::between) && !is(i, kind::until) && !is(i, kind::in))
        return std::nullopt;
    const auto j = skip_fillers(i + 1);
    std::size_t behind = 0;
    const auto day = day_number(j, behind);
    if (!day) {
        if (!is(i, kind::between))
            return std::nullopt;
        auto first = date_at(j, depth + 1);
        if (!first || first->gone || first->at || first->on.counted)
            return std::nullopt;
        const auto end = first->next;
        widen(*first);
        return first->next > end ? first : std::nullopt;
    }
    if (!joins(behind))
        return std::nullopt;
    const auto k = skip_fillers(behind + 1);
    std::optional<hit> second;
    for (const auto& h : {day_month(k), day_of_month(k > behind + 1 ? k - 1 : k)})
        if (h && !h->gone && (!second || h->next > second->next))
            second = h;
    if (!second || *day >= day_of(second->on.from))
        return std::nullopt;
    const auto from = date_of(year_of(second->on.from), month_of(second->on.from), *day);
    const auto s = settled({.from = from, .to = second->on.to, .best = from}, today_);
    return s ? std::optional{hit{.next = second->next, .on = *s}} : std::nullopt;
}

// A second one of the same size right behind it: the window reaches to its end.
void grammar::widen(hit& first) const {
    if (first.gone || first.at || first.on.counted || !joins(first.next))
        return;
    const auto j = skip_fillers(first.next + 1);
    for (const auto at : {first.next + 1, j}) {
        const auto second = date_at(at, 1);
        if (!second || second->gone || second->at || second->on.counted || second->on.size != first.on.size)
            continue;
        const int apart = days_between(first.on.to, second->on.from);
        if (apart < 0 || apart > widest)
            continue;
        const auto to = second->next;
        if (moved_there(first.next, to)) {
            first = *second;
            return;
        }
        first.on.to = second->on.to;
        first.next = to;
        return;
    }
}

// "moved from Tuesday to Thursday"
bool grammar::moved_there(std::size_t from, std::size_t to) const {
    constexpr std::size_t reach = 5;
    for (auto k = from; k > 0 && k + reach > from && !sym(k - 1).mark; --k)
        if (is(k - 1, kind::moved))
            return true;
    return is(to, kind::moved);
}

} // namespace whynow::domain::dates
