// `whynow replay`: what other settings of the ranking would have given.
#include "workday/replay.hpp"

#include "cli/opened.hpp"
#include "cli/ranking_file.hpp"
#include "cli/reading.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

json in_json(const workday::replay_report& r) {
    const auto& t = r.told;
    return {{"from", to_iso(r.from)},
            {"to", to_iso(r.to)},
            {"mornings", t.mornings},
            {"considered", r.considered},
            {"calls", r.calls},
            {"conversations", r.conversations},
            {"can_tell", t.can_tell},
            {"made", {{"hits_per_call", t.logged}}},
            {"other",
             {{"hits_per_call", t.hits}, {"low", t.low}, {"high", t.high}, {"calls", t.calls}, {"foretold", t.direct}}},
            {"difference", {{"hits_per_call", t.difference}, {"low", t.difference_low}, {"high", t.difference_high}}},
            {"effective_calls", t.effective},
            {"beyond_reach", t.beyond_reach}};
}

void print(const workday::replay_report& r) {
    const auto& t = r.told;
    std::cout << fmt::format("{} to {}: {} mornings, {} candidates, {} calls in the briefs, {} conversations.\n",
                             to_iso(r.from), to_iso(r.to), t.mornings, r.considered, r.calls, r.conversations);
    if (t.calls > 0)
        std::cout << fmt::format(
            "The other settings would have put {:.0f} calls into the briefs; {:.0f} calls carry the "
            "estimate, {:.1f} % of the choices were hardly ever made.\n",
            t.calls, t.effective, 100 * t.beyond_reach);
    if (!t.can_tell) {
        const experiments::replay_rules least;
        std::cout << fmt::format(
            "Cannot tell: it takes {} mornings, {:.0f} calls that carry the estimate and {:.0f} % of "
            "the other settings' calls, and at most {:.0f} % of choices that were hardly ever made. "
            "More days help, settings that differ less, or a larger share drawn by lot ([choice] "
            "share in ranking.toml).\n",
            least.least_mornings, least.least_effective, 100 * least.least_effective_share,
            100 * least.most_beyond_reach);
        return;
    }
    std::cout << fmt::format("Made:  {:.1f} hits of 100 calls.\nOther: {:.1f} hits of 100 calls ({:.1f} to {:.1f}).\n",
                             100 * t.logged, 100 * t.hits, 100 * t.low, 100 * t.high)
              << fmt::format("Difference: {:+.1f} ({:+.1f} to {:+.1f}): {}\n", 100 * t.difference,
                             100 * t.difference_low, 100 * t.difference_high,
                             t.difference_low > 0    ? "the other settings are better."
                             : t.difference_high < 0 ? "the other settings are worse."
                                                     : "not enough to say which is better.");
}

} // namespace

int replay(const replay_command& c) {
    const auto house = open_house(c.config);
    const auto policy = ranking_file(c.policy);
    const auto today = house.rules->clocks->to_local(now_or(c.now), house.rules->team.zone).date;
    workday::replay_report r;
    read(*house.store, [&](store::session& s) {
        r = workday::replay_policy(s, policy, add_days(today, -c.days), today, *house.rules);
    });
    if (c.json)
        std::cout << dumped(in_json(r)) << '\n';
    else
        print(r);
    return 0;
}

} // namespace whynow::cli
