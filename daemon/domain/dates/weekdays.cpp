// Today and tomorrow, and the days of the week.
#include "domain/dates/grammar.hpp"

namespace whynow::domain::dates {

hit one_day(local_date d, std::size_t next, local_date today) {
    hit h{.next = next, .on = {.from = d, .to = d, .best = d}};
    h.gone = d < today;
    return h;
}

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
    if (const auto behind = daypart_at(next, part); behind && part != daypart::noon)
        next = *behind;
    if (m->value < 0)
        return one_day(d, next, today_);
    if (const auto* u = find(next, kind::unit);
        u && static_cast<unit>(u->value) == unit::week && sym(next).text == "week")
        return one_day(add_days(d, 7), next + 1, today_);
    if (const auto j = is(next, kind::in) ? next + 1 : next; j > next)
        if (const auto a = amount_at(j); a && a->of != unit::hour && a->of != unit::minute) {
            auto h = moved(*a, d);
            if (a->of == unit::week || a->of == unit::fortnight || a->of == unit::day)
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
    if (mark(next, '.') && sym(next).glued && (!clause_ends(next + 1) || mark(next + 1, ',')))
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
                if (post->lang == language::fr && w->value > day_number_of(today_))
                    d = in_week(1);
                return one_day(d, next + 1, today_); // "el lunes que viene" is the coming one
            }
        }
    if (r) {
        const auto which = static_cast<rel>(r->value);
        if (which == rel::last)
            return hit{.next = next, .gone = true};
        if (which == rel::after_next)
            d = add_days(d, 7);
        if (which == rel::next && w->value > day_number_of(today_))
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
    const int french = lang_ == language::fr && is(j, kind::in) && clause_ends(j + 2) ? sym(j + 1).number : 0;
    if (french == 8 || french == 15) // "lundi en 8"
        return one_day(add_days(h->on.best, french == 8 ? 7 : 14), j + 2, today_);
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
    if (joins(k) || mark(k, '-'))
        if (const auto* o = find(skip_fillers(k + 1), kind::weekday); o && o->value != wanted) {
            if (moved_there(j, skip_fillers(k + 1) + 1))
                return plain_weekday(skip_fillers(k + 1));
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
    if (const auto numbered = weekday_numbered(plain, wanted))
        return numbered;
    if (h->on.best < today_)
        h->gone = true;
    return h;
}

// "jeudi 10", "Friday 13": the day of the month where the weekday agrees and no hour can be meant
std::optional<hit> grammar::weekday_numbered(std::size_t i, int weekday) const {
    const auto& n = sym(i);
    const auto next = i + 1;
    const auto* words = lang_ == language::fr || lang_ == language::es ? find(i, kind::number) : nullptr;
    const int day = words ? words->value : n.number;
    if ((!words && (n.digits == 0 || n.digits > 2 || n.glued_number)) || day < 1 || day > 31 || sym(next).glued)
        return std::nullopt;
    if (is(next, kind::am) || is(next, kind::pm))
        return std::nullopt; // "Tuesday 10 am"
    const bool timed = is(next, kind::at) || is(next, kind::daypart);
    if (!clause_ends(next) && !timed)
        return std::nullopt;
    constexpr int noon = 12;
    if (lang_ == language::en && day <= noon && !timed)
        return std::nullopt; // "Thursday 10" is ten o'clock
    constexpr int furthest = 45;
    for (auto d = add_days(today_, 1); days_between(today_, d) <= furthest; d = add_days(d, 1))
        if (day_of(d) == day && day_number_of(d) == weekday)
            return one_day(d, next, today_);
    return std::nullopt;
}

} // namespace whynow::domain::dates
