#include "adapters/jobs/jobs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace whynow;

namespace {

std::string data(const char* name) {
    std::ifstream in(std::string(WHYNOW_SOURCE_DIR "/tests/data/jobs/") + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

TEST_CASE("Greenhouse and Lever say the same") {
    for (const char* name : {"greenhouse-board.synthetic.json", "lever-postings.synthetic.json"}) {
        CAPTURE(std::string(name));
        const auto b = jobs::read_board(data(name));
        REQUIRE(b.readable);
        CHECK(b.company == "quillpoint");
        REQUIRE(b.postings.size() == 8);
        CHECK(b.postings[0].title == "Data Engineer");
        CHECK(b.postings[0].function == "Data");
        CHECK(b.postings[0].place == "Lisbon");
        CHECK(b.postings[0].url.starts_with("https://"));
        CHECK(b.postings[0].published.has_value());
        CHECK(b.postings[0].summary.find('<') == std::string::npos);
        CHECK(b.postings[5].leader);
        CHECK(!b.postings[0].leader);
        const auto items = jobs::to_items(b, "Quillpoint");
        // Data 3, Sales 2, Operations 2 as groups; the head of procurement and the one analyst of IT for themselves
        REQUIRE(items.size() == 5);
        CHECK(items[0].together == 3);
        CHECK(items[0].title.starts_with("Quillpoint is hiring: 3 open roles in Data ("));
        CHECK(items[0].kind_hint == "hiring");
        CHECK(items[0].account_hint == "Quillpoint");
        CHECK(items[0].summary == "Data Engineer; Senior Data Engineer; Analytics Lead");
        CHECK(std::count_if(items.begin(), items.end(), [](const auto& i) { return i.together == 1; }) == 2);
        CHECK(std::any_of(items.begin(), items.end(), [](const auto& i) {
            return i.title == "Quillpoint is hiring: Head of Procurement (Berlin)";
        }));
    }
}

TEST_CASE("the texts are plain") {
    const auto b = jobs::read_board(data("greenhouse-board.synthetic.json"));
    CHECK(b.postings[0].summary == "Join the Data team & grow.");
    CHECK(domain::to_iso(*b.postings[0].published) == "2026-02-20T14:00:00Z");
}

TEST_CASE("a group's id changes when a role joins, not when it is read again") {
    auto b = jobs::read_board(data("lever-postings.synthetic.json"));
    const auto before = jobs::to_items(b);
    CHECK(before == jobs::to_items(b));
    auto more = b.postings[0];
    more.id = "new";
    b.postings.push_back(more);
    CHECK(jobs::to_items(b)[0].external_id != before[0].external_id);
}

TEST_CASE("what is no board gives nothing") {
    for (const std::string& body : {std::string{}, std::string("{"), std::string("{\"jobs\":{}}"), std::string("7"),
                                    std::string("null"), std::string("{\"jobs\":") + std::string(100'000, '['),
                                    std::string(100'000, '['), std::string(100'000, '{')}) {
        CHECK(!jobs::read_board(body).readable);
        CHECK(jobs::read_source({body, "", ""}).items.empty());
    }
    for (const char* body :
         {"[1,null,[],{}]", "{\"jobs\":[{\"id\":1},{\"title\":\"x\"},7]}", "[{\"id\":{},\"text\":[]}]", "[]"}) {
        CHECK(jobs::read_board(body).readable);
        CHECK(jobs::read_board(body).postings.empty());
    }
    const auto odd = jobs::read_board("[{\"id\":\"a\",\"text\":\"Head of Sales\",\"hostedUrl\":\"javascript:alert(1)\","
                                      "\"createdAt\":1e99,\"categories\":7}]");
    REQUIRE(odd.postings.size() == 1);
    CHECK(odd.postings[0].url.empty());
    CHECK(!odd.postings[0].published);
}
