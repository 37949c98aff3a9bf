#include "domain/calls/columns.hpp"

#include "domain/calls/moments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

namespace whynow::domain::calls {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view other = "(other)", empty = "(empty)";
constexpr double least_spread = 1e-12;

// How far from the usual, in spreads, never beyond three.
double distance(const column& c, double x) {
    return std::clamp((x - c.mean) / std::max(c.spread(), least_spread), -3.0, 3.0);
}

// Zero at the mean of its squares, so that base and amount keep their meaning.
double bent(double z) { return (z * z - 1) / 2; }

// The list of a day on a scale of doublings: 32 calls are 0.
double list_amount(std::size_t size) { return (std::log2(double(size)) - 5) / 3; }

std::string list_level(std::size_t size) {
    const auto n = unsigned(std::bit_width(size) - 1) / 2 * 2;
    return fmt::format("{} to {}", 1U << n, (4U << n) - 1);
}

// Every value of its own that a cell has, besides its number.
template <class Each>
void each_level(const column& c, std::string_view cell, double number, const table_rules& rules, Each each) {
    if (is_missing(cell, rules))
        each(empty);
    else if (c.kind == kind::word || (c.kind == kind::number && std::isnan(number)))
        each(cell);
    else if (c.kind == kind::moment)
        for (const auto& part : parts_of_moment(cell))
            if (!part.empty())
                each(std::string_view(part));
}

struct newcomer {
    std::uint32_t column;
    std::string level;
    std::size_t rows;
};

// Values nobody has met yet, with the number of their rows.
std::vector<newcomer> newcomers(std::uint32_t n, const column& c, const sheet& s, std::size_t at,
                                std::span<const double> numbers, const table_rules& rules) {
    std::unordered_map<std::string, std::size_t, same_text, std::equal_to<>> rows;
    for (std::size_t r = 0; r < s.rows.size(); ++r)
        each_level(c, s.rows[r].cells[at], numbers.empty() ? nothing : numbers[r], rules, [&](std::string_view level) {
            if (const auto known = rows.find(level); known != rows.end())
                ++known->second;
            else if (!c.levels.contains(level))
                rows.emplace(level, 1);
        });
    std::vector<newcomer> out;
    for (const auto& [level, count] : rows)
        out.push_back({n, level, count});
    return out;
}

void meet_numbers(column& c, std::span<const double> numbers) {
    for (const auto x : numbers)
        if (!std::isnan(x)) {
            const auto before = x - c.mean;
            c.mean += before / double(++c.count);
            c.squares += before * (x - c.mean);
        }
}

// Is the column the same for all calls of a day?
void meet_days(column& c, const sheet& s, std::size_t at, std::span<const day_rows> days) {
    if (c.kind != kind::number || c.of_day)
        return;
    constexpr std::int64_t remembered = 5; // a column that comes to differ within days is believed soon
    for (const auto& d : days) {
        const auto& first = s.rows[d.first].cells[at];
        const bool varies =
            std::any_of(s.rows.begin() + std::ptrdiff_t(d.first), s.rows.begin() + std::ptrdiff_t(d.last),
                        [&](const auto& r) { return r.cells[at] != first; });
        if (c.steady.empty())
            c.steady = first;
        if (c.days == 0 && !varies && first == c.steady) {
            c.steady_days += d.size() > 1;
            continue;
        }
        if (c.days == 0)
            c.days = std::min(c.steady_days, remembered);
        if (d.size() > 1) {
            ++c.days;
            c.varied += varies;
        }
    }
}

} // namespace

double column::spread() const { return count > 1 ? std::sqrt(squares / double(count)) : 0; }

double number_in(std::string_view cell) {
    if (cell.starts_with('+'))
        cell.remove_prefix(1);
    double x = 0;
    auto end = cell.data() + cell.size();
    auto r = std::from_chars(cell.data(), end, x);
    std::string pointed;
    if (r.ec == std::errc{} && r.ptr != end && *r.ptr == ',' && cell.find('.') == cell.npos) {
        pointed = cell;
        pointed[std::size_t(r.ptr - cell.data())] = '.';
        end = pointed.data() + pointed.size();
        r = std::from_chars(pointed.data(), end, x);
    }
    if (r.ptr != end || cell.empty() || std::isnan(x))
        return nothing;
    // Squares of what is in reach can be added up.
    constexpr double reach = 1e18;
    return r.ec == std::errc::result_out_of_range || std::abs(x) > reach ? std::numeric_limits<double>::infinity() : x;
}

columns::columns(std::span<const std::string> header, const purpose& told) {
    const auto is_in = [](const auto& list, const auto& name) { return std::ranges::find(list, name) != list.end(); };
    for (const auto& name : header)
        if (name != told.key && name != told.outcome) {
            column c;
            c.name = name;
            c.told_after_call = is_in(told.after_call, name);
            c.of_day = is_in(told.day, name);
            all_.push_back(std::move(c));
        }
}

void columns::find_kind(column& c, const sheet& s, std::size_t at, const table_rules& rules) const {
    std::size_t cells = 0, numbers = 0, moments = 0;
    // A few thousand rows, evenly spread, say what a column is.
    for (std::size_t r = 0, every = s.rows.size() / 4'000 + 1; r < s.rows.size(); r += every) {
        const auto& cell = s.rows[r].cells[at];
        if (is_missing(cell, rules))
            continue;
        ++cells;
        numbers += !std::isnan(number_in(cell));
        moments += is_moment(cell);
    }
    if (cells == 0)
        return;
    c.kind = numbers * 5 >= cells * 4 ? kind::number : moments * 5 >= cells * 4 ? kind::moment : kind::word;
}

reading columns::read_numbers(const sheet& s, std::vector<problem>& problems) const {
    reading out;
    out.numbers.resize(all_.size());
    for (std::size_t c = 0; c < all_.size(); ++c) {
        const auto at = out.at.emplace_back(position(s.header, all_[c].name));
        if (all_[c].told_after_call)
            continue;
        if (at == nowhere) {
            problems.push_back({1, all_[c].name, "this column was learned from and is missing",
                                "export it again, or learn anew without it"});
            continue;
        }
        if (all_[c].kind != kind::number)
            continue;
        auto& numbers = out.numbers[c];
        numbers.reserve(s.rows.size());
        for (const auto& r : s.rows)
            if (std::isinf(numbers.emplace_back(number_in(r.cells[at]))))
                problems.push_back({r.line, all_[c].name, fmt::format("\"{}\" is out of reach", r.cells[at]),
                                    "write a number below 1e18, or leave the cell empty"});
    }
    return out;
}

void columns::read_levels(const sheet& s, reading& cells, const table_rules& rules) const {
    for (std::size_t n = 0; n < all_.size(); ++n) {
        const auto& c = all_[n];
        if (unused(c, rules)) {
            cells.numbers[n].clear();
            continue;
        }
        const auto first = cells.levels.size();
        cells.levels.resize(first + (c.kind == kind::moment ? 3 : 1), std::vector<std::uint32_t>(s.rows.size()));
        const auto rest = c.levels.find(other);
        for (std::size_t r = 0; r < s.rows.size(); ++r) {
            auto to = first;
            each_level(c, s.rows[r].cells[cells.at[n]], cells.numbers[n].empty() ? nothing : cells.numbers[n][r], rules,
                       [&](std::string_view level) {
                           auto known = c.levels.find(level);
                           if (known == c.levels.end())
                               known = rest;
                           cells.levels[to++][r] = known == c.levels.end() ? 0 : known->second;
                       });
        }
    }
}

reading columns::read(const sheet& s, const table_rules& rules, std::vector<problem>& problems) const {
    auto cells = read_numbers(s, problems);
    if (problems.empty())
        read_levels(s, cells, rules);
    return cells;
}

reading columns::meet(const sheet& s, std::span<const day_rows> days, const table_rules& rules,
                      std::vector<problem>& problems) {
    for (auto& c : all_)
        if (const auto at = position(s.header, c.name); c.kind == kind::unknown && at != nowhere && !c.told_after_call)
            find_kind(c, s, at, rules);
    auto cells = read_numbers(s, problems);
    if (!problems.empty())
        return cells;
    const bool settled = std::size_t(met_) >= rules.settled_rows;
    for (std::size_t n = 0; n < all_.size(); ++n)
        if (!all_[n].told_after_call) {
            if (!settled)
                meet_numbers(all_[n], cells.numbers[n]);
            meet_days(all_[n], s, cells.at[n], days);
        }
    met_ += std::int64_t(s.rows.size());
    meet_levels(s, cells, rules);
    meet_lists(days);
    read_levels(s, cells, rules);
    return cells;
}

std::uint32_t columns::add(std::uint32_t of, feature_name::part part, std::string level) {
    features_.push_back({of, part, std::move(level)});
    return std::uint32_t(features_.size() - 1);
}

void columns::meet_levels(const sheet& s, const reading& cells, const table_rules& rules) {
    std::vector<newcomer> fresh;
    for (std::uint32_t n = 0; n < all_.size(); ++n) {
        auto& c = all_[n];
        if (c.told_after_call || c.kind == kind::unknown || c.same_all_day() || c.passing)
            continue;
        if (c.kind == kind::number && c.amount == 0) {
            c.amount = add(n, feature_name::part::amount, {});
            c.square = add(n, feature_name::part::square, {});
        }
        auto met = newcomers(n, c, s, cells.at[n], cells.numbers[n], rules);
        c.passing = c.of_day && c.kind == kind::word && c.levels.size() + met.size() > rules.day_levels;
        if (!c.passing)
            std::ranges::move(met, std::back_inserter(fresh));
    }
    // The commonest first: they get the places among those that know of each other.
    std::ranges::sort(fresh, [](const auto& a, const auto& b) {
        return std::tie(b.rows, a.column, a.level) < std::tie(a.rows, b.column, b.level);
    });
    for (auto& f : fresh) {
        auto& levels = all_[f.column].levels;
        auto level = levels.size() + 1 < rules.levels ? std::move(f.level) : std::string(other);
        if (!levels.contains(level)) {
            const auto at = add(f.column, feature_name::part::level, level);
            levels.emplace(std::move(level), at);
        }
    }
}

void columns::meet_lists(std::span<const day_rows> days) {
    const auto list = std::uint32_t(all_.size());
    if (size_amount_ == 0)
        size_amount_ = add(list, feature_name::part::amount, {});
    for (const auto& d : days)
        if (auto level = list_level(d.size()); !sizes_.contains(level)) {
            const auto at = add(list, feature_name::part::level, level);
            sizes_.emplace(std::move(level), at);
        }
}

void columns::inputs(const reading& cells, std::size_t r, std::size_t size, ranking::inputs& out) const {
    out.clear();
    out.push_back({0, 1});
    if (size_amount_ != 0)
        out.push_back({size_amount_, float(list_amount(size))});
    if (const auto level = sizes_.find(list_level(size)); level != sizes_.end())
        out.push_back({level->second, 1});
    for (std::size_t n = 0; n < all_.size(); ++n) {
        const auto& c = all_[n];
        if (c.amount == 0 || cells.numbers[n].empty() || std::isnan(cells.numbers[n][r]))
            continue;
        const auto z = distance(c, cells.numbers[n][r]);
        out.push_back({c.amount, float(z)});
        out.push_back({c.square, float(bent(z))});
    }
    for (const auto& level : cells.levels)
        if (level[r] != 0)
            out.push_back({level[r], 1});
}

std::optional<std::string_view> columns::unused(const column& c, const table_rules& rules) const {
    if (c.told_after_call)
        return "known only after the call";
    if (c.kind == kind::unknown)
        return "always empty";
    if (c.same_all_day())
        return "the same for all calls of a day";
    if (c.kind == kind::number && c.squares == 0 && c.levels.empty() && std::size_t(met_) < rules.settled_rows)
        return "always the same";
    if (c.passing)
        return "a day that does not come again";
    return std::nullopt;
}

std::string columns::in_words(const ranking::input& f) const {
    const auto& name = features_[f.at];
    const bool list = name.column == all_.size();
    const auto about = list ? std::string_view("calls that day") : std::string_view(all_[name.column].name);
    switch (name.what) {
    case feature_name::part::base: return "every call";
    case feature_name::part::level: return fmt::format("{} = {}", about, name.level);
    case feature_name::part::amount:
        return list ? fmt::format("{} = {:.0f}", about, std::exp2(double(f.x) * 3 + 5))
                    : fmt::format("{} {:+.1f} spreads from its mean", about, double(f.x));
    case feature_name::part::square: return fmt::format("{} {} its mean", about, f.x > 0 ? "far from" : "near");
    }
    return {};
}

bool columns::put(feature_name f) {
    const auto at = std::uint32_t(features_.size());
    if (f.column > all_.size() || f.what == feature_name::part::base)
        return false;
    if (f.column == all_.size()) {
        if (f.what == feature_name::part::level)
            sizes_.emplace(f.level, at);
        else
            size_amount_ = at;
    } else {
        auto& c = all_[f.column];
        if (f.what == feature_name::part::level)
            c.levels.emplace(f.level, at);
        else
            (f.what == feature_name::part::amount ? c.amount : c.square) = at;
    }
    features_.push_back(std::move(f));
    return true;
}

} // namespace whynow::domain::calls
