// Reads quantities word by word; its parts are calendar.cpp, clock.cpp and numbers.cpp.
#pragma once

#include "domain/lint/quantities.hpp"

#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

namespace whynow::domain::lint {

bool all_digits(std::string_view s);
// -1 where it is no number, or one of more than nine digits.
int to_int(std::string_view s);

class quantity_reader {
  public:
    quantity_reader(const std::vector<text::word>& words, const rulebook& rules, const language& lang)
        : words_(words), rules_(rules), lang_(lang) {}

    std::vector<quantity> run();

  private:
    std::string_view w(std::size_t i) const;
    bool one_of(std::size_t i, std::initializer_list<std::string_view> list) const;
    // A quantity of the words from here to `to`, where reading goes on.
    quantity& push(quantity::kind what, std::size_t to);

    // calendar.cpp
    // 2026-02-12 (with or without a time), 12.02.2026, 12/02/2026, 12/02
    bool calendar_digits();
    bool day_and_month();
    // Q3, third quarter, 3. Quartal, T3, 3e trimestre, tercer trimestre
    bool quarter();
    bool month_alone();
    bool weekday();
    // 12, 12th, 1er, twelfth, twenty-first: a day of a month; the number of words it takes.
    std::pair<int, std::size_t> day_at(std::size_t i) const;
    int month_at(std::size_t i) const;
    int year_at(std::size_t i) const;
    std::size_t with_year(std::size_t i, int& year) const;
    bool push_with_year(int year, int month, int day, std::size_t end);
    void push_date(int year, int month, int day, std::size_t to);

    // clock.cpp
    // 10:30, 3pm, 3 pm, 15 Uhr, 15h30, 10 o'clock, 10 heures
    bool clock();
    // half past nine, quarter to ten, halb zehn, viertel nach neun, neuf heures et demie, las nueve y media
    bool clock_in_words();
    // "in the afternoon", "de la tarde" at `i`: the hours to add, and where it ends; 0 where it does not stand there.
    std::pair<int, std::size_t> part_of_day(std::size_t i) const;
    // 1 to 24 at `i`, else 0.
    int hour_at(std::size_t i) const;
    bool push_time(int hour, int minute, std::size_t to);

    // numbers.cpp
    bool number();
    bool digits();
    bool number_words();
    double scale_at(std::size_t i) const;
    // "2 M€", "300 k€": the M of millions, not of metres.
    bool money_sign(std::size_t i) const;
    void mark_strong(quantity& q, std::size_t next) const;
    bool is_percent(std::size_t i) const;
    void mark_place(quantity& q) const;
    // "one in eight", "jeder achte", "un vuelo de cada ocho"
    void mark_ratio(quantity& q);
    // A German number in one word: "vierzehn" is in the list, "fünfundzwanzig" and "zweihundert" are put together.
    double composed(std::string_view t) const;
    // What follows "vingt et": also "un", which alone is no number.
    double unit_at(std::size_t i) const;
    // The words of "and a half" at `i`, 0 where it does not stand there.
    std::size_t half_at(std::size_t i) const;
    // The digits said after "point", behind which `at` then stands.
    double decimals(std::size_t& at) const;
    // "two hundred" takes "twenty", "twenty" takes "five", "soixante" takes "dix".
    bool adds_up(double current, double v) const;

    const std::vector<text::word>& words_;
    const rulebook& rules_;
    const language& lang_;
    std::size_t at_ = 0;
    std::vector<quantity> out_;
};

} // namespace whynow::domain::lint
