#include "workday/language_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace whynow::workday {
namespace {

constexpr int enough_to_blame = 2; // one reason that is none may be the rep's mood

std::vector<rule_record> by_rule(const std::vector<store::judged_event>& events) {
    std::map<std::pair<std::string, std::string>, rule_record> rules;
    for (const auto& e : events) {
        auto& r = rules.try_emplace({e.kind, e.rule}, rule_record{e.kind, e.rule, 0, 0, {}, {}}).first->second;
        r.judged += e.called + e.wrong;
        r.wrong += e.wrong;
        if (e.wrong > 0)
            r.wrong_titles.push_back(e.source.empty() ? e.title : fmt::format("{} ({})", e.title, e.source));
    }
    std::vector<rule_record> out;
    for (auto& [name, r] : rules) {
        r.right = digests::wilson(r.judged - r.wrong, r.judged);
        out.push_back(std::move(r));
    }
    // Surest to be wrong: whose share of right ones is low even at the upper end of its interval.
    std::ranges::sort(out, {}, [](const rule_record& r) {
        return std::tuple(r.wrong == 0 ? 2.0 : r.right.high, std::string_view(r.kind), std::string_view(r.rule));
    });
    return out;
}

std::vector<confusion> by_confusion(const std::vector<store::correction>& corrections) {
    std::map<std::tuple<std::string, std::string, std::string>, confusion> all;
    for (const auto& c : corrections) {
        // Every follow-up is another day; what is the same about them is whether there was one.
        const bool day = c.field == "follow_up";
        const auto shown = [&](const std::string& value) { return day && !value.empty() ? "a day" : value; };
        auto& one = all.try_emplace({c.field, shown(c.read_as), shown(c.meant)},
                                    confusion{c.field, shown(c.read_as), shown(c.meant), 0, {}})
                        .first->second;
        ++one.times;
        one.said.push_back(day ? fmt::format("{} [{} → {}]", c.said, c.read_as.empty() ? "–" : c.read_as,
                                             c.meant.empty() ? "–" : c.meant)
                               : c.said);
    }
    std::vector<confusion> out;
    for (auto& [key, c] : all)
        out.push_back(std::move(c));
    std::ranges::sort(out, {}, [](const confusion& c) {
        return std::tuple(-c.times, std::string_view(c.field), std::string_view(c.read_as), std::string_view(c.meant));
    });
    return out;
}

} // namespace

language_report make_language_report(store::session& s, local_date day, instant when) {
    store::lessons lessons(s);
    language_report r;
    r.examples_of_reasons = lessons.judged(day);
    r.rules = by_rule(r.examples_of_reasons);
    for (const auto& rule : r.rules) {
        r.judged += rule.judged;
        r.wrong += rule.wrong;
    }
    r.answers = lessons.answers_read(when);
    r.examples_of_answers = lessons.corrections(when);
    std::set<std::int64_t> corrected;
    for (const auto& c : r.examples_of_answers)
        corrected.insert(c.outcome.value);
    r.answers_wrong = static_cast<int>(corrected.size());
    r.confusions = by_confusion(r.examples_of_answers);
    return r;
}

const rule_record* worth_mending(const language_report& r) {
    const auto it = std::ranges::find_if(r.rules, [](const auto& rule) { return rule.wrong >= enough_to_blame; });
    return it == r.rules.end() ? nullptr : &*it;
}

} // namespace whynow::workday
