#include "cli/commands.hpp"
#include "cli/outcome_json.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

json or_null(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }

json window_json(const dates::window& w) {
    return {{"date", to_iso(w.date)},
            {"time", w.time ? json(to_clock(*w.time)) : json(nullptr)},
            {"from", to_iso(w.from)},
            {"to", to_iso(w.to)}};
}

json facts_json(const outcomes::facts& f) {
    auto out = json::object();
    const auto put = [&](const char* key, const std::optional<outcomes::heard<std::string>>& value) {
        if (value)
            out[key] = value->value;
    };
    put("challenge", f.challenge);
    put("timeline", f.timeline);
    put("vendor", f.vendor);
    put("budget", f.budget);
    put("tried", f.tried);
    return out;
}

} // namespace

json to_json(const outcomes::understood& u) {
    const auto how = u.how ? std::optional(u.how->value) : u.guess; // a guess is in `unsure`
    json out{{"disposition", how ? json(outcomes::to_string(*how)) : json(nullptr)}};
    auto results = json::array(), referrals = json::array(), unsure = json::array();
    for (const auto& r : u.results)
        results.push_back(outcomes::to_string(r.value));
    for (const auto& r : u.referrals)
        referrals.push_back({{"name", or_null(r.name)},
                             {"title", or_null(r.title)},
                             {"contact", or_null(r.contact)},
                             {"may_name", r.may_name ? json(*r.may_name) : json(nullptr)}});
    for (const auto f : u.unsure)
        unsure.push_back(outcomes::to_string(f));
    out["results"] = std::move(results);
    out["follow_up"] = u.follow_up ? window_json(u.follow_up->value) : json(nullptr);
    out["referrals"] = std::move(referrals);
    out["facts"] = facts_json(u.learned);
    out["action"] = u.wanted ? json(outcomes::to_string(u.wanted->value)) : json(nullptr);
    if (u.who) {
        out["about"] = {{"name", u.who->name ? json(*u.who->name) : json(nullptr)},
                        {"number", u.who->number ? json(*u.who->number) : json(nullptr)}};
    }
    out["unsure"] = std::move(unsure);
    return out;
}

int outcome_parse(const outcome_command& c) {
    const auto rules = rules_of_the_house();
    if (!c.text.empty()) {
        const auto zone = c.zone.empty() ? std::string("UTC") : c.zone;
        if (!rules->clocks->known(zone))
            throw stop(exit_code::usage, "--tz: \"" + zone + "\" is no time zone; write an IANA name");
        std::cout << dumped(to_json(rules->read(c.text, now_or(c.now), zone)), 2) << '\n';
        return 0;
    }
    return each_line([&](const json& line) {
        json out{{"id", id_of(line)}};
        const auto zone = zone_of(line, *rules->clocks);
        out.update(to_json(rules->read(text_of(line, "text"), moment_of(line, zone, *rules->clocks), zone)));
        return out;
    });
}

} // namespace whynow::cli
