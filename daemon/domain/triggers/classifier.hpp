// Reads a signal: is it a trigger event, of which kind, and to whom did it happen?
#pragma once

#include "domain/signals/signal.hpp"
#include "domain/signals/stories.hpp"
#include "domain/triggers/companies.hpp"
#include "domain/triggers/event.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::triggers {

struct rulebook;

struct classification {
    triggers::kind kind = kind::none;
    triggers::kind suspected = kind::none; // of a rumour or denial: what it would be; else the same as `kind`
    std::string none_reason;          // why it is none: "opinion", "rumour", "stock_move" …, "nothing" or "no_account"
    std::vector<account_id> accounts; // to whom it happens; empty for market_shift and none
    std::vector<std::string> companies; // the same, by the names of the accounts
    std::vector<account_id> mentioned;  // every account named in title and summary, also where kind is none
    bool ambiguous_company = false;     // a name that several accounts carry stands where the company should
    triggers::scope scope = scope::account;
    local_date happened_on{};
    triggers::state state = state::reported;
    std::string evidence; // the sentence, verbatim; empty for none
    double confidence = 0;
    std::string rule; // the clause pattern or item code that decided; for `whynow language report`
};

// Immutable after construction: classify() may be called from any thread.
class classifier {
  public:
    // `triggers_toml` is config/triggers.toml. A pattern that cannot be read is skipped and listed in problems().
    explicit classifier(const rules::node& triggers_toml);
    ~classifier();
    classifier(classifier&&) noexcept;
    classifier& operator=(classifier&&) noexcept;

    classification classify(const signals::signal& item, const companies& accounts) const;
    const kind_rules& rules_of(kind k) const;
    // What makes two signals one story, from the same file; for signals::stories.
    const signals::story_rules& story_rules() const;
    const std::vector<std::string>& problems() const;

  private:
    std::unique_ptr<const rulebook> rulebook_;
};

// The event that a classification of this signal makes; kind none gives an event of kind none (nobody should store it).
trigger_event to_event(const classification& what, const signals::signal& item);

} // namespace whynow::domain::triggers
