// The grammar of date phrases over symbols: each function reads one form at a place, or gives nothing. Private to
// this room.
#pragma once

#include "domain/dates/calendar.hpp"
#include "domain/dates/reader.hpp"
#include "domain/dates/symbols.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace whynow::domain::dates {

// So many words in a row may be passed over; more is no language and would make long texts slow.
constexpr std::size_t longest_run = 8;

// The first place from i on that `passes` does not hold for.
template <typename Passes>
std::size_t run_on(std::size_t i, Passes passes) {
    const auto end = i + longest_run;
    while (i < end && passes(i))
        ++i;
    return i;
}

// The place behind the last one before i that `passes` does not hold for.
template <typename Passes>
std::size_t run_back(std::size_t i, Passes passes) {
    const auto end = i > longest_run ? i - longest_run : 0;
    while (i > end && passes(i - 1))
        --i;
    return i;
}

// A form that was read: the place behind it and what it means. `gone`: it is a date, but not one to act on ("since
// May", "2 weeks ago"), or a length of time.
struct hit {
    std::size_t next = 0;
    days on{};
    std::optional<minute_of_day> at; // "in an hour"
    bool gone = false;
};

// That day and nothing around it; gone where it lies before today.
hit one_day(local_date d, std::size_t next, local_date today);

struct period_hit {
    std::size_t next = 0;
    period of{};
};

// Some units: from lo to hi of them.
struct amount_hit {
    std::size_t next = 0;
    unit of{};
    double lo = 0;
    double hi = 0;
    bool vague = false;
};

class grammar {
  public:
    grammar(const lexicon& words, std::vector<symbol> symbols, const standpoint& here, const zones& clocks)
        : words_(words), s_(std::move(symbols)), here_(here), clocks_(clocks), today_(here.now.date),
          lang_(language_of(here.lang)) {
        if (lang_ == language::any)
            lang_ = language_guessed(s_);
    }

    // The longest form that begins there; `depth` counts the forms inside one another.
    std::optional<hit> date_at(std::size_t i, int depth = 0) const;
    std::optional<std::size_t> daypart_at(std::size_t i, daypart& which) const;

    const std::vector<symbol>& symbols() const { return s_; }
    // The symbol there, or one that is nothing behind the end.
    const symbol& sym(std::size_t i) const;
    bool is(std::size_t i, kind k) const { return find(i, k) != nullptr; }
    // As `is`, whatever stands around it.
    bool has(std::size_t i, kind k) const;
    const meaning* find(std::size_t i, kind k) const;
    bool mark(std::size_t i, char c) const { return i < s_.size() && s_[i].mark == c; }
    std::size_t skip_fillers(std::size_t i) const;
    bool clause_ends(std::size_t i) const;
    // Could it belong to a date by itself, weak words not counted?
    bool dateish(std::size_t i) const;
    // "to", "bis", "or", "-": does it lead to a second date or time?
    bool joins(std::size_t i) const;
    const standpoint& here() const { return here_; }
    const zones& clocks() const { return clocks_; }
    const lexicon& words() const { return words_; }
    language tongue() const { return lang_; }

  private:
    // forms.cpp: days named exactly
    std::optional<hit> iso(std::size_t i) const;
    std::optional<hit> slashed(std::size_t i) const;
    std::optional<hit> dotted(std::size_t i) const;
    std::optional<hit> day_month(std::size_t i) const;
    std::optional<hit> month_day(std::size_t i) const;
    std::optional<hit> day_of_month(std::size_t i) const;
    bool takes_article(std::size_t i) const;
    std::optional<hit> exact(int year, int month, int day, std::size_t next) const;
    static std::optional<hit> through(std::optional<hit> first, std::optional<int> last);
    std::optional<hit> yearless(int month, int day, std::size_t next) const;
    std::optional<int> year_suffix(std::size_t i, std::size_t& next) const;
    std::optional<int> day_number(std::size_t i, std::size_t& next) const;

    // periods.cpp
    std::optional<period_hit> period_at(std::size_t i) const;
    std::optional<period_hit> month_period_at(std::size_t i) const;
    std::optional<period_hit> quarter_at(std::size_t i) const;
    std::optional<period_hit> fiscal_year_at(std::size_t i) const;
    std::optional<period_hit> half_at(std::size_t i) const;
    std::optional<period_hit> season_at(std::size_t i) const;
    std::optional<period_hit> rel_unit_at(std::size_t i) const;
    std::optional<period_hit> year_at(std::size_t i) const;
    period unit_period(unit u, int offset) const;
    period with_year(period p, std::optional<int> year) const;

    // parts.cpp
    std::optional<hit> part_period(std::size_t i, bool second_of_two = false) const;
    std::optional<hit> edge_word(std::size_t i) const;
    std::optional<hit> whole_period(std::size_t i) const;
    std::optional<hit> rolled(const period& p, std::optional<part> which, std::size_t next) const;

    // weekdays.cpp
    std::optional<hit> day_word(std::size_t i) const;
    std::optional<hit> weekday_form(std::size_t i) const;
    std::optional<hit> weekday_numbered(std::size_t i, int weekday) const;
    std::optional<hit> plain_weekday(std::size_t i) const;
    local_date ahead(int weekday) const;

    // weeks.cpp
    std::optional<hit> week_then_weekday(std::size_t i) const;
    std::optional<hit> nth_of(std::size_t i) const;
    std::optional<period_hit> numbered_week_at(std::size_t i) const;
    std::optional<hit> week_number(std::size_t i) const;
    std::optional<hit> week_of(std::size_t i, int depth) const;

    // feasts.cpp
    std::optional<hit> feast_form(std::size_t i) const;
    std::optional<hit> after_feast(std::size_t i) const;

    // counted.cpp
    std::optional<amount_hit> amount_at(std::size_t i) const;
    std::optional<double> count_at(std::size_t i, std::size_t& next, bool& vague) const;
    std::optional<hit> counted(std::size_t i, int depth) const;
    std::optional<hit> within_unit(unit of, std::size_t next) const;
    hit moved(const amount_hit& a, local_date from) const;

    // anchored.cpp
    std::optional<hit> anchored(const amount_hit& a, int depth) const;
    std::optional<hit> beside(std::size_t i, int depth) const;
    std::optional<hit> same_time(std::size_t i) const;

    // ranges.cpp
    std::optional<hit> between(std::size_t i, int depth) const;
    void widen(hit& first) const;
    bool moved_there(std::size_t from, std::size_t to) const;

    // prepositions.cpp
    std::optional<hit> after(std::size_t i, int depth) const;
    std::optional<hit> before(std::size_t i, int depth) const;
    bool denied_before(std::size_t i) const;
    bool denied_behind(std::size_t i) const;
    std::optional<hit> plain_prefix(std::size_t i, int depth) const;

    // neighbours.cpp
    bool weak_stands(std::size_t i, const meaning& m) const;
    bool names_person(std::size_t i, bool named_before = false) const;

    std::optional<hit> longest_at(std::size_t i, int depth) const;

    const lexicon& words_;
    std::vector<symbol> s_;
    const standpoint& here_;
    const zones& clocks_;
    local_date today_;
    language lang_;
    // What date_at gave before, by place and depth; 0 where it was not asked.
    mutable std::vector<std::uint32_t> asked_;
    mutable std::vector<std::optional<hit>> answers_;
};

} // namespace whynow::domain::dates
