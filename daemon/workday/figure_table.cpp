#include "workday/figure_table.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace whynow::workday {
namespace {

using json = nlohmann::ordered_json;
using digests::share;

// A rate of a part in its whole, with its interval; nothing where it would say too little or is no such share.
std::optional<digests::interval> interval_of(const share& s) {
    if (!s.enough() || s.numerator < 0 || s.numerator > s.denominator)
        return std::nullopt;
    return digests::wilson(s.numerator, s.denominator);
}

std::vector<share> shares(const digests::figures& f) {
    std::vector<share> out;
    for (const auto which : digests::all_figures())
        out.push_back(share_of(f, which));
    return out;
}

json of(const share& s) {
    json j{{"name", s.name}, {"number", s.numerator}};
    j["per"] = s.per.empty() ? json() : json(s.per);
    j["denominator"] = s.per.empty() ? json() : json(s.denominator);
    const auto i = interval_of(s);
    j["rate"] = i ? json(s.rate()) : json();
    j["low"] = i ? json(i->low) : json();
    j["high"] = i ? json(i->high) : json();
    return j;
}

json of(const std::vector<share>& all) {
    json out = json::array();
    for (const auto& s : all)
        out.push_back(of(s));
    return out;
}

json of(const std::vector<digests::group>& groups) {
    json out = json::array();
    for (const auto& g : groups)
        out.push_back({{"label", g.label}, {"figures", of(shares_of(g.of))}});
    return out;
}

// What a table program would run as a formula stays text.
std::string cell(std::string_view text) {
    std::string out = "\"";
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        out += '\'';
    for (const char c : text)
        out += c == '"' ? "\"\"" : std::string(1, c);
    return out + '"';
}

} // namespace

std::string to_csv(const digests::figures& f, std::string_view manager, bool header) {
    std::string out = header ? "manager,from,to,part,of,figure,number,per,denominator,rate,low,high\r\n" : "";
    const auto rows = [&](std::string_view part, std::string_view label, const std::vector<share>& all) {
        for (const auto& s : all) {
            out += fmt::format("{},{},{},{},{},{},{},{},{},", cell(manager), to_iso(f.from), to_iso(f.to), part,
                               cell(label), s.name, s.numerator, s.per,
                               s.per.empty() ? std::string{} : std::to_string(s.denominator));
            const auto i = interval_of(s);
            out += i ? fmt::format("{:.4f},{:.4f},{:.4f}\r\n", s.rate(), i->low, i->high) : ",,\r\n";
        }
    };
    rows("all", "", shares(f));
    for (const auto& g : f.by_kind)
        rows("kind", g.label, shares_of(g.of));
    for (const auto& g : f.by_scope)
        rows("scope", g.label, shares_of(g.of));
    for (const auto& g : f.by_source)
        rows("source", g.label, shares_of(g.of));
    return out;
}

std::string to_json(const digests::figures& f) {
    json j{{"from", to_iso(f.from)}, {"to", to_iso(f.to)}, {"reps", f.reps}};
    j["least_for_a_rate"] = digests::fewest_for_a_rate;
    j["figures"] = of(shares(f));
    j["by_kind"] = of(f.by_kind);
    j["by_scope"] = of(f.by_scope);
    j["by_source"] = of(f.by_source);
    json list = json::array();
    for (const auto& [generation, n] : f.referrals_by_generation)
        list.push_back({{"generation", generation}, {"referrals", n}});
    j["generations"] = std::exchange(list, json::array());
    for (const auto& [what, n] : f.struggles)
        list.push_back({{"what", what}, {"companies", n}});
    j["struggles"] = std::exchange(list, json::array());
    for (const auto& d : f.dead_feeds)
        list.push_back({{"source", d.source},
                        {"what", d.fails ? "fails" : "silent"},
                        {"since", d.since == instant{} ? json() : json(to_iso(d.since))}});
    j["sources_dead"] = std::move(list);
    const auto& p = f.scores;
    j["foretold"] = {{"conversations", p.conversations},
                     {"hits", p.hits},
                     {"expected", p.expected},
                     {"low", p.low},
                     {"high", p.high},
                     {"enough", p.conversations >= digests::fewest_for_a_rate}};
    return j.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace whynow::workday
