#include "domain/lint/checker.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>

namespace whynow::domain::lint {
namespace {

constexpr double known_of_quotation = 0.6; // of its words
constexpr std::size_t longest_denial = 3;  // words: "kein weiteres ..."
constexpr std::string_view quoted_fact = "\"";
constexpr std::size_t least_squeezed = 7; // letters of a customer's name that is still found when it is spaced out

std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : text::folded(text))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out += c;
    return out;
}

fact_index index_of(const std::vector<std::string_view>& facts, const language& lang, const rulebook& rules) {
    std::vector<text::words_and_sentences> told;
    for (const auto f : facts)
        if (!f.empty())
            told.push_back(text::read_words(f));
    const auto& of_facts = language_of(told, rules);
    fact_index out(rules);
    for (const auto& t : told)
        out.add(t.words, lang, of_facts);
    return out;
}

// What the customer said is quoted, not said: its "we" is not ours, and its words are judged by nobody. A quotation
// that the facts do not know stays as it is.
text::words_and_sentences without_quotations(text::words_and_sentences read, const fact_index& facts) {
    auto& words = read.words;
    for (std::size_t from = 0; from < words.size(); ++from) {
        if (!words[from].quoted)
            continue;
        auto to = from;
        while (to < words.size() && words[to].quoted)
            ++to;
        if (facts.has_most(words, {from, to}, known_of_quotation))
            for (auto i = from; i < to; ++i) {
                words[i].folded = quoted_fact;
                words[i].number = words[i].capital = words[i].shouted = words[i].opens_clause = false;
            }
        from = to;
    }
    return read;
}

} // namespace

checker::checker(std::string_view text, const rulebook& rules, const named_facts& named,
                 const std::vector<std::string_view>& facts, std::size_t base)
    : checker(text, {text::read_words(text)}, rules, named, facts, base) {}

checker::checker(std::string_view text, std::vector<text::words_and_sentences> read, const rulebook& rules,
                 const named_facts& named, const std::vector<std::string_view>& facts, std::size_t base)
    : rules_(rules), base_(base), lang_(language_of(read, rules)), own_(own_classes(named, facts, rules)),
      facts_(index_of(facts, lang_, rules)),
      reading_(text, without_quotations(std::move(read.front()), facts_), lang_, own_),
      quantities_(read_quantities(reading_.words(), rules_, lang_)) {
    find_disclaimers();
    find_introductions();
}

void checker::find_disclaimers() {
    const auto& words = reading_.words();
    for (const auto& a : reading_.sentences())
        for (auto rest = a.words; const auto at = reading_.match().find_class("disclaimer", rest);) {
            auto to = at->to;
            while (to < a.words.to && !words[to].opens_clause)
                ++to;
            auto from = at->from; // "einen Termin brauche ich nicht"
            while (from > a.words.from && !words[from].opens_clause && !is("joint", from - 1))
                --from;
            disclaimers_.push_back({from, to});
            rest.from = to;
        }
}

bool checker::disclaimed(span at) const {
    return std::ranges::any_of(
        disclaimers_, [&](span d) { return d.from < at.to && at.from < d.to && (d.from <= at.from || at.to <= d.to); });
}

bool checker::denied(span said) const {
    const auto at = said.from;
    if (reading_.match().match_class("denied_behind", said.to, reading_.words().size()))
        return true;
    for (auto from = at; from > 0 && at - from < longest_denial && !reading_.words()[from].opens_clause;)
        if (reading_.match().match_class("denying", --from, at) == at)
            return true;
    return false;
}

bool checker::aside(std::size_t at) const {
    for (auto from = at; from > 0 && at - from < longest_denial;)
        if (const auto end = reading_.match().match_class("aside_of_us", --from, reading_.words().size()); end > at)
            return true;
    return false;
}

bool checker::signs(span at) const {
    for (auto i = at.from; i < at.to; ++i)
        if (!reading_.words()[i].capital || !(is("company", i) || is("rep", i) || is("contact", i)))
            return false;
    return true;
}

std::optional<span> checker::said(const sequence& p, span in) const {
    for (auto at = reading_.match().find(p, in); at; at = reading_.match().find(p, in)) {
        if (!disclaimed(*at) && !signs(*at) && !denied(*at) && !aside(at->from))
            return at;
        in.from = at->from + 1;
    }
    return {};
}

bool checker::share_told(span at) const {
    const auto& words = reading_.words();
    const auto share = lang_.shares.find(words[at.from].folded);
    if (at.to != at.from + 1 || share == lang_.shares.end())
        return false;
    const auto times =
        at.from > 0 ? lang_.numbers.find(words[at.from - 1].folded) : lang_.numbers.end(); // "two thirds"
    return facts_.has_share(share->second * (times == lang_.numbers.end() ? 1 : times->second));
}

bool checker::quotes_facts(std::size_t at) const { return reading_.words()[at].folded == quoted_fact; }

void checker::found_at(std::string_view rule, std::size_t from, std::size_t to) {
    if (has(rule))
        return;
    const auto why = rules_.why.find(rule);
    findings_.push_back({std::string(rule), why == rules_.why.end() ? std::string{} : why->second, from, to});
}

void checker::found(std::string_view rule, span words) {
    const auto [from, to] = reading_.bytes(words);
    found_at(rule, base_ + from, base_ + to);
}

bool checker::has(std::string_view rule) const {
    return std::ranges::any_of(findings_, [&](const finding& f) { return f.rule == rule; });
}

bool checker::found_inside(span words) const {
    const auto [from, to] = reading_.bytes(words);
    return std::ranges::any_of(findings_,
                               [&](const finding& f) { return f.from >= base_ + from && f.from < base_ + to; });
}

std::vector<finding> checker::take() {
    std::ranges::sort(findings_, {}, [](const finding& f) { return std::pair(f.from, std::string_view(f.rule)); });
    return std::move(findings_);
}

bool checker::sentence_fits(const search& s, const sentence_act& a) const {
    switch (s.when) {
    case act::any: return true;
    case act::question: return a.question;
    case act::closed: return a.question && !a.open;
    case act::open: return a.open;
    case act::request: return a.request;
    case act::statement: return !a.question;
    case act::not_open: return !a.open;
    case act::asking: return a.question || a.request || reading_.match().find_class("tentative", a.words);
    case act::ours: return !a.open || reading_.match().find_class("caller", a.words);
    }
    return false;
}

void checker::searches(bool mail, const std::function<bool(const search&, const sentence_act&)>& excused) {
    const auto& m = reading_.match();
    const auto any_of = [&](const std::vector<sequence>& list, span in) {
        return std::ranges::any_of(list, [&](const auto& p) { return m.find(p, in).has_value(); });
    };
    const auto first_of = [&](const std::vector<const sequence*>& list, span in, bool unless_told) {
        for (const auto* p : list)
            if (const auto at = said(*p, in);
                at && !(unless_told && (facts_.says(reading_.words(), *at) || share_told(*at))))
                return at;
        return std::optional<span>{};
    };
    std::vector<const sequence*> possible;
    for (const auto& s : lang_.searches) {
        if (!(mail ? s.in_mails : s.in_openers) || has(s.rule))
            continue;
        possible.clear();
        for (const auto& p : s.any)
            if (m.may_match(p, reading_.all()))
                possible.push_back(&p);
        if (possible.empty())
            continue;
        for (const auto& a : reading_.sentences()) {
            if (!sentence_fits(s, a) || (excused && excused(s, a)))
                continue;
            const auto at = first_of(possible, a.words, s.excused_by_facts);
            if (!at || any_of(s.unless, a.words))
                continue;
            if (!std::ranges::all_of(s.also, [&](const auto& list) { return any_of(list, a.words); }))
                continue;
            found(mail && s.rule == "jargon" ? "product_pitch" : s.rule, *at); // mails know no rule for it
            break;
        }
    }
}

bool checker::only_a_word(std::size_t at) const {
    const auto& words = reading_.words();
    if (reading_.casing() != capitals::tell || (words[at].capital && lang_.code != "de"))
        return false;
    return !words[at].capital || (at > 0 && is("determiner", at - 1));
}

void checker::customers() {
    const auto part = own_.find("customer_part");
    const auto& words = reading_.words();
    for (auto rest = reading_.all(); const auto at = reading_.match().find_class("customer", rest);) {
        const bool is_part =
            at->to == at->from + 1 && part != own_.end() && part->second.words.contains(words[at->from].folded);
        if (!is_part || !only_a_word(at->from))
            return found("name_drop", *at);
        rest.from = at->to;
    }
    const auto text = squeezed(reading_.text());
    const auto customer = own_.find("customer");
    if (customer == own_.end())
        return;
    for (const auto& w : customer->second.words)
        if (w.size() >= least_squeezed && !(part != own_.end() && part->second.words.contains(w)) &&
            text.find(squeezed(w)) != std::string::npos) {
            found("name_drop", reading_.all());
            return;
        }
}

std::optional<span> checker::claims(std::string_view word_class) const {
    for (auto in = reading_.all(); const auto at = reading_.match().find_class(word_class, in); in.from = at->from + 1)
        if (!disclaimed(*at) && !denied(*at) && !facts_.says(reading_.words(), *at))
            return at;
    return {};
}

void checker::product(const std::function<bool(const sentence_act&)>& excused) {
    const auto& m = reading_.match();
    const auto& words = reading_.words();
    for (std::size_t at = 0; at < words.size(); ++at) {
        auto end = m.match_class("product", at, words.size());
        if (!end && words[at].capital && !words[at].opens_clause && at > 0 && is("product_part", at) &&
            !facts_.has_word(words[at].folded) && !(lang_.code == "de" && facts_.mentions(words[at].folded)))
            end = at + 1; // in German every noun has a capital: "Dienstplan" is a word where the news has one
        if (!end)
            continue;
        if (*end == at + 1 && !words[at].capital && at > 0 && is("determiner", at - 1) && only_a_word(at))
            continue;
        const bool is_the_company = m.match_class("company", at, words.size()).has_value();
        const bool signs = at > 0 && (is("of_company", at - 1) || is("rep", at - 1));
        const bool line_alone = std::ranges::any_of(reading_.sentences(), [&](const sentence_act& a) {
            return a.words.from <= at && at < a.words.to && a.words.to - a.words.from <= 4 && a.words.from > 0;
        });
        const bool told = excused && std::ranges::any_of(reading_.sentences(), [&](const sentence_act& a) {
                              return a.words.from <= at && at < a.words.to && excused(a);
                          });
        if (told || (is_the_company && (signs || line_alone)))
            continue;
        return found("product_pitch", {at, *end});
    }
}

bool checker::is_them(std::size_t at) const {
    const auto& w = reading_.words()[at];
    if (is("account", at))
        return true;
    if (!is("them", at))
        return false;
    // "Sie" and "Ihr" speak to somebody, "sie" and "ihr" about somebody
    return lang_.code != "de" || w.capital || reading_.casing() == capitals::missing || !is("polite_only_capital", at);
}

bool checker::is_self(std::size_t at) const {
    const auto& words = reading_.words();
    if (at + 1 < words.size() && words[at + 1].before == '-' && words[at + 1].number)
        return false; // "I-94"
    if (lang_.code == "es" && at + 1 < words.size() && words[at + 1].folded.starts_with("usted"))
        return false; // "llevó usted", not "llevo"
    if (at > 0 && is("indefinite", at - 1))
        return false; // "vor einem Drehkreuz" is no company
    return (is("self", at) && !is("not_self", at)) || is("company", at) || is("product", at);
}

bool checker::company_acts(std::size_t at, span s) const {
    const auto& words = reading_.words();
    const auto end = reading_.match().match_class("company", at, s.to);
    if (!end || *end >= s.to || words[*end].opens_clause || words[*end].before != ' ' ||
        lang_.common.contains(words[*end].folded))
        return false;
    return at == s.from ||
           !(is("indefinite", at - 1) || is("of_company", at - 1) || is("rep", at - 1) || is("company", at - 1));
}

} // namespace whynow::domain::lint
