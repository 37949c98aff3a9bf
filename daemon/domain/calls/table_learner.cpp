#include "domain/calls/table_learner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace whynow::domain::calls {
namespace {

// Lists whose outcomes may still come.
constexpr std::size_t lists_kept = 8, keys_kept = 20'000;
// Sheets that are known again when they are brought twice.
constexpr std::size_t sheets_kept = 32;
// So many rows of one sheet are enough to see a column that knows the outcome.
constexpr std::size_t rows_watched = 5'000;

std::size_t key_column(const sheet& s, const purpose& told) { return position(s.header, told.key); }

std::vector<day_rows> some_of(std::span<const day_rows> days, std::size_t rows) {
    const auto every = rows / rows_watched + 1;
    std::vector<day_rows> out;
    for (std::size_t d = 0; d < days.size(); d += every)
        out.push_back(days[d]);
    return out;
}

} // namespace

table_learner::table_learner(purpose told, table_rules rules)
    : told_(std::move(told)), rules_(std::move(rules)), learner_(rules_.learning) {}

std::vector<problem> table_learner::strangers(const sheet& s) const {
    std::vector<problem> out;
    for (const auto& c : columns_.all())
        if (!c.told_after_call && position(s.header, c.name) == nowhere)
            out.push_back({1, c.name, "this column was learned from and is missing here",
                           "is it another table? Then use another --state; else export the column again"});
    return out;
}

std::vector<std::optional<bool>> table_learner::outcomes(const sheet& s, std::vector<problem>& problems) const {
    const auto at = position(s.header, told_.outcome);
    std::vector<std::optional<bool>> out;
    out.reserve(s.rows.size());
    for (const auto& r : s.rows) {
        bool readable = true;
        out.push_back(read_outcome(r.cells[at], told_.success, rules_, readable));
        if (!readable)
            problems.push_back({r.line, told_.outcome, fmt::format("\"{}\" is neither yes nor no", r.cells[at]),
                                "write yes or no, or name the outcome that counts: --success WORD"});
    }
    return out;
}

std::vector<problem> table_learner::leaks(const sheet& s, const reading& cells, std::span<const day_rows> days,
                                          std::span<const std::optional<bool>> outcomes) {
    const auto seen = some_of(days, s.rows.size());
    std::vector<problem> out;
    watch_.resize(columns_.all().size());
    for (std::size_t n = 0; n < columns_.all().size(); ++n) {
        const auto& c = columns_.all()[n];
        if (columns_.unused(c, rules_) || std::ranges::find(told_.before_call, c.name) != told_.before_call.end())
            continue;
        auto& [as_number, as_value] = watch_[n];
        if (!cells.numbers[n].empty())
            as_number.add(foretold_by(s, cells.at[n], cells.numbers[n], seen, outcomes));
        as_value.add(foretold_by(s, cells.at[n], {}, seen, outcomes));
        const auto& better = as_number.at_least() > as_value.at_least() ? as_number : as_value;
        if (auto p = too_good(c, better, rules_, !told_.day.empty()))
            out.push_back(*std::move(p));
    }
    return out;
}

std::size_t table_learner::list_size(std::uint64_t key, std::size_t otherwise) const {
    for (auto l = lists_.rbegin(); l != lists_.rend(); ++l)
        if (std::ranges::binary_search(l->keys, key))
            return l->keys.size();
    return otherwise;
}

std::vector<problem> table_learner::learn(const sheet& s, learned_rows& report) {
    auto problems = misfits(s, told_, true);
    if (columns_.all().empty() && problems.empty())
        columns_ = calls::columns(s.header, told_);
    std::ranges::move(strangers(s), std::back_inserter(problems));
    if (position(s.header, told_.outcome) == nowhere || !problems.empty())
        return problems;
    const auto outcome = outcomes(s, problems);
    const auto key = key_column(s, told_);
    std::uint64_t content = 0;
    for (std::size_t r = 0; r < s.rows.size(); ++r)
        content = fingerprint(s.rows[r].cells[key], content + (!outcome[r] ? 1 : *outcome[r] ? 2 : 3));
    if (problems.empty() && std::ranges::find(learned_, content) != learned_.end()) {
        report.again = true;
        return problems;
    }
    const auto days = days_of(s, told_.day);
    const auto cells = columns_.meet(s, days, rules_, problems);
    if (!problems.empty())
        return problems;
    problems = leaks(s, cells, days, outcome);
    if (!problems.empty())
        return problems;
    learner_.grow(columns_.features().size());
    ranking::inputs in;
    for (const auto& d : days) {
        if (calls_ + std::int64_t(report.calls) > 0 && (told_.day.empty() || d.label != last_day_))
            learner_.night();
        last_day_ = d.label;
        ++report.days;
        for (auto r = d.first; r < d.last; ++r) {
            if (!outcome[r]) {
                ++report.unknown;
                continue;
            }
            const auto size = lists_.empty() ? d.size() : list_size(fingerprint(s.rows[r].cells[key]), d.size());
            columns_.inputs(cells, r, size, in);
            learner_.learn(in, *outcome[r]);
            ++report.calls;
            report.hits += *outcome[r];
        }
    }
    learned_.push_back(content);
    if (learned_.size() > sheets_kept)
        learned_.erase(learned_.begin());
    calls_ += std::int64_t(report.calls);
    hits_ += std::int64_t(report.hits);
    for (const auto& c : columns_.all())
        if (const auto why = columns_.unused(c, rules_))
            report.unused.push_back(fmt::format("{} ({})", c.name, *why));
        else
            report.used.push_back(c.name);
    return problems;
}

std::vector<problem> table_learner::rank(const sheet& s, const ranking_wish& wish, std::vector<ranked_row>& out) {
    auto problems = misfits(s, told_, false);
    std::ranges::move(strangers(s), std::back_inserter(problems));
    if (!problems.empty())
        return problems;
    const auto cells = columns_.read(s, rules_, problems);
    if (!problems.empty())
        return problems;
    const auto key = key_column(s, told_);
    out.clear();
    out.reserve(s.rows.size());
    ranking::inputs in;
    for (const auto& d : days_of(s, told_.day)) {
        for (auto r = d.first; r < d.last; ++r) {
            columns_.inputs(cells, r, d.size(), in);
            auto& row = out.emplace_back(ranked_row{s.rows[r].cells[key], learner_.probability(in), false, 1, {}});
            if (wish.reasons)
                row.why = reasons(in);
        }
        choose(std::span(out).subspan(d.first, d.size()), wish);
    }
    return problems;
}

std::string table_learner::reasons(std::span<const ranking::input> in) const {
    std::string out;
    int told = 0;
    for (const auto& c : learner_.explain(in)) {
        if (c.at == 0 || c.log_odds == 0)
            continue;
        const auto& f = *std::ranges::find(in, c.at, &ranking::input::at);
        out += fmt::format("{}{}: {:+.2f}", out.empty() ? "" : ", ", columns_.in_words(f), c.log_odds);
        if (++told == 3)
            break;
    }
    return out;
}

void table_learner::choose(std::span<ranked_row> day, const ranking_wish& wish) {
    ranked_list list;
    std::vector<std::uint64_t> lots;
    for (const auto& r : day) {
        list.keys.push_back(fingerprint(r.key));
        list.of = fingerprint(r.key, list.of + 1);
        lots.push_back(list.keys.back() * 0x9E3779B97F4A7C15U ^ (wish.seed + 1) * 0xBF58476D1CE4E5B9U);
    }
    const auto before = std::ranges::find(lists_, list.of, &ranked_list::of);
    list.owed = before == lists_.end() ? owed_ : before->owed;
    const auto due = double(day.size()) * wish.budget + list.owed;
    const auto calls = std::min(day.size(), std::size_t(std::max(0.0, due + 1e-9)));
    std::vector<std::size_t> order(day.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](auto a, auto b) {
        return day[a].probability != day[b].probability ? day[a].probability > day[b].probability : lots[a] < lots[b];
    });
    // Calls by lot: from those the score would leave out, every one of them equally likely.
    const auto rest = day.size() - calls;
    const auto wanted = double(calls) * wish.explore;
    auto drawn = std::size_t(wanted);
    drawn += double(fingerprint("lot", list.of ^ wish.seed) >> 11) * 0x1p-53 < wanted - double(drawn);
    drawn = std::min({drawn, calls, rest});
    const auto sure = calls - drawn;
    std::ranges::sort(order.begin() + std::ptrdiff_t(sure), order.end(), {}, [&](auto i) { return lots[i]; });
    for (std::size_t i = 0; i < order.size(); ++i) {
        auto& r = day[order[i]];
        r.call = i < calls;
        r.propensity = i < sure ? 1 : order.size() == sure ? 0 : double(drawn) / double(order.size() - sure);
    }
    if (before != lists_.end())
        return;
    owed_ = std::clamp(due - double(calls), 0.0, 1.0);
    keep_list(std::move(list));
}

void table_learner::keep_list(ranked_list list) {
    std::ranges::sort(list.keys);
    lists_.push_back(std::move(list));
    ++new_lists_;
    const auto keys = [&] {
        return std::accumulate(lists_.begin(), lists_.end(), std::size_t(0),
                               [](std::size_t n, const auto& l) { return n + l.keys.size(); });
    };
    while (lists_.size() > lists_kept || (lists_.size() > 1 && keys() > keys_kept))
        lists_.erase(lists_.begin());
}

} // namespace whynow::domain::calls
