// Periods and their parts as days: early, mid, late, the end of them.
#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

std::optional<hit> grammar::rolled(const period& p, std::optional<part> which, std::size_t next) const {
    auto at = p;
    for (int tries = 0; tries < 3; ++tries, at = at.shifted(1)) {
        std::optional<days> d;
        if (at.months < 0) { // a half of a month
            auto month = at;
            month.months = 1;
            const bool first = at.months == -1;
            d = settled({.from = first ? month.first : add_days(month.first, 15),
                         .to = first ? add_days(month.first, 14) : month.last(),
                         .best = add_days(month.first, first ? 8 : 22),
                         .size = grain::week},
                        today_);
        } else {
            d = which ? part_of(at, *which, today_) : whole(at, today_);
        }
        if (d)
            return hit{.next = next, .on = *d};
        if (at.cycle == 0)
            break;
    }
    hit h{.next = next};
    h.gone = true;
    return h;
}

std::optional<hit> grammar::part_period(std::size_t i, bool second_of_two) const {
    const auto* which = find(i, kind::part);
    if (!which) {
        // "la semaine prochaine en début", "next week end" are not read; "year end" is an edge word
        return std::nullopt;
    }
    auto j = skip_fillers(i + 1);
    j = run_on(j, [this](std::size_t k) { return is(k, kind::filler) || sym(k).text == "in the"; });
    if (j >= s_.size())
        return std::nullopt;
    const auto w = static_cast<part>(which->value);
    const auto join = i + 1;
    if (!second_of_two && (joins(join) || is(join, kind::part)) &&
        find(is(join, kind::part) ? join : join + 1, kind::part)) {
        auto second =
            part_period(is(join, kind::part) ? join : join + 1, true); // "mid to late May": from the one to the other
        if (!second || second->gone)
            return second;
        for (auto k = join + 1; k < second->next; ++k)
            if (const auto p = period_at(k); p && p->next == second->next)
                if (const auto first =
                        part_of(p->of.first < today_ ? p->of.shifted(p->of.last() < today_) : p->of, w, today_))
                    if (first->from < second->on.from)
                        second->on.best = second->on.from, second->on.from = first->from;
        return second;
    }
    if (const auto p = period_at(j))
        return rolled(p->of, w, p->next);
    if (const auto y = year_at(j))
        return rolled(y->of, w, y->next);
    if (const auto* u = find(j, kind::unit)) {
        const auto of = static_cast<unit>(u->value);
        if (of == unit::day) {
            const bool end = w == part::end;
            return end ? std::optional{hit{.next = j + 1, .on = {.from = today_, .to = today_, .best = today_}}}
                       : std::nullopt;
        }
        std::size_t next = j + 1;
        if (of == unit::year)
            if (const auto year = year_suffix(j + 1, next))
                return rolled(with_year(unit_period(of, 0), year), w, next);
        constexpr int begun = 5; // on the sixth "the beginning of the month" is the next one's
        const bool over = w == part::early && of == unit::month && day_of(today_) > begun;
        if (of != unit::minute && of != unit::hour && of != unit::workday && w != part::later)
            return rolled(unit_period(of, over ? 1 : 0), w, j + 1);
    }
    return std::nullopt;
}

std::optional<hit> grammar::edge_word(std::size_t i) const {
    const auto* e = find(i, kind::edge);
    if (!e)
        return std::nullopt;
    const auto of = static_cast<unit>(e->more);
    if (of == unit::day) { // "EOD Friday"
        auto j = skip_fillers(i + 1);
        if (is(j, kind::by))
            j = skip_fillers(j + 1);
        if (const auto day = date_at(j, 1); day && !day->at && !day->on.counted && day->on.from == day->on.to)
            return day;
        return one_day(today_, i + 1, today_);
    }
    std::size_t next = i + 1;
    int offset = 0;
    if (const auto year = of == unit::year ? year_suffix(i + 1, next) : std::nullopt)
        offset = *year - year_of(today_);
    else if (const auto* r = find(i + 1, kind::rel); r && r->lang != language::en && !is(i + 2, kind::unit)) {
        offset = static_cast<rel>(r->value) == rel::next ? 1 : 0; // "fin de semaine prochaine"
        next = i + 2;
    }
    return rolled(unit_period(of, offset), static_cast<part>(e->value), next);
}

std::optional<hit> grammar::whole_period(std::size_t i) const {
    const auto p = period_at(i);
    if (!p) {
        const auto* u = find(i, kind::unit);
        const bool weekend = u && static_cast<unit>(u->value) == unit::weekend;
        return weekend ? rolled(unit_period(unit::weekend, 0), std::nullopt, i + 1) : std::nullopt;
    }
    if (p->of.size == grain::year && p->of.first <= today_) // "this year" names no day
        return hit{.next = p->next, .gone = true};
    return rolled(p->of, std::nullopt, p->next);
}

} // namespace whynow::domain::dates
