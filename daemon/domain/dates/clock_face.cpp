// 3pm, 10:30am, 14h30, 14.30 Uhr, 11 Uhr, "at 4", cinq heures moins dix.
#include "domain/dates/clock.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace {
constexpr int noon = 12;
constexpr int longest_meeting = 5; // hours: "9 to 5" are opening hours
bool round_minutes(int m) { return m >= 5 && m < 60 && m % 5 == 0; }
} // namespace

struct clock_reader::face {
    std::size_t next = 0;
    int hour = 0;
    int minute = 0;
    int to_hour = -1;     // of a range
    bool wide = false;    // a range of too many hours
    bool firm = false;    // could be nothing but a time
    bool full = false;    // minutes were said
    bool oclock = false;  // "Uhr", "heures"
    bool settled = false; // the half of the day is known
};

// 1430, 0930: where something says that it is no year
bool clock_reader::read_compact(face& f, std::size_t i, place at) const {
    const auto& s = g_.sym(i);
    if (s.digits < 3 || s.digits > 4 || s.number / 100 >= 2 * noon || s.number % 100 >= 60 || s.glued_number)
        return false;
    const bool year = s.number >= 1900 && s.number < 2100 && s.text[0] != '0';
    const auto on = g_.skip_fillers(g_.is(i + 1, kind::by) ? i + 2 : i + 1);
    const bool beside_date = at.behind_date || at.led || g_.is(on, kind::weekday) || g_.is(on, kind::day);
    const bool marked = g_.is(i + 1, kind::am) || g_.is(i + 1, kind::pm) || g_.is(i + 1, kind::oclock);
    const bool quarter = at.behind_date && s.number % 100 % 15 == 0 && g_.clause_ends(i + 1);
    const bool four = s.digits == 4 && s.number % 5 == 0 && !year;
    if (!marked && !(beside_date && (four || (s.digits == 3 && quarter)))) // "tomorrow 230"
        return false;
    f.hour = s.number / 100;
    f.minute = s.number % 100;
    f.firm = f.full = true;
    return true;
}

// 10:30, 14h30, 14.30 Uhr, "three thirty"
bool clock_reader::read_digits(face& f, std::size_t i, place at) const {
    if (const auto* p = g_.find(i, kind::daypart); p && static_cast<daypart>(p->value) == daypart::noon) {
        f.hour = noon;
        f.firm = f.settled = true;
        return true;
    }
    const auto hour = hour_number(i);
    if (!hour)
        return false;
    f.hour = *hour;
    if (*hour == 0 && g_.sym(i).digits == 1) // "0:45" is a length
        return false;
    const auto j = i + 1;
    const auto& sign = g_.sym(j);
    const auto& minutes = g_.sym(j + 1);
    const bool tight = sign.glued && minutes.glued;
    if (g_.sym(i).digits > 0 && minutes.digits == 2 && minutes.number < 60 && (tight || sign.text == "h")) {
        const bool alone = i == 0 && g_.clause_ends(j + 2) && (minutes.number == 0 || minutes.number > noon); // "15.30"
        const bool dotted = sign.mark == '.' && (alone || at.led || at.behind_date || g_.is(j + 2, kind::oclock) ||
                                                 g_.is(j + 2, kind::am) || g_.is(j + 2, kind::pm));
        if (sign.mark == ':' || dotted || sign.text == "h" || sign.text == "u") {
            f.minute = minutes.number;
            f.settled = sign.text == "h" || g_.sym(i).text[0] == '0';
            f.next = j + 2;
            f.firm = f.full = true;
            if (g_.mark(f.next, ':') && g_.sym(f.next + 1).digits == 2 && g_.sym(f.next + 1).glued)
                f.next += 2; // seconds
        }
        return true;
    }
    const auto* words = g_.find(j, kind::number);
    if (g_.sym(i).digits == 0 && words && words->value >= 10 && round_minutes(words->value) &&
        !g_.is(j + 1, kind::unit)) {
        const auto on = g_.is(j + 1, kind::by) ? j + 2 : j + 1; // "three thirty on Thursday"
        if (at.led || at.behind_date || g_.is(on, kind::weekday) || g_.is(on, kind::day) || g_.is(on, kind::am) ||
            g_.is(on, kind::pm)) {
            f.minute = words->value;
            f.firm = f.full = true;
            f.next = j + 1;
        }
    }
    return true;
}

// What is said behind the hour: o'clock, "et demie", "menos cuarto", "14 Uhr 30".
void clock_reader::read_words(face& f, std::size_t, place at) const {
    if (g_.sym(f.next).glued && g_.is(f.next, kind::ish))
        ++f.next;
    if (g_.is(f.next, kind::oclock)) {
        const auto& word = g_.sym(f.next).text;
        f.oclock = f.firm = true;
        f.settled = f.settled || word == "h";
        ++f.next;
        const auto* words = g_.find(f.next, kind::number);
        const auto& digits = g_.sym(f.next);
        const int minutes = digits.digits == 2 ? digits.number : (words ? words->value : 0);
        if ((word == "uhr" || word == "heures") && round_minutes(minutes) && !g_.is(f.next + 1, kind::unit)) {
            f.minute = minutes;
            ++f.next;
        }
    }
    if (g_.is(f.next - 1, kind::daypart)) // "midi quinze"
        if (const auto* n = g_.find(f.next, kind::number);
            n && n->lang == language::fr && round_minutes(n->value) && !g_.is(f.next + 1, kind::unit)) {
            f.minute = n->value;
            ++f.next;
        }
    const auto back = [&f] { f.hour = (f.hour + 2 * noon - 1) % (2 * noon); };
    if (g_.is(f.next, kind::and_half) || g_.is(f.next, kind::and_quarter)) {
        f.minute = g_.is(f.next, kind::and_half) ? 30 : 15;
        ++f.next;
    } else if (g_.is(f.next, kind::less_quarter)) {
        back();
        f.minute = 45;
        ++f.next;
    } else if (const bool less = g_.is(f.next, kind::minutes_less);
               (at.led || f.firm) && (less || g_.is(f.next, kind::minutes_more))) {
        const auto* n = g_.find(f.next + 1, kind::number); // "las tres y veinte", "cinq heures moins dix"
        if (!n || !round_minutes(n->value) || g_.is(f.next + 2, kind::unit))
            return;
        if (less)
            back();
        f.minute = less ? 60 - n->value : n->value;
        f.next += 2;
        f.firm = f.full = true;
    }
}

// "10-11am", "between 2 and 3": the first of the two counts, the mark behind the second holds for both.
void clock_reader::read_range(face& f, place at) const {
    const auto to = hour_number(f.next + 1);
    if ((!g_.mark(f.next, '-') && !g_.is(f.next, kind::range)) || !to || g_.is(f.next + 2, kind::unit) ||
        g_.is(f.next + 2, kind::month))
        return;
    auto end = f.next + 2;
    if ((g_.mark(end, ':') || g_.sym(end).text == "h") && g_.sym(end + 1).digits == 2 && g_.sym(end + 1).glued)
        end += 2;
    const bool oclock = g_.is(end, kind::oclock);
    if (oclock)
        ++end;
    f.firm = f.firm || oclock;
    if (!f.firm && !at.led && !at.behind_date && !g_.is(end, kind::am) && !g_.is(end, kind::pm))
        return;
    const int apart = (*to - f.hour + noon) % noon;
    f.to_hour = *to;
    f.next = end;
    f.wide = apart > longest_meeting;
}

void clock_reader::read_half_of_day(face& f, place at) const {
    const bool pm = g_.is(f.next, kind::pm);
    const bool am = g_.is(f.next, kind::am) || (g_.sym(f.next).glued && g_.sym(f.next).text == "a"); // "11a"
    f.settled = f.settled || f.hour > noon || f.hour == 0;
    if ((pm || am) && f.hour <= noon) {
        const bool over_noon = pm && f.to_hour >= 0 && f.to_hour < f.hour && f.hour < noon; // 11-1pm
        if (pm && f.hour < noon && !over_noon)
            f.hour += noon;
        else if (am && f.hour == noon)
            f.hour = 0;
        ++f.next;
        f.firm = f.settled = true;
        return;
    }
    daypart part{};
    const auto behind = g_.daypart_at(f.next, part);
    if (behind && (f.full || f.oclock || at.led || at.behind_date) && f.hour > 0 && f.hour <= noon) {
        const bool lunch = part == daypart::noon && f.hour < g_.words().hour_from; // "las 3 del mediodia"
        if (f.hour < noon && (lunch || (part != daypart::morning && part != daypart::noon)))
            f.hour += noon;
        f.firm = f.settled = true;
        f.next = *behind;
    }
    if (!f.settled && f.hour < g_.words().hour_from)
        f.hour += noon;
}

// Is a bare number an hour there?
bool clock_reader::stands(const face& f, std::size_t i, place at) const {
    if (f.firm)
        return true;
    const auto j = f.next;
    if (!at.led && !at.behind_date)                               // "11 Eastern on Wednesday"
        return (g_.sym(i).digits > 0 && g_.is(j, kind::their)) || // "10 her time"
               (g_.sym(i).digits > 0 && g_.is(j, kind::zone) && g_.sym(j).text.size() > 3 &&
                (g_.clause_ends(j + 1) || g_.dateish(j + 1) || (g_.is(j + 1, kind::by) && g_.dateish(j + 2))));
    if (at.article)
        return f.full || f.minute > 0 || g_.clause_ends(j);
    const auto* article = i > 0 ? g_.find(i - 1, kind::article) : nullptr;
    if (article && article->lang == language::de && g_.mark(i + 1, '.') && g_.sym(i + 1).glued)
        return false; // "ab dem 5."
    const auto named = [&](std::size_t k) { return g_.sym(k).capital && g_.sym(k).means.empty(); };
    if (g_.tongue() == language::en && named(j) && named(j + 1)) // "at 10 Main Street"
        return false;
    const bool decimal = g_.mark(j, '.') && g_.sym(j + 1).glued && g_.sym(j + 1).digits > 0;
    if (g_.is(j, kind::unit) || g_.mark(j, '%') || g_.mark(j, '/') || decimal)
        return false;
    for (const auto k :
         {kind::zone, kind::their, kind::filler, kind::join, kind::by, kind::in, kind::rel, kind::free, kind::fits})
        if (g_.is(j, k))
            return true;
    return g_.clause_ends(j) || g_.mark(j, '(') || g_.dateish(j) || g_.mark(j, '@') || g_.mark(j, '+') ||
           (at.led && g_.sym(i).digits > 0 && !g_.is(j, kind::length) &&
            !(i > 0 && g_.is(i - 1, kind::from) && !(at.behind_date && !named(j)))); // "from 2 firms"
}

std::optional<clock_hit> clock_reader::hour_first(std::size_t i, place at) const {
    face f{.next = i + 1};
    if (!read_compact(f, i, at) && !read_digits(f, i, at))
        return std::nullopt;
    read_words(f, i, at);
    read_range(f, at);
    read_half_of_day(f, at);
    if (!stands(f, i, at))
        return std::nullopt;
    return clock_hit{.next = f.next,
                     .at = minute_of_day{f.hour * 60 + f.minute},
                     .firm = f.firm,
                     .ranged = f.to_hour >= 0,
                     .limit = f.wide};
}

} // namespace whynow::domain::dates
