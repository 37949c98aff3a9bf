#include "domain/lint/own_words.hpp"

#include "domain/lint/facts.hpp"
#include "domain/lint/reading.hpp"

#include <algorithm>
#include <iterator>

namespace whynow::domain::lint {
namespace {

bool ordinary(const rulebook& rules, std::string_view word) {
    if (rules.never_names.contains(std::string(word)) || rules.legal_forms.contains(std::string(word)))
        return true;
    return std::ranges::any_of(rules.languages, [&](const language& l) {
        const auto generic = l.classes.find("generic");
        return l.common.contains(std::string(word)) ||
               (generic != l.classes.end() && generic->second.words.contains(std::string(word)));
    });
}

// The whole name, the name without its legal form, and each word of it that is no ordinary word.
void add_company(word_class& out, std::string_view name, const rulebook& rules, std::size_t least = 3) {
    add_name(out, name);
    sequence kept;
    for (const auto& w : text::read_words(name).words) {
        if (rules.legal_forms.contains(w.folded))
            continue;
        element e;
        e.text = w.folded;
        kept.elements.push_back(e);
        if (w.folded.size() >= least && !ordinary(rules, w.folded))
            out.words.insert(w.folded);
    }
    if (kept.elements.size() > 1)
        out.add(std::move(kept));
    else if (kept.elements.size() == 1 && kept.elements[0].text.size() >= 2)
        out.words.insert(kept.elements[0].text);
}

void add_person(word_class& out, std::string_view name) {
    for (const auto& w : text::read_words(name).words)
        if (w.folded.size() >= 2) {
            out.words.insert(w.folded);
            out.words.insert(without_umlauts(w.folded));
        }
}

// The words of every fact but those that only say who we are.
std::unordered_set<std::string> words_told(const std::vector<std::string_view>& facts, const representative& rep) {
    std::unordered_set<std::string> out;
    for (const auto f : facts)
        if (f != rep.company && f != rep.name)
            for (const auto& w : text::read_words(f).words)
                out.insert(w.folded);
    return out;
}

} // namespace

vocabulary own_classes(const named_facts& n, const std::vector<std::string_view>& facts, const rulebook& rules) {
    vocabulary own;
    add_company(own["account"], n.account, rules);
    add_person(own["contact"], n.contact);
    add_person(own["rep"], n.rep->name);
    add_company(own["company"], n.rep->company, rules);
    for (const auto& c : *n.our_customers) {
        word_class names;
        add_company(names, c, rules, 4);
        // "Zapatos" of "Zapatos Neila", which counts where it is written like a name; see customers().
        if (!names.patterns.empty())
            own["customer_part"].words.insert(names.words.begin(), names.words.end());
        own["customer"].words.merge(names.words);
        std::ranges::move(names.patterns, std::back_inserter(own["customer"].patterns));
    }
    for (const auto& [name, c] : {std::pair{"account", &own["account"]}, std::pair{"contact", &own["contact"]}})
        for (const auto& w : c->words)
            own["customer"].words.erase(w);
    // "Care" of "Willowbank Care" names nobody where we are "Pellow Care", or where the facts speak of it; nor does
    // "Ward" of "Lumen Ward" name us.
    const auto told = words_told(facts, *n.rep);
    const auto parts = own["customer_part"].words;
    for (const auto& w : parts)
        if (told.contains(w) || own["company"].words.contains(w))
            own["customer"].words.erase(w);
    if (!own["company"].patterns.empty())
        std::erase_if(own["company"].words,
                      [&](const std::string& w) { return told.contains(w) || parts.contains(w); });
    // A part of a longer product name counts where it is written like a name; see product().
    add_name(own["product"], n.our_product);
    for (const auto& w : text::read_words(n.our_product).words)
        if (w.capital && w.folded.size() >= 3 && !ordinary(rules, w.folded))
            own["product_part"].words.insert(w.folded);
    for (const auto c : {"account", "company"})
        for (const auto& w : own[c].words)
            if (own.contains("product_part"))
                own["product_part"].words.erase(w);
    return own;
}

} // namespace whynow::domain::lint
