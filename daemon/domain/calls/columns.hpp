// The columns of a table of calls: what kind each is, and how a cell becomes inputs of the learner.
#pragma once

#include "domain/calls/sheet.hpp"
#include "domain/calls/table_rules.hpp"
#include "domain/ranking/drifting_logistic.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace whynow::domain::calls {

enum class kind : std::uint8_t { unknown, number, moment, word };

struct same_text {
    using is_transparent = void;
    std::size_t operator()(std::string_view t) const { return std::hash<std::string_view>{}(t); }
};

struct column {
    std::string name;
    calls::kind kind = calls::kind::unknown;
    bool told_after_call = false; // never looked at
    bool of_day = false;          // one of the day columns
    bool passing = false;         // … whose values, like those of a date, do not come again
    // Numbers met while the table settled.
    std::int64_t count = 0;
    double mean = 0, squares = 0; // Σ (x − mean)²
    // While it was always the same: that value, and the days with two calls or more. From then on such days, and those
    // of them in which it was not the same for all.
    std::string steady;
    std::int64_t steady_days = 0, days = 0, varied = 0;
    // Values of their own, by text.
    std::unordered_map<std::string, std::uint32_t, same_text, std::equal_to<>> levels;
    std::uint32_t amount = 0, square = 0; // features of a number; 0: none yet
    double spread() const;
    // A number that is the same for all calls of a day says how the world is, not whom to call; the drifting base
    // follows the world.
    // A number that was never anything else may still come to differ.
    bool same_all_day() const { return !of_day && kind == calls::kind::number && days >= 3 && varied * 10 < days; }
};

// A feature in the words of the table.
struct feature_name {
    std::uint32_t column = 0; // columns.size(): of the day's list
    enum class part : std::uint8_t { base, level, amount, square } what = part::level;
    std::string level;
};

// The cells of a sheet as the columns read them.
struct reading {
    std::vector<std::size_t> at; // where each column stands in the sheet; nowhere: it is not there
    std::vector<std::vector<double>>
        numbers; // per column and row; NaN: no number there. Empty: not looked at as numbers
    // Features of the values of the columns looked at, a list per column (three for moments), per row; 0: none known.
    std::vector<std::vector<std::uint32_t>> levels;
};

class columns {
  public:
    columns() = default;
    columns(std::span<const std::string> header, const purpose& told);

    const std::vector<column>& all() const { return all_; }
    std::vector<column>& all() { return all_; }
    const std::vector<feature_name>& features() const { return features_; }
    std::int64_t met() const { return met_; } // rows

    // Meets the rows of a sheet before they are learned: kinds, scales, new values. Numbers out of reach are problems.
    reading meet(const sheet& s, std::span<const day_rows> days, const table_rules& rules,
                 std::vector<problem>& problems);
    // The same without learning anything.
    reading read(const sheet& s, const table_rules& rules, std::vector<problem>& problems) const;

    // The inputs of row r, in a list of `size` calls that day. Values never met are left out.
    void inputs(const reading& cells, std::size_t r, std::size_t size, ranking::inputs& out) const;

    // Is it an input at all? Else the reason why not.
    std::optional<std::string_view> unused(const column& c, const table_rules& rules) const;
    // "poutcome = success", "age, above its mean".
    std::string in_words(const ranking::input& f) const;

    // For the memory of the learner: as saved, one after another; false where a feature names no column.
    void put(column c) { all_.push_back(std::move(c)); }
    bool put(feature_name f);
    void put_met(std::int64_t rows) { met_ = rows; }

  private:
    std::vector<column> all_;
    std::vector<feature_name> features_{{0, feature_name::part::base, {}}};
    std::unordered_map<std::string, std::uint32_t, same_text, std::equal_to<>> sizes_; // of the day's list
    std::uint32_t size_amount_ = 0;
    std::int64_t met_ = 0;

    reading read_numbers(const sheet& s, std::vector<problem>& problems) const;
    void find_kind(column& c, const sheet& s, std::size_t at, const table_rules& rules) const;
    void meet_levels(const sheet& s, const reading& cells, const table_rules& rules);
    void meet_lists(std::span<const day_rows> days);
    void read_levels(const sheet& s, reading& cells, const table_rules& rules) const;
    std::uint32_t add(std::uint32_t of, feature_name::part part, std::string level);
};

// The number a cell holds, with a decimal point or comma; NaN where it holds none; an infinity where it is out of
// reach.
double number_in(std::string_view cell);

} // namespace whynow::domain::calls
