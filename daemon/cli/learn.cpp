// `whynow learn show|revert`: what the team's calls taught the ranker, in sentences; and back to an older version.
#include "cli/opened.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"
#include "store/learning.hpp"
#include "workday/learned_report.hpp"
#include "workday/learning.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

std::string percent(double share) { return fmt::format("{:.0f} %", share * 100); }

std::string in_a_sentence(triggers::kind k, const ranking::half_life& h) {
    const auto kind = triggers::to_string(k);
    if (h.conversations < digests::fewest_for_a_rate)
        return fmt::format("A reason of the kind {} is taken to be worth half after {:.0f} days, as configured: {:.0f} "
                           "conversations say little yet.",
                           kind, h.configured, h.conversations);
    return fmt::format("A reason of the kind {} is worth half after {:.0f} days ({:.0f} to {:.0f} hold 90 % of what is "
                       "believable; configured: {:.0f}), from {:.0f} conversations.",
                       kind, h.days, h.low, h.high, h.configured, h.conversations);
}

std::string in_a_sentence(const workday::surprise& s) {
    const auto low = s.odds * std::exp(-1.645 * s.doubt), high = s.odds * std::exp(1.645 * s.doubt);
    return fmt::format("{}: the odds of an open door are {:.2f} times what was expected ({:.2f} to {:.2f}).",
                       ranking::in_words(s.what), s.odds, low, high);
}

std::string in_a_sentence(const workday::yield& y) {
    if (y.conversations < digests::fewest_for_a_rate)
        return fmt::format("{}: {} of {} conversations opened a door; too few to say more.", y.of, y.hits,
                           y.conversations);
    return fmt::format("{}: {} of {} conversations opened a door, {} ({} to {}).", y.of, y.hits, y.conversations,
                       percent(double(y.hits) / y.conversations), percent(y.share.low), percent(y.share.high));
}

void print(const workday::learned_report& r, const std::vector<store::learned_version>& versions) {
    constexpr std::size_t most_shown = 12;
    if (r.version == 0) {
        std::cout << "Nothing was learned yet: calls are ranked by what config/triggers.toml expects of each kind.\n";
        return;
    }
    std::cout << fmt::format("Version {}, learned from {} conversations up to {}{}.\n", r.version, r.calls,
                             to_iso(r.day), r.note.empty() ? "" : " (" + r.note + ")");
    std::cout << "\nHow reasons age\n";
    for (const auto& [kind, h] : r.half_lives)
        std::cout << "  " << in_a_sentence(kind, h) << '\n';
    if (r.half_lives.empty())
        std::cout << "  No conversation about an event yet: half-lives are as configured.\n";
    std::cout << "\nWhat surprised\n";
    for (std::size_t i = 0; i < r.surprises.size() && i < most_shown; ++i)
        std::cout << "  " << in_a_sentence(r.surprises[i]) << '\n';
    if (r.surprises.empty())
        std::cout << "  Nothing is clearly other than expected yet.\n";
    for (const auto& [title, yields] : {std::pair{"Referrals", &r.by_generation}, {"Sources", &r.by_source}}) {
        if (yields->empty())
            continue;
        std::cout << '\n' << title << '\n';
        for (std::size_t i = 0; i < yields->size() && i < most_shown; ++i)
            std::cout << "  " << in_a_sentence((*yields)[i]) << '\n';
    }
    std::cout << "\nVersions (whynow learn revert VERSION goes back)\n";
    for (std::size_t i = 0; i < versions.size() && i < most_shown; ++i)
        std::cout << fmt::format("  {:>4}  up to {}, {} conversations{}\n", versions[i].id, to_iso(versions[i].day),
                                 versions[i].calls, versions[i].note.empty() ? "" : ", " + versions[i].note);
}

json in_json(const workday::yield& y) {
    return {{"of", y.of},
            {"hits", y.hits},
            {"conversations", y.conversations},
            {"low", y.share.low},
            {"high", y.share.high}};
}

json in_json(const workday::learned_report& r, const std::vector<store::learned_version>& all) {
    json ages = json::array(), surprises = json::array(), generations = json::array(), sources = json::array(),
         versions = json::array();
    for (const auto& [kind, h] : r.half_lives)
        ages.push_back({{"kind", triggers::to_string(kind)},
                        {"days", h.days},
                        {"low", h.low},
                        {"high", h.high},
                        {"configured", h.configured},
                        {"conversations", h.conversations}});
    for (const auto& s : r.surprises)
        surprises.push_back({{"what", ranking::in_words(s.what)}, {"odds", s.odds}, {"doubt", s.doubt}});
    for (const auto& y : r.by_generation)
        generations.push_back(in_json(y));
    for (const auto& y : r.by_source)
        sources.push_back(in_json(y));
    for (const auto& v : all)
        versions.push_back({{"version", v.id}, {"day", to_iso(v.day)}, {"calls", v.calls}, {"note", v.note}});
    return {{"version", r.version},       {"day", r.version ? json(to_iso(r.day)) : json(nullptr)},
            {"calls", r.calls},           {"note", r.note},
            {"half_lives", ages},         {"surprises", surprises},
            {"generations", generations}, {"sources", sources},
            {"versions", versions}};
}

local_date today_of(const opened& house, const learn_command& c) {
    return house.rules->clocks->to_local(now_or(c.now), house.rules->team.zone).date;
}

} // namespace

int learn_show(const learn_command& c) {
    const auto house = open_house(c.config);
    const auto today = today_of(house, c);
    workday::learned_report r;
    std::vector<store::learned_version> versions;
    read(*house.store, [&](store::session& s) {
        r = workday::make_learned_report(s, today, add_days(today, -c.days), *house.rules);
        versions = store::learning(s).versions();
    });
    if (c.json)
        std::cout << dumped(in_json(r, versions)) << '\n';
    else
        print(r, versions);
    return 0;
}

int learn_revert(const learn_command& c) {
    const auto house = open_house(c.config);
    auto version = c.version;
    bool done = false;
    write(*house.store, [&](store::session& s) {
        store::learning kept(s);
        if (const auto newest = kept.newest(); version == 0 && newest)
            if (const auto before = kept.before(newest->id))
                version = before->id;
        done = version != 0 && workday::revert(s, version, *house.rules, now_or(c.now));
    });
    if (!done)
        throw stop(exit_code::problem, version == 0 ? "there is no older version to go back to"
                                                    : fmt::format("there is no version {} that can be read; "
                                                                  "`whynow learn show` lists them",
                                                                  version));
    std::cout << fmt::format(
        "Back to version {}. Calls learned since then stay out; a running daemon takes it up at once.\n", version);
    return 0;
}

} // namespace whynow::cli
