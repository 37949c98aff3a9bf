#include "domain/compliance/calling_hours.hpp"

#include <algorithm>

namespace whynow::domain::compliance {
namespace {

std::optional<int> day_index(std::string_view name) {
    static constexpr std::string_view names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                                 "friday", "saturday", "sunday"};
    std::string folded;
    for (const char c : name)
        if (c != ' ')
            folded += char(c >= 'A' && c <= 'Z' ? c + 32 : c);
    for (int i = 0; i < 7; ++i)
        if (folded.size() >= 3 && names[i].starts_with(folded))
            return i;
    return std::nullopt;
}

int monday_based(local_date day) { return int(weekday_of(day).iso_encoding()) - 1; }

} // namespace

std::optional<std::bitset<7>> parse_days(std::string_view text) {
    std::bitset<7> out;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const auto part = text.substr(0, comma);
        const auto dash = part.find('-');
        const auto first = day_index(part.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : day_index(part.substr(dash + 1));
        if (!first || !last)
            return std::nullopt;
        for (int i = *first;; i = (i + 1) % 7) {
            out.set(std::size_t(i));
            if (i == *last)
                break;
        }
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    if (out.none())
        return std::nullopt;
    return out;
}

calling_hours::calling_hours(const rules::node& rules) {
    for (const auto& r : rules["rule"].items()) {
        hours_rule h;
        h.country = r["country"].text("*");
        h.from = parse_clock(r["from"].text()).value_or(h.from);
        h.to = parse_clock(r["to"].text()).value_or(h.to);
        h.pause_from = parse_clock(r["pause_from"].text());
        h.pause_to = parse_clock(r["pause_to"].text());
        h.days = parse_days(r["days"].text()).value_or(h.days);
        h.source = r["source"].text();
        rules_.push_back(std::move(h));
    }
    if (rules_.empty() || rules_.back().country != "*")
        rules_.push_back({"*", minute_of_day{480}, minute_of_day{1080}, {}, {}, std::bitset<7>{0b0011111}, ""});
    for (const auto& [country, list] : rules["zones"].entries())
        zones_of_[country] = list.texts();
    business_from_ = parse_clock(rules["business"]["from"].text()).value_or(business_from_);
    business_to_ = parse_clock(rules["business"]["to"].text()).value_or(business_to_);
}

const hours_rule& calling_hours::rule_for(std::string_view country) const {
    const auto it =
        std::ranges::find_if(rules_, [&](const auto& r) { return r.country == country || r.country == "*"; });
    return it == rules_.end() ? rules_.back() : *it;
}

std::vector<std::string> calling_hours::zones_for(const book::contact& who, std::string_view rep_zone) const {
    if (!who.zone.empty())
        return {who.zone};
    const auto it = zones_of_.find(who.country);
    if (it != zones_of_.end() && !it->second.empty())
        return it->second;
    return {std::string(rep_zone)};
}

std::optional<call_window> calling_hours::on(const book::contact& who, local_date day, std::string_view rep_zone,
                                             const zones& clocks) const {
    const auto& rule = rule_for(who.country);
    const auto candidates = zones_for(who, rep_zone);
    if (!rule.days.test(std::size_t(monday_based(day))))
        return std::nullopt;
    const auto open = std::max(rule.from, business_from_), shut = std::min(rule.to, business_to_);
    // The latest opening and the earliest closing over all zones they may live in.
    instant from = instant::min(), to = instant::max();
    for (const auto& zone : candidates) {
        from = std::max(from, clocks.to_instant({day, open}, zone));
        to = std::min(to, clocks.to_instant({day, shut}, zone));
    }
    if (from >= to)
        return std::nullopt;
    const auto& shown = candidates.front();
    call_window w;
    w.zone = shown;
    w.assumed = who.zone.empty();
    w.from = clocks.to_local(from, shown).at;
    w.to = clocks.to_local(to, shown).at;
    w.here_from = clocks.to_local(from, rep_zone).at;
    w.here_to = clocks.to_local(to, rep_zone).at;
    return w;
}

bool calling_hours::allowed(const book::contact& who, instant at, std::string_view rep_zone,
                            const zones& clocks) const {
    const auto& rule = rule_for(who.country);
    return std::ranges::all_of(zones_for(who, rep_zone), [&](const auto& zone) {
        const auto there = clocks.to_local(at, zone);
        const bool paused =
            rule.pause_from && rule.pause_to && there.at >= *rule.pause_from && there.at < *rule.pause_to;
        return rule.days.test(std::size_t(monday_based(there.date))) && there.at >= rule.from && there.at < rule.to &&
               !paused;
    });
}

} // namespace whynow::domain::compliance
