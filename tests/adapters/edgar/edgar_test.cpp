#include "adapters/edgar/edgar.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <fstream>
#include <iterator>

using namespace whynow;

namespace {

std::string data(const char* name) {
    std::ifstream in(std::string(WHYNOW_SOURCE_DIR "/tests/data/edgar/") + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

sources::reading atom(const std::string& body, const edgar::filter& which = {}) {
    return edgar::read_atom({body, "application/atom+xml", "https://www.sec.gov/"}, which);
}

} // namespace

TEST_CASE("a company's feed: items, codes, addresses") {
    const auto got = atom(data("atom1.xml"));
    REQUIRE(got.readable);
    REQUIRE(!got.items.empty());
    const auto& first = got.items.front();
    CHECK(first.external_id == "0001213900-25-006497");
    CHECK(first.title == "8-K - Keen Vision Acquisition Corp. (0001889983) (Filer)");
    CHECK(first.item_codes == std::vector<std::string>{"1.01", "2.03", "8.01", "9.01"});
    CHECK(first.account_hint == "cik:0001889983");
    CHECK(first.url ==
          "https://www.sec.gov/Archives/edgar/data/1889983/000121390025006497/0001213900-25-006497-index.htm");
    CHECK(first.published.has_value());
    CHECK(!first.event_date);
    CHECK(first.summary.starts_with("Item 1.01: Entry into a Material Definitive Agreement; Item 2.03: "));
    for (const auto& i : got.items)
        CHECK(i.title.starts_with("8-K"));
    edgar::filter every;
    every.forms.clear();
    CHECK(atom(data("atom1.xml"), every).items.size() > got.items.size());
    CHECK(atom(data("atom.xml")).items.size() <= atom(data("atom.xml"), every).items.size());
}

TEST_CASE("the feed of current filings") {
    const std::string body = R"(<?xml version="1.0" encoding="ISO-8859-1" ?><feed xmlns="http://www.w3.org/2005/Atom">
<title>Latest Filings</title><entry><title>8-K - Apple Inc. (0000320193) (Filer)</title>
<link rel="alternate" type="text/html" href="https://www.sec.gov/Archives/edgar/data/320193/000114036125000228/0001140361-25-000228-index.htm"/>
<summary type="html"> &lt;b&gt;Filed:&lt;/b&gt; 2025-01-03 &lt;b&gt;AccNo:&lt;/b&gt; 0001140361-25-000228 &lt;b&gt;Size:&lt;/b&gt; 200 KB
&lt;br&gt;Item 5.02: Departure of Directors or Certain Officers&lt;br&gt;Item 9.01: Financial Statements and Exhibits</summary>
<updated>2025-01-03T16:30:56-05:00</updated><category scheme="https://www.sec.gov/" label="form type" term="8-K"/>
<id>urn:tag:sec.gov,2008:accession-number=0001140361-25-000228</id></entry></feed>)";
    const auto got = atom(body);
    REQUIRE(got.items.size() == 1);
    CHECK(got.items[0].external_id == "0001140361-25-000228");
    CHECK(got.items[0].title == "8-K - Apple Inc. (0000320193) (Filer)");
    CHECK(got.items[0].item_codes == std::vector<std::string>{"5.02", "9.01"});
    CHECK(domain::to_iso(*got.items[0].published) == "2025-01-03T21:30:56Z");
}

TEST_CASE("submissions: the event's date and the document") {
    const auto got = edgar::read_submissions(data("submission.json"));
    REQUIRE(got.readable);
    REQUIRE(got.items.size() > 50);
    const auto at = std::find_if(got.items.begin(), got.items.end(),
                                 [](const auto& i) { return i.external_id == "0001140361-25-000228"; });
    REQUIRE(at != got.items.end());
    CHECK(at->title == "8-K - Apple Inc. (0000320193) (Filer)");
    CHECK(at->item_codes == std::vector<std::string>{"5.02"});
    CHECK(domain::to_iso(*at->event_date) == "2024-12-30");
    CHECK(domain::to_iso(*at->published) == "2025-01-03T16:30:56Z");
    CHECK(at->account_hint == "cik:0000320193");
    CHECK(at->url.starts_with("https://www.sec.gov/Archives/edgar/data/320193/000114036125000228/"));
    CHECK(at->url.ends_with(".htm"));
    for (const auto& i : got.items) {
        CHECK(!i.item_codes.empty());
        CHECK(i.event_date.has_value());
    }
    CHECK(edgar::read_submissions(data("submission1.json")).items.size() > 3);
}

TEST_CASE("full-text search") {
    const auto got = edgar::read_search(data("search-index.json"));
    REQUIRE(got.readable);
    REQUIRE(!got.items.empty());
    CHECK(got.items[0].external_id == "0001104659-21-077166");
    CHECK(got.items[0].url == "https://www.sec.gov/Archives/edgar/data/1844419/000110465921077166/tm2118859d1_8k.htm");
    CHECK(got.items[0].title == "8-K - Maquia Capital Acquisition Corp (0001844419) (Filer)");
    CHECK(got.items[0].item_codes == std::vector<std::string>{"8.01", "9.01"});
    CHECK(domain::to_iso(*got.items[0].event_date) == "2021-06-04");
}

TEST_CASE("whatever the SEC sends is told apart") {
    const auto read = [](const char* name) {
        const std::string body = data(name);
        return edgar::read_source({body, "", "https://www.sec.gov/"});
    };
    CHECK(read("submission1.json").items.size() == edgar::read_submissions(data("submission1.json")).items.size());
    CHECK(read("search-index.json").items.size() == edgar::read_search(data("search-index.json")).items.size());
    CHECK(!read("atom1.xml").items.empty());
    CHECK(!edgar::read_source({data("pressreleases.rss"), "", ""}).readable);
}

TEST_CASE("item codes in all writings") {
    CHECK(edgar::item_codes_in("items 1.01, 2.03, 8.01and9.01") ==
          std::vector<std::string>{"1.01", "2.03", "8.01", "9.01"});
    CHECK(edgar::item_codes_in("2.02,9.01,2.02") == std::vector<std::string>{"2.02", "9.01"});
    CHECK(edgar::item_codes_in("Item 5.02: a sum of 12.02 and 2.021").size() == 1);
    CHECK(edgar::item_codes_in("").empty());
    CHECK(edgar::item_title("1.05") == "Material Cybersecurity Incidents");
    CHECK(edgar::submissions_url("320193") == "https://data.sec.gov/submissions/CIK0000320193.json");
    CHECK(edgar::document_url("0000320193", "0000320193-25-000008", "a.htm") ==
          "https://www.sec.gov/Archives/edgar/data/320193/000032019325000008/a.htm");
    CHECK(edgar::document_url("1", "0000320193-25-000008", "../../x").empty());
    CHECK(edgar::user_agent("Acme", "it@acme.example\r\nX: y") == "Acme whynow it@acme.exampleX: y");
}

TEST_CASE("hostile answers give nothing") {
    const std::string deep(100'000, '[');
    for (const std::string& body :
         {std::string{}, std::string("{"), deep, std::string("{\"filings\":") + std::string(100'000, '{'),
          std::string("{\"filings\":{\"recent\":{\"accessionNumber\":[1,2,{}],\"form\":\"8-K\"}}}"),
          std::string("{\"filings\":{\"recent\":[]}}"), std::string("{\"hits\":{\"hits\":[1,{},{\"_source\":7}]}}"),
          std::string("[]"), std::string("null"), std::string("<feed>")}) {
        const auto begin = std::chrono::steady_clock::now();
        CHECK(edgar::read_source({body, "", ""}).items.empty());
        CHECK(edgar::read_submissions(body).items.empty());
        CHECK(edgar::read_search(body).items.empty());
        CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(500));
    }
}
