#include "domain/dates/standing.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace {
constexpr std::size_t near = 5, far = 8; // symbols
}

bool sentence::breaks(std::size_t i) const { return g_.symbols()[i].mark != 0 || g_.is(i, kind::clause); }

std::size_t sentence::floor_of(std::size_t k) const {
    const std::size_t lowest = k > 0 ? all_[k - 1].end : 0;
    auto i = all_[k].begin;
    while (i > lowest && !breaks(i - 1))
        --i;
    return i;
}

std::size_t sentence::ceiling_of(std::size_t k) const {
    const std::size_t highest = k + 1 < all_.size() ? all_[k + 1].begin : g_.symbols().size();
    auto i = all_[k].end;
    while (i < highest && !breaks(i))
        ++i;
    return i;
}

bool sentence::asked_for(std::size_t k) const {
    for (auto i = all_[k].begin; i > floor_of(k); --i)
        if (g_.is(i - 1, kind::lead))
            return true;
    return false;
}

bool sentence::refused(std::size_t k) const {
    const auto& f = all_[k];
    if (g_.is(f.begin, kind::until) || g_.is(f.begin, kind::before))
        return false; // "not here until Tuesday" leaves Tuesday open
    const auto floor = std::max(floor_of(k), f.begin > near ? f.begin - near : 0);
    for (auto i = f.begin; i > floor; --i) {
        if (g_.is(i - 1, kind::negation))
            return true;
        const bool called = g_.is(i - 1, kind::lead) && !(i >= 2 && g_.is(i - 2, kind::negation));
        if (called)
            return false; // "not in today call Tuesday"
    }
    if (asked_for(k) || (f.on && f.on->counted))
        return false;
    const auto ceiling = std::min(ceiling_of(k), f.end + near);
    for (auto i = f.end; i < ceiling; ++i) {
        if (g_.is(i, kind::lead))
            return false;
        const bool of_the_next = k + 1 < all_.size() && i + 2 >= all_[k + 1].begin; // "Tuesday not Wednesday"
        if (g_.is(i, kind::refusal) || (g_.is(i, kind::negation) && !of_the_next))
            return true;
    }
    return false;
}

bool sentence::over(std::size_t k) const {
    const auto& f = all_[k];
    if (!f.on || f.on->counted || f.exact_moment || g_.is(f.begin, kind::until))
        return false;
    auto before = f.begin;
    const auto floor = floor_of(k);
    while (before > floor && g_.is(before - 1, kind::filler))
        --before;
    if (before > floor && g_.is(before - 1, kind::was))
        return true;
    const bool led = g_.is(f.begin, kind::in) || g_.is(f.begin, kind::by);
    for (auto i = before; !led && i > floor && i + 3 > before; --i) // "had a great Q2"
        if (g_.is(i - 1, kind::was))
            return true;
    const auto ceiling = std::min(ceiling_of(k), f.end + near);
    for (auto i = f.end; i < ceiling; ++i)
        if (g_.is(i, kind::was) || g_.is(i, kind::did))
            return !asked_for(k);
    for (auto i = f.begin; i > std::max(floor, f.begin > far ? f.begin - far : 0); --i) {
        if (g_.is(i - 1, kind::did))
            return true;
        if (g_.is(i - 1, kind::lead) || g_.is(i - 1, kind::by))
            return false;
    }
    return false;
}

bool sentence::stands(std::size_t k) const { return !refused(k) && !over(k); }

} // namespace whynow::domain::dates
