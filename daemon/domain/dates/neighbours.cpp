// What a symbol may mean where it stands: weak words count only beside a date.
#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

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

} // namespace whynow::domain::dates
