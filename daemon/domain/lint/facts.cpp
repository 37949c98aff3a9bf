#include "domain/lint/facts.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace whynow::domain::lint {
namespace {

constexpr std::size_t stem_length = 5, longest_ending = 2;
constexpr double nearly = 0.6;             // of a unit: "almost three weeks" are 17 days
constexpr double rounded_share = 2.5;      // percent: "four in ten" are 38 %
constexpr double rounding_of_each = 0.2;   // "one seat for every twenty-five"
constexpr double rounding = 0.1;           // of a number: "nearly fifty" are 46
constexpr double rounding_of_share = 0.05; // "a third" are 31 %, "more than two thirds" 70 %
constexpr double least_counted = 4;        // "two of three shifts" says nothing about customers
constexpr double rounded = 1.5;            // percent: 12 % is one in eight

template <class Day>
int days_between(const Day& a, const Day& b) {
    const auto year = a.year ? a.year : b.year; // one without a year is of the other's
    const auto at = [&](const Day& d) {
        return std::chrono::sys_days{std::chrono::year{d.year ? d.year : year} / std::chrono::month(unsigned(d.month)) /
                                     std::chrono::day(unsigned(d.day))};
    };
    return int((at(b) - at(a)).count());
}

// "16.30" read as a number, in minutes.
int clock_with_dot(double v) { return int(v) * 60 + int(std::lround((v - std::floor(v)) * 100)); }

bool same(double a, double b) { return std::abs(a - b) <= 1e-6 * std::max({1.0, std::abs(a), std::abs(b)}); }

} // namespace

std::string without_umlauts(std::string_view folded) {
    std::string out;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        out += folded[i];
        if ((folded[i] == 'a' || folded[i] == 'o' || folded[i] == 'u') && i + 1 < folded.size() && folded[i + 1] == 'e')
            ++i;
    }
    return out;
}

void fact_index::add(const std::vector<text::word>& words, const language& lang, const language& other) {
    for (const auto& w : words) {
        words_.insert(w.folded);
        in_order_.insert(w.folded);
        words_.insert(without_umlauts(w.folded));
        if (w.folded.size() >= 4)
            stems_.insert(w.folded.substr(0, stem_length));
    }
    const auto take = [&](const language& l) {
        for (const auto& q : read_quantities(words, rules_, l)) {
            switch (q.what) {
            case quantity::kind::number:
                numbers_.insert(q.values.begin(), q.values.end());
                if (q.strong)
                    percents_.insert(q.values.begin(), q.values.end());
                if (q.unit > 0)
                    units_.insert(q.unit);
                if (q.ratio)
                    numbers_.insert(100 / q.values[0]);
                break;
            case quantity::kind::date:
                add({q.year, q.month, q.day});
                if (q.other_month)
                    add({q.year, q.other_month, q.other_day});
                break;
            case quantity::kind::month: months_.insert(int(q.values[0])); break;
            case quantity::kind::weekday: weekdays_.insert(int(q.values[0])); break;
            case quantity::kind::year: years_.insert(int(q.values[0])); break;
            case quantity::kind::time: times_.insert(int(q.values[0])); break;
            case quantity::kind::quarter: quarters_.insert(int(q.values[0])); break;
            }
            if (q.year)
                years_.insert(q.year);
        }
        for (const auto& w : words)
            if (const auto o = l.ordinals.find(w.folded); o != l.ordinals.end())
                numbers_.insert(o->second);
    };
    take(lang);
    if (&other != &lang)
        take(other);
}

void fact_index::add(day d) {
    days_.push_back(d);
    constexpr int months = 100; // 106 is 6 January
    for (const auto& [word, at] : rules_.feasts)
        if (at == d.month * months + d.day)
            words_.insert(word);
    if (d.year)
        weekdays_.insert(weekday_of(d.year, d.month, d.day));
}

bool fact_index::has_date(const quantity& q) const {
    return std::ranges::any_of(days_, [&](const day& d) {
        const bool either = (d.month == q.month && d.day == q.day) ||
                            (q.other_month && d.month == q.other_month && d.day == q.other_day);
        return either && (q.year == 0 || d.year == 0 || q.year == d.year);
    });
}

bool fact_index::has_span(double days, double unit) const {
    for (const auto& a : days_)
        for (const auto& b : days_) {
            const auto apart = a.year || b.year ? days_between(a, b) : 0;
            if (apart > 0 && std::abs(apart - days) <= (unit > 1 ? unit * nearly : 0))
                return true;
        }
    return false;
}

bool fact_index::has_number(const quantity& q) const {
    for (const auto v : q.values) {
        const auto percent = 100 * q.share / v;
        if (q.ratio && std::ranges::any_of(numbers_, [&](double n) {
                return std::abs(n - percent) <= (q.share > 1 ? rounded_share : rounded);
            }))
            return true;
        if (std::ranges::any_of(numbers_, [&](double n) { return same(n, v); }))
            return true;
        if (q.each && std::ranges::any_of(numbers_, [&](double a) {
                return std::ranges::any_of(numbers_,
                                           [&](double b) { return std::abs(a / b - v) <= rounding_of_each * v; });
            }))
            return true;
        if (q.unit > 0 && has_span(v * q.unit, q.unit))
            return true;
        if (!q.strong && v != std::floor(v) && v < 24 && times_.contains(clock_with_dot(v)))
            return true;
        if (q.strong || v != std::floor(v) || v > 3000)
            continue;
        const auto n = int(v);
        if (years_.contains(n) || (n < 100 && years_.contains(1900 + n)) ||
            (q.as_day && std::ranges::any_of(days_, [&](const day& d) { return d.day == n; })) ||
            (q.as_hour && std::ranges::any_of(times_, [&](int t) { return t / 60 == n || t / 60 == n + 12; })))
            return true;
    }
    return false;
}

bool fact_index::has_about(const quantity& q) const {
    if (q.what != quantity::kind::number)
        return false;
    return std::ranges::any_of(q.values, [&](double v) {
        const auto step = v < 100 ? 5 : std::pow(10.0, std::floor(std::log10(v)) - 1);
        const bool round = v >= 10 && same(v, std::round(v / step) * step);
        return round && std::ranges::any_of(numbers_, [&](double n) { return std::abs(n - v) <= rounding * n; });
    });
}

bool fact_index::has_difference(const quantity& q) const {
    return q.what == quantity::kind::number && std::ranges::any_of(q.values, [&](double v) {
               return std::ranges::any_of(numbers_, [&](double a) {
                   return std::ranges::any_of(numbers_, [&](double b) { return same(a - b, v); });
               });
           });
}

bool fact_index::has_share(double share) const {
    const auto near = [&](double part) {
        return std::abs(part - share) <= rounding_of_share || std::abs(1 - part - share) <= rounding_of_share;
    };
    return std::ranges::any_of(percents_, [&](double a) { return near(a / 100); }) ||
           std::ranges::any_of(numbers_, [&](double a) {
               return std::ranges::any_of(numbers_,
                                          [&](double b) { return a >= least_counted && a < b && near(a / b); });
           });
}

bool fact_index::has(const quantity& q) const {
    const bool small = q.what != quantity::kind::number && !q.values.empty(); // a number may be beyond every int
    const auto first = small ? int(q.values[0]) : 0;
    const bool year_good = q.year == 0 || years_.contains(q.year);
    switch (q.what) {
    case quantity::kind::date: return has_date(q);
    case quantity::kind::number: return has_number(q);
    case quantity::kind::month:
        return year_good &&
               (months_.contains(first) || std::ranges::any_of(days_, [&](const day& d) { return d.month == first; }));
    case quantity::kind::weekday: return weekdays_.contains(first);
    case quantity::kind::year: return years_.contains(first) || numbers_.contains(first);
    case quantity::kind::time:
        return times_.contains(first) || times_.contains(first + 720) || times_.contains(first - 720) ||
               (first % 30 == 0 && numbers_.contains(first / 60.0)); // also hours that something takes
    case quantity::kind::quarter:
        return quarters_.contains(first) ||
               std::ranges::any_of(days_, [&](const day& d) { return (d.month + 2) / 3 == first; }) ||
               std::ranges::any_of(months_, [&](int m) { return (m + 2) / 3 == first; });
    }
    return false;
}

bool fact_index::has_word(std::string_view folded) const {
    const auto known = [&](std::string_view w) {
        return words_.contains(std::string(w)) || words_.contains(without_umlauts(w));
    };
    if (known(folded))
        return true;
    constexpr std::array<std::string_view, 7> endings{"s", "es", "er", "en", "n", "ern", "ers"};
    for (const auto e : endings)
        if (folded.ends_with(e) && folded.size() > e.size() + 2 && known(folded.substr(0, folded.size() - e.size())))
            return true;
    return false;
}

bool fact_index::says(const std::vector<text::word>& words, span at) const {
    bool any = false;
    for (auto i = at.from; i < at.to; ++i) {
        const std::string_view w = words[i].folded;
        if (w.size() < 4)
            continue;
        const auto stem = w.substr(0, std::max(stem_length, w.size() - std::min(w.size(), longest_ending)));
        const auto it = in_order_.lower_bound(stem);
        if (!has_word(w) && (it == in_order_.end() || !it->starts_with(stem) || it->size() > w.size() + longest_ending))
            return false;
        any = true;
    }
    return any;
}

bool fact_index::mentions_compound(std::string_view w) const {
    constexpr std::size_t least_head = 5; // letters
    return w.size() >= least_head && std::ranges::any_of(words_, [&](const auto& known) { return known.ends_with(w); });
}

bool fact_index::mentions(std::string_view w) const {
    if (w.size() < 4)
        return false;
    const auto begin = w.substr(0, stem_length);
    const auto it = in_order_.lower_bound(begin);
    return it != in_order_.end() && it->starts_with(begin);
}

bool fact_index::has_most(const std::vector<text::word>& words, span at, double part) const {
    std::size_t all = 0, found = 0;
    for (auto i = at.from; i < at.to; ++i) {
        const auto& w = words[i].folded;
        if (w.size() < 4)
            continue;
        ++all;
        if (stems_.contains(w.substr(0, stem_length)))
            ++found;
    }
    return all > 0 && double(found) >= part * double(all);
}

} // namespace whynow::domain::lint
