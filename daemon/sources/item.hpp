// What a source gives: one sourced, dated thing that was said somewhere, before it is a signal with a row of its own.
#pragma once

#include "domain/core/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace whynow::sources {

// All text is valid UTF-8, plain (no markup, entities decoded) and bounded by the adapter that made it.
struct item {
    std::string external_id; // stable within its source: guid, accession number, job id; never empty
    std::string source;      // "rss", "edgar", "jobs", "webhook", or what the sender of a webhook calls itself
    std::string title;
    std::string summary;
    std::string url;       // http(s), or empty
    std::string publisher; // title of the feed, "SEC EDGAR", name of the board, host of the sender
    std::optional<domain::instant> published;
    std::optional<domain::local_date> event_date; // where the source itself states the day of the event
    std::vector<std::string> item_codes;          // 8-K item codes ("5.02")
    std::string account_hint;                     // a company's name, "cik:0000320193" or whatever the sender gave
    std::string kind_hint;                        // one of the trigger kinds, or empty
    bool activity = false;                        // a trigger activity (download, webinar), never a reason alone
    int together = 1;                             // how many like it the source shows at once (roles of one function)

    friend bool operator==(const item&, const item&) = default;
};

} // namespace whynow::sources
