// `whynow language report`: what the team's own judgements say about the rules that read.
#include "cli/opened.hpp"
#include "cli/reading.hpp"
#include "cli/writing.hpp"
#include "workday/language_report.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

constexpr std::size_t most_shown = 3; // examples beneath one line

std::string percent(double share) { return fmt::format("{:.0f} %", share * 100); }
std::string shown(const std::string& value) { return value.empty() ? "nothing" : value; }

std::string share_right(const workday::rule_record& r) {
    if (r.judged < digests::fewest_for_a_rate)
        return "too few to say";
    return fmt::format("{} ({}–{})", percent(double(r.judged - r.wrong) / r.judged), percent(r.right.low),
                       percent(r.right.high));
}

void print_examples(const std::vector<std::string>& all) {
    for (std::size_t i = 0; i < all.size() && i < most_shown; ++i)
        std::cout << "      " << all[i] << '\n';
    if (all.size() > most_shown)
        std::cout << fmt::format("      … and {} more\n", all.size() - most_shown);
}

void print_rules(const workday::language_report& r) {
    std::cout << fmt::format("Reasons judged: {}, set aside as \"not a reason\": {}\n", r.judged, r.wrong);
    for (const auto& rule : r.rules) {
        std::cout << fmt::format("  {:<15} judged {}, wrong {}, right {}\n    {}\n", rule.kind, rule.judged, rule.wrong,
                                 share_right(rule), rule.rule.empty() ? "(told without a rule)" : rule.rule);
        print_examples(rule.wrong_titles);
    }
    if (const auto* worst = workday::worth_mending(r))
        std::cout << fmt::format("Mend first: the pattern in [kinds.{}] of config/triggers.toml, or of your own "
                                 "copy of it:\n    {}\n",
                                 worst->kind, worst->rule);
    else if (r.judged > 0)
        std::cout << "No rule was wrong twice: nothing to mend yet\n";
}

void print_confusions(const workday::language_report& r) {
    std::cout << fmt::format("Answers read: {}, corrected: {}\n", r.answers, r.answers_wrong);
    for (const auto& c : r.confusions) {
        std::cout << fmt::format("  {}: {} was read, {} was meant, {}×\n", c.field, shown(c.read_as), shown(c.meant),
                                 c.times);
        print_examples(c.said);
    }
}

json in_json(const workday::language_report& r) {
    json rules = json::array(), confusions = json::array();
    for (const auto& rule : r.rules)
        rules.push_back({{"kind", rule.kind},
                         {"rule", rule.rule},
                         {"judged", rule.judged},
                         {"wrong", rule.wrong},
                         {"right_low", rule.right.low},
                         {"right_high", rule.right.high},
                         {"not_a_reason", rule.wrong_titles}});
    for (const auto& c : r.confusions)
        confusions.push_back(
            {{"field", c.field}, {"read", c.read_as}, {"meant", c.meant}, {"times", c.times}, {"said", c.said}});
    const auto* worst = workday::worth_mending(r);
    return {{"reasons", {{"judged", r.judged}, {"wrong", r.wrong}, {"rules", std::move(rules)}}},
            {"mend", worst ? json{{"kind", worst->kind}, {"rule", worst->rule}} : json(nullptr)},
            {"answers", {{"read", r.answers}, {"corrected", r.answers_wrong}, {"confusions", std::move(confusions)}}}};
}

// The labelled examples as JSON Lines, for the tests of whoever mends a rule.
void write_examples(const workday::language_report& r, const std::string& file) {
    std::string out;
    for (const auto& e : r.examples_of_reasons)
        for (const auto& [label, times] : {std::pair{e.kind, e.called}, {std::string("none"), e.wrong}})
            if (times > 0)
                out += dumped({{"reader", "signals"},
                               {"title", e.title},
                               {"rule", e.rule},
                               {"read", e.kind},
                               {"meant", label},
                               {"times", times}}) +
                       '\n';
    for (const auto& c : r.examples_of_answers)
        out += dumped({{"reader", "outcome"},
                       {"text", c.said},
                       {"now", to_iso(c.at)},
                       {"field", c.field},
                       {"read", c.read_as},
                       {"meant", c.meant}}) +
               '\n';
    write_whole(file, out, lasting::no);
}

} // namespace

int language_report(const language_command& c) {
    const auto house = open_house(c.config);
    const auto since = now_or(c.now) - std::chrono::days(c.days);
    const auto day = house.rules->clocks->to_local(since, house.rules->team.zone).date;
    workday::language_report r;
    read(*house.store, [&](store::session& s) { r = workday::make_language_report(s, day, since); });
    if (!c.examples.empty())
        write_examples(r, c.examples);
    if (c.json) {
        std::cout << dumped(in_json(r)) << '\n';
        return 0;
    }
    std::cout << "Since " << to_iso(day) << '\n';
    print_rules(r);
    print_confusions(r);
    return 0;
}

} // namespace whynow::cli
