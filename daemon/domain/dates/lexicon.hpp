// The words of config/dates.toml, ready to be looked up. Private to this room.
#pragma once

#include "domain/core/rules.hpp"
#include "domain/core/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace whynow::domain::dates {

enum class kind : std::uint8_t {
    number,
    few,
    ordinal,
    ordinal_suffix,
    unit,
    amount,
    month,
    weekday,
    part,
    edge,
    halves,
    rel,
    in,
    within,
    after,
    before,
    until,
    by,
    week_of,
    from_now,
    from,
    ago,
    since,
    lasting,
    past,
    article,
    day,
    daypart,
    quarter_mark,
    half_mark,
    week_mark,
    season,
    holiday,
    at,
    am,
    pm,
    oclock,
    half_past,
    half_to,
    quarter_past,
    quarter_to,
    and_half,
    and_quarter,
    less_quarter,
    ish,
    range,
    their,
    time,
    join,
    only_or,
    filler,
    correction,
    lead,
    call,
    length,
    title,
    person,
    acts,
    label,
    none,
    between,
    same_time,
    half_nth,
    half_more,
    moved,
    hour_article,
    minutes_past,
    minutes_to,
    minutes_more,
    minutes_less,
    negation,
    refusal,
    was,
    did,
    wish,
    fits,
    so,
    free,
    aux,
    habit,
    clause,
    toward,
    echo,
    begins,
    tongue,
    zone
};

enum class unit { minute, hour, day, workday, week, fortnight, month, quarter, half, year, weekend, fiscal_year };
enum class part { early, mid, late, later, end };
enum class rel { this_one, next, last, after_next, coming };
enum class daypart { morning, afternoon, evening, noon };
enum class language : std::uint8_t { any, en, de, fr, es };

struct meaning {
    kind what{};
    int value = 0; // the number, or the enum above, or an index into lexicon's tables
    int more = 0;  // amount: how many; edge: the unit
    language lang{};
    bool weak = false;
};

struct feast {
    enum class rule { fixed, easter, nth } how{};
    std::array<int, 4> a{}; // fixed: month, day, month, day; easter: from, to; nth: which, weekday, month
    std::array<int, 2> plus{};
    int after_to = 11; // "after it" reaches so many days behind it
    int alone_days = 1;
    bool only_after = false; // names no days by itself
};

struct lexicon {
    explicit lexicon(const rules::node& rules);

    std::unordered_map<std::string, std::vector<meaning>> phrases; // words joined by one space
    std::unordered_set<std::string> heads;                         // what longer phrases begin with
    std::size_t longest = 1;                                       // words in the longest phrase
    std::unordered_map<char, std::vector<std::string>> day_names;  // single words for months and days, by first letter
    std::vector<std::string> zone_names;
    std::vector<feast> feasts;
    std::array<std::array<int, 2>, 4> seasons{};
    std::vector<std::pair<std::string, int>> fiscal_by_zone;
    int fiscal_start = 1;
    int hour_from = 7;

    int fiscal_month(std::string_view zone) const;

  private:
    void add(kind what, language lang, std::string_view key, const rules::node& words);
    void read_feasts(const rules::node& names, const rules::node& dates);
};

language language_of(std::string_view code);

} // namespace whynow::domain::dates
