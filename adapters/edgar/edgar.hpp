// The SEC's EDGAR: filings of companies as items.
#pragma once

#include "sources/fetching.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace whynow::edgar {

// Which forms become items; amendments ("8-K/A") count with their form. Empty = every form.
struct filter {
    std::vector<std::string> forms = {"8-K"};
    std::size_t most = 1'000;
};

// A company's feed (browse-edgar?action=getcompany&…&output=atom) or the feed of current filings (action=getcurrent).
// Items: id = accession number, title "8-K - Apple Inc. (0000320193) (Filer)", summary the item lines, item_codes,
// account_hint "cik:0000320193", published = acceptance; no event date (the feed has none).
sources::reading read_atom(const sources::document& d, const filter& which = {});
// data.sec.gov/submissions/CIK##########.json; adds event_date (reportDate) and the primary document's address.
sources::reading read_submissions(std::string_view body, const filter& which = {});
// efts.sec.gov/LATEST/search-index?q=… (full-text search); event_date = period ending.
sources::reading read_search(std::string_view body, const filter& which = {});
// Whichever of the three it is: the reader for sources::make_fetching. (sec.gov's press releases are plain RSS.)
sources::reading read_source(const sources::document& d);

// "Departure of Directors …" for "5.02"; empty for a code nobody knows.
std::string_view item_title(std::string_view code);
// The codes in "1.01,9.01", "items 1.01, 2.03, 8.01and9.01" or "Item 5.02: …"; each once, in order.
std::vector<std::string> item_codes_in(std::string_view text);
// "https://data.sec.gov/submissions/CIK0000320193.json"
std::string submissions_url(std::string_view cik, std::string_view host = "https://data.sec.gov");
// "https://www.sec.gov/Archives/edgar/data/320193/000032019325000008/doc.htm"
std::string document_url(std::string_view cik, std::string_view accession, std::string_view document);

// SEC asks automated readers to name themselves and a contact, and to stay at or below 10 requests a second.
std::string user_agent(std::string_view company, std::string_view contact_mail);
constexpr int requests_per_second = 10;

} // namespace whynow::edgar
