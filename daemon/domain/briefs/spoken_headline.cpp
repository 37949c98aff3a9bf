#include "domain/briefs/spoken_headline.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>

namespace whynow::domain::briefs {
namespace {

constexpr std::size_t longest_subject = 7; // words of "your VP of customer success" before the verb
constexpr std::size_t join_reaches = 5;    // words between "as" and its verb

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        if (end > at)
            out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

bool has(const std::vector<std::string>& list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

// Folded, without the full stop of "Inc." and the comma before it.
std::string bare(std::string_view word) {
    auto f = text::folded(word);
    std::erase_if(f, [](char c) { return c == '.' || c == ','; });
    return f;
}

bool one_plain_sentence(std::string_view headline) {
    const auto f = text::folded(headline);
    return f.find_first_of("\":;?!|") == std::string::npos && f.find(" - ") == std::string::npos &&
           f.find("...") == std::string::npos;
}

} // namespace

spoken_headlines::spoken_headlines(const rules::node& rules) {
    for (const auto& [language, table] : rules.entries()) {
        grammar g;
        for (const auto& [verb, past] : table["verbs"].entries())
            g.past.emplace(verb, past.text());
        for (const auto& verb : table["never_nouns"].texts())
            if (const auto known = g.past.find(verb); known != g.past.end())
                g.never_noun.insert(*known);
        g.joins = table["joins"].texts();
        g.breaks = table["breaks"].texts();
        g.suffixes = table["suffixes"].texts();
        g.ordinals = table["ordinals"].texts();
        g.determiners = table["determiners"].texts();
        g.uncounted = table["uncounted"].texts();
        g.ends_noun = table["ends_noun"].texts();
        g.counted = table["counted"].texts();
        g.leads_to_one = table["leads_to_one"].texts();
        g.article = table["article"].text();
        g.before_vowel = table["article_before_vowel"].text();
        g.vowels_unheard = table["vowels_unheard"].texts();
        g.your = table["your"].text();
        g.will = table["will"].text();
        g.infinitive = table["infinitive"].text();
        languages_.emplace(language, std::move(g));
    }
}

// Before an ordinal that begins a noun phrase in the singular.
bool spoken_headlines::grammar::lacks_article(const std::vector<std::string_view>& words, std::size_t at) const {
    if (!has(ordinals, words[at]) || at + 1 == words.size() || has(determiners, words[at - 1]) ||
        words[at - 1].ends_with("'s") || has(uncounted, words[at + 1]))
        return false;
    auto end = at + 1;
    while (end < words.size() && !has(breaks, words[end]) && !has(ends_noun, words[end]) &&
           !words[end - 1].ends_with(','))
        ++end;
    const auto head = bare(words[end - 1]);
    const bool plural = head.ends_with('s') && !head.ends_with("ss") && !head.ends_with("us") && !head.ends_with("is");
    return end > at + 1 && !plural;
}

// Before what is done, or led to it: "opens | distribution center in Reno", "after | data breach".
bool spoken_headlines::grammar::lacks_article_of_one(const std::vector<std::string_view>& words, std::size_t at) const {
    if (words[at].front() < 'a' || words[at].front() > 'z' || has(determiners, words[at]) || has(ordinals, words[at]))
        return false;
    for (auto end = at; end < words.size() && !has(breaks, words[end]) && !has(ends_noun, words[end]); ++end) {
        const bool last = end + 1 == words.size() || words[end].ends_with(',') || has(breaks, words[end + 1]) ||
                          has(ends_noun, words[end + 1]) || words[end + 1].ends_with("ing");
        if (last)
            return has(counted, bare(words[end]));
        if (has(determiners, words[end]) || words[end].find_first_of("0123456789$") != std::string_view::npos)
            return false;
    }
    return false;
}

std::string_view spoken_headlines::grammar::article_of(std::string_view word) const {
    const bool vowel = word.find_first_of("aeiou") == 0 &&
                       std::ranges::none_of(vowels_unheard, [&](const auto& x) { return word.starts_with(x); });
    return vowel ? before_vowel : article;
}

std::optional<std::string> spoken_headlines::clause(std::string_view headline, std::string_view account,
                                                    std::string_view language) const {
    const auto known = languages_.find(language);
    if (known == languages_.end() || !one_plain_sentence(headline))
        return std::nullopt;
    const auto& g = known->second;
    auto name = split(account);
    while (name.size() > 1 && has(g.suffixes, bare(name.back())))
        name.pop_back();
    const auto words = split(headline);
    if (name.empty() || words.size() < name.size() + 2)
        return std::nullopt;

    // The account's name, perhaps with its legal form, perhaps as a possessive.
    std::size_t at = 0;
    bool possessive = false;
    for (const auto part : name) {
        auto said = text::folded(words[at]);
        if (at + 1 == name.size() && (said.ends_with("'s") || said.ends_with("s'"))) {
            said.resize(said.size() - (said.ends_with("'s") ? 2 : 1));
            possessive = true;
        }
        if (bare(said) != bare(part) || words[at].ends_with(','))
            return std::nullopt;
        ++at;
    }
    if (!possessive && at < words.size() && has(g.suffixes, bare(words[at])))
        ++at;

    std::string out;
    const auto say = [&](std::string_view word) {
        if (!out.empty())
            out += ' ';
        out += word;
    };
    const auto begin = at;
    while (at < words.size() && at - begin <= longest_subject && !g.past.contains(words[at]) &&
           words[at] != g.infinitive && !has(g.breaks, words[at]) && !words[at].ends_with(','))
        ++at;
    if (at + 1 >= words.size())
        return std::nullopt;
    const auto verb = g.past.find(words[at]);
    if (verb == g.past.end() && words[at] != g.infinitive)
        return std::nullopt;
    if (at == begin) {
        if (possessive)
            return std::nullopt;
        for (const auto part : name)
            say(part);
    } else {
        say(g.your);
        for (auto i = begin; i < at; ++i)
            say(words[i]);
    }
    say(verb == g.past.end() ? std::string_view(g.will) : std::string_view(verb->second));
    ++at;
    std::size_t joined_for = 0;
    auto object = verb == g.past.end() ? at + 1 : at; // where what is done may begin
    for (; at < words.size(); ++at) {
        if (g.lacks_article(words, at) || (at == object && g.lacks_article_of_one(words, at)))
            say(g.article_of(words[at]));
        if (words[at] == g.infinitive)
            object = at + 2;
        else if (has(g.leads_to_one, words[at]))
            object = at + 1;
        joined_for = has(g.joins, words[at]) ? join_reaches + 1 : joined_for > 0 ? joined_for - 1 : 0;
        const auto other = g.never_noun.find(words[at]);
        if (joined_for > 0 && other != g.never_noun.end()) {
            say(other->second);
            joined_for = 0;
            object = at + 1;
        } else {
            say(words[at]);
        }
    }
    return out;
}

} // namespace whynow::domain::briefs
