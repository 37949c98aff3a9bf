#include "domain/dates/standing.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace {
constexpr std::size_t near = 5, far = 8, longest_clause = 40; // symbols
}

bool sentence::breaks(std::size_t i) const {
    const auto& s = g_.symbols();
    const bool inside = s[i].glued && i + 1 < s.size() && s[i + 1].glued; // 3.5, 10-12, 20%
    const bool parts =
        s[i].mark == '-' ? !inside : std::string_view(".,;:!?\n()").find(s[i].mark) != std::string_view::npos;
    return (s[i].mark && parts && !(inside && s[i + 1].number >= 0)) || g_.is(i, kind::clause);
}

std::size_t sentence::floor_of(std::size_t k) const {
    auto i = all_[k].begin;
    const auto lowest = std::max(k > 0 ? all_[k - 1].end : 0, i > longest_clause ? i - longest_clause : 0);
    while (i > lowest && !breaks(i - 1))
        --i;
    return i;
}

std::size_t sentence::ceiling_of(std::size_t k) const {
    auto i = all_[k].end;
    const auto highest = std::min(k + 1 < all_.size() ? all_[k + 1].begin : g_.symbols().size(), i + longest_clause);
    while (i < highest && !breaks(i))
        ++i;
    return i;
}

bool sentence::asked_for(std::size_t k) const {
    for (auto i = all_[k].begin, floor = floor_of(k); i > floor; --i)
        if (g_.is(i - 1, kind::call))
            return true;
    return false;
}

int sentence::weight(std::size_t k) const {
    const auto& f = all_[k];
    const auto& s = g_.symbols();
    int sum = asked_for(k) ? 2 : 0;
    const auto ceiling = std::min(ceiling_of(k), f.end + 2);
    const auto before = run_back(f.begin, [this](std::size_t i) { return g_.is(i, kind::filler); });
    for (const auto at : {before, f.begin}) // "so Monday", "lieber Donnerstag"
        if (at > 0 && g_.is(at - 1, kind::so)) {
            ++sum;
            break;
        }
    if (!f.on && f.begin > 0 && (g_.is(f.begin - 1, kind::until) || g_.is(f.begin - 1, kind::before)))
        --sum; // "not before nine"
    sum += f.echo ? 1 : 0;
    bool fits = f.begin > 0 && g_.is(f.begin - 1, kind::free);
    for (auto i = f.end; i < ceiling; ++i)
        fits = fits || g_.is(i, kind::fits) || g_.is(i, kind::free);
    sum += fits ? 1 : 0;
    const bool away = g_.is(f.begin, kind::until) && f.begin > 0 && !s[f.begin - 1].mark;
    return sum - (away ? 1 : 0);
}

bool sentence::refused(std::size_t k) const {
    const auto& f = all_[k];
    if (g_.is(f.begin, kind::until) || g_.is(f.begin, kind::before))
        return false; // "not here until Tuesday" leaves Tuesday open
    const auto floor = std::max(floor_of(k), f.begin > near ? f.begin - near : 0);
    for (auto i = f.begin; i > floor; --i) {
        const auto& next = g_.sym(i).text;
        if (g_.is(i - 1, kind::negation)) // "not now, maybe fall" denies now
            return !(i < f.begin && (next == "now" || next == "yet" || next == "right now" || next == "just yet"));
        const bool denied = i >= 2 && g_.is(i - 2, kind::negation);
        const bool called = (g_.is(i - 1, kind::call) || g_.is(i - 1, kind::free)) && !denied; // "out, returns Tuesday"
        if (called || g_.is(i - 1, kind::so) || g_.is(i - 1, kind::before) || g_.is(i - 1, kind::until))
            return false; // "not in today call Tuesday", "not before ten on Tuesday"
    }
    if (asked_for(k) || (f.on && f.on->counted))
        return false;
    const auto ceiling = std::min(ceiling_of(k), f.end + near);
    for (auto i = f.end; i < ceiling; ++i) {
        if (g_.is(i, kind::call))
            return false;
        const bool of_the_next = k + 1 < all_.size() && i + 2 >= all_[k + 1].begin; // "Tuesday not Wednesday"
        if (g_.is(i, kind::refusal) || (g_.is(i, kind::negation) && !of_the_next))
            return true;
    }
    return false;
}

// "He had a great Q2", "it was in May"
bool sentence::was_before(std::size_t k) const {
    const auto& f = all_[k];
    const auto floor = floor_of(k);
    const auto before = std::max(floor, run_back(f.begin, [this](std::size_t i) { return g_.is(i, kind::filler); }));
    const bool led = g_.is(f.begin, kind::in) || g_.is(f.begin, kind::by);
    const std::size_t reach = led ? 1 : 3;
    for (auto i = before; i > floor && i + reach > before; --i)
        if (g_.is(i - 1, kind::was))
            return true;
    return false;
}

bool sentence::over(std::size_t k) const {
    const auto& f = all_[k];
    if ((f.on && f.on->counted) || f.exact_moment || g_.is(f.begin, kind::until))
        return false;
    if (was_before(k))
        return true;
    if (!f.on)
        return false;
    const auto ceiling = std::min(ceiling_of(k), f.end + near);
    for (auto i = f.end; i < ceiling; ++i) {
        if (g_.is(i, kind::fits) || g_.is(i, kind::wish) || g_.is(i, kind::call))
            return false;
        if (g_.is(i, kind::was) || past_behind(i))
            return !asked_for(k);
    }
    if (g_.is(f.begin, kind::toward))
        return false;
    const auto floor = std::max(floor_of(k), f.begin > far ? f.begin - far : 0);
    for (auto i = f.begin; i > floor; --i) {
        const bool waits = g_.is(i - 1, kind::until) || g_.is(i - 1, kind::before); // "till the lease is up in March"
        if (g_.is(i - 1, kind::call) || g_.is(i - 1, kind::wish) || (i == f.begin && g_.is(i - 1, kind::toward)) ||
            waits)
            return false;
        if (past_before(i - 1) ||
            (g_.is(i - 1, kind::moved) && f.begin > i + 1 && !g_.joins(f.begin - 1))) // "moved to HubSpot in May"
            return true;
    }
    return false;
}

// "their new site opens in 2028": a year that far only where one is to call then or something lasts "until 2028"
bool sentence::far_year(std::size_t k) const {
    const auto& f = all_[k];
    return f.on && !f.on->counted && f.on->size == grain::year && !g_.is(f.begin, kind::until) &&
           year_of(f.on->from) > year_of(g_.here().now.date) + 1 && !asked_for(k);
}

// "the June numbers look fine": the month only names the noun behind it
bool sentence::adjective(std::size_t k) const {
    const auto& f = all_[k];
    const auto& s = g_.symbols();
    if (g_.tongue() != language::en || !f.on || f.at || f.on->counted || f.end >= s.size())
        return false;
    const auto begin = g_.skip_fillers(f.begin);
    const auto& next = s[f.end];
    if (g_.has(begin, kind::weekday) && begin > 0 && s[begin - 1].text == "a" && next.means.empty() && !next.mark)
        return true; // "a Tuesday person"
    if (!g_.has(begin, kind::month) && !g_.has(begin, kind::quarter_mark) && !g_.has(begin, kind::season))
        return false;
    return next.means.empty() && !next.mark && next.number < 0 && !asked_for(k);
}

bool sentence::stands(std::size_t k) const { return !refused(k) && !over(k) && !adjective(k) && !far_year(k); }

} // namespace whynow::domain::dates
