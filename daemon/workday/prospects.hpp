// The candidates of a rep's morning: per account the one contact with the strongest reason, gates passed or named.
#pragma once

#include "domain/briefs/call_card.hpp"
#include "domain/ranking/experience.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace whynow::workday {

struct prospect {
    book::contact contact;
    book::account account;
    std::string reason_key;
    std::string kind, scope;  // for the card's row
    briefs::call_facts facts; // all that the card may say
    ranking::features features;
};

struct gathered {
    std::vector<prospect> prospects;
    std::vector<store::left_out> left_out; // without brief id
    int accounts = 0;                      // open accounts that were looked at
};

// `only`: just this account (on demand), whatever the cool-down says.
gathered gather(store::session& s, const book::rep& rep, local_date today, const ranking::experience& known,
                const rulebook& rules, account_id only = {});

} // namespace whynow::workday
