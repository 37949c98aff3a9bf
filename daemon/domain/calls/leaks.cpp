#include "domain/calls/leaks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace whynow::domain::calls {
namespace {

// "call_duration" has the word "duration", "poutcome" has not the word "outcome".
bool has_word(std::string_view name, std::string_view word) {
    const auto letter = [&](std::size_t i) {
        return i < name.size() && name[i] != '_' && name[i] != '-' && name[i] != '.' && name[i] != ' ' &&
               name[i] != '/';
    };
    for (auto at = name.find(word); at != name.npos; at = name.find(word, at + 1))
        if ((at == 0 || !letter(at - 1)) && !letter(at + word.size()))
            return true;
    return false;
}

struct tally {
    double yes = 0, all = 0;
};

// The success rate of each row's value among the rows of the other parity.
std::vector<double> crossed_rates(const sheet& s, std::size_t at, std::span<const day_rows> days,
                                  std::span<const std::optional<bool>> outcomes) {
    std::unordered_map<std::string_view, std::array<tally, 2>> by_value;
    std::array<tally, 2> whole;
    for (const auto& d : days)
        for (auto r = d.first; r < d.last; ++r)
            if (outcomes[r])
                for (auto* t : {&by_value[s.rows[r].cells[at]][r % 2], &whole[r % 2]}) {
                    t->yes += *outcomes[r] ? 1 : 0;
                    t->all += 1;
                }
    std::vector<double> out(s.rows.size());
    for (const auto& d : days)
        for (auto r = d.first; r < d.last; ++r) {
            const auto half = 1 - r % 2;
            const auto usual = (whole[half].yes + 0.5) / (whole[half].all + 1);
            const auto found = by_value.find(s.rows[r].cells[at]);
            const auto t = found == by_value.end() ? tally{} : found->second[half];
            out[r] = (t.yes + usual) / (t.all + 1);
        }
    return out;
}

// Successes and failures of one value.
struct side {
    double value;
    bool yes;
};

void count_pairs(std::vector<side>& day, foretelling& into) {
    std::ranges::sort(day, {}, &side::value);
    double no_below = 0, yes = 0, won = 0;
    for (std::size_t i = 0; i < day.size();) {
        double tied_yes = 0, tied_no = 0;
        const auto value = day[i].value;
        for (; i < day.size() && day[i].value == value; ++i)
            (day[i].yes ? tied_yes : tied_no) += 1;
        won += tied_yes * (no_below + tied_no / 2);
        no_below += tied_no;
        yes += tied_yes;
    }
    if (yes == 0 || no_below == 0)
        return;
    into.won += won;
    into.pairs += yes * no_below;
    into.yes += std::int64_t(yes);
    into.no += std::int64_t(no_below);
    ++into.days;
}

} // namespace

double foretelling::share() const {
    const auto a = pairs > 0 ? won / pairs : 0.5;
    return std::max(a, 1 - a);
}

double foretelling::at_least() const {
    const auto rarer = double(std::min(yes, no));
    if (rarer < 5)
        return 0.5;
    const auto a = share();
    return a - 2 * std::sqrt((a * (1 - a) + 0.25 / rarer) / rarer);
}

void foretelling::add(const foretelling& other) {
    won += other.won;
    pairs += other.pairs;
    yes += other.yes;
    no += other.no;
    days += other.days;
}

foretelling foretold_by(const sheet& s, std::size_t at, std::span<const double> numbers, std::span<const day_rows> days,
                        std::span<const std::optional<bool>> outcomes) {
    const auto rates = numbers.empty() ? crossed_rates(s, at, days, outcomes) : std::vector<double>();
    const auto values = numbers.empty() ? std::span<const double>(rates) : numbers;
    foretelling out;
    std::vector<side> day;
    for (const auto& d : days) {
        day.clear();
        for (auto r = d.first; r < d.last; ++r)
            if (outcomes[r] && !std::isnan(values[r]))
                day.push_back({values[r], *outcomes[r]});
        count_pairs(day, out);
    }
    return out;
}

std::optional<problem> too_good(const column& c, const foretelling& f, const table_rules& rules, bool with_days) {
    const auto name = in_small(c.name);
    const bool named = std::ranges::any_of(rules.after_call_words, [&](const auto& w) { return has_word(name, w); });
    const auto limit = named ? rules.told_by_name : with_days && f.days >= 5 ? rules.told_by_day : rules.told_at_all;
    if (f.at_least() < limit)
        return std::nullopt;
    return problem{
        0, c.name,
        fmt::format("this column alone tells {:.0f} of 100 pairs of a success and a failure apart: such things are "
                    "known only after the call",
                    std::floor(f.share() * 100)),
        fmt::format("add it to --after-call; if it is truly known before the call, add it to --before-call")};
}

} // namespace whynow::domain::calls
