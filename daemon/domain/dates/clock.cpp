// Clock times: 3pm, 10:30, 14h30, halb drei, half past two, a las 2 de la tarde; in another zone too.
#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace {
constexpr int noon = 12;
minute_of_day clock(int hour, int minute) { return minute_of_day{hour * 60 + minute}; }
} // namespace

std::optional<int> grammar::hour_number(std::size_t i) const {
    if (i >= s_.size())
        return std::nullopt;
    if (sym(i).number >= 0 && sym(i).number <= 24 && sym(i).digits <= 2 && !sym(i).glued_number)
        return sym(i).number % 24;
    if (const auto* n = find(i, kind::number); n && n->value >= 1 &&
                                               n->value <= (is(i + 1, kind::oclock) ? 2 * noon : noon) &&
                                               sym(i).text != "a" && sym(i).text != "an" && sym(i).text != "another" &&
                                               sym(i).text.find(' ') == std::string::npos && sym(i).text != "couple")
        return n->value;
    return std::nullopt;
}

std::optional<std::size_t> grammar::daypart_at(std::size_t i, daypart& which) const {
    auto j = i;
    while (mark(j, ',') || (is(j, kind::filler) && !is(j, kind::daypart)))
        ++j;
    if (is(j, kind::part) && is(j + 1, kind::daypart))
        ++j;
    const auto* p = find(j, kind::daypart);
    if (!p || (has(j, kind::day) && i > 0 && !has(i - 1, kind::day) && !has(i - 1, kind::weekday)))
        return std::nullopt; // "um drei morgen" is tomorrow
    which = static_cast<daypart>(p->value);
    return j + 1;
}

void grammar::zone_behind(clock_hit& c, bool english) const {
    auto j = c.next;
    bool their = false;
    if (is(j, kind::their)) {
        their = true;
        ++j;
    }
    const bool open = mark(j, '(');
    if (open)
        ++j;
    if (!their && is(j, kind::their)) {
        their = true;
        ++j;
    }
    const auto* z = find(j, kind::zone);
    const bool short_word =
        z && (sym(j).text == "et" || sym(j).text == "est" || sym(j).text == "ist" || sym(j).text == "ct" ||
              sym(j).text == "mt" || sym(j).text == "pt" || sym(j).text == "z");
    if (z && (!short_word || english || open || their)) {
        c.zone = z->value;
        c.next = j + 1;
        if (is(c.next, kind::time))
            ++c.next;
        if (open && mark(c.next, ')'))
            ++c.next;
        if (is(c.next, kind::their))
            ++c.next;
        c.firm = true;
        return;
    }
    if (their) {
        c.next = open && mark(j, ')') ? j + 1 : j;
        c.unknown_zone = true;
    }
}

// 3pm, 10:30am, 14h30, 14.30 Uhr, 11 Uhr, "at 4", a bare "11" behind a date
std::optional<clock_hit> grammar::digit_clock(std::size_t i, bool behind_date, bool prefixed) const {
    const auto hour = hour_number(i);
    const bool compact = i < s_.size() && (sym(i).digits == 4 || sym(i).digits == 3) && sym(i).number / 100 < 24 &&
                         sym(i).number % 100 < 60 && !sym(i).glued_number;
    if (!hour && !compact)
        return std::nullopt;
    int h = hour.value_or(0), m = 0;
    auto j = i + 1;
    bool firm = false, full = false, spelt24 = false;
    if (compact) {
        const auto text = sym(i).number;
        const bool year = text >= 1900 && text < 2100 && sym(i).text[0] != '0';
        const auto on = is(j, kind::by) ? skip_fillers(j + 1) : skip_fillers(j);
        const bool before_date =
            sym(i).digits == 4 && text % 5 == 0 && !year && (is(on, kind::weekday) || is(on, kind::day));
        const bool marked = before_date || (behind_date && sym(i).digits == 4 && text % 5 == 0 && !year) ||
                            is(j, kind::am) || is(j, kind::pm) || is(j, kind::oclock) ||
                            (prefixed && sym(i).digits == 4 && sym(i).number % 5 == 0 && sym(i).number < 2000);
        if (!marked)
            return std::nullopt;
        h = sym(i).number / 100;
        m = sym(i).number % 100;
        firm = full = true;
    } else if (sym(i).digits > 0 && j + 1 < s_.size() && sym(j + 1).digits == 2 && sym(j + 1).number < 60 &&
               ((sym(j).glued && sym(j + 1).glued) || sym(j).text == "h")) {
        const bool dotted = mark(j, '.') && (prefixed || behind_date || is(j + 2, kind::oclock) ||
                                             is(j + 2, kind::am) || is(j + 2, kind::pm));
        if (mark(j, ':') || dotted || sym(j).text == "h" || sym(j).text == "u") {
            m = sym(j + 1).number;
            spelt24 = sym(j).text == "h" || sym(i).text[0] == '0';
            j += 2;
            firm = full = true;
        }
    }
    if (const auto* words = find(j, kind::number); !firm && sym(i).digits == 0 && words && words->value >= 10 &&
                                                   words->value < 60 && words->value % 5 == 0 &&
                                                   !is(j + 1, kind::unit)) {
        const auto on = is(j + 1, kind::by) ? j + 2 : j + 1; // "three thirty on Thursday"
        if (prefixed || behind_date || is(on, kind::weekday) || is(on, kind::day) || is(on, kind::am) ||
            is(on, kind::pm)) {
            m = words->value;
            firm = full = true;
            ++j;
        }
    }
    if (j < s_.size() && sym(j).glued && is(j, kind::ish))
        ++j;
    const bool oclock = is(j, kind::oclock);
    if (oclock) {
        spelt24 = spelt24 || sym(j).text == "h";
        firm = true;
        ++j;
        const auto* words = find(j, kind::number);
        const bool spelt = sym(j - 1).text == "uhr" || sym(j - 1).text == "heures";
        const int behind = sym(j).digits == 2 ? sym(j).number : (words ? words->value : 0);
        if (spelt && behind >= 5 && behind < 60 && behind % 5 == 0 && !is(j + 1, kind::unit)) {
            m = behind; // 14 Uhr 30, trois heures vingt
            ++j;
        }
    }
    if (is(j, kind::and_half) || is(j, kind::and_quarter)) {
        m = is(j, kind::and_half) ? 30 : 15;
        ++j;
    } else if (is(j, kind::less_quarter)) {
        h = (h + 23) % 24;
        m = 45;
        ++j;
    } else if (const bool less = is(j, kind::minutes_less); (prefixed || firm) && (less || is(j, kind::minutes_more))) {
        const auto* n = find(j + 1, kind::number); // "las tres y veinte", "cinq heures moins dix"
        if (const int by = n ? n->value : 0; by >= 5 && by < 60 && by % 5 == 0 && !is(j + 2, kind::unit)) {
            h = less ? (h + 23) % 24 : h;
            m = less ? 60 - by : by;
            j += 2;
            firm = full = true;
        }
    }
    // "10-11am", "between 2 and 3": the first of the two counts, the mark behind the second holds for both
    auto second_end = j;
    bool ranged = false;
    if ((mark(j, '-') || is(j, kind::range)) && hour_number(j + 1) && !is(j + 2, kind::unit) &&
        !is(j + 2, kind::month)) {
        second_end = j + 2;
        if (mark(second_end, ':') && second_end + 1 < s_.size() && sym(second_end + 1).digits == 2)
            second_end += 2;
        if (is(second_end, kind::oclock))
            ++second_end, firm = true;
        ranged = firm || prefixed || behind_date || is(second_end, kind::am) || is(second_end, kind::pm);
    }
    const auto tail = ranged ? second_end : j;
    daypart part{};
    const bool pm = is(tail, kind::pm);
    const bool am = is(tail, kind::am) || (sym(tail).glued && sym(tail).text == "a"); // "11a"
    bool settled_half = spelt24 || h > noon || h == 0;
    if ((pm || am) && h <= noon) {
        if (ranged && pm && hour_number(j + 1).value_or(0) < h && h < noon)
            h += 0; // 11-1pm begins in the morning
        else if (pm && h < noon)
            h += noon;
        else if (am && h == noon)
            h = 0;
        j = tail + 1;
        firm = settled_half = true;
    } else {
        j = tail;
        if (const auto behind = daypart_at(j, part);
            behind && (full || oclock || prefixed || behind_date) && !settled_half) {
            if (part != daypart::morning && part != daypart::noon && h < noon)
                h += noon;
            settled_half = true;
            firm = true;
            j = *behind;
        }
    }
    if (!settled_half && h < words_.hour_from)
        h += noon;
    if (!firm && !prefixed && !behind_date)
        return std::nullopt;
    const auto named = [&](std::size_t k) { return sym(k).capital && sym(k).means.empty(); };
    if (!firm && lang_ == language::en && named(j) && named(j + 1)) // "at 10 Main Street"
        return std::nullopt;
    if (!firm && (is(j, kind::unit) || mark(j, '%') || mark(j, '/') ||
                  (mark(j, '.') && j + 1 < s_.size() && sym(j + 1).glued && sym(j + 1).digits > 0)))
        return std::nullopt;
    if (!firm && !clause_ends(j) && !is(j, kind::zone) && !is(j, kind::their) && !mark(j, '(') && !dateish(j) &&
        !is(j, kind::filler) && !is(j, kind::join) && !is(j, kind::by) && !is(j, kind::in) && !is(j, kind::rel) &&
        !mark(j, '@') && !mark(j, '+') && !(prefixed && sym(i).digits > 0 && !is(j, kind::length)))
        return std::nullopt;
    return clock_hit{.next = j, .at = clock(h, m), .firm = firm};
}

std::optional<clock_hit> grammar::clock_at(std::size_t i, bool behind_date) const {
    auto j = i;
    bool before = false;
    // "10 tomorrow"
    bool prefixed = (i == 0 || sym(i - 1).mark) && !behind_date && is(i + 1, kind::day);
    if (behind_date)
        while (mark(j, ',') || mark(j, '@') || (mark(j, '-') && !sym(j).glued) ||
               (is(j, kind::filler) && !is(j, kind::at) && !is(j, kind::number)))
            ++j;
    while (is(j, kind::at) || mark(j, '@') || (j < s_.size() && sym(j).text == "between") ||
           (prefixed && is(j, kind::filler) && !is(j, kind::number))) {
        prefixed = true;
        before = is(j, kind::before);
        ++j;
    }
    if (j >= s_.size())
        return std::nullopt;
    std::optional<clock_hit> c;
    if (const auto* p = find(j, kind::daypart); p && static_cast<daypart>(p->value) == daypart::noon)
        c = is(j + 1, kind::and_half) ? clock_hit{.next = j + 2, .at = clock(noon, 30), .firm = true}
                                      : clock_hit{.next = j + 1, .at = clock(noon, 0), .firm = true};
    if (!c)
        c = spoken_clock(j);
    if (!c)
        c = digit_clock(j, behind_date, prefixed);
    if (!c)
        return std::nullopt;
    const bool english = lang_ != language::fr && (sym(c->next - 1).text == "am" || sym(c->next - 1).text == "pm" ||
                                                   lang_ == language::en || mark(j + 1, ':') || mark(c->next, '(') ||
                                                   is(c->next, kind::their) || clause_ends(c->next + 1));
    zone_behind(*c, english);
    c->limit = before;
    if (joins(c->next) && c->firm) // "10am-4pm"
        if (const auto to = digit_clock(c->next + 1, false, false); to && to->firm)
            c->next = to->next;
    return c;
}

} // namespace whynow::domain::dates
