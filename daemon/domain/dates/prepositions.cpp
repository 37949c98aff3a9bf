// What stands before a date: after, before, until, by, since; and the choice among the forms.
#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace {
constexpr int deepest = 4;
}

const symbol& grammar::sym(std::size_t i) const {
    static const symbol nothing;
    return i < s_.size() ? s_[i] : nothing;
}

const meaning* grammar::find(std::size_t i, kind k) const {
    if (i >= s_.size())
        return nullptr;
    const meaning* found = nullptr;
    for (const auto& m : sym(i).means) {
        if (m.what != k)
            continue;
        const bool foreign = lang_ != language::any && m.lang != language::any && m.lang != lang_;
        if (m.weak && (foreign || !weak_stands(i, m)))
            continue;
        if (!found || (m.lang == lang_ && found->lang != lang_))
            found = &m;
    }
    return found;
}

bool grammar::clause_ends(std::size_t i) const {
    if (i >= s_.size())
        return true;
    const char c = sym(i).mark;
    return c == '.' || c == ',' || c == ';' || c == '!' || c == '?' || c == '\n' || c == ')' ||
           (c == '-' && !sym(i).glued);
}

// Could the symbol belong to a date by itself (weak words not counted)?
bool grammar::dateish(std::size_t i) const {
    if (i >= s_.size())
        return false;
    if (sym(i).number >= 0 && !sym(i).glued_number && (sym(i).number <= 31 || sym(i).digits == 4))
        return true;
    return std::ranges::any_of(sym(i).means, [](const meaning& m) {
        switch (m.what) {
        case kind::month:
        case kind::weekday:
        case kind::daypart:
        case kind::day:
        case kind::ordinal:
        case kind::week_mark: return !m.weak;
        default: return false;
        }
    });
}

// Do the neighbours of a weak word make it a date?
bool grammar::weak_stands(std::size_t i, const meaning& m) const {
    if (m.what != kind::month && m.what != kind::weekday && m.what != kind::season)
        return true; // other weak words are read only inside a form
    const bool surname = i + 1 < s_.size() && sym(i).capital && sym(i + 1).capital && sym(i + 1).means.empty();
    if (surname)
        return false; // "Sam Reed", "May Chen"
    std::size_t before = i;
    while (before > 0 && sym(before - 1).mark == 0 && is(before - 1, kind::filler) && !is(before - 1, kind::in) &&
           !is(before - 1, kind::by))
        --before;
    const bool starts = before == 0 || sym(before - 1).mark != 0;
    const auto behind = i + 1 < s_.size() && sym(i + 1).mark == '.' && sym(i + 1).glued ? i + 2 : i + 1;
    const bool ends = clause_ends(i + 1);
    const bool short_german = m.what == kind::weekday && sym(i).text.size() <= 2;
    if (!starts) {
        const auto p = before - 1;
        for (const auto k : {kind::rel, kind::part, kind::until, kind::in, kind::by, kind::after, kind::before,
                             kind::edge, kind::since, kind::ordinal, kind::within, kind::halves, kind::week_mark,
                             kind::week_of, kind::ordinal_suffix})
            if (is(p, k))
                return true;
        const bool listed =
            (is(p, kind::join) || is(p, kind::only_or)) && p > 0 && (dateish(p - 1) || is(p - 1, kind::weekday));
        const bool clear = m.what != kind::weekday || m.lang == language::en || m.lang == lang_;
        if (!short_german && (dateish(p) || listed || (clear && is(p, kind::lead))))
            return true;
    }
    if (short_german && lang_ != m.lang)
        return behind + 1 < s_.size() && sym(behind).number >= 0 &&
               (is(behind + 1, kind::oclock) || mark(behind + 1, ':') || mark(behind + 1, '.'));
    if (dateish(behind))
        return true;
    if (starts && ends)
        return true;
    return m.what == kind::weekday && ends && m.lang == language::en;
}

std::size_t grammar::skip_fillers(std::size_t i) const {
    while (i < s_.size() && is(i, kind::filler) && !is(i, kind::number) && !is(i, kind::rel))
        ++i;
    return i;
}

std::optional<hit> grammar::after(std::size_t i, int depth) const {
    if (!is(i, kind::after))
        return std::nullopt;
    const auto j = skip_fillers(i + 1);
    if (const auto* f = find(j, kind::holiday)) {
        const auto& rule = words_.feasts[static_cast<std::size_t>(f->value)];
        std::size_t next = j + 1;
        const auto year = year_suffix(j + 1, next);
        for (int y = year.value_or(year_of(today_) - 1); y <= year.value_or(year_of(today_) + 1); ++y) {
            const auto d = feast_days(rule, y);
            const bool turn = rule.a[2] < rule.a[0] && rule.how == feast::rule::fixed;
            const auto last = turn ? d.to : d.to;
            if (add_days(last, rule.after_to) < today_ || (add_days(last, 3) < today_))
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
    auto at = date_at(j, depth + 1);
    if (!at)
        if (const auto* u = find(j, kind::unit); u && static_cast<unit>(u->value) == unit::weekend)
            at = rolled(unit_period(unit::weekend, 0), std::nullopt, j + 1);
    if (!at || at->gone || at->at || at->on.counted)
        return at && !at->gone ? at : std::nullopt;
    days d{.from = add_days(at->on.to, 1), .size = grain::week};
    const bool season = find(j, kind::season) != nullptr || find(j + 1, kind::season) != nullptr;
    d.to = add_days(d.from, season ? 20 : 13);
    d.best = add_days(d.from, at->on.size == grain::day ? 2 : 6);
    if (at->on.weekend) {
        d.best = d.from;
        d.to = add_days(d.from, 1);
        d.size = grain::day;
    }
    const auto s = settled(d, today_);
    return s ? std::optional{hit{.next = at->next, .on = *s}} : std::nullopt;
}

std::optional<hit> grammar::before(std::size_t i, int depth) const {
    if (!is(i, kind::before))
        return std::nullopt;
    const auto at = date_at(skip_fillers(i + 1), depth + 1);
    if (!at || at->gone || at->at || at->on.counted)
        return std::nullopt;
    const auto last = add_days(at->on.from, -1);
    const int room = days_between(today_, last);
    if (room < 0)
        return hit{.next = at->next, .gone = true};
    const auto s = settled({.from = add_days(last, -std::min(room, 13)),
                            .to = last,
                            .best = add_days(last, room > 9 ? -6 : 0),
                            .size = grain::week},
                           today_);
    return s ? std::optional{hit{.next = at->next, .on = *s}} : std::nullopt;
}

// in / until / by / on / since + a date
std::optional<hit> grammar::plain_prefix(std::size_t i, int depth) const {
    if (is(i, kind::since)) {
        auto at = date_at(skip_fillers(i + 1), depth + 1);
        if (at && !is(i, kind::in))
            at->gone = true;
        if (at || !is(i, kind::in))
            return at;
    }
    const bool in = is(i, kind::in) || is(i, kind::within);
    if (!in && !is(i, kind::until) && !is(i, kind::by))
        return std::nullopt;
    const auto j = skip_fillers(i + 1);
    if (j >= s_.size())
        return std::nullopt;
    if (auto at = date_at(j, depth + 1)) {
        at->on.bare = false;
        return at;
    }
    if (const auto y = year_at(j); y && (in || is(i, kind::until) || is(i, kind::by))) {
        if (y->of.first <= today_)
            return hit{.next = y->next, .gone = true};
        return rolled(y->of, std::nullopt, y->next);
    }
    return std::nullopt;
}

std::optional<hit> grammar::date_at(std::size_t i, int depth) const {
    if (i >= s_.size() || depth > deepest || sym(i).mark)
        return std::nullopt;
    if (is(i, kind::month) && sym(i).capital &&
        ((i > 0 && is(i - 1, kind::person)) || (i + 1 < s_.size() && sym(i + 1).capital && sym(i + 1).means.empty() &&
                                                sym(i + 1).number < 0 && !sym(i + 1).mark)))
        return std::nullopt; // "spoke with April", "Jan Meier"
    std::optional<hit> best;
    const auto take = [&best](std::optional<hit> h) {
        if (h && (!best || h->next > best->next))
            best = std::move(h);
    };
    take(iso(i));
    take(slashed(i));
    take(dotted(i));
    take(day_month(i));
    take(month_day(i));
    take(day_of_month(i));
    take(week_then_weekday(i));
    take(weekday_form(i));
    take(day_word(i));
    take(nth_of(i));
    take(week_number(i));
    take(week_of(i, depth));
    take(edge_word(i));
    take(part_period(i));
    take(feast_form(i));
    take(whole_period(i));
    take(counted(i, depth));
    take(after(i, depth));
    take(before(i, depth));
    take(plain_prefix(i, depth));
    return best;
}

} // namespace whynow::domain::dates
