// config/import.toml: what columns, countries and yes and no are called.
#pragma once

#include "domain/core/rules.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace whynow::csv {

enum class kind { reps, accounts, contacts };
std::string_view to_string(kind k);
std::optional<kind> kind_from(std::string_view text);

// Folded, every run of other signs than letters and digits one blank: "E-Mail Adresse:" is "e mail adresse".
std::string header_key(std::string_view text);

class vocabulary {
  public:
    explicit vocabulary(const domain::rules::node& import_toml);

    struct meaning {
        std::string field;    // as in commands.md, or first_name, last_name, account_domain, may_not_email
        std::size_t rank = 0; // 0: whynow's own name of it
    };
    // What a column of that header means in a file of that kind.
    std::optional<meaning> meaning_of(kind k, std::string_view header) const;
    // "Germany", "deu", "DE" → "DE"; nothing where no country is called so.
    std::optional<std::string> country(std::string_view text) const;
    std::optional<bool> truth(std::string_view text) const;

  private:
    std::map<kind, std::unordered_map<std::string, meaning>> columns_;
    std::unordered_map<std::string, std::string> countries_;
    std::unordered_set<std::string> yes_, no_;
};

} // namespace whynow::csv
