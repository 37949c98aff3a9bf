// Finds the names of known accounts in a text.
#pragma once

#include "domain/core/id.hpp"
#include "domain/core/rules.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::triggers {

struct name_index;

struct account_names {
    account_id id{};
    std::string name;
    std::vector<std::string> aliases;
    std::vector<std::string> former_names;
    std::string ticker; // "AAPL" or "NASDAQ:AAPL"; may be empty
    std::string domain; // "apple.com"; may be empty
};

// One place in a text that names an account.
struct company_match {
    account_id account{};
    std::size_t from = 0; // bytes of the text
    std::size_t to = 0;
    std::string as_written;
    bool ambiguous = false;             // several accounts carry this name: ask, never guess
    std::vector<account_id> candidates; // all of them where ambiguous (`account` is then 0), else empty
};

// Immutable after construction: find() may be called from any thread.
class companies {
  public:
    // `names_toml` is config/names.toml: legal suffixes, ordinary words that are also names, and what tells them apart.
    companies(std::vector<account_names> accounts, const rules::node& names_toml);
    ~companies();
    companies(companies&&) noexcept;
    companies& operator=(companies&&) noexcept;

    // Every mention, in the order of the text, none overlapping another; the longest name wins. Case matters only where
    // a name is also an ordinary word. Linear in the text.
    std::vector<company_match> find(std::string_view text) const;
    // The accounts named in the text, each once, in the order of their first mention; ambiguous mentions are left out.
    std::vector<account_id> accounts_in(std::string_view text) const;
    // The account with exactly this name, alias, ticker or domain (folded, without legal form); 0 where none or
    // several.
    account_id exactly(std::string_view name) const;
    // The name of an account as it was given; empty for an unknown id. Valid as long as this object.
    std::string_view name_of(account_id id) const;
    std::size_t size() const;

  private:
    std::unique_ptr<const name_index> index_;
};

} // namespace whynow::domain::triggers
