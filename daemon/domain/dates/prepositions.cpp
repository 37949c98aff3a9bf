// What stands before a date: after, before, until, by, since; and the choice among the forms.
#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace {
constexpr int deepest = 3;
}

std::optional<hit> grammar::after(std::size_t i, int depth) const {
    if (!is(i, kind::after))
        return std::nullopt;
    const auto j = skip_fillers(i + 1);
    if (is(j, kind::holiday))
        return after_feast(j);
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

bool grammar::denied_before(std::size_t i) const {
    constexpr std::size_t reach = 7;
    for (std::size_t n = 0; n < reach && i > 0; ++n) {
        --i;
        if (sym(i).mark || is(i, kind::clause))
            return false;
        if (is(i, kind::negation))
            return true;
    }
    return false;
}

bool grammar::denied_behind(std::size_t i) const {
    constexpr std::size_t reach = 4;
    for (auto k = i; k < i + reach && k < s_.size() && !sym(k).mark && !is(k, kind::clause); ++k)
        if (is(k, kind::negation))
            return lang_ == language::de; // "vor Mai nichts entscheiden"
    return false;
}

std::optional<hit> grammar::before(std::size_t i, int depth) const {
    if (!is(i, kind::before))
        return std::nullopt;
    const auto j = skip_fillers(i + 1);
    auto at = date_at(j, depth + 1);
    if (const auto y = year_at(j); !at && y && denied_before(i)) // "pas avant 2027"
        at = rolled(y->of, std::nullopt, y->next);
    if (!at || at->gone || at->at || at->on.counted)
        return std::nullopt;
    if (denied_before(i) || denied_behind(at->next)) // "no decision before May": from May on
        return at;
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
        auto of = skip_fillers(i + 1);
        const bool nth = is(of, kind::ordinal) || is(of, kind::number) || sym(of).text == "other";
        if (!is(i, kind::in) && nth && is(of + 1, kind::weekday))
            ++of; // "jeden zweiten Dienstag", "every other Tuesday"
        auto at = date_at(of, depth + 1);
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
    if (const auto* u = find(j, kind::unit); u && static_cast<unit>(u->value) == unit::year)
        if (const auto y = year_at(j + 1)) // "im Jahr 2027"
            return rolled(y->of, std::nullopt, y->next);
    const bool for_a_year = sym(i).text == "for" || sym(i).text == "para" || sym(i).text == "pour"; // "budget for 2027"
    if (const auto y = year_at(j); y && !for_a_year) {
        if (y->of.first <= today_)
            return hit{.next = y->next, .gone = true};
        return rolled(y->of, std::nullopt, y->next);
    }
    return std::nullopt;
}

std::optional<hit> grammar::date_at(std::size_t i, int depth) const {
    if (i >= s_.size() || depth > deepest || sym(i).mark ||
        (sym(i).means.empty() && sym(i).number < 0 && !sym(i).long_number))
        return std::nullopt;
    if (asked_.empty())
        asked_.resize(s_.size() * (deepest + 1));
    const auto place = i * (deepest + 1) + static_cast<std::size_t>(depth);
    if (!asked_[place]) {
        auto answer = longest_at(i, depth);
        answers_.push_back(answer);
        asked_[place] = static_cast<std::uint32_t>(answers_.size());
    }
    return answers_[asked_[place] - 1];
}

std::optional<hit> grammar::longest_at(std::size_t i, int depth) const {
    if (names_person(i))
        return std::nullopt;
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
    take(beside(i, depth));
    take(same_time(i));
    take(between(i, depth));
    take(after(i, depth));
    take(before(i, depth));
    take(plain_prefix(i, depth));
    if (const auto* r = best ? find(best->next, kind::rel) : nullptr;
        r && r->lang != language::en && r->lang != language::de && static_cast<rel>(r->value) == rel::last &&
        best->on.size == grain::day && !is(best->next + 1, kind::unit))
        return hit{.next = best->next + 1, .gone = true}; // "le 12 septembre dernier"
    if (best && depth == 0)
        widen(*best);
    return best;
}

} // namespace whynow::domain::dates
