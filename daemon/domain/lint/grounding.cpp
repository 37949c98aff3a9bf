// Whether every name, number and date of a text stands in the facts.
#include "domain/lint/checker.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace whynow::domain::lint {
namespace {

constexpr std::size_t longest_short_form = 5; // letters of "SCADA"
constexpr double most_by_the_way = 100;       // "when three people call in sick", "if you are seventy"
constexpr std::size_t longest_hedge = 4;      // words: "a little more than"
constexpr std::size_t least_stem = 5;         // letters: "Taiwan" of "Taiwanese"

// "A hundred things", "a thousand thanks": who says two hundred has counted.
bool round_hundred(double value) { return value >= 100 && std::pow(10, std::round(std::log10(value))) == value; }

} // namespace

bool checker::noun_of_german(std::size_t at) const {
    constexpr std::size_t least_inflected = 4;
    constexpr std::array<std::string_view, 5> inflections{"s", "n", "en", "e", "es"};
    const std::string_view w = reading_.words()[at].folded;
    const auto ends = [&](const std::string& noun) {
        return w.ends_with(noun) || (noun.size() >= least_inflected && std::ranges::any_of(inflections, [&](auto i) {
                                         return w.ends_with(i) && w.substr(0, w.size() - i.size()).ends_with(noun);
                                     }));
    };
    return std::ranges::any_of(rules_.noun_ends, ends);
}

bool checker::stray_german_name(std::size_t at, span sentence) const {
    const auto& words = reading_.words();
    const auto& w = words[at];
    const bool compound = w.before == '-' || (at + 1 < words.size() && words[at + 1].before == '-');
    if (at > sentence.from && is("honorific", at - 1) && words[at - 1].capital) // "Mag. Huber", not "das mag sein"
        return !noun_of_german(at) || !is("person_noun", at);
    if (rules_.surely_names.contains(w.folded))
        return true;
    if (at + 1 < sentence.to && rules_.legal_forms.contains(words[at + 1].folded) && !noun_of_german(at))
        return true;
    if (w.shouted)
        return !compound;
    if (compound || at == sentence.from || noun_of_german(at))
        return false;
    if (w.opens_clause)
        return false;
    if (is("before_name", at - 1))
        return !facts_.mentions_compound(w.folded); // "laut Aushang" of "Kundenaushang"
    // two in a row of which none is a noun
    return words[at - 1].capital && at - 1 > sentence.from && !noun_of_german(at - 1) &&
           !facts_.has_word(words[at - 1].folded) && !lang_.common.contains(words[at - 1].folded) &&
           !rules_.never_names.contains(words[at - 1].folded);
}

bool checker::stray_name(std::size_t at, span sentence, bool titled) const {
    const auto& words = reading_.words();
    const auto& w = words[at];
    const auto& f = w.folded;
    if (!w.capital || w.number || f.size() < 2 || facts_.has_word(f) || rules_.never_names.contains(f) ||
        lang_.common.contains(f) || rules_.months.contains(f) || rules_.weekdays.contains(f) || is("customer", at) ||
        is("ordinary_capital", at) || is("honorific", at) || is("greeting", at) || rules_.harmless_numbers.contains(f))
        return false;
    if (f.size() > least_stem && facts_.mentions(f))
        return false; // "Taiwan" of "Taiwanese"
    if (introduces(at))
        return false; // where the caller comes from
    for (const auto* person : {"contact", "rep"})
        if (const auto named = own_.find(person); named != own_.end() && short_for(f, named->second.words))
            return false;
    if (reading_.casing() == capitals::shouted)
        return rules_.surely_names.contains(f);
    if (w.shouted && f.size() <= longest_short_form && !rules_.surely_names.contains(f))
        return false; // "TMS", "HR"
    const bool first = at == sentence.from;
    if (lang_.code == "de")
        return stray_german_name(at, sentence);
    if (!first)
        return w.before != ':' && w.before != '"';
    if (rules_.surely_names.contains(f))
        return true;
    // "Gerry, I saw …" and "Contoso's churn …"; not "Understood, Tom" in a subject, "Che, Nico", "Ribbon, cake: Renata, …"
    const bool called = !titled && sentence.from == 0 && at + 1 < sentence.to && words[at + 1].before == ',' &&
                        words[at + 1].opens_clause && !reading_.match().find_class("contact", {at + 1, words.size()});
    const bool is_something = at + 2 < sentence.to && (is("them", at + 2) || is("indefinite", at + 2) ||
                                                       words[at + 2].folded.ends_with("ing")); // "Winter's coming"
    const bool owns = at + 1 < sentence.to && words[at + 1].before == '\'' && words[at + 1].folded == "s" &&
                      f.size() >= 5 && !is_something;
    return (called && !is("opening_word", at)) || owns;
}

bool checker::harmless(const quantity& q) const {
    const auto& words = reading_.words();
    const bool figure = !q.strong || words[q.at.from].folded == "100"; // "not 100 % sure"
    if (q.at.to == q.at.from + 1 && figure && rules_.harmless_numbers.contains(words[q.at.from].folded))
        return true;
    if (q.strong || q.at.to >= words.size())
        return false;
    if (q.what != quantity::kind::number)
        return false;
    if (reading_.match().match_class("harmless_after", q.at.to, words.size()))
        return true;
    return q.in_words && reading_.match().match_class("harmless_after_word", q.at.to, words.size()).has_value();
}

// "A quieter July to your team": a wish tells nothing.
bool checker::wished(const quantity& q) const {
    return q.what == quantity::kind::month && q.year == 0 &&
           std::ranges::any_of(reading_.sentences(), [&](const sentence_act& a) {
               return a.words.from <= q.at.from && q.at.from < a.words.to &&
                      reading_.match().find_class("wish", a.words);
           });
}

bool checker::supposes(const sentence_act& a) const {
    for (auto at = a.words.from; at < a.words.to; ++at)
        if ((at == a.words.from || reading_.words()[at].opens_clause) &&
            (is("imagining", at) || (a.question && is("supposing", at))))
            return true;
    return false;
}

bool checker::speaks_to_them(span sentence) const {
    for (auto at = sentence.from; at < sentence.to; ++at)
        if (is_them(at))
            return true;
    return false;
}

bool checker::touches_them(span sentence) const {
    for (auto at = sentence.from; at < sentence.to; ++at)
        if (is_them(at) || (!is("rep", at) && !is("contact", at) && facts_.mentions(reading_.words()[at].folded)))
            return true;
    return false;
}

bool checker::told_of_caller(std::size_t at, span sentence) const {
    if (speaks_to_them(sentence))
        return false;
    for (; at > sentence.from; --at)
        if (is("speaker", at - 1))
            return true;
    return false;
}

bool checker::by_the_way(const quantity& q) const {
    const auto& words = reading_.words();
    const auto& m = reading_.match();
    const auto in = std::ranges::find_if(reading_.sentences(), [&](const sentence_act& a) {
        return a.words.from <= q.at.from && q.at.from < a.words.to;
    });
    if (in == reading_.sentences().end())
        return false;
    if (q.strong && !q.values.empty()) // "a thousand things"
        return q.in_words && q.at.to == q.at.from + 1 && q.values.front() == 1000;
    switch (q.what) {
    case quantity::kind::weekday:
        return !(q.at.from > in->words.from && is("past_day", q.at.from - 1)) &&
               !(q.at.to < in->words.to && is("past_day", q.at.to));
    case quantity::kind::month: // "a colder January" is no date
        if (q.year == 0 && q.at.from > in->words.from + 1 && is("indefinite", q.at.from - 2) &&
            (q.at.to == in->words.to || words[q.at.to].opens_clause))
            return true;
        return q.year == 0 && (in->question || supposes(*in) || m.find_class("guessing", in->words) ||
                               m.find_class("shared_deed", in->words));
    case quantity::kind::date: return q.year == 0 && supposes(*in);
    case quantity::kind::year: return supposes(*in);
    case quantity::kind::time: return !facts_.tells_times();
    case quantity::kind::number: break;
    default: return false;
    }
    const auto value = q.values.front();
    if (q.ratio || value != std::floor(value))
        return supposes(*in);
    const bool measured = q.unit > 0 && facts_.measures(q.unit);
    const bool counted = q.at.to < in->words.to &&
                         (facts_.mentions(words[q.at.to].folded) || facts_.mentions_compound(words[q.at.to].folded));
    const bool small = q.in_words && value <= most_by_the_way && !measured && !counted;
    if (q.in_words && value <= most_by_the_way && told_of_caller(q.at.from, in->words))
        return true;
    const bool hyperbole = q.in_words && q.at.to == q.at.from + 1 && round_hundred(value);
    if (supposes(*in) || (in->open && q.in_words) || !touches_them(in->words) ||
        (small && !speaks_to_them(in->words)) || hyperbole || (q.unit > 0 && !measured))
        return true;
    const bool alone =
        q.at.to == in->words.to || words[q.at.to].opens_clause || lang_.common.contains(words[q.at.to].folded);
    return q.in_words && q.as_hour && q.values.front() <= 12 && alone && !facts_.tells_times();
}

bool checker::roughly(const quantity& q) const {
    const auto& words = reading_.words();
    bool hedged = q.in_words && q.values.front() >= 1000;
    for (auto from = q.at.from; !hedged && from > 0 && !words[from].opens_clause && q.at.from - from < longest_hedge;)
        hedged = reading_.match().match_class("hedge", --from, q.at.from) == q.at.from;
    return hedged && facts_.has_about(q);
}

void checker::grounded_quantities(std::size_t ends_before, strictness how) {
    for (const auto& q : quantities_) {
        if (q.at.from >= ends_before || q.part || harmless(q) || facts_.has(q) ||
            (how == strictness::claims && by_the_way(q)))
            continue;
        const auto inside = [&](span s) {
            return reading_.match().match_class("fixed_phrase", s.from, reading_.words().size());
        };
        if (inside(q.at) || (q.at.from > 0 && inside({q.at.from - 1, q.at.to})) ||
            (q.at.from > 1 && inside({q.at.from - 2, q.at.to})) || wished(q))
            continue;
        if (roughly(q) || (is("points_between", q.at.to) && facts_.has_difference(q)))
            continue;
        // a number that is part of a name in the facts ("Plant 4", "3M") is read as a word there
        const bool plain = q.what == quantity::kind::number || q.what == quantity::kind::month;
        if (plain && !q.strong && facts_.words().contains(reading_.words()[q.at.from].folded))
            continue;
        return found("ungrounded", q.at);
    }
}

void checker::grounded_names(std::size_t ends_before, strictness how, bool titled) {
    for (const auto& a : reading_.sentences()) {
        if (how == strictness::claims && (supposes(a) || a.open))
            continue;
        for (auto at = a.words.from; at < a.words.to && at < ends_before; ++at)
            if (stray_name(at, a.words, titled)) {
                found("ungrounded", {at, at + 1});
                if (reading_.match().find_class("our_work_for", a.words))
                    found("name_drop", {at, at + 1});
                return;
            }
    }
}

void checker::grounding(std::size_t ends_before, strictness how, bool titled) {
    grounded_quantities(ends_before, how);
    grounded_names(ends_before, how, titled);
}

} // namespace whynow::domain::lint
