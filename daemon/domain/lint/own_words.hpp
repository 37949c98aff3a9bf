// The classes of words that come from the facts: <account> <contact> <customer> <product> <company> <rep>.
#pragma once

#include "domain/lint/lint.hpp"
#include "domain/lint/pattern.hpp"
#include "domain/lint/rulebook.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::lint {

// The names in the facts, whoever's facts they are.
struct named_facts {
    std::string_view account, contact, contact_role, our_product;
    const std::vector<std::string>* our_customers;
    const representative* rep;
};

// `facts` is every text that grounds something: a word of a company's name that they use as a word names nobody.
vocabulary own_classes(const named_facts& n, const std::vector<std::string_view>& facts, const rulebook& rules);

} // namespace whynow::domain::lint
