// The rules of config/ranking.toml for tables of calls.
#pragma once

#include "domain/core/rules.hpp"
#include "domain/ranking/mixture.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::calls {

struct table_rules {
    ranking::mixture_settings learning;
    std::vector<std::string> yes, no, missing; // words of a cell, in small letters
    std::vector<std::string> after_call_words; // parts of the names of columns that are filled in after a call
    double told_by_day = 0.8;        // so well does no honest column tell the successes of one day from the rest (AUC)
    double told_at_all = 0.9;        // the same over a table without days
    double told_by_name = 0.65;      // enough where the name says "after the call" too
    std::size_t settled_rows = 1000; // from then on kinds and scales of columns stand
    std::size_t levels = 200;        // of one column; rarer values are one
    std::size_t day_levels = 40;     // a day column with more values (a date) foretells nothing
};
table_rules read_table_rules(const rules::node& ranking_toml);

// True, false, or nothing where the outcome is not known yet; `readable` is false where the cell says something else.
std::optional<bool> read_outcome(std::string_view cell, std::string_view success, const table_rules& rules,
                                 bool& readable);

bool is_missing(std::string_view cell, const table_rules& rules);
std::string in_small(std::string_view text);

} // namespace whynow::domain::calls
