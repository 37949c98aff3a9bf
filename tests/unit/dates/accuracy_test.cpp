// How many of the labelled date phrases are read right. The floors are what was reached, less a little.
#include "domain/dates/reader.hpp"
#include "embedded/embedded.hpp"
#include "settings/toml.hpp"
#include "tests/unit/dates/rule_zones.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <string>

using namespace whynow;
using nlohmann::json;

namespace {

struct tally {
    int all = 0;
    int right = 0;
    int wrong = 0; // a date where there is another or none; a missed one is neither right nor wrong
};

domain::dates::reader reader_of_house() {
    const auto read = settings::read_toml(*embedded::find("config/dates.toml"), "config/dates.toml");
    return domain::dates::reader(std::get<domain::rules::node>(read));
}

std::string shown(const std::optional<domain::dates::window>& w) {
    return w ? domain::to_iso(w->date) + (w->time ? " " + domain::to_clock(*w->time) : "") + " in " +
                   domain::to_iso(w->from) + ".." + domain::to_iso(w->to)
             : "nothing";
}

tally measure(const std::string& path) {
    const auto reader = reader_of_house();
    const test::rule_zones clocks;
    tally t;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        const auto j = json::parse(line);
        const auto zone = j["tz"].get<std::string>(), text = j["text"].get<std::string>();
        const auto lang = j.value("lang", std::string{});
        const auto now = clocks.to_local(*domain::parse_iso_instant(j["now"].get<std::string>()), zone);
        const auto w = reader.read(text, {now, zone, j["day_first"].get<bool>(), lang}, clocks);
        const auto& e = j["expected"];
        ++t.all;
        bool right = !w;
        if (!e.is_null() && w) {
            const auto day = domain::to_iso(w->date);
            right = day >= e["from"].get<std::string>() && day <= e["to"].get<std::string>() &&
                    (e["time"].is_null() ? !w->time.has_value()
                                         : w->time && domain::to_clock(*w->time) == e["time"].get<std::string>());
        } else if (!e.is_null()) {
            right = false;
        }
        t.right += right;
        t.wrong += !right && w;
        if (!right)
            MESSAGE(j["id"].get<std::string>(), " ", text, ": ", shown(w), ", wanted ", e.dump());
    }
    MESSAGE(path, ": ", t.right, " of ", t.all, " right, ", t.wrong, " wrong");
    return t;
}

} // namespace

TEST_CASE("the labelled date phrases are read") {
    const auto t = measure(WHYNOW_SOURCE_DIR "/tests/data/dates/dates.dev.jsonl");
    CHECK(t.all >= 60);
    CHECK(t.right >= t.all * 0.95);
    CHECK(t.wrong <= 2);
}

TEST_CASE("phrases of our own, in four languages, are read") {
    const auto t = measure(WHYNOW_SOURCE_DIR "/tests/data/dates/dates.own.jsonl");
    CHECK(t.all >= 222);
    CHECK(t.right >= t.all);
    CHECK(t.wrong == 0);
}

TEST_CASE("bare phrases, in four languages, are read") {
    const auto t = measure(WHYNOW_SOURCE_DIR "/tests/data/dates/dates.bare.jsonl");
    CHECK(t.all >= 1338);
    CHECK(t.right >= 1336);
    CHECK(t.wrong <= 2);
}

TEST_CASE("days in the middle of what a rep writes, and what only looks like one") {
    const auto t = measure(WHYNOW_SOURCE_DIR "/tests/data/dates/dates.sentences.jsonl");
    CHECK(t.all >= 864);
    CHECK(t.right >= 854);
    CHECK(t.wrong <= 8);
}

// Labelled before they were read for the first time, when 99 of 110, 187 of 194 (3 wrong) and 182 of 185 (3 wrong)
// were right.
TEST_CASE("fresh phrases are read") {
    struct floor {
        const char* set;
        int all, right, wrong;
    };
    for (const auto& f :
         {floor{"fresh-1", 110, 106, 2}, floor{"fresh-2", 194, 192, 0}, floor{"fresh-3", 185, 183, 2}}) {
        CAPTURE(f.set);
        const auto t = measure(std::string(WHYNOW_SOURCE_DIR "/tests/data/dates/dates.") + f.set + ".jsonl");
        CHECK(t.all >= f.all);
        CHECK(t.right >= f.right);
        CHECK(t.wrong <= f.wrong);
    }
}

TEST_CASE("the shared set, where there is one") {
    const char* shared = std::getenv("WHYNOW_SHARED");
    if (!shared) {
        MESSAGE("WHYNOW_SHARED is not set: skipped");
        return;
    }
    const auto t = measure(std::string(shared) + "/data/dates/dates.dev.jsonl");
    CHECK(t.right >= t.all * 0.95);
}
