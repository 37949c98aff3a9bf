// A signal: one raw, sourced, dated item as a feed, filing, job board, webhook or file gave it. Values only.
#pragma once

#include "domain/core/id.hpp"
#include "domain/core/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::signals {

struct signal {
    signal_id id{};
    std::string source;      // the configured source it came through: "rss:reuters", "edgar", "webhook"
    std::string external_id; // the feed's guid, the filing's accession number; may be empty
    std::string title;
    std::string summary; // plain text; may be empty
    std::string url;
    std::string publisher; // as the feed names it; may be empty
    instant published{};
    std::vector<std::string> item_codes; // of an 8-K: "5.02"; empty elsewhere
    std::string account_hint;            // the account the sender says it concerns; empty where unknown
    std::string kind_hint;               // the trigger kind the sender says it is; empty where unknown
    bool activity = false;               // a trigger *activity* (white paper downloaded): weak, never a reason alone
};

// The same item again, however often it is fetched: 32 hex digits, a function of the address without its scheme,
// "www.", fragment and tracking parameters; else of source and external id; else of title and publication day.
// Stable across releases (it is a unique key in the store).
std::string fingerprint(const signal& item);

// The address as fingerprint() compares it. Empty for an empty address.
std::string comparable_url(std::string_view url);

} // namespace whynow::domain::signals
