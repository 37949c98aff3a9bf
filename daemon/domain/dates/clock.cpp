#include "domain/dates/clock.hpp"

#include <algorithm>
#include <array>

namespace whynow::domain::dates {

namespace {
constexpr int noon = 12;
} // namespace

std::optional<int> clock_reader::hour_number(std::size_t i) const {
    const auto& s = g_.sym(i);
    if (s.number >= 0 && s.number <= 2 * noon && s.digits <= 2 && !s.glued_number)
        return s.number % (2 * noon);
    const auto* n = g_.find(i, kind::number);
    const int most = g_.is(i + 1, kind::oclock) ? 2 * noon : noon; // "quatorze heures"
    const bool article = s.text == "a" || s.text == "an" || s.text == "another" || s.text == "couple";
    if (!n || n->value < 1 || n->value > most || article || s.text.find(' ') != std::string::npos)
        return std::nullopt;
    return n->value;
}

// "UTC+2", "+02:00"
bool clock_reader::read_offset(clock_hit& c, std::size_t i) const {
    const bool minus = g_.mark(i, '-');
    if ((!g_.mark(i, '+') && !minus) || !g_.sym(i).glued || !g_.sym(i + 1).glued)
        return false;
    constexpr int furthest = 14;
    const int hours = g_.sym(i + 1).number;
    if (hours < 0 || hours > furthest || g_.sym(i + 1).digits > 2)
        return false;
    c.next = i + 2;
    int minutes = 0;
    if (g_.mark(c.next, ':') && g_.sym(c.next + 1).digits == 2) {
        minutes = g_.sym(c.next + 1).number;
        c.next += 2;
    }
    c.offset = std::chrono::minutes{(minus ? -1 : 1) * (hours * 60 + minutes)};
    return true;
}

void clock_reader::read_zone(clock_hit& c, std::size_t begin) const {
    auto j = c.next;
    if (read_offset(c, j))
        return;
    bool their = g_.is(j, kind::their);
    if (their)
        ++j;
    const bool open = g_.mark(j, '(');
    if (open)
        ++j;
    if (!their && g_.is(j, kind::their)) {
        their = true;
        ++j;
    }
    const auto* z = g_.find(j, kind::zone);
    constexpr std::array<std::string_view, 7> words{"et", "est", "ist", "ct", "mt", "pt", "z"};
    const bool also_a_word = z && std::ranges::find(words, g_.sym(j).text) != words.end();
    const auto& last = g_.sym(c.next - 1).text;
    const bool english = g_.tongue() != language::fr && (g_.tongue() == language::en || last == "am" || last == "pm" ||
                                                         g_.mark(begin + 1, ':') || g_.clause_ends(c.next + 1));
    if (z && (!also_a_word || english || open || their)) {
        c.zone = z->value;
        c.next = j + 1;
        c.firm = true;
        if (read_offset(c, c.next))
            return;
        if (g_.is(c.next, kind::time))
            ++c.next;
        if (open && g_.mark(c.next, ')'))
            ++c.next;
        if (g_.is(c.next, kind::their))
            ++c.next;
        return;
    }
    if (their) {
        c.next = open && g_.mark(j, ')') ? j + 1 : j;
        c.unknown_zone = true;
    }
}

std::optional<clock_hit> clock_reader::read(std::size_t i, bool behind_date) const {
    auto j = i;
    bool before = false, between = false;
    const bool opens = i == 0 || g_.sym(i - 1).mark; // "10 tomorrow", "try 10 Tuesday"
    const bool rung = !opens && g_.is(i - 1, kind::call) && g_.sym(i).digits > 0;
    const bool before_day = g_.is(i + 1, kind::day) || (rung && g_.is(i + 1, kind::weekday));
    place at{behind_date, !behind_date && (opens || rung) && before_day};
    if (behind_date)
        j = run_on(j, [this](std::size_t k) {
            return g_.mark(k, ',') || g_.mark(k, '@') || (g_.mark(k, '-') && !g_.sym(k).glued) ||
                   (g_.is(k, kind::filler) && !g_.is(k, kind::at) && !g_.is(k, kind::number));
        });
    j = run_on(j, [&](std::size_t k) {
        const bool leads = (g_.is(k, kind::at) && !g_.sym(k + 1).glued) || g_.mark(k, '@') || g_.is(k, kind::between) ||
                           (at.led && g_.is(k, kind::filler) && !g_.is(k, kind::number));
        if (leads) {
            at.led = true;
            before = g_.is(k, kind::before);
            between = g_.is(k, kind::between) && !g_.is(k, kind::at);
        }
        return leads;
    });
    std::optional<clock_hit> c;
    if (!at.led && g_.is(j, kind::hour_article)) { // "las doce"
        at.led = at.article = true;
        ++j;
    }
    c = minutes_first(j);
    if (!c)
        c = hour_first(j, at);
    if (!c)
        return std::nullopt;
    if (between && !c->firm && !c->ranged)
        return std::nullopt;
    read_zone(*c, j);
    c->limit = c->limit || before;
    const auto second = g_.joins(c->next) || g_.mark(c->next, '-') ? c->next + 1 : c->next;
    if (c->firm) // "10am-4pm"
        if (const auto to = hour_first(second, {}); to && to->firm) {
            constexpr std::chrono::hours longest_meeting{5};
            c->limit = c->limit || to->at - c->at > longest_meeting;
            c->next = to->next;
        }
    return c;
}

} // namespace whynow::domain::dates
