// Amounts of time: "in 6 months", "3-4 weeks", "a week from Friday", "2 weeks ago".
#include "domain/dates/grammar.hpp"

#include <algorithm>
#include <cmath>

namespace whynow::domain::dates {

namespace {
constexpr int week_slack = 3, month_slack = 7, year_slack = 14, long_days = 30;

local_date plus(local_date from, unit u, double n) {
    constexpr double month = 30.44;
    const bool even = n == std::floor(n);
    const int whole_units = static_cast<int>(std::floor(n));
    const auto rest = n - whole_units;
    const auto months = [&](int each) {
        const auto at = add_months(from, each * whole_units);
        return even ? at : add_days(at, static_cast<int>(std::lround(rest * each * month)));
    };
    switch (u) {
    case unit::day: return add_days(from, static_cast<int>(std::lround(n)));
    case unit::week: return add_days(from, static_cast<int>(std::lround(7 * n)));
    case unit::fortnight: return add_days(from, static_cast<int>(std::lround(14 * n)));
    case unit::weekend: return add_days(from, static_cast<int>(std::lround(7 * n)));
    case unit::month: return months(1);
    case unit::quarter: return months(3);
    case unit::half: return months(6);
    default: return months(12);
    }
}

int slack(unit u, double n) {
    switch (u) {
    case unit::day: return n >= long_days ? week_slack : 0;
    case unit::week:
    case unit::fortnight: return week_slack;
    case unit::month: return n >= 12 ? year_slack : month_slack;
    case unit::quarter: return n >= 4 ? year_slack : month_slack;
    default: return year_slack;
    }
}

local_date working_days_on(local_date from, int n) {
    auto d = from;
    for (int left = n; left > 0;) {
        d = add_days(d, 1);
        if (weekday_of(d).iso_encoding() < 6)
            --left;
    }
    return d;
}
} // namespace

std::optional<double> grammar::count_at(std::size_t i, std::size_t& next, bool& vague) const {
    if (i >= s_.size())
        return std::nullopt;
    const auto& s = sym(i);
    if (s.number >= 0 && !s.glued_number && s.digits <= 3) {
        next = i + 1;
        if (i > 0 && s.glued && (mark(i - 1, '$') || mark(i - 1, '#')))
            return std::nullopt;
        if ((mark(next, '.') || mark(next, ',')) && next + 1 < s_.size() && sym(next).glued && sym(next + 1).glued &&
            sym(next + 1).digits == 1) {
            next += 2;
            return s.number + sym(next - 1).number / 10.0;
        }
        if (mark(next, '+'))
            ++next;
        return s.number;
    }
    if (const auto* f = find(i, kind::few)) {
        if (sym(i + 1).number > 0) // "unos 3 meses" is about three
            return count_at(i + 1, next, vague);
        vague = true;
        next = i + 1;
        return f->value;
    }
    if (const auto* m = find(i, kind::half_more)) {
        next = i + 1;
        return m->value + 0.5;
    }
    if (const auto* u = find(i, kind::unit); u && is(i + 1, kind::and_half)) { // "mes y medio"
        next = i;
        return 1;
    }
    if (const auto* n = find(i, kind::number)) {
        next = i + 1;
        if (n->value == 1 && is(next, kind::few)) { // "a few"
            vague = true;
            ++next;
            return 3;
        }
        if (n->value == 1) {
            if (const auto* again = find(next, kind::number); again && again->value == 2 && sym(next).text != "two") {
                ++next;
                return 2;
            }
        }
        return n->value;
    }
    return std::nullopt;
}

std::optional<amount_hit> grammar::amount_at(std::size_t i) const {
    if (i >= s_.size())
        return std::nullopt;
    if (const auto* a = find(i, kind::amount))
        return amount_hit{i + 1, static_cast<unit>(a->value), static_cast<double>(a->more),
                          static_cast<double>(a->more), false};
    std::size_t j = i;
    bool vague = false;
    const auto lo = count_at(i, j, vague);
    if (!lo)
        return std::nullopt;
    auto hi = *lo;
    const auto joined = [&](std::size_t k) {
        return mark(k, '-') || mark(k, '/') || is(k, kind::only_or) || is(k, kind::join);
    };
    if (joined(j) && !mark(j, ','))
        if (std::size_t k = j; const auto second = count_at(j + 1, k, vague)) {
            if (*second < *lo || *second > *lo * 4 + 2)
                return std::nullopt;
            hi = *second;
            j = k;
        }
    if (sym(std::min(j, s_.size() - 1)).text == "and a half") {
        hi = *lo + 0.5;
        ++j;
    }
    if (j < s_.size() && (sym(j).text == "more" || sym(j).text == "good" || sym(j).text == "full" ||
                          sym(j).text == "weitere" || sym(j).text == "weiteren" || sym(j).text == "other"))
        ++j;
    const auto* u = find(j, kind::unit);
    if (!u || (sym(i).text == "some" && !sym(j).text.ends_with('s'))) // "some day"
        return std::nullopt;
    auto out = amount_hit{j + 1, static_cast<unit>(u->value), *lo, hi, vague};
    if (is(out.next, kind::and_half)) {
        out.lo = out.hi = *lo + 0.5;
        ++out.next;
    }
    // "a month or two"
    if (joined(out.next))
        if (std::size_t k = out.next; const auto second = count_at(out.next + 1, k, out.vague))
            if (*second > out.hi && (clause_ends(k) || find(k, kind::unit) == nullptr) && !mark(k, ':') &&
                !is(k, kind::oclock) && *second <= *lo + 3) {
                out.hi = *second;
                out.next = k;
            }
    return out;
}

hit grammar::moved(const amount_hit& a, local_date from) const {
    hit h{.next = a.next};
    h.on.counted = true;
    if (a.of == unit::hour || a.of == unit::minute) {
        const auto minutes = std::chrono::minutes{std::lround(a.hi * (a.of == unit::hour ? 60 : 1))};
        const auto at = here_.now.at + minutes;
        const int over = static_cast<int>(at.count() / 1440);
        h.on.from = h.on.to = h.on.best = add_days(from, over);
        if (!a.vague)
            h.at = minute_of_day{at.count() % 1440};
        return h;
    }
    if (a.of == unit::workday) {
        h.on.from = working_days_on(from, static_cast<int>(a.lo));
        h.on.to = h.on.best = working_days_on(from, static_cast<int>(a.hi));
        return h;
    }
    const auto lo = plus(from, a.of, a.lo), hi = plus(from, a.of, a.hi);
    int wide = slack(a.of, a.hi);
    if (a.vague)
        wide = a.of == unit::day ? 2 : (a.of == unit::week ? 7 : 31);
    h.on.from = add_days(lo, -wide);
    h.on.to = add_days(hi, wide);
    h.on.best = add_days(lo, days_between(lo, hi) / 2);
    h.on.size = a.of == unit::day ? (wide ? grain::week : grain::day)
                                  : (a.of == unit::week || a.of == unit::fortnight ? grain::week : grain::month);
    constexpr int furthest = 20 * 366; // "in 900 years" is no day to call
    if (days_between(today_, hi) > furthest)
        h.gone = true;
    else if (const auto s = settled(h.on, from < today_ ? today_ : add_days(today_, 1)))
        h.on = *s;
    else
        h.gone = true;
    return h;
}

// "within the week" is seven days; the longer ones end with the calendar's
std::optional<hit> grammar::within_unit(unit of, std::size_t next) const {
    if (of == unit::month || of == unit::quarter || of == unit::half || of == unit::year)
        return rolled(unit_period(of, 0), std::nullopt, next);
    if (of != unit::week && of != unit::fortnight)
        return std::nullopt;
    auto h = moved({.next = next, .of = of, .lo = 1, .hi = 1}, today_);
    h.on.from = add_days(today_, 1);
    h.on.to = add_days(today_, of == unit::week ? 7 : 14);
    h.on.best = add_days(today_, of == unit::week ? 5 : 10);
    const auto s = settled(h.on, today_);
    return s ? std::optional{hit{.next = next, .on = *s}} : std::nullopt;
}

std::optional<hit> grammar::counted(std::size_t i, int depth) const {
    const bool past = is(i, kind::past);
    if (past)
        if (const auto a = amount_at(skip_fillers(i + 1)))
            return hit{.next = a->next, .gone = true};
    const bool within = is(i, kind::within);
    const bool in = within || is(i, kind::in);
    const bool lasting = is(i, kind::lasting) && (!in || amount_at(i + 1)); // "durante dos semanas"
    auto j = in || lasting ? i + 1 : i;
    if (in || lasting)
        j = run_on(j, [this](std::size_t k) { return is(k, kind::filler) && !is(k, kind::number); });
    bool running = false;
    if (const auto* r = find(j, kind::rel); r && !amount_at(j)) {
        if (!amount_at(j + 1))
            return std::nullopt;
        if (static_cast<rel>(r->value) == rel::last)
            return hit{.next = amount_at(j + 1)->next, .gone = true};
        running = true;
        ++j;
    }
    auto a = amount_at(j);
    if (!a && in && sym(j).number > 0 && sym(j + 1).glued && sym(j + 1).text == "h") // "dans 2h"
        a = amount_hit{j + 2, unit::hour, double(sym(j).number), double(sym(j).number), false};
    const bool rung = i > 0 && (is(i - 1, kind::call) || (i > 1 && is(i - 2, kind::call)));
    if (!a && in && lang_ == language::en && rung && sym(j).digits == 2 && sym(j).number % 5 == 0 && clause_ends(j + 1))
        a = amount_hit{j + 1, unit::minute, double(sym(j).number), double(sym(j).number), false}; // "call in 20"
    if (const auto* u = find(j, kind::unit); !a && within && u)                                   // "within the week"
        return within_unit(static_cast<unit>(u->value), j + 1);
    if (!a)
        return std::nullopt;
    if (is(a->next, kind::ago) || (lasting && !is(a->next, kind::from_now)))
        return hit{.next = a->next + (is(a->next, kind::ago) ? 1 : 0), .gone = true};
    if (!running)
        if (const auto from = anchored(*a, depth))
            return from;
    auto h = moved(*a, today_);
    if (running || within) { // inside the next two weeks
        h.on.from = add_days(today_, 1);
        h.on.best = add_days(today_, days_between(today_, plus(today_, a->of, a->hi)) * 2 / 3);
        if (const auto s = settled(h.on, today_); s && !h.at)
            h.on = *s;
    }
    const bool marked = is(h.next, kind::from_now);
    if (marked)
        ++h.next;
    if (is(h.next, kind::length))
        return hit{.next = h.next + 1, .gone = true};
    if (const auto* r = find(h.next, kind::rel); r && !in && !marked && r->lang != language::en &&
                                                 static_cast<rel>(r->value) == rel::next) { // "3 semanas que vienen"
        auto next_ones = moved({.next = h.next + 1, .of = a->of, .lo = 0, .hi = a->hi}, today_);
        next_ones.on.best = h.on.best;
        return next_ones;
    }
    h.on.bare = !in && !marked && !running;
    if (h.on.bare && a->of == unit::day && a->hi <= 1)
        return hit{.next = h.next, .gone = true}; // "one day"
    constexpr int day_of_hours = 24;
    constexpr int far_years = 5;
    if (h.on.bare && ((a->of == unit::hour && a->hi > day_of_hours) || (a->of == unit::year && a->hi > far_years)))
        return hit{.next = h.next, .gone = true}; // "35 hours" is a week's work, "15 years" an age
    return h;
}

} // namespace whynow::domain::dates
