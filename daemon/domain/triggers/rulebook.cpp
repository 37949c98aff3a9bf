#include "domain/triggers/rulebook.hpp"

#include "domain/text/utf8.hpp"

namespace whynow::domain::triggers {
namespace {

std::vector<weighed> read_groups(const rules::node& from, lexicon& words, const std::array<double, 3>& weights,
                                 std::vector<std::string>& problems) {
    static constexpr std::array<std::string_view, 3> names{"strong", "clauses", "weak"};
    std::vector<weighed> out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        weighed group;
        group.weight = weights[i];
        group.patterns = words.read(from[names[i]].texts(), problems);
        if (!group.patterns.empty())
            out.push_back(std::move(group));
    }
    weighed firm;
    firm.weight = weights[0];
    firm.despite_hedge = true;
    firm.patterns = words.read(from["despite_hedge"].texts(), problems);
    if (!firm.patterns.empty())
        out.push_back(std::move(firm));
    return out;
}

} // namespace

rulebook::rulebook(const rules::node& toml)
    : kinds(read_kinds(toml)), stories(signals::read_story_rules(toml)), words(toml["lists"]) {
    for (std::size_t i = 1; i < kind_count; ++i) {
        const auto name = to_string(static_cast<kind>(i));
        clauses[i] = read_groups(toml["kinds"][name], words, {2.0, 1.0, 0.6}, problems);
    }
    for (const auto& [name, groups] : toml["none"].entries())
        non_events.push_back({name, read_groups(groups, words, {3.0, 1.5, 0.8}, problems)});
    for (const auto& [name, list] : toml["hedges"].entries()) {
        std::string alternatives;
        for (const auto& text : list.texts())
            alternatives += (alternatives.empty() ? "" : "|") + text;
        hedges.push_back({name, words.class_of(alternatives)});
    }
    walls = words.class_of("@walls");
    not_after = words.class_of("@not_company_after");
    not_before = words.class_of("@not_company_before");
    places = words.class_of("@place|nation*|country*|world|industry|city|state|america|today|month|year|week");
    sourced = words.class_of("@sourced");
    stated = words.class_of("@stated");
    for (const auto& [code, name] : toml["filings"]["items"].entries())
        items[code] = kind_from(name.text("none")).value_or(kind::none);
    telling_items = toml["filings"]["telling"].texts();
    items_by_text = toml["filings"]["by_text"].texts();
    for (const auto& wire : toml["wires"]["publishers"].texts())
        wires.push_back(text::folded(wire));
}

} // namespace whynow::domain::triggers
