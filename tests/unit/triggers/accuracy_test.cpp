// How many labelled headlines and filings are read right. The floors are what was reached, less a little.
#include "tests/unit/triggers/rules_of_house.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>

using namespace whynow;
using nlohmann::json;

namespace {

std::vector<json> rows_of(const std::string& path) {
    std::vector<json> out;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);)
        if (!line.empty())
            out.push_back(json::parse(line));
    return out;
}

std::vector<std::string> lines_of(const std::string& path) {
    std::vector<std::string> out;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);)
        if (!line.empty())
            out.push_back(line);
    return out;
}

std::string text_of(const json& row, const char* key) {
    return row.contains(key) && row[key].is_string() ? row[key].get<std::string>() : std::string{};
}

struct tally {
    std::map<std::string, int> right, taken, wanted; // by kind: said rightly, said, in the labels
    int none = 0, false_alarms = 0, companies = 0, companies_right = 0;

    double macro_f1() const {
        double sum = 0;
        for (const auto& [kind, n] : wanted) {
            const auto hit = right.contains(kind) ? right.at(kind) : 0;
            const auto said = taken.contains(kind) ? taken.at(kind) : 0;
            sum += 2.0 * hit / (n + said);
        }
        return sum / static_cast<double>(wanted.size());
    }
};

tally measure(const std::vector<json>& rows, const std::vector<std::string>& accounts) {
    const auto known = test::companies_named(accounts);
    tally t;
    for (const auto& row : rows) {
        domain::signals::signal s;
        s.title = text_of(row, "title");
        s.summary = text_of(row, "summary");
        s.published = domain::parse_iso_instant(text_of(row, "published")).value_or(domain::instant{});
        const auto r = test::classifier_of_house().classify(s, known);
        const std::string said(to_string(r.kind));
        const auto wanted = text_of(row, "kind");
        ++t.taken[said], ++t.wanted[wanted];
        if (wanted == "none")
            ++t.none, t.false_alarms += said != "none";
        if (said != wanted) {
            MESSAGE(wanted << " read as " << said << ": " << s.title);
            continue;
        }
        ++t.right[said];
        if (said == "none")
            continue;
        auto a = row["companies"].get<std::vector<std::string>>();
        auto b = r.companies;
        std::sort(a.begin(), a.end()), std::sort(b.begin(), b.end());
        ++t.companies, t.companies_right += a == b;
    }
    MESSAGE("macro F1 " << t.macro_f1() << ", false alarms " << t.false_alarms << " of " << t.none << ", companies "
                        << t.companies_right << " of " << t.companies);
    return t;
}

void check(const tally& t, double f1, double alarms, double companies) {
    CHECK(t.macro_f1() >= f1);
    CHECK(t.false_alarms <= alarms * t.none);
    CHECK(t.companies_right >= companies * t.companies);
}

const std::string data = WHYNOW_SOURCE_DIR "/tests/data/signals/";

} // namespace

TEST_CASE("headlines of invented companies") {
    check(measure(rows_of(data + "headlines.jsonl"), lines_of(data + "accounts.txt")), 0.98, 0.03, 0.98);
}

TEST_CASE("more headlines of invented companies") {
    const auto rows = rows_of(data + "more_headlines.jsonl");
    std::vector<std::string> accounts;
    for (const auto& row : rows)
        for (const auto& name : row["companies"].get<std::vector<std::string>>())
            if (std::find(accounts.begin(), accounts.end(), name) == accounts.end())
                accounts.push_back(name);
    check(measure(rows, accounts), 0.95, 0.04, 0.96);
}

TEST_CASE("8-K filings") { check(measure(rows_of(data + "filings.jsonl"), {"Apple Inc."}), 0.99, 0.0, 0.99); }

TEST_CASE("real headlines") {
    const char* shared = std::getenv("WHYNOW_SHARED");
    if (shared == nullptr) {
        MESSAGE("WHYNOW_SHARED is unset: skipped");
        return;
    }
    const auto from = std::string(shared) + "/data/signals/";
    check(measure(rows_of(from + "headlines.dev.jsonl"), lines_of(from + "accounts.txt")), 0.92, 0.04, 0.95);
}
