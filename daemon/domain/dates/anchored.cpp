// Days told by another day: "two weeks from Monday", "the day before Thanksgiving", "this time next month".
#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

// "two weeks from Monday", "a week tomorrow", "a week on Tuesday", "3 days after Christmas", "2 weeks before Easter"
std::optional<hit> grammar::anchored(const amount_hit& a, int depth) const {
    if (a.of == unit::hour || a.of == unit::minute)
        return std::nullopt;
    auto j = a.next;
    const bool back = is(j, kind::before) && !is(j, kind::from);
    const bool link = back || is(j, kind::from) || is(j, kind::after);
    if (link)
        j = skip_fillers(j + 1);
    else if (!is(j, kind::day) && !is(j, kind::weekday))
        return std::nullopt;
    const auto anchor = j < s_.size() ? date_at(j, depth + 1) : std::nullopt;
    if (!anchor || anchor->gone) {
        if (link && (back || !is(a.next, kind::by)))
            return hit{.next = a.next + 1, .gone = true};
        return std::nullopt;
    }
    if (!link && a.of != unit::week && a.of != unit::fortnight && a.of != unit::day)
        return std::nullopt;
    auto shifted_amount = a;
    if (back)
        shifted_amount.lo = -a.hi, shifted_amount.hi = -a.lo;
    auto h = moved(shifted_amount, back ? anchor->on.from : anchor->on.to);
    h.next = anchor->next;
    if (a.of == unit::week || a.of == unit::fortnight || a.of == unit::day)
        if (anchor->on.from == anchor->on.to) {
            const int n = static_cast<int>(a.hi) * (a.of == unit::day ? 1 : (a.of == unit::week ? 7 : 14));
            const auto d = add_days(anchor->on.best, back ? -n : n);
            h.on.from = h.on.to = h.on.best = d;
            h.gone = d < today_;
        }
    return h;
}

// "the day after Easter", "the week before Christmas", "the Monday after the 12th"
std::optional<hit> grammar::beside(std::size_t i, int depth) const {
    const auto j = skip_fillers(i);
    const auto* u = find(j, kind::unit);
    const auto* w = find(j, kind::weekday);
    const auto of = u ? static_cast<unit>(u->value) : unit::day;
    if ((!u && !w) || (u && of != unit::day && of != unit::week && of != unit::month))
        return std::nullopt;
    const bool back = is(j + 1, kind::before), on = is(j + 1, kind::after);
    const bool from = u && of == unit::week && sym(j + 1).text == "from"; // "week from Monday"
    if (!back && !on && !from)
        return std::nullopt;
    const auto anchor = date_at(skip_fillers(j + 2), depth + 1);
    if (!anchor || anchor->gone || anchor->at || anchor->on.counted)
        return std::nullopt;
    if (from && anchor->on.from == anchor->on.to)
        return one_day(add_days(anchor->on.from, 7), anchor->next, today_);
    if (!back && !on)
        return std::nullopt;
    const auto first = add_days(anchor->on.from, -1), last = add_days(anchor->on.to, 1);
    if (of == unit::day || w) {
        auto d = back ? first : last;
        while (w && day_number_of(d) != w->value)
            d = add_days(d, back ? -1 : 1);
        return one_day(d, anchor->next, today_);
    }
    days d{.size = of == unit::week ? grain::week : grain::month};
    const int length = of == unit::week ? 6 : 29;
    d.from = back ? add_days(first, -length) : last;
    d.to = add_days(d.from, length);
    d.best = add_days(d.from, of == unit::week ? (back ? 2 : 1) : 13);
    const auto s = settled(d, today_);
    return s ? std::optional{hit{.next = anchor->next, .on = *s}}
             : std::optional{hit{.next = anchor->next, .gone = true}};
}

// "this time next month": a month from today
std::optional<hit> grammar::same_time(std::size_t i) const {
    if (!is(i, kind::same_time))
        return std::nullopt;
    const auto j = skip_fillers(i + 1);
    if (const auto tomorrow = day_word(j))
        return tomorrow;
    const auto p = rel_unit_at(j);
    if (!p || p->of.first <= today_)
        return std::nullopt;
    if (p->of.months == 0)
        return one_day(add_days(today_, days_between(monday_of(today_), p->of.first)), p->next, today_);
    const int months = 12 * (year_of(p->of.first) - year_of(today_)) + month_of(p->of.first) -
                       (p->of.months == 12 ? 1 : month_of(today_));
    return moved({.next = p->next, .of = unit::month, .lo = double(months), .hi = double(months)}, today_);
}

} // namespace whynow::domain::dates
