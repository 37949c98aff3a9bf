// The facts of one call or mail, laid out so that a value in a text can be looked for in any of its written forms.
#pragma once

#include "domain/lint/quantities.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace whynow::domain::lint {

class fact_index {
  public:
    explicit fact_index(const rulebook& rules) : rules_(rules) {}

    // Every word is a fact from now on; numbers and dates as `lang` and as `other` would write them.
    void add(const std::vector<text::word>& words, const language& lang, const language& other);

    bool has(const quantity& q) const;
    // A number of the facts, rounded to one or two digits: "over twelve thousand" of 12,400.
    bool has_about(const quantity& q) const;
    // One number of the facts is so much above another: "five points" of 31 % and 26 %.
    bool has_difference(const quantity& q) const;
    // A percentage of the facts, or one of its numbers beside another, is about this share (0 to 1).
    bool has_share(double share) const;
    // The word, or the word without an ending that languages put on names ("Northwind's", "Berliner", "Mueller").
    bool has_word(std::string_view folded) const;
    // At least `part` (0 to 1) of the words of four letters and more stand in the facts, compared by their beginnings.
    bool has_most(const std::vector<text::word>& words, span at, double part) const;
    // Every word of four letters and more stands in the facts, but for its ending.
    bool says(const std::vector<text::word>& words, span at) const;
    // A word of the facts begins like this one, which has four letters or more.
    bool mentions(std::string_view folded) const;
    // A word of the facts ends with this one: "Gasthäuser" with "Häuser".
    bool mentions_compound(std::string_view folded) const;
    // A number of such units (days, weeks of 7, …) is told, or can be counted between two dates.
    bool measures(double unit) const { return units_.contains(unit) || (unit < 365 && days_.size() > 1); }
    bool tells_times() const { return !times_.empty(); }
    const std::unordered_set<std::string>& words() const { return words_; }

  private:
    struct day {
        int year, month, day;
    };
    void add(day d);
    bool has_number(const quantity& q) const;
    // Two days of the facts are so far apart.
    bool has_span(double days, double unit) const;
    bool has_date(const quantity& q) const;

    const rulebook& rules_;
    std::unordered_set<std::string> words_, stems_;
    std::set<std::string, std::less<>> in_order_; // the words again
    std::set<double> numbers_, percents_, units_;
    std::vector<day> days_;
    std::set<int> months_, weekdays_, years_, times_, quarters_;
};

// "nico" of "nicolás", "vero" of "verónica"; not "ann" of "anna".
template <class Names>
bool short_for(std::string_view folded, const Names& names) {
    constexpr std::size_t least = 3, dropped = 2; // letters
    return folded.size() >= least && std::ranges::any_of(names, [&](const std::string& n) {
               return n.size() >= folded.size() + dropped && n.starts_with(folded);
           });
}

// "mueller" and "müller" are the same name: ae, oe, ue as a, o, u.
std::string without_umlauts(std::string_view folded);

} // namespace whynow::domain::lint
