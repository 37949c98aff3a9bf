// Months, quarters, halves, seasons, years, as the calendar has them.
#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace {
int floor_to(int month, int step) { return (month - 1) / step * step + 1; }
} // namespace

period grammar::unit_period(unit u, int offset) const {
    const int y = year_of(today_), m = month_of(today_);
    period p;
    switch (u) {
    case unit::month:
        p = month_period(y, m);
        p.cycle = 1;
        break;
    case unit::quarter:
        p = {.first = date_of(y, floor_to(m, 3), 1), .months = 3, .cycle = 3, .size = grain::quarter};
        break;
    case unit::half:
        p = {.first = date_of(y, floor_to(m, 6), 1), .months = 6, .cycle = 6, .size = grain::quarter};
        break;
    case unit::year: p = {.first = date_of(y, 1, 1), .months = 12, .cycle = 12, .size = grain::year}; break;
    case unit::fiscal_year: {
        const int start = words_.fiscal_month(here_.zone);
        p = {.first = date_of(m >= start ? y : y - 1, start, 1), .months = 12, .cycle = 12, .size = grain::year};
        p.fiscal = true;
        break;
    }
    default:
        p = {.first = monday_of(today_), .months = 0, .cycle = 1, .size = grain::week};
        p.weekend = u == unit::weekend;
    }
    p.bare_unit = true;
    return p.shifted(offset);
}

period grammar::with_year(period p, std::optional<int> year) const {
    if (year) {
        p.first = date_of(*year, month_of(p.first), 1);
        p.cycle = 0;
    }
    return p;
}

std::optional<period_hit> grammar::month_period_at(std::size_t i) const {
    std::optional<rel> which;
    auto j = i;
    if (const auto* r = find(i, kind::rel); r && !is(i, kind::ordinal)) {
        which = static_cast<rel>(r->value);
        j = skip_fillers(i + 1);
    } else if (const auto* l = find(i, kind::rel); l && find(i + 1, kind::month)) {
        which = static_cast<rel>(l->value);
        j = i + 1;
    }
    const auto* month = find(j, kind::month);
    if (!month)
        return std::nullopt;
    ++j;
    if (mark(j, '.') && j + 1 < s_.size() && sym(j - 1).text.size() <= 4 && !clause_ends(j + 1))
        ++j;
    const bool adjective = i > 0 && sym(i - 1).text == "the" && j < s_.size() && !sym(j).mark && sym(j).means.empty() &&
                           (i < 2 || sym(i - 2).text == "about" ||
                            !(has(i - 2, kind::in) || has(i - 2, kind::after) || has(i - 2, kind::before) ||
                              has(i - 2, kind::until) || has(i - 2, kind::by)));
    if (adjective)
        return std::nullopt; // "read the April issue"
    auto p = month_period(year_of(today_), month->value);
    std::size_t next = j;
    const auto year = year_suffix(j, next);
    if (!year && !which)
        if (const auto* r = find(j, kind::rel);
            r && (r->lang == language::fr || r->lang == language::es) && !is(j + 1, kind::unit)) {
            which = static_cast<rel>(r->value);
            next = j + 1;
        }
    if (year)
        return period_hit{next, with_year(p, year)};
    if (which == rel::last) {
        p.cycle = 0;
        p.first = add_months(p.first, month->value >= month_of(today_) ? -12 : 0);
    } else if (which == rel::next && month->value == month_of(today_)) {
        p = p.shifted(1);
    }
    return period_hit{next, p};
}

// Q3, 3Q, third quarter, T3, "next year's Q1"
std::optional<period_hit> grammar::quarter_at(std::size_t i) const {
    int n = 0;
    std::size_t j = i;
    if (is(i, kind::quarter_mark) && i + 1 < s_.size() && sym(i + 1).digits == 1 &&
        (sym(i + 1).glued || sym(i).text.size() > 1 || sym(i).text == "q")) {
        n = sym(i + 1).number;
        j = i + 2;
    } else if (sym(i).digits == 1 && is(i + 1, kind::quarter_mark) && (sym(i + 1).glued || mark(i + 1, '.'))) {
        n = sym(i).number;
        j = i + 2;
    } else {
        std::size_t k = i + 1;
        auto ordinal = day_number(i, k);
        const auto* last = find(i, kind::ordinal);
        const auto* year = find(skip_fillers(i + 2), kind::unit);
        if (last && last->value == -1 && year && static_cast<unit>(year->value) == unit::year)
            ordinal = 4; // "the last quarter of the year"
        const bool spelt = ordinal && (is(i, kind::ordinal) || k > i + 1);
        const auto* u = spelt ? find(k, kind::unit) : nullptr;
        if (!u || static_cast<unit>(u->value) != unit::quarter)
            return std::nullopt;
        n = *ordinal;
        j = k + 1;
        const auto& of = sym(skip_fillers(j));
        if (sym(j).text == "of" && of.means.empty() && of.number < 0) // "first quarter of the game"
            return std::nullopt;
    }
    if (n < 1 || n > 4)
        return std::nullopt;
    period p{.first = date_of(year_of(today_), 3 * n - 2, 1), .months = 3, .cycle = 12, .size = grain::quarter};
    std::size_t next = j;
    if (mark(next, '/'))
        ++next;
    if (const auto fiscal = fiscal_year_at(skip_fillers(next))) {
        p.first = add_months(fiscal->of.first, 3 * (n - 1));
        p.cycle = fiscal->of.cycle;
        return period_hit{fiscal->next, p};
    }
    const auto year = year_suffix(next, j);
    return period_hit{j, with_year(p, year)};
}

// FY27, fiscal 2027, next financial year: named after the year it ends in
std::optional<period_hit> grammar::fiscal_year_at(std::size_t i) const {
    if (const auto rel = rel_unit_at(i); rel && rel->of.fiscal)
        return rel;
    const auto* u = find(i, kind::unit);
    if (!u || static_cast<unit>(u->value) != unit::fiscal_year)
        return std::nullopt;
    auto p = unit_period(unit::fiscal_year, 0);
    const auto& n = sym(i + 1);
    if (n.digits != 2 && n.digits != 4)
        return std::nullopt;
    const int year = n.digits == 2 ? 2000 + n.number : n.number;
    p.first = date_of(month_of(p.first) == 1 ? year : year - 1, month_of(p.first), 1);
    p.cycle = 0;
    return period_hit{i + 2, p};
}

// H2, second half of the year, zweites Halbjahr
std::optional<period_hit> grammar::half_at(std::size_t i) const {
    int n = 0;
    std::size_t j = i;
    const bool longer = sym(i + 2).glued && !sym(i + 2).mark; // "H2O"
    if (is(i, kind::half_mark) && sym(i + 1).digits == 1 && sym(i + 1).glued && !longer) {
        n = sym(i + 1).number;
        j = i + 2;
    } else if (sym(i).digits == 1 && sym(i + 1).glued && sym(i + 1).capital && sym(i + 1).text == "h" &&
               !sym(i + 2).glued) { // 2H
        n = sym(i).number;
        j = i + 2;
    } else if (const auto* nth = find(i, kind::half_nth)) {
        n = nth->value;
        j = i + 1;
    } else {
        std::size_t k = 0;
        const auto ordinal = day_number(i, k);
        if (!ordinal || !(is(i, kind::ordinal) || k > i + 1))
            return std::nullopt;
        const auto* u = find(k, kind::unit);
        const bool half_unit = u && static_cast<unit>(u->value) == unit::half;
        if (!half_unit && !is(k, kind::halves))
            return std::nullopt;
        n = *ordinal;
        j = k + 1;
    }
    if (n < 1 || n > 2)
        return std::nullopt;
    const auto k = skip_fillers(j);
    const auto* of = find(k, kind::unit);
    if (const auto rel = rel_unit_at(k); rel && rel->of.months == 1) { // first half of next month
        auto p = rel->of;
        p.months = -n;
        return period_hit{rel->next, p};
    }
    if (of && static_cast<unit>(of->value) == unit::month) {
        auto p = unit_period(unit::month, 0);
        p.months = -n;
        return period_hit{k + 1, p};
    }
    if (const auto inner = month_period_at(k)) { // first half of June
        auto p = inner->of;
        p.months = -n; // marks half a month; part_period turns it into days
        return period_hit{inner->next, p};
    }
    period p{.first = date_of(year_of(today_), n == 1 ? 1 : 7, 1), .months = 6, .cycle = 12, .size = grain::quarter};
    std::size_t next = j;
    if (const auto year = year_suffix(j, next))
        return period_hit{next, with_year(p, year)};
    if (const auto* u = find(k, kind::unit); u && static_cast<unit>(u->value) == unit::year)
        next = k + 1;
    return period_hit{next, p};
}

std::optional<period_hit> grammar::season_at(std::size_t i) const {
    std::optional<rel> which;
    auto j = i;
    if (const auto* r = find(i, kind::rel)) {
        which = static_cast<rel>(r->value);
        j = skip_fillers(i + 1);
    }
    const auto* season = find(j, kind::season);
    if (!season)
        return std::nullopt;
    ++j;
    if (const auto* r = find(j, kind::rel); r && !which && !is(j + 1, kind::unit)) {
        which = static_cast<rel>(r->value);
        ++j;
    }
    const auto [from, to] = words_.seasons[static_cast<std::size_t>(season->value)];
    const int length = to >= from ? to - from + 1 : to + 13 - from;
    period p{.first = date_of(year_of(today_), from, 1), .months = length, .cycle = 12, .size = grain::month};
    std::size_t next = j;
    if (const auto year = year_suffix(j, next))
        return period_hit{next, with_year(p, year)};
    if (to < from && month_of(today_) <= to)
        p = p.shifted(-1);
    if (which == rel::next && p.first <= today_)
        p = p.shifted(1);
    if (which == rel::last) {
        p = p.shifted(p.first <= today_ ? -1 : -2);
        p.cycle = 0;
    }
    return period_hit{next, p};
}

// "next week", "la semana que viene", "month after next", "this year", "nächsten Monats"
std::optional<period_hit> grammar::rel_unit_at(std::size_t i) const {
    auto j = skip_fillers(i);
    const auto* r = find(j, kind::rel);
    std::size_t next = 0;
    const meaning* u = nullptr;
    if (r && (u = find(skip_fillers(j + 1), kind::unit))) {
        next = skip_fillers(j + 1) + 1;
        if (const auto* then = find(next, kind::rel); then && static_cast<rel>(then->value) == rel::after_next)
            r = then, ++next;
    } else if ((u = find(j, kind::unit)) && (r = find(j + 1, kind::rel))) {
        if (r->lang == language::en && static_cast<rel>(r->value) != rel::after_next && sym(j + 1).text != "following")
            return std::nullopt;
        next = j + 2;
    } else {
        return std::nullopt;
    }
    const auto of = static_cast<unit>(u->value);
    if (of == unit::minute || of == unit::hour || of == unit::day || of == unit::workday)
        return std::nullopt;
    constexpr int steps[] = {0, 1, -1, 2, 1};
    const bool this_weekend = of == unit::weekend && static_cast<rel>(r->value) == rel::coming;
    auto p = unit_period(of, this_weekend ? 0 : steps[r->value] * (of == unit::fortnight ? 2 : 1));
    p.cycle = 0;
    return period_hit{next, p};
}

// 2027, where it can be nothing else: "in 2027", "early 2027"
std::optional<period_hit> grammar::year_at(std::size_t i) const {
    const auto j = skip_fillers(i);
    if (j >= s_.size() || sym(j).digits != 4 || sym(j).glued_number || sym(j).number < year_of(today_) ||
        sym(j).number > year_of(today_) + 9)
        return std::nullopt;
    period p{.first = date_of(sym(j).number, 1, 1), .months = 12, .cycle = 0, .size = grain::year};
    return period_hit{j + 1, p};
}

std::optional<period_hit> grammar::period_at(std::size_t i) const {
    if (i >= s_.size())
        return std::nullopt;
    std::optional<period_hit> best;
    for (const auto& found : {half_at(i), quarter_at(i), quarter_at(skip_fillers(i)), season_at(i), month_period_at(i),
                              rel_unit_at(i), fiscal_year_at(i), numbered_week_at(i)})
        if (found && (!best || found->next > best->next))
            best = found;
    // "next year in March", "next year's Q1"
    if (best && best->of.size == grain::year) {
        const auto j = run_on(best->next, [this](std::size_t k) { return is(k, kind::filler) || is(k, kind::in); });
        for (const auto& inner : {half_at(j), quarter_at(j), season_at(j), month_period_at(j)}) {
            if (!inner || inner->of.months <= 0)
                continue;
            auto p = with_year(inner->of, year_of(best->of.first));
            if (best->of.fiscal && p.months != 1) // its first quarter begins with it
                p.first = add_months(best->of.first, month_of(p.first) - 1);
            return period_hit{inner->next, p};
        }
    }
    return best;
}

} // namespace whynow::domain::dates
