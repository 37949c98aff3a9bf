// Weeks: by name, by number, the nth of a month.
#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

// "next week Tuesday", "KW 30 Dienstag"
std::optional<hit> grammar::week_then_weekday(std::size_t i) const {
    auto week = rel_unit_at(i);
    if (!week || week->of.months != 0 || week->of.weekend)
        return std::nullopt;
    auto j = skip_fillers(week->next);
    const bool apart = mark(j, ',');
    if (apart)
        j = skip_fillers(j + 1);
    if (is(j, kind::so)) // "next week, preferably Tuesday"
        j = skip_fillers(j + 1);
    const auto* w = find(j, kind::weekday);
    if (!w)
        return std::nullopt;
    auto h = one_day(add_days(week->of.first, w->value - 1), j + 1, today_);
    if (apart && h.gone)
        return std::nullopt; // "out this week, Monday then"
    auto k = skip_fillers(j + 2);
    if ((is(j + 1, kind::join) || is(j + 1, kind::only_or) || mark(j + 1, '/')))
        if (const auto* o = find(k, kind::weekday); o && o->value > w->value) {
            h.on.to = add_days(week->of.first, o->value - 1);
            h.next = k + 1;
        }
    return h;
}

// "first Monday in May", "second week of May", "erste Juliwoche", "last week of the month"
std::optional<hit> grammar::nth_of(std::size_t i) const {
    std::size_t j = 0;
    int nth = 0;
    if (!is(i, kind::ordinal))
        i = skip_fillers(i);
    if (const auto* o = find(i, kind::ordinal)) {
        nth = o->value;
        j = i + 1;
    } else if (const auto n = day_number(i, j); n && j > i + 1 && *n <= 5) {
        nth = *n;
    } else {
        return std::nullopt;
    }
    const auto* w = find(j, kind::weekday);
    const auto* u = find(j, kind::unit);
    const auto counted = u ? static_cast<unit>(u->value) : unit::year;
    const bool of_days = counted == unit::day || counted == unit::workday;
    if (!w && !is(j, kind::week_of) && counted != unit::week && !of_days)
        return std::nullopt;
    const auto k = run_on(j + 1, [this](std::size_t n) { return is(n, kind::filler) || is(n, kind::in); });
    auto p = month_period_at(k);
    if (!p)
        p = rel_unit_at(k);
    if (const auto* m = find(k, kind::unit); !p && m && static_cast<unit>(m->value) == unit::month)
        p = period_hit{k + 1, unit_period(unit::month, 0)};
    if (!p && is(k, kind::holiday))
        if (const auto feast = feast_form(k); feast && !feast->gone && day_of(feast->on.from) == 1) // "of the new year"
            p = period_hit{feast->next, month_period(year_of(feast->on.from), month_of(feast->on.from))};
    if (!p || p->of.months != 1)
        return std::nullopt;
    auto of = p->of;
    for (int tries = 0; tries < 2; ++tries, of = of.shifted(1)) {
        const int y = year_of(of.first), m = month_of(of.first);
        std::optional<days> d;
        if (w) {
            const auto at = nth_weekday(y, m, nth, w->value);
            d = at && *at >= today_ ? std::optional{days{.from = *at, .to = *at, .best = *at}} : std::nullopt;
        } else if (of_days) {
            auto at = nth < 0 ? of.last() : add_days(of.first, nth - 1);
            while (counted == unit::workday && day_number_of(at) > 5)
                at = add_days(at, nth < 0 ? -1 : 1);
            d = at >= today_ ? std::optional{days{.from = at, .to = at, .best = at}} : std::nullopt;
        } else {
            const auto from = nth < 0 ? add_days(of.last(), -6) : add_days(of.first, 7 * (nth - 1));
            const auto to = std::min(add_days(from, 6), of.last());
            d = settled({.from = from, .to = to, .best = add_days(from, 3), .size = grain::week}, today_);
        }
        if (d)
            return hit{.next = p->next, .on = *d};
        if (of.cycle == 0)
            break;
    }
    return hit{.next = p->next, .gone = true};
}

// KW 30, week 12 of 2027, 38. KW
std::optional<period_hit> grammar::numbered_week_at(std::size_t i) const {
    if (sym(i).digits > 0 && sym(i).digits <= 2 && mark(i + 1, '.') && is(i + 2, kind::week_mark) &&
        sym(i + 2).text != "w") {
        const auto year = year_of(today_);
        for (int y = year; y <= year + 1; ++y)
            if (const auto monday = iso_week(y, sym(i).number); monday && add_days(*monday, 4) >= today_)
                return period_hit{i + 3, {.first = *monday}};
    }
    if (!is(i, kind::week_mark) || i + 1 >= s_.size())
        return std::nullopt;
    const auto& n = sym(i + 1);
    const bool known = sym(i).text == "kw" || sym(i).text == "cw" || sym(i).text.find("cal") != std::string::npos ||
                       sym(i).text.starts_with("kalender");
    if (n.digits == 0 || n.digits > 2 || n.glued_number || (!known && n.glued && n.digits < 2))
        return std::nullopt;
    std::size_t next = i + 2;
    if (mark(next, '/'))
        ++next;
    std::size_t behind = next;
    const auto year = year_suffix(next, behind);
    for (int y = year.value_or(year_of(today_)); y <= year.value_or(year_of(today_) + 1); ++y)
        if (const auto monday = iso_week(y, n.number); monday && (year || add_days(*monday, 4) >= today_))
            return period_hit{year ? behind : i + 2, {.first = *monday}};
    return std::nullopt;
}

std::optional<hit> grammar::week_number(std::size_t i) const {
    const auto week = numbered_week_at(i);
    if (!week)
        return std::nullopt;
    const auto j = skip_fillers(week->next);
    if (const auto* w = find(j, kind::weekday))
        return one_day(add_days(week->of.first, w->value - 1), j + 1, today_);
    return rolled(week->of, std::nullopt, week->next);
}

std::optional<hit> grammar::week_of(std::size_t i, int depth) const {
    if (!is(i, kind::week_of))
        return std::nullopt;
    auto at = date_at(skip_fillers(i + 1), depth + 1);
    if (!at || at->gone) {
        const auto j = skip_fillers(i + 1);
        if (j < s_.size() && sym(j).number >= 1 && sym(j).number <= 31 && sym(j).digits <= 2 && clause_ends(j + 1))
            for (auto m = today_; !at || at->gone; m = add_months(date_of(year_of(m), month_of(m), 1), 1)) {
                const auto d = date_of(year_of(m), month_of(m), sym(j).number);
                if (d.ok() && d > today_)
                    at = one_day(d, j + 1, today_);
            }
    }
    if (!at || at->gone)
        return std::nullopt;
    period p{.first = monday_of(at->on.best)};
    const auto d = whole(p, today_);
    return d ? std::optional{hit{.next = at->next, .on = *d}} : std::nullopt;
}

} // namespace whynow::domain::dates
