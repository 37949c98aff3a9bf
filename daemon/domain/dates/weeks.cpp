// Today and tomorrow, weekdays, weeks by number, feasts.
#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace {
hit one_day(local_date d, std::size_t next, local_date today) {
    hit h{.next = next, .on = {.from = d, .to = d, .best = d}};
    h.gone = d < today;
    return h;
}
int day_number_of(local_date d) { return static_cast<int>(weekday_of(d).iso_encoding()); }
} // namespace

local_date grammar::ahead(int weekday) const {
    auto d = add_days(today_, 1);
    while (day_number_of(d) != weekday)
        d = add_days(d, 1);
    return d;
}

std::optional<hit> grammar::day_word(std::size_t i) const {
    const auto* m = find(i, kind::day);
    if (!m)
        return std::nullopt;
    auto d = add_days(today_, m->value);
    auto next = i + 1;
    daypart part{};
    if (const auto behind = daypart_at(next, part))
        next = *behind;
    if (m->value < 0)
        return one_day(d, next, today_);
    if (const auto* u = find(next, kind::unit);
        u && static_cast<unit>(u->value) == unit::week && sym(next).text == "week")
        return one_day(add_days(d, 7), next + 1, today_);
    if (const auto j = is(next, kind::in) ? next + 1 : next; j > next)
        if (const auto a = amount_at(j); a && a->of != unit::hour && a->of != unit::minute) {
            auto h = moved(*a, d);
            h.on.from = h.on.to = h.on.best;
            return h;
        }
    if (m->value > 0 || !is(skip_fillers(next), kind::weekday))
        return one_day(d, next, today_);
    return one_day(d, next, today_);
}

// [next|this] Tuesday [next week|week|fortnight|in two weeks|the 10th|10 March]
std::optional<hit> grammar::plain_weekday(std::size_t i) const {
    auto j = i;
    const auto* r = find(i, kind::rel);
    if (r)
        j = skip_fillers(i + 1);
    const auto* w = find(j, kind::weekday);
    if (!w)
        return std::nullopt;
    auto next = j + 1;
    if (mark(next, '.') && sym(next).glued && !clause_ends(next + 1))
        ++next;
    auto d = ahead(w->value);
    const auto monday = monday_of(today_);
    const auto in_week = [&](int weeks) { return add_days(monday, 7 * weeks + w->value - 1); };
    if (!r)
        if (const auto* post = find(next, kind::rel); post && !is(next + 1, kind::unit)) {
            if (static_cast<rel>(post->value) == rel::after_next)
                return one_day(add_days(d, 7), next + 1, today_);
            if (post->lang != language::en) {
                if (static_cast<rel>(post->value) == rel::last)
                    return hit{.next = next + 1, .gone = true};
                return one_day(d, next + 1, today_); // "mardi prochain" is the coming one
            }
        }
    if (r) {
        const auto which = static_cast<rel>(r->value);
        if (which == rel::last)
            return hit{.next = next, .gone = true};
        if (which == rel::after_next)
            d = add_days(d, 7);
        if (which == rel::next && r->lang == language::en && w->value > day_number_of(today_))
            d = in_week(1);
        if (const auto* then = find(next, kind::rel); then && static_cast<rel>(then->value) == rel::after_next)
            return one_day(add_days(ahead(w->value), 7), next + 1, today_);
    }
    return one_day(d, next, today_);
}

std::optional<hit> grammar::weekday_form(std::size_t i) const {
    auto h = plain_weekday(i);
    if (!h || h->gone)
        return h;
    auto j = h->next;
    const int wanted = day_number_of(h->on.best);
    const auto* u = find(j, kind::unit);
    if (u && (static_cast<unit>(u->value) == unit::week || static_cast<unit>(u->value) == unit::fortnight) &&
        sym(j).text.back() != 's') {
        const int more = static_cast<unit>(u->value) == unit::week ? 7 : 14;
        return one_day(add_days(h->on.best, more), j + 1, today_);
    }
    if (is(j, kind::in)) // "Dienstag in zwei Wochen"
        if (const auto a = amount_at(j + 1);
            a && (a->of == unit::week || a->of == unit::fortnight || a->of == unit::day)) {
            auto m = moved(*a, h->on.best);
            m.on.from = m.on.to = m.on.best;
            return m;
        }
    // "tues or wed"
    daypart ignored{};
    auto k = j;
    std::optional<int> other;
    if (is(k, kind::join) || is(k, kind::only_or) || mark(k, '/') || mark(k, '-'))
        if (const auto* o = find(skip_fillers(k + 1), kind::weekday); o && o->value != wanted) {
            other = o->value;
            j = skip_fillers(k + 1) + 1;
        }
    if (const auto week = rel_unit_at(skip_fillers(mark(j, ',') ? j + 1 : j));
        week && week->of.months == 0 && !week->of.weekend) {
        h->on.from = h->on.to = h->on.best = add_days(week->of.first, wanted - 1);
        h->next = week->next;
    } else {
        h->next = j;
    }
    if (other) {
        auto to = h->on.best;
        while (day_number_of(to) != *other)
            to = add_days(to, 1);
        h->on.to = to;
        h->gone = h->on.from < today_;
        return h;
    }
    // "Tuesday the 10th", "Fri, 13 March": the date rules, and the weekday must agree
    k = h->next;
    if (const auto behind = daypart_at(k, ignored); behind && *behind > k)
        return h;
    if (mark(k, ',') || mark(k, '('))
        ++k;
    const auto plain = skip_fillers(k);
    for (const auto at : {k, plain})
        for (const auto& date : {iso(at), slashed(at), dotted(at), day_month(at), month_day(at), day_of_month(at)}) {
            if (!date)
                continue;
            auto agreed = *date;
            if (day_number_of(agreed.on.best) != wanted) {
                agreed.gone = true;
                return agreed;
            }
            return agreed;
        }
    if (h->on.best < today_)
        h->gone = true;
    return h;
}

// "next week Tuesday", "KW 30 Dienstag"
std::optional<hit> grammar::week_then_weekday(std::size_t i) const {
    auto week = rel_unit_at(i);
    if (!week || week->of.months != 0 || week->of.weekend)
        return std::nullopt;
    auto j = skip_fillers(week->next);
    if (mark(j, ','))
        j = skip_fillers(j + 1);
    const auto* w = find(j, kind::weekday);
    if (!w)
        return std::nullopt;
    auto h = one_day(add_days(week->of.first, w->value - 1), j + 1, today_);
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
    if (!w && !is(j, kind::week_of) && !(u && static_cast<unit>(u->value) == unit::week))
        return std::nullopt;
    auto k = j + 1;
    while (is(k, kind::filler) || is(k, kind::in))
        ++k;
    auto p = month_period_at(k);
    if (!p)
        p = rel_unit_at(k);
    if (const auto* m = find(k, kind::unit); !p && m && static_cast<unit>(m->value) == unit::month)
        p = period_hit{k + 1, unit_period(unit::month, 0)};
    if (!p || p->of.months != 1)
        return std::nullopt;
    auto of = p->of;
    for (int tries = 0; tries < 2; ++tries, of = of.shifted(1)) {
        const int y = year_of(of.first), m = month_of(of.first);
        std::optional<days> d;
        if (w) {
            const auto at = nth_weekday(y, m, nth, w->value);
            d = at && *at >= today_ ? std::optional{days{.from = *at, .to = *at, .best = *at}} : std::nullopt;
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

std::optional<hit> grammar::week_number(std::size_t i) const {
    if (!is(i, kind::week_mark) || i + 1 >= s_.size())
        return std::nullopt;
    const auto& n = sym(i + 1);
    const bool known = sym(i).text == "kw" || sym(i).text == "cw" || sym(i).text.find("cal") != std::string::npos ||
                       sym(i).text.starts_with("kalender");
    if (n.digits == 0 || n.digits > 2 || n.glued_number || (!known && n.glued && n.digits < 2))
        return std::nullopt;
    std::size_t next = i + 2;
    const auto year = year_suffix(i + 2, next);
    for (int y = year.value_or(year_of(today_)); y <= year.value_or(year_of(today_) + 1); ++y) {
        const auto monday = iso_week(y, n.number);
        if (!monday)
            continue;
        period p{.first = *monday};
        if (const auto d = whole(p, today_)) {
            if (const auto* w = find(skip_fillers(next), kind::weekday)) {
                const auto at = add_days(*monday, w->value - 1);
                return one_day(at, skip_fillers(next) + 1, today_);
            }
            return hit{.next = next, .on = *d};
        }
    }
    return std::nullopt;
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

std::optional<hit> grammar::feast_form(std::size_t i) const {
    auto j = i;
    if (is(i, kind::rel))
        j = skip_fillers(i + 1);
    const auto* f = find(j, kind::holiday);
    if (!f)
        return std::nullopt;
    std::size_t next = j + 1;
    const auto& rule = words_.feasts[static_cast<std::size_t>(f->value)];
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
        auto s = settled(d, today_);
        s->size = grain::week;
        return hit{.next = next, .on = *s};
    }
    return hit{.next = next, .gone = true};
}

} // namespace whynow::domain::dates
