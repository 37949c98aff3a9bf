#include "domain/outcomes/clauses.hpp"

#include <algorithm>

namespace whynow::domain::outcomes {

place place_of(const std::vector<token>& t, dates::span at) {
    place p;
    const auto first = std::ranges::partition_point(t, [at](const token& k) { return k.at.to <= at.from; });
    const auto last = std::partition_point(first, t.end(), [at](const token& k) { return k.at.from < at.to; });
    p.begin = static_cast<std::size_t>(first - t.begin());
    p.end = static_cast<std::size_t>(last - t.begin());
    p.clause_begin = p.begin;
    while (p.clause_begin > 0 && p.begin - p.clause_begin < widest_clause && !ends_clause(t[p.clause_begin - 1]))
        --p.clause_begin;
    p.clause_end = p.end;
    while (p.clause_end < t.size() && p.clause_end - p.end < widest_clause && !ends_clause(t[p.clause_end]))
        ++p.clause_end;
    return p;
}

bool found_in(const pattern_set& set, const std::vector<token>& t, std::size_t from, std::size_t to) {
    for (auto i = from; i < to; ++i)
        if (set.match(t, i) > i)
            return true;
    return false;
}

bool ends_before(const pattern_set& set, const std::vector<token>& t, std::size_t from, std::size_t at,
                 std::size_t slack) {
    for (auto i = from; i < at; ++i)
        if (const auto end = set.match(t, i); end > i && end + slack >= at)
            return true;
    return false;
}

} // namespace whynow::domain::outcomes
