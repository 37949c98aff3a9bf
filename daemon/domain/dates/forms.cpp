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
    if (!date_of(2000, month, day).ok()) // 31 September
        return hit{.next = next, .gone = true};
    for (int y = year_of(today_); y <= year_of(today_) + 1; ++y) // no 29 February of later years
        if (const auto d = date_of(y, month, day); d.ok() && d >= today_)
            return exact(y, month, day, next);
    return hit{.next = next, .gone = true};
}

std::optional<hit> grammar::iso(std::size_t i) const {
    const auto& text = sym(i).text;
    if (text.size() == 8 && text.starts_with("20") && text.find_first_not_of("0123456789") == std::string::npos) {
        const auto part = [&](std::size_t at, std::size_t n) { return std::stoi(text.substr(at, n)); };
        return exact(part(0, 4), part(4, 2), part(6, 2), i + 1);
    }
    if (i + 4 >= s_.size() || sym(i).digits != 4 || sym(i).glued_number || (i > 0 && mark(i - 1, '-') && sym(i).glued))
        return std::nullopt;
    if (mark(i + 5, '-') && sym(i + 5).glued && sym(i + 6).glued) // "2026-03-15-A"
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
    const bool fraction = !third && a <= b && (b <= 5 || b == 10) &&
                          (i == 0 || sym(i - 1).mark || sym(i - 1).means.empty()) && sym(i + 3).means.empty() &&
                          !clause_ends(i + 3);
    if (of || fraction || a == 0 || (!third && a == b && a == 50))
        return std::nullopt;
    const bool swapped = here_.day_first ? b > 12 : a <= 12;
    const int month = swapped ? a : b, day = swapped ? b : a;
    return third ? exact(full_year(sym(i + 4).number, sym(i + 4).digits), month, day, i + 5)
                 : yearless(month, day, i + 3);
}

std::optional<hit> grammar::dotted(std::size_t i) const {
    if (i + 2 >= s_.size() || sym(i).digits == 0 || sym(i).digits > 2 || sym(i).glued_number || !mark(i + 1, '.') ||
        !sym(i + 1).glued)
        return std::nullopt;
    if (sym(i + 2).digits == 0 || sym(i + 2).digits > 2)
        return std::nullopt;
    const int day = sym(i).number, month = sym(i + 2).number;
    const bool closed = mark(i + 3, '.') && sym(i + 3).glued;
    if (closed && i + 4 < s_.size() && sym(i + 4).glued && (sym(i + 4).digits == 2 || sym(i + 4).digits == 4))
        return month > 12 && !here_.day_first
                   ? exact(full_year(sym(i + 4).number, sym(i + 4).digits), day, month, i + 5)
                   : exact(full_year(sym(i + 4).number, sym(i + 4).digits), month, day, i + 5);
    const bool clock = i + 3 < s_.size() && (is(i + 3, kind::oclock) || is(i + 3, kind::am) || is(i + 3, kind::pm));
    // 12.10 without the last dot may be a price or a version: it is a date behind what leads to one, or alone
    const bool led = i == 0 || sym(i - 1).mark || is(i - 1, kind::by) || is(i - 1, kind::until) ||
                     is(i - 1, kind::in) || is(i - 1, kind::weekday) || is(i - 1, kind::after) ||
                     is(i - 1, kind::before) || is(i - 1, kind::lead) || is(i - 1, kind::week_of) ||
                     is(i - 1, kind::between) || is(i - 1, kind::join) || is(i - 1, kind::filler);
    const bool followed = clause_ends(i + 3) || is(i + 3, kind::at) || is(i + 3, kind::join) || joins(i + 3);
    const bool trusted = closed || (here_.day_first ? led && (followed || i > 0) : led && i > 0 && followed);
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
    const auto first = skip_fillers(is(i, kind::article) ? i + 1 : i);
    std::size_t j = first + 1;
    auto day = day_number(first, j);
    if (const auto* n = find(first, kind::number);
        !day && n && n->value >= 1 && n->value <= 31 && n->lang != language::en)
        day = n->value; // "le cinq mai", "el cinco de mayo"
    if (!day)
        return std::nullopt;
    std::optional<int> last; // "10.-12. Juli"
    if (std::size_t behind = 0; mark(j, '-') || is(j, kind::only_or) || is(j, kind::join))
        if ((last = day_number(j + 1, behind)))
            j = behind;
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
    const int years_on = sym(j).digits == 2 ? sym(j).number - year_of(today_) % 100 : -1; // "20 Mar 27"
    if (const auto year = year_suffix(j, next))
        return through(exact(*year, month->value, *day, next), last);
    if (years_on >= 0 && years_on <= 5 && clause_ends(j + 1))
        return through(exact(full_year(sym(j).number, 2), month->value, *day, j + 1), last);
    return through(yearless(month->value, *day, j), last);
}

// The window reaches to that day of the same month.
std::optional<hit> grammar::through(std::optional<hit> first, std::optional<int> last) {
    if (!first || first->gone || !last)
        return first;
    const auto to = date_of(year_of(first->on.from), month_of(first->on.from), *last);
    if (to.ok() && to > first->on.from)
        first->on.to = to;
    return first;
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
    std::optional<int> last;
    if (std::size_t behind = 0; mark(next, '-') && day_number(next + 1, behind))
        if (sym(next + 1).glued || (clause_ends(behind) && sym(next + 1).number > *day)) { // "March 20 - 22"
            last = day_number(next + 1, behind);
            next = behind;
        }
    std::size_t end = next;
    if (const auto year = year_suffix(next, end))
        return through(exact(*year, month->value, *day, end), last);
    return through(yearless(month->value, *day, next), last);
}

// Does the preposition there end in an article ("jusqu'au 20")?
bool grammar::takes_article(std::size_t i) const {
    if (!is(i, kind::until) && !is(i, kind::by) && !is(i, kind::after) && !is(i, kind::before) && !is(i, kind::in))
        return false;
    const auto space = sym(i).text.find_last_of(" '");
    const auto last =
        space == std::string::npos ? words_.phrases.end() : words_.phrases.find(sym(i).text.substr(space + 1));
    return last != words_.phrases.end() &&
           std::ranges::any_of(last->second, [](const meaning& m) { return m.what == kind::article; });
}

// "the 20th", "am 20.", "le 20", "el 20", "on the fifth"
std::optional<hit> grammar::day_of_month(std::size_t i) const {
    const auto* article = find(i, kind::article);
    const bool swallowed = !article && i > 0 && sym(i).digits > 0 && takes_article(i - 1);
    const auto j = article ? i + 1 : i;
    if (j >= s_.size())
        return std::nullopt;
    const bool digit = sym(j).text[0] >= '0' && sym(j).text[0] <= '9';
    const bool led = article && (article->lang != language::en || (i > 0 && is(i - 1, kind::by)));
    std::size_t next = 0;
    const auto day = digit || (led && clause_ends(j + 1)) ? day_number(j, next) : std::nullopt;
    if (!day)
        return std::nullopt;
    const bool spelt = sym(j).number < 0; // "1st" and "fifth" are words of their own
    const bool suffix = spelt || (sym(j + 1).glued && is(j + 1, kind::ordinal_suffix) && sym(j + 1).text.size() >= 2);
    next = j + 1;
    const bool german = article && article->lang == language::de;
    const bool dot = german && mark(next, '.') && sym(next).glued;
    if (!suffix && !article && !swallowed)
        return std::nullopt;
    if (german && !dot && !clause_ends(next))
        return std::nullopt;
    if ((suffix && !spelt) || dot)
        ++next;
    const bool noun = sym(next).capital && sym(next).means.empty(); // "zum 5. Mal"
    const bool timed =
        sym(next).number >= 0 && (mark(next + 1, ':') || is(next + 1, kind::am) || is(next + 1, kind::pm));
    const bool free = clause_ends(next) || timed || is(next, kind::at) || is(next, kind::join) ||
                      is(next, kind::daypart) || is(next, kind::correction) || (dot && !noun && sym(next).number < 0);
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
