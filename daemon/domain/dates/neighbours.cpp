// What a symbol may mean where it stands: weak words count only beside a date.
#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

const symbol& grammar::sym(std::size_t i) const {
    static const symbol nothing;
    return i < s_.size() ? s_[i] : nothing;
}

const meaning* grammar::find(std::size_t i, kind k) const {
    if (i >= s_.size() || !s_[i].kinds.test(static_cast<std::size_t>(k)) ||
        (k == kind::am && lang_ == language::de && !sym(i).glued) ||
        (k == kind::pm && sym(i).text.size() == 1 && !sym(i).glued)) // "um 3 am Montag", "4 p"
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

bool grammar::has(std::size_t i, kind k) const { return sym(i).kinds.test(static_cast<std::size_t>(k)); }

bool grammar::clause_ends(std::size_t i) const {
    if (i >= s_.size())
        return true;
    const char c = sym(i).mark;
    return c == '.' || c == ',' || c == ';' || c == '!' || c == '?' || c == '\n' || c == ')' ||
           (c == '-' && !sym(i).glued);
}

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
    if (m.what == kind::unit) // "10 w" are weeks, "at 10 w Greg" is with him
        return sym(i).glued || clause_ends(i + 1) || is(i + 1, kind::from_now) || is(i + 1, kind::ago) ||
               is(i + 1, kind::only_or);
    if (m.what != kind::month && m.what != kind::weekday && m.what != kind::season)
        return true; // other weak words are read only inside a form
    if (names_person(i))
        return false;
    const auto before = run_back(i, [this](std::size_t k) {
        return sym(k).mark == 0 && is(k, kind::filler) && !is(k, kind::in) && !is(k, kind::by);
    });
    if (before >= 2 && mark(before - 1, '.') && sym(before - 1).glued && sym(before - 2).number > 0)
        return true; // "11. Mai"
    const bool starts = before == 0 || sym(before - 1).mark != 0;
    const auto behind = i + 1 < s_.size() && sym(i + 1).mark == '.' && sym(i + 1).glued ? i + 2 : i + 1;
    const bool ends = clause_ends(i + 1);
    const bool short_german = m.what == kind::weekday && sym(i).text.size() <= 2;
    if (!starts) {
        const auto p = before - 1;
        if (is(p, kind::unit) && before < i)
            return true; // "last day of March"
        for (const auto k : {kind::rel, kind::part, kind::until, kind::in, kind::by, kind::after, kind::before,
                             kind::edge, kind::since, kind::ordinal, kind::within, kind::halves, kind::week_mark,
                             kind::week_of, kind::ordinal_suffix, kind::half_nth, kind::between, kind::correction})
            if (is(p, k))
                return true;
        if (p > 0 && is(p, kind::range) && is(p - 1, kind::moved))
            return true; // "moved to May"
        const bool listed =
            (is(p, kind::join) || is(p, kind::only_or)) && p > 0 && (dateish(p - 1) || is(p - 1, kind::weekday));
        const bool clear = m.what != kind::weekday || m.lang == language::en || m.lang == lang_;
        if (!short_german && (dateish(p) || listed || (clear && is(p, kind::lead))))
            return true;
    }
    if (short_german && lang_ != m.lang)
        return behind + 1 < s_.size() && sym(behind).number >= 0 &&
               (is(behind + 1, kind::oclock) || mark(behind + 1, ':') || mark(behind + 1, '.'));
    const bool timed = mark(behind, '@') || (starts && is(behind, kind::at) && sym(behind + 1).number >= 0);
    if (dateish(behind) || timed || (starts && is(behind, kind::fits)))
        return true;
    if (starts && ends)
        return true;
    return m.what == kind::weekday && ends && m.lang == language::en;
}

// "Frau Sommer", "spoke with April", "Sam Reed", "June said": somebody's name.
bool grammar::names_person(std::size_t i, bool named_before) const {
    const bool weekday = has(i, kind::weekday), month = has(i, kind::month);
    const bool begins = i == 0 || sym(i - 1).mark != 0;
    if (std::ranges::find(here_.names, sym(i).text) != here_.names.end() && sym(i + 1).number < 0 &&
        ((begins && s_.size() > 1) || has(i + 1, kind::acts) || (i > 0 && has(i - 1, kind::person))))
        return true;
    if (month && !sym(i).capital) // "talk to jan", "june wants a demo"
        return sym(i + 1).number < 0 && ((i > 0 && has(i - 1, kind::person)) || (begins && has(i + 1, kind::acts)));
    if (!sym(i).capital || (!weekday && !month && !has(i, kind::season)))
        return false;
    if (i > 0 &&
        (has(i - 1, kind::title) || (!named_before && names_person(i - 1, true)))) // "Frau Sommer", "August Sommer"
        return true;
    const bool led =
        i > 0 && !sym(i - 1).mark &&
        (sym(i - 1).number >= 0 || has(i - 1, kind::in) || has(i - 1, kind::until) || has(i - 1, kind::by) ||
         has(i - 1, kind::part) || has(i - 1, kind::rel) || has(i - 1, kind::after) || has(i - 1, kind::before) ||
         has(i - 1, kind::ordinal) || has(i - 1, kind::filler) || has(i - 1, kind::weekday));
    const auto& next = sym(i + 1);
    const bool surname = next.capital && next.means.empty() && next.number < 0 && !next.mark && !led;
    const bool listed = i > 1 && has(i - 1, kind::join) && !has(i - 1, kind::until) && sym(i - 2).capital &&
                        sym(i - 2).means.empty(); // "Mark and April"
    const bool introduced = listed || (i > 0 && has(i - 1, kind::person));
    if (month)
        return introduced || surname || (!led && has(i + 1, kind::acts));
    return surname && (introduced || sym(i).text.size() <= 3);
}

std::optional<std::size_t> grammar::daypart_at(std::size_t i, daypart& which) const {
    auto j =
        run_on(i, [this](std::size_t k) { return mark(k, ',') || (is(k, kind::filler) && !is(k, kind::daypart)); });
    if (is(j, kind::part) && is(j + 1, kind::daypart))
        ++j;
    const auto* p = find(j, kind::daypart);
    if (!p || (has(j, kind::day) && i > 0 && !has(i - 1, kind::day) && !has(i - 1, kind::weekday)))
        return std::nullopt; // "um drei morgen" is tomorrow
    which = static_cast<daypart>(p->value);
    return j + 1;
}

std::size_t grammar::skip_fillers(std::size_t i) const {
    return run_on(i,
                  [this](std::size_t k) { return is(k, kind::filler) && !is(k, kind::number) && !is(k, kind::rel); });
}

} // namespace whynow::domain::dates
