// Short replies by what they say, one thing each, and the ways somebody is named whom the rep is sent to. The floors
// are what was reached, less a little; they only rise.
#include "domain/outcomes/reply_reader.hpp"
#include "domain/text/utf8.hpp"
#include "embedded/embedded.hpp"
#include "settings/toml.hpp"
#include "tests/unit/dates/rule_zones.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <tuple>
#include <vector>

using namespace whynow;
using namespace whynow::domain::outcomes;

namespace {

understood heard_in(const std::string& text, const char* now, const char* zone) {
    const auto rules_at = [](const char* path) {
        return std::get<domain::rules::node>(settings::read_toml(*embedded::find(path), path));
    };
    static const domain::dates::reader dates(rules_at("config/dates.toml"));
    static const reply_reader reader(rules_at("config/replies.toml"), dates);
    static const test::rule_zones clocks;
    return reader.read(text, clocks.to_local(*domain::parse_iso_instant(now), zone), zone, clocks);
}

// A line is a phrase; "# voicemail" above it says how the call went, "# +needs_info" what came out of it and nothing
// else.
bool says(const understood& u, const std::string& what) {
    if (what.front() == '+')
        return u.results.size() == 1 && to_string(u.results[0].value) == what.substr(1);
    return u.how && to_string(u.how->value) == what && u.results.empty();
}

double understood_of(const std::string& lang, const char* now, const char* zone) {
    std::ifstream in(std::string(WHYNOW_SOURCE_DIR "/tests/data/replies/phrases.") + lang + ".txt");
    std::string what;
    int all = 0, right = 0;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("# ")) {
            what = line.substr(2);
            continue;
        }
        ++all;
        if (says(heard_in(line, now, zone), what))
            ++right;
        else
            MESSAGE(lang, " ", what, ": ", line);
    }
    MESSAGE("phrases ", lang, ": ", right, " of ", all);
    return all ? static_cast<double>(right) / all : 0;
}

std::vector<std::string> split(const std::string& text, char by) {
    std::vector<std::string> out{""};
    for (const char c : text)
        if (c == by)
            out.emplace_back();
        else
            out.back() += c;
    return out;
}

} // namespace

TEST_CASE("a short reply says what it says") {
    CHECK(understood_of("en", "2026-03-04T10:15:00-05:00", "America/New_York") >= 0.97);
    CHECK(understood_of("de", "2026-06-25T16:40:00+02:00", "Europe/Berlin") >= 0.98);
    CHECK(understood_of("fr", "2026-06-25T16:40:00+02:00", "Europe/Berlin") >= 1.00);
    CHECK(understood_of("es", "2026-06-25T16:40:00+02:00", "Europe/Berlin") >= 1.00);
}

// "text||name;title;contact|name;…"
TEST_CASE("whoever is named is found, and nobody else") {
    std::ifstream in(WHYNOW_SOURCE_DIR "/tests/data/replies/referrals.txt");
    int found = 0, invented = 0, missed = 0, whole = 0, all = 0;
    for (std::string line; std::getline(in, line); ++all) {
        const auto bar = line.find("||");
        REQUIRE(bar != std::string::npos);
        using person = std::tuple<std::string, std::string, std::string>;
        std::vector<person> wanted, have;
        if (bar + 2 < line.size())
            for (const auto& who : split(line.substr(bar + 2), '|')) {
                auto parts = split(who, ';');
                parts.resize(3);
                wanted.emplace_back(parts[0], parts[1], parts[2]);
            }
        const auto u = heard_in(line.substr(0, bar), "2026-03-04T10:15:00-05:00", "America/New_York");
        for (const auto& r : u.referrals)
            have.emplace_back(r.name, r.title, r.contact);
        for (const auto& h : have)
            (std::ranges::any_of(wanted, [&h](const person& w) { return std::get<0>(w) == std::get<0>(h); })
                 ? found
                 : invented) += 1;
        missed += static_cast<int>(std::ranges::count_if(wanted, [&have](const person& w) {
            return std::ranges::none_of(have, [&w](const person& h) { return std::get<0>(w) == std::get<0>(h); });
        }));
        std::ranges::sort(wanted);
        std::ranges::sort(have);
        whole += wanted == have;
        if (wanted != have)
            MESSAGE("not as labelled: ", line);
    }
    const double f1 = 2.0 * found / (2.0 * found + invented + missed);
    MESSAGE("referrals: F1 of the names ", f1, ", whole ", whole, " of ", all);
    CHECK(f1 >= 0.99);
    CHECK(whole >= all * 0.98);
}
