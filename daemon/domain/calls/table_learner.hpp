// Learns any table of calls with features and outcomes, and says whom to call next.
#pragma once

#include "domain/calls/columns.hpp"
#include "domain/calls/leaks.hpp"
#include "domain/calls/sheet.hpp"
#include "domain/calls/table_rules.hpp"
#include "domain/ranking/mixture.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace whynow::domain::calls {

// A list that was ranked: what learning its outcomes, or ranking it again, must know of it.
struct ranked_list {
    std::uint64_t of = 0; // fingerprint of its keys
    double owed = 0;      // calls owed to it by the lists before, below 1
    std::vector<std::uint64_t> keys;
};

struct ranked_row {
    std::string_view key; // into the sheet
    double probability = 0;
    bool call = false;
    double propensity = 1; // how probable it was that this row is called
    std::string why;       // where asked for: the three weightiest reasons
};

struct ranking_wish {
    double budget = 0.5; // share of each day's calls to make
    double explore = 0;  // share of those calls that are drawn by lot from the rest of the list
    std::uint64_t seed = 0;
    bool reasons = false;
};

struct learned_rows {
    std::size_t calls = 0, hits = 0, unknown = 0, days = 0; // unknown: rows without an outcome, passed over
    std::vector<std::string> used, unused;                  // columns; the unused with their reason
    bool again = false; // these calls with these outcomes were learned before: nothing was done
};

class table_learner {
  public:
    table_learner(purpose told, table_rules rules);

    // Learns the rows in their order, each outcome after the calls before it. Where problems come back, this learner is
    // to be thrown away: part of the sheet may have been taken.
    std::vector<problem> learn(const sheet& s, learned_rows& report);
    // The rows of the sheet with their probabilities, in its order; for each day in it, the share of the budget is to
    // be called. Fractions of a call are owed to the next list. A list that is ranked again gets the same calls.
    std::vector<problem> rank(const sheet& s, const ranking_wish& wish, std::vector<ranked_row>& out);

    const purpose& told() const { return told_; }
    const table_rules& rules() const { return rules_; }
    const calls::columns& columns() const { return columns_; }
    const ranking::mixture& learner() const { return learner_; }
    std::int64_t calls() const { return calls_; }
    std::int64_t hits() const { return hits_; }

    // All of it as text, and back. The reason where the text is not ours or is damaged.
    std::string save() const;
    // What rank() has changed, to be written behind the text that was restored instead of all of it: a few lines. Empty
    // where nothing changed. Only while may_add(): that text was whole to its end, and has not grown to twice its size.
    std::string added() const;
    bool may_add() const { return may_add_; }
    static std::variant<table_learner, std::string> restore(std::string_view text, table_rules rules);

  private:
    purpose told_;
    table_rules rules_;
    calls::columns columns_;
    ranking::mixture learner_;
    std::vector<std::pair<foretelling, foretelling>> watch_; // per column: as a number, as values of their own
    std::vector<ranked_list> lists_;                         // the last ones, oldest first
    std::int64_t calls_ = 0, hits_ = 0;
    std::string last_day_;               // label of the day learned last
    double owed_ = 0;                    // of a call, to the next list
    std::vector<std::uint64_t> learned_; // fingerprints of the last sheets
    std::size_t new_lists_ = 0;          // ranked since restore(): the last ones of lists_
    bool may_add_ = false;

    std::vector<problem> strangers(const sheet& s) const;
    std::vector<std::optional<bool>> outcomes(const sheet& s, std::vector<problem>& problems) const;
    std::vector<problem> leaks(const sheet& s, const reading& cells, std::span<const day_rows> days,
                               std::span<const std::optional<bool>> outcomes);
    std::size_t list_size(std::uint64_t key, std::size_t otherwise) const;
    std::string reasons(std::span<const ranking::input> of) const;
    void choose(std::span<ranked_row> day, const ranking_wish& wish);
    void keep_list(ranked_list list);
    bool take_added(std::string_view text);
};

} // namespace whynow::domain::calls
