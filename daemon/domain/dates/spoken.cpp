// Clock times in words: half past two, halb drei, ten to four, fünf vor halb drei.
#include "domain/dates/clock.hpp"

namespace whynow::domain::dates {

namespace {
constexpr int noon = 12;
}

// The hour of such a time, in the half of the day that is meant.
std::optional<clock_hit> clock_reader::full_hour(std::size_t i, bool before_it) const {
    const auto hour = hour_number(i);
    if (!hour || g_.is(i + 1, kind::unit))
        return std::nullopt;
    int h = *hour;
    auto j = i + 1;
    if (g_.is(j, kind::oclock))
        ++j;
    daypart part{};
    if (g_.is(j, kind::pm) && h < noon)
        h += noon, ++j;
    else if (g_.is(j, kind::am))
        ++j;
    else if (const auto behind = g_.daypart_at(j, part); behind) {
        if (part != daypart::morning && h < noon)
            h += noon;
        j = *behind;
    } else if (h - (before_it ? 1 : 0) < g_.words().hour_from && h < noon)
        h += noon;
    return clock_hit{.next = j, .at = minute_of_day{h * 60}, .firm = true};
}

// "ten to", "fünf nach": minutes as they change the hour behind them
std::optional<int> clock_reader::minutes_beside(std::size_t i) const {
    const auto* n = g_.find(i, kind::number);
    const int minutes = n ? n->value : (g_.tongue() == language::de && g_.sym(i).digits > 0 ? g_.sym(i).number : 0);
    if (const auto* u = g_.find(i + 1, kind::unit); u && static_cast<unit>(u->value) == unit::minute) {
        const int spelt = n ? n->value : g_.sym(i).number; // "15 minutes to"
        const bool past = g_.is(i + 2, kind::minutes_past);
        if (spelt > 0 && spelt < 60 && (past || g_.is(i + 2, kind::minutes_to)))
            return past ? spelt : -spelt;
    }
    if (minutes != 5 && minutes != 10 && minutes != 20 && minutes != 25)
        return std::nullopt;
    if (g_.is(i + 1, kind::minutes_past))
        return minutes;
    return g_.is(i + 1, kind::minutes_to) ? std::optional{-minutes} : std::nullopt;
}

// noon; half past two; halb drei; viertel nach 3; quarter to 4
std::optional<clock_hit> clock_reader::minutes_first(std::size_t i) const {
    int shift = 0;
    if (const auto minutes = minutes_beside(i)) {
        const auto hour = g_.is(i + 1, kind::unit) ? i + 3 : i + 2;
        const auto half = g_.is(hour, kind::half_to);
        const auto at = half ? minutes_first(hour) : full_hour(hour);
        if (!at || (!half && g_.is(at->next, kind::unit)))
            return std::nullopt;
        return clock_hit{
            .next = at->next, .at = minute_of_day{(at->at.count() + *minutes + 1440) % 1440}, .firm = true};
    }
    if (g_.is(i, kind::half_past))
        shift = 30;
    else if (g_.is(i, kind::half_to))
        shift = -30;
    else if (g_.is(i, kind::quarter_past))
        shift = 15;
    else if (g_.is(i, kind::quarter_to))
        shift = -15;
    else
        return std::nullopt;
    const auto at = full_hour(i + 1, shift < 0);
    return at ? std::optional{clock_hit{
                    .next = at->next, .at = minute_of_day{(at->at.count() + shift + 1440) % 1440}, .firm = true}}
              : std::nullopt;
}

} // namespace whynow::domain::dates
