// Days named exactly: 2026-03-20, 3/20, 20.3., 20 March, March 20th, the 20th.
#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace {
constexpr int first_year = 2000, last_year = 2099;

bool good_day(int month, int day) { return month >= 1 && month <= 12 && day >= 1 && day <= 31; }
int full_year(int y, int digits) { return digits <= 2 ? 2000 + y : y; }
} // namespace

std::optional<hit> grammar::exact(int year, int month, int day, std::size_t next) const {
    if (year < first_year || year > last_year || !good_day(month, day))
        return std::nullopt;
    const auto d = date_of(year, month, day);
    if (!d.ok())
        return std::nullopt;
    hit h{.next = next, .on = {.from = d, .to = d, .best = d}};
    h.gone = d < today_;
    return h;
}

std::optional<hit> grammar::yearless(int month, int day, std::size_t next) const {
    if (!good_day(month, day))
        return std::nullopt;
    for (int y = year_of(today_); y <= year_of(today_) + 4; ++y) // the fourth year for 29 February
        if (const auto d = date_of(y, month, day); d.ok() && d >= today_)
            return exact(y, month, day, next);
    return std::nullopt;
}

std::optional<hit> grammar::iso(std::size_t i) const {
    if (i + 4 >= s_.size() || sym(i).digits != 4)
        return std::nullopt;
    const char sep = sym(i + 1).mark;
    if ((sep != '-' && sep != '/' && sep != '.') || !mark(i + 3, sep) || sym(i + 2).digits == 0 ||
        sym(i + 4).digits == 0)
        return std::nullopt;
    return exact(sym(i).number, sym(i + 2).number, sym(i + 4).number, i + 5);
}

std::optional<hit> grammar::slashed(std::size_t i) const {
    if (i + 2 >= s_.size() || sym(i).digits == 0 || sym(i).digits > 2 || sym(i).glued_number || sym(i + 2).digits == 0)
        return std::nullopt;
    const char sep = sym(i + 1).mark;
    if ((sep != '/' && sep != '-') || !sym(i + 1).glued || !sym(i + 2).glued || sym(i + 2).glued_number)
        return std::nullopt;
    const int a = sym(i).number, b = sym(i + 2).number;
    if (sym(i + 2).digits == 4 && sep == '/') { // 03/2027
        if (b < first_year || b > last_year || a < 1 || a > 12)
            return std::nullopt;
        return rolled(with_year(month_period(b, a), b), std::nullopt, i + 3);
    }
    const bool third = mark(i + 3, sep) && i + 4 < s_.size() && (sym(i + 4).digits == 2 || sym(i + 4).digits == 4);
    if ((sep == '-' && !third) || (a == 24 && b == 7) || sym(i + 2).digits > 2)
        return std::nullopt;
    const bool of = i + 3 < s_.size() && (sym(i + 3).text == "of" || mark(i + 3, '%'));
    if (of)
        return std::nullopt;
    const bool swapped = here_.day_first ? b > 12 : a <= 12;
    const int month = swapped ? a : b, day = swapped ? b : a;
    return third ? exact(full_year(sym(i + 4).number, sym(i + 4).digits), month, day, i + 5)
                 : yearless(month, day, i + 3);
}

std::optional<hit> grammar::dotted(std::size_t i) const {
    if (i + 2 >= s_.size() || sym(i).digits == 0 || sym(i).digits > 2 || !mark(i + 1, '.') || !sym(i + 1).glued)
        return std::nullopt;
    if (sym(i + 2).digits == 0 || sym(i + 2).digits > 2 || !sym(i + 3 > s_.size() ? i : i + 2).glued)
        return std::nullopt;
    const int day = sym(i).number, month = sym(i + 2).number;
    const bool closed = mark(i + 3, '.') && sym(i + 3).glued;
    if (closed && i + 4 < s_.size() && sym(i + 4).glued && (sym(i + 4).digits == 2 || sym(i + 4).digits == 4))
        return exact(full_year(sym(i + 4).number, sym(i + 4).digits), month, day, i + 5);
    const bool clock = i + 3 < s_.size() && (is(i + 3, kind::oclock) || is(i + 3, kind::am) || is(i + 3, kind::pm));
    const bool trusted = closed || here_.day_first || (i > 0 && (is(i - 1, kind::by) || is(i - 1, kind::until)));
    if (clock || !trusted || sym(i + 2).glued_number || mark(i + 3, '%'))
        return std::nullopt;
    return yearless(month, day, closed ? i + 4 : i + 3);
}

// A day's number: 20, 20th, "20.", first; not an amount.
std::optional<int> grammar::day_number(std::size_t i, std::size_t& next) const {
    if (i >= s_.size())
        return std::nullopt;
    if (sym(i).number >= 1 && sym(i).number <= 31 && sym(i).digits <= 2 && !sym(i).glued_number) {
        next = i + 1;
        if (next < s_.size() && sym(next).glued && (is(next, kind::ordinal_suffix) || mark(next, '.')))
            ++next;
        return sym(i).number;
    }
    if (const auto* m = find(i, kind::ordinal); m && m->value > 0) {
        next = i + 1;
        return m->value;
    }
    return std::nullopt;
}

std::optional<int> grammar::year_suffix(std::size_t i, std::size_t& next) const {
    auto j = skip_fillers(i);
    if (mark(j, ','))
        j = skip_fillers(j + 1);
    if (j >= s_.size())
        return std::nullopt;
    if (sym(j).digits == 4 && sym(j).number >= first_year && sym(j).number <= last_year && !sym(j).glued_number) {
        next = j + 1;
        return sym(j).number;
    }
    if (mark(j, '\'') || sym(j).mark)
        return std::nullopt;
    if (const auto r = rel_unit_at(j);
        r && r->of.size == grain::year && r->of.months == 12 && month_of(r->of.first) == 1) {
        next = r->next;
        return year_of(r->of.first);
    }
    return std::nullopt;
}

// "20 March", "the 20th of March 2027", "10.-12. Juli", "3 de julio"
std::optional<hit> grammar::day_month(std::size_t i) const {
    std::size_t j = 0;
    const auto day = day_number(skip_fillers(i), j);
    if (!day)
        return std::nullopt;
    auto k = j;
    if ((mark(k, '-') || is(k, kind::only_or) || is(k, kind::join)) && k + 1 < s_.size()) {
        std::size_t behind = 0;
        if (day_number(k + 1, behind))
            j = behind;
    }
    j = skip_fillers(j);
    const auto* month = find(j, kind::month);
    if (!month) {
        const auto of = rel_unit_at(j);
        return of && of->of.months == 1 ? exact(year_of(of->of.first), month_of(of->of.first), *day, of->next)
                                        : std::nullopt;
    }
    ++j;
    if (mark(j, '.') && sym(j).glued)
        ++j;
    std::size_t next = j;
    if (const auto year = year_suffix(j, next))
        return exact(*year, month->value, *day, next);
    if (j < s_.size() && sym(j).digits == 2 && sym(j).number >= 24 && sym(j).number > 31)
        return exact(full_year(sym(j).number, 2), month->value, *day, j + 1);
    return yearless(month->value, *day, j);
}

// "March 20", "Mar. 20th, 2027", "March 10-12"
std::optional<hit> grammar::month_day(std::size_t i) const {
    const auto* month = find(i, kind::month);
    if (!month)
        return std::nullopt;
    auto j = i + 1;
    if (mark(j, '.'))
        ++j;
    if (is(j, kind::filler) && !is(j, kind::number))
        ++j;
    std::size_t next = 0;
    const auto day = day_number(j, next);
    const bool clocked = next < s_.size() && (mark(next, ':') || is(next, kind::am) || is(next, kind::pm) ||
                                              is(next, kind::oclock) || is(next, kind::unit));
    if (!day || clocked || is(j, kind::unit) || (is(j, kind::ordinal) && next < s_.size() && is(next, kind::unit)))
        return std::nullopt;
    if (mark(next, '-') && next + 1 < s_.size() && sym(next + 1).glued) {
        std::size_t behind = 0;
        if (day_number(next + 1, behind))
            next = behind;
    }
    std::size_t end = next;
    if (const auto year = year_suffix(next, end))
        return exact(*year, month->value, *day, end);
    return yearless(month->value, *day, next);
}

// "the 20th", "am 20.", "le 20", "el 20"
std::optional<hit> grammar::day_of_month(std::size_t i) const {
    static constexpr std::string_view articles[] = {"the", "le",      "el",      "am",       "den",
                                                    "zum", "del",     "du",      "on the",   "by the",
                                                    "dem", "para el", "pour le", "until the"};
    const bool article = std::ranges::find(articles, sym(i).text) != std::end(articles);
    const auto j = article ? i + 1 : i;
    std::size_t next = 0;
    const auto day =
        j < s_.size() && sym(j).text[0] >= '0' && sym(j).text[0] <= '9' ? day_number(j, next) : std::nullopt;
    if (!day)
        return std::nullopt;
    const bool spelt = sym(j).number < 0; // "1st" is a word of its own
    const bool suffix = spelt || (j + 1 < s_.size() && sym(j + 1).glued && is(j + 1, kind::ordinal_suffix) &&
                                  sym(j + 1).text.size() == 2);
    next = j + 1;
    const bool dot = mark(next, '.') && sym(next).glued;
    const bool german = sym(i).text == "am" || sym(i).text == "zum" || sym(i).text == "den" || sym(i).text == "dem";
    if (!suffix && !article)
        return std::nullopt;
    if (article && german && !dot && !clause_ends(next))
        return std::nullopt;
    if ((suffix && !spelt) || (dot && german))
        ++next;
    const bool free = clause_ends(next) || is(next, kind::at) || is(next, kind::join) || is(next, kind::daypart);
    if (!free && (!suffix || *day <= 4 || is(next, kind::unit)))
        return std::nullopt;
    if (mark(next, ':') || mark(next, '/') || is(next, kind::unit) || is(next, kind::oclock))
        return std::nullopt;
    auto month = today_;
    for (int tries = 0; tries < 4; ++tries, month = add_months(date_of(year_of(month), month_of(month), 1), 1)) {
        const auto d = date_of(year_of(month), month_of(month), *day);
        if (d.ok() && d > today_)
            return exact(year_of(d), month_of(d), day_of(d), next);
    }
    return std::nullopt;
}

} // namespace whynow::domain::dates
