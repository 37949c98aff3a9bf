// A trigger event: what happened, to whom, when, and the sentence that proves it.
#pragma once

#include "domain/core/id.hpp"
#include "domain/core/rules.hpp"
#include "domain/core/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::triggers {

enum class kind : std::uint8_t {
    none,
    leadership,
    funding, // also IPO and debt
    ma,      // also divestiture
    earnings,
    restructuring,
    expansion,
    hiring,
    product_launch,
    legal_regulatory,
    incident, // breach, outage, recall, fire
    contract_win,
    partnership,  // start or end
    distress,     // bankruptcy, default
    market_shift, // industry-wide; has no company
    technology,   // what they adopt or replace
};
inline constexpr std::size_t kind_count = 16; // with none

// To whom it happens, seen from the account: the person called, the account itself, its industry, one of its
// competitors, one of its customers.
enum class scope : std::uint8_t { account, person, industry, competitor, customers_customer };

// reported: somebody says so; confirmed: the company, a filing or an authority says so; withdrawn: denied or retracted.
enum class state : std::uint8_t { reported, confirmed, withdrawn };

std::string_view to_string(kind k); // "ma", "product_launch", "none" …: the words of the command line and the store
std::string_view to_string(scope s);
std::string_view to_string(state s);
std::optional<kind> kind_from(std::string_view text);
std::optional<scope> scope_from(std::string_view text);
std::optional<state> state_from(std::string_view text);

struct trigger_event {
    event_id id{};
    triggers::kind kind = kind::none;
    triggers::scope scope = scope::account;
    std::vector<account_id> accounts;   // to whom it happens; empty for market_shift
    std::vector<std::string> companies; // the same, by the names of the accounts
    local_date happened_on{};
    std::string evidence; // the sentence that proves it, verbatim
    std::string rule;     // the clause pattern or item code that found it
    triggers::state state = state::reported;
    double confidence = 0; // 0..1
    std::string title;     // of the signal it was read from
    std::string url;
    std::string source;    // publisher or source, as shown beside the reason
    std::string story;     // signals::story_key; one story is one event
    signal_id signal{};    // the first signal that told it
    bool activity = false; // read from a trigger activity: weak, never a reason alone
};

// What config/triggers.toml says of one kind.
struct kind_rules {
    std::string label;          // "Leadership change"; for people
    double half_life_days = 30; // a reason of this kind is worth half after so many days
    double prior = 0.5;         // 0..1: how often such an event gives a good call before anything was learned
    triggers::scope scope = scope::account;
    double ahead = 0; // how far a clause of this kind goes before one of another that is told as well
};

// One row per kind, by std::size_t(kind). A kind the rules do not name keeps the defaults above.
using kind_table = std::array<kind_rules, kind_count>;
kind_table read_kinds(const rules::node& triggers_toml);

} // namespace whynow::domain::triggers
