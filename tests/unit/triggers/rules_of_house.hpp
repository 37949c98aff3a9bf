// The rules as they are built into the binary.
#pragma once

#include "domain/triggers/classifier.hpp"
#include "embedded/embedded.hpp"
#include "settings/toml.hpp"

#include <string>
#include <variant>
#include <vector>

namespace whynow::test {

inline domain::rules::node rules_of_house(const char* path) {
    return std::get<domain::rules::node>(settings::read_toml(*embedded::find(path), path));
}

inline const domain::triggers::classifier& classifier_of_house() {
    static const domain::triggers::classifier made(rules_of_house("config/triggers.toml"));
    return made;
}

// Accounts 1, 2, 3 … of these names.
inline domain::triggers::companies companies_named(const std::vector<std::string>& names) {
    std::vector<domain::triggers::account_names> accounts;
    for (const auto& name : names) {
        domain::triggers::account_names a;
        a.id = domain::account_id{static_cast<std::int64_t>(accounts.size() + 1)};
        a.name = name;
        accounts.push_back(a);
    }
    return domain::triggers::companies(accounts, rules_of_house("config/names.toml"));
}

} // namespace whynow::test
