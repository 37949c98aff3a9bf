#include "cli/commands.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

json to_json(const std::optional<dates::window>& w) {
    json out{{"date", nullptr}, {"time", nullptr}, {"from", nullptr}, {"to", nullptr}};
    if (!w)
        return out;
    out["date"] = to_iso(w->date);
    if (w->time)
        out["time"] = to_clock(*w->time);
    out["from"] = to_iso(w->from);
    out["to"] = to_iso(w->to);
    return out;
}

json answer(const json& line, const workday::rulebook& rules) {
    const auto zone = zone_of(line, *rules.clocks);
    const auto language = text_of(line, "lang");
    const dates::standpoint here{rules.clocks->to_local(moment_of(line, zone, *rules.clocks), zone), zone,
                                 truth_of(line, "day_first"), language};
    json out{{"id", id_of(line)}};
    out.update(to_json(rules.dates->read(text_of(line, "text"), here, *rules.clocks)));
    return out;
}

} // namespace

int date_parse(const date_command& c) {
    const auto rules = rules_of_the_house();
    if (c.text.empty())
        return each_line([&](const json& line) { return answer(line, *rules); });
    const auto zone = c.zone.empty() ? std::string("UTC") : c.zone;
    if (!rules->clocks->known(zone))
        throw stop(exit_code::usage,
                   "--tz: \"" + zone + "\" is no time zone; write an IANA name such as Europe/Berlin");
    const dates::standpoint here{rules->clocks->to_local(now_or(c.now), zone), zone, c.day_first, c.language};
    const auto found = rules->dates->read(c.text, here, *rules->clocks);
    std::cout << dumped(to_json(found), 2) << '\n';
    return found ? 0 : 1;
}

} // namespace whynow::cli
