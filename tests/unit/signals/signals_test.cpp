#include "domain/signals/signal.hpp"
#include "domain/signals/stories.hpp"
#include "embedded/embedded.hpp"
#include "settings/toml.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <utility>

using namespace whynow::domain::signals;
using whynow::domain::instant;

namespace {

signal titled(std::string title, int hours = 0) {
    signal s;
    s.title = std::move(title);
    s.published = instant{std::chrono::hours(480000 + hours)};
    return s;
}

stories house_stories() {
    const auto read =
        whynow::settings::read_toml(*whynow::embedded::find("config/triggers.toml"), "config/triggers.toml");
    return stories(read_story_rules(std::get<whynow::domain::rules::node>(read)));
}

double pairs(double n) { return n * (n - 1) / 2; }

} // namespace

TEST_CASE("one item has one fingerprint, wherever it is linked from") {
    signal a, b;
    a.url = "https://www.example.org/news/1/?utm_source=rss&id=7#top";
    b.url = "http://example.org/news/1?id=7&fbclid=x";
    CHECK(comparable_url(a.url) == "example.org/news/1?id=7");
    CHECK(fingerprint(a) == fingerprint(b));
    b.url = "http://example.org/news/1?id=8";
    CHECK(fingerprint(a) != fingerprint(b));
    CHECK(fingerprint(a).size() == 32);
    a.url.clear(), b.url.clear();
    a.source = b.source = "edgar";
    a.external_id = b.external_id = "0001-26-7";
    a.title = "one", b.title = "other";
    CHECK(fingerprint(a) == fingerprint(b));
    CHECK(fingerprint(titled("Ölpreis  steigt")) == fingerprint(titled("ölpreis  steigt", 1)));
    CHECK(fingerprint(titled("x")) != fingerprint(titled("x", 48)));
}

TEST_CASE("many feeds tell one story") {
    auto index = house_stories();
    const auto key = index.add(titled("Sbarro files for bankruptcy again"));
    CHECK(index.add(titled("Pizza chain Sbarro files for bankruptcy", 1)) == key);
    CHECK(index.add(titled("Chiquita to merge with Fyffes", 1)) != key);
    CHECK(index.size() == 2);
    CHECK(
        index.same_story(titled("Sbarro files for bankruptcy again"), titled("Sbarro files for second bankruptcy", 2)));
    CHECK_FALSE(index.same_story(titled("Sbarro files for bankruptcy again"),
                                 titled("Sbarro files for bankruptcy again", 400)));
}

TEST_CASE("what two companies do alike is no common story") {
    auto index = house_stories();
    const auto key = index.add(titled("Northwind names new finance chief"));
    CHECK(index.add(titled("Acme names new finance chief")) != key);
    CHECK(index.add(titled("Northwind hires finance chief from rival", 2)) == key);
    CHECK(index.add(titled("Northwind names new finance chief", 100)) != key);
}

TEST_CASE("a story from the store goes on") {
    auto first = house_stories(), second = house_stories();
    const auto item = titled("Northwind appoints Ann Lee as finance chief");
    const auto key = first.add(item);
    second.restore(item, key);
    CHECK(second.add(item) == key);
    CHECK(second.add(titled("Northwind names Ann Lee finance chief", 3)) == key);
}

TEST_CASE("stories of real headlines") {
    const char* shared = std::getenv("WHYNOW_SHARED");
    if (shared == nullptr) {
        MESSAGE("WHYNOW_SHARED is unset: skipped");
        return;
    }
    std::ifstream in(std::string(shared) + "/data/signals/clusters.dev.jsonl");
    std::vector<nlohmann::json> rows;
    for (std::string line; std::getline(in, line);)
        rows.push_back(nlohmann::json::parse(line));
    std::sort(rows.begin(), rows.end(), [](const nlohmann::json& a, const nlohmann::json& b) {
        return std::pair(a["ts"].get<std::int64_t>(), a["id"].get<std::string>()) <
               std::pair(b["ts"].get<std::int64_t>(), b["id"].get<std::string>());
    });
    auto index = house_stories();
    std::map<std::string, double> told, wanted;
    std::map<std::pair<std::string, std::string>, double> both;
    for (const auto& row : rows) {
        signal s;
        s.title = row["title"].get<std::string>();
        s.external_id = row["id"].get<std::string>();
        s.published = instant{std::chrono::seconds(row["ts"].get<std::int64_t>())};
        const auto story = index.add(s);
        const auto cluster = row["cluster"].get<std::string>();
        ++told[story], ++wanted[cluster], ++both[{story, cluster}];
    }
    double together = 0, said = 0, should = 0;
    for (const auto& [k, n] : both)
        together += pairs(n);
    for (const auto& [k, n] : told)
        said += pairs(n);
    for (const auto& [k, n] : wanted)
        should += pairs(n);
    MESSAGE("pairwise precision " << together / said << ", recall " << together / should << ", stories "
                                  << told.size());
    CHECK(2 * together / (said + should) >= 0.87);
}
