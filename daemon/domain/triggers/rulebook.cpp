#include "domain/triggers/rulebook.hpp"

#include "domain/text/utf8.hpp"

namespace whynow::domain::triggers {
namespace {

// Frames are short for patterns: what a company does, what is done to it, what tells of it on either side.
std::vector<std::string> spelled_out(const rules::node& from) {
    auto out = from["says"].texts();
    for (const auto& text : from["does"].texts())
        out.push_back("<co> ..6 " + text);
    for (const auto& text : from["suffers"].texts())
        out.push_back(text + " ..4 <co>");
    for (const auto& text : from["tells"].texts()) {
        out.push_back("<co> ..7 " + text);
        out.push_back(text + " ..5 <co>");
    }
    return out;
}

std::vector<word_row> read_rows(const rules::node& from, lexicon& words, std::vector<std::string>& problems) {
    std::vector<word_row> out;
    for (auto& p : words.read(from["beside"].texts(), problems))
        out.push_back({std::move(p.source), std::move(p.needed)});
    return out;
}

std::vector<weighed> read_groups(const rules::node& from, lexicon& words, const std::array<double, 5>& weights,
                                 std::vector<std::string>& problems) {
    static constexpr std::array<std::string_view, 5> names{"called_off", "sure", "likely", "maybe", "despite_hedge"};
    std::vector<weighed> out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        weighed group;
        group.weight = weights[i];
        group.called_off = names[i] == "called_off";
        group.despite_hedge = names[i] == "despite_hedge";
        group.patterns = words.read(spelled_out(from[names[i]]), problems);
        group.beside = read_rows(from[names[i]], words, problems);
        if (!group.patterns.empty() || !group.beside.empty())
            out.push_back(std::move(group));
    }
    return out;
}

} // namespace

rulebook::rulebook(const rules::node& toml)
    : kinds(read_kinds(toml)), stories(signals::read_story_rules(toml)),
      words(toml["lists"], toml["verbs"]["irregular"]) {
    for (std::size_t i = 1; i < kind_count; ++i) {
        const auto name = to_string(static_cast<kind>(i));
        clauses[i] = read_groups(toml["kinds"][name], words, {2.2, 2.0, 1.0, 0.6, 2.0}, problems);
    }
    for (const auto& [name, groups] : toml["none"].entries())
        non_events.push_back({name, read_groups(groups, words, {3.0, 3.0, 1.5, 0.8, 3.0}, problems)});
    for (const auto& [name, list] : toml["hedges"].entries()) {
        std::string alternatives;
        for (const auto& text : list.texts())
            alternatives += (alternatives.empty() ? "" : "|") + text;
        hedges.push_back({name, words.class_of(alternatives)});
    }
    dates = date_words(toml["event_date"], words);
    words.set_phrases(words.class_of("@set_phrases"));
    walls = words.class_of("@walls");
    after_as = words.class_of("@after_as");
    light = words.class_of("@light");
    itself = words.class_of("@itself");
    some_company = words.class_of("@some_company");
    aside_openers = words.class_of("@aside_openers");
    before_month = words.class_of("@before_month");
    after_month = words.class_of("@after_month");
    not_after = words.class_of("@not_company_after");
    lent_names = words.class_of("@lent_names");
    not_before = words.class_of("@not_company_before");
    places = words.class_of("@place|nation*|country*|world|industry|city|state|america|today|month|year|week");
    sourced = words.class_of("@sourced");
    speaks = words.class_of("@speaks");
    tells_itself = words.class_of("@tells_itself");
    stated = words.class_of("@stated");
    for (const auto& [code, name] : toml["filings"]["items"].entries())
        items[code] = kind_from(name.text("none")).value_or(kind::none);
    telling_items = toml["filings"]["telling"].texts();
    items_by_text = toml["filings"]["by_text"].texts();
    for (const auto& wire : toml["wires"]["publishers"].texts())
        wires.push_back(text::folded(wire));
    series_marks = toml["wires"]["series_marks"].texts();
}

} // namespace whynow::domain::triggers
