#include "domain/triggers/name_guards.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>

namespace whynow::domain::triggers {
namespace {

std::uint64_t combined(std::uint64_t h, std::uint64_t next) { return (h ^ next) * 0x9e3779b97f4a7c15ULL + 1; }

std::vector<std::string> folded_words(std::string_view text) {
    std::vector<word> words;
    read_words(text, words);
    std::vector<std::string> out;
    for (const auto& w : words)
        out.push_back(folded_word(text, w));
    return out;
}

std::unordered_set<std::uint64_t> hashes_of(const rules::node& list) {
    std::unordered_set<std::uint64_t> out;
    for (const auto& text : list.texts())
        out.insert(word_hash(text::folded(text)));
    return out;
}

std::unordered_set<std::string> phrases_of(const rules::node& list) {
    std::unordered_set<std::string> out;
    for (const auto& text : list.texts())
        out.insert(text::folded(text));
    return out;
}

bool sentence_starts(const name_place& p) {
    if (p.at == 0)
        return true;
    return std::string_view(".!?:;|\"").find(p.words[p.at].before) != std::string_view::npos;
}

} // namespace

bool headline_capitals(const std::vector<word>& words) {
    std::size_t longer = 0;
    std::size_t capital = 0;
    for (std::size_t i = 1; i < words.size() && i < 40; ++i) {
        if (words[i].to - words[i].from < 4)
            continue;
        ++longer;
        if (words[i].capital)
            ++capital;
    }
    return longer > 0 && capital * 10 >= longer * 7;
}

name_guards::name_guards(const rules::node& names_toml) {
    for (const auto& form : names_toml["legal_suffixes"].texts()) {
        std::uint64_t key = 0;
        const auto words = folded_words(form);
        for (const auto& w : words)
            key = combined(key, word_hash(w));
        suffix_keys_.insert(key);
        longest_suffix_ = std::max(longest_suffix_, words.size());
    }
    exchanges_ = hashes_of(names_toml["exchanges"]);
    company_after_ = hashes_of(names_toml["company_after"]);
    company_before_ = hashes_of(names_toml["company_before"]);
    other_after_ = hashes_of(names_toml["other_after"]);
    other_before_ = hashes_of(names_toml["other_before"]);
    with_capital_ = phrases_of(names_toml["ordinary_with_capital"]);
    ordinary_ = phrases_of(names_toml["ordinary"]);
    for (const auto& [name, rules] : names_toml["guards"].entries())
        guards_[word_hash(name)] = guard{hashes_of(rules["not_before"]), hashes_of(rules["not_after"])};
}

std::size_t name_guards::legal_form_at(const std::vector<word>& words, std::size_t at) const {
    std::uint64_t key = 0;
    std::size_t best = 0;
    for (std::size_t n = 0; n < longest_suffix_ && at + n < words.size(); ++n) {
        const auto& w = words[at + n];
        if (at + n > 0 && words[at + n - 1].possessive)
            break;
        if (std::string_view(" ,.").find(w.before) == std::string_view::npos && n == 0)
            break;
        // "as", "co", "company", "group" in small letters are words of the sentence
        if (!w.capital && w.before != '.' && w.hash != word_hash("and"))
            break;
        key = combined(key, w.hash);
        if (suffix_keys_.contains(key))
            best = n + 1;
    }
    return best;
}

std::vector<std::string> name_guards::without_legal_form(const std::vector<std::string>& folded) const {
    auto out = folded;
    for (bool cut = true; cut && out.size() > 1;) {
        cut = false;
        for (std::size_t n = std::min(longest_suffix_, out.size() - 1); n > 0 && !cut; --n) {
            std::uint64_t key = 0;
            for (auto i = out.size() - n; i < out.size(); ++i)
                key = combined(key, word_hash(out[i]));
            if (!suffix_keys_.contains(key))
                continue;
            out.resize(out.size() - n);
            cut = true;
        }
    }
    return out;
}

std::vector<std::string> name_guards::bare_name(std::string_view name) const {
    return without_legal_form(folded_words(name));
}

caution name_guards::care_for(const std::vector<std::string>& folded) const {
    std::string phrase;
    for (const auto& w : folded) {
        if (!phrase.empty())
            phrase += ' ';
        phrase += w;
    }
    if (ordinary_.contains(phrase))
        return caution::ordinary;
    if (with_capital_.contains(phrase))
        return caution::with_capital;
    return caution::none;
}

bool name_guards::something_else(const name_place& p) const {
    if (p.suffix > 0)
        return false;
    const auto next = p.at + p.length;
    const auto& last = p.words[next - 1];
    if (next < p.words.size() && (!last.possessive || p.own_possessive)) {
        const auto& w = p.words[next];
        if (w.capital && w.before == ' ' && p.length == 1 && other_after_.contains(w.hash) &&
            (!p.title_case || next + 1 >= p.words.size() || !company_after_.contains(w.hash)))
            return true;
    }
    if (p.at > 0 && p.length == 1) {
        const auto& w = p.words[p.at - 1];
        if (w.capital && (p.words[p.at].before == ' ' || p.words[p.at].before == '.') && other_before_.contains(w.hash))
            return true;
    }
    return false;
}

bool name_guards::guarded_against(const name_place& p) const {
    if (p.length != 1)
        return false;
    const auto found = guards_.find(p.words[p.at].hash);
    if (found == guards_.end())
        return false;
    const auto next = p.at + 1;
    if (next < p.words.size() && !p.words[p.at].possessive && p.words[next].before != ',' &&
        p.words[next].before != '.' && found->second.not_before.contains(p.words[next].hash))
        return true;
    return p.at > 0 && (p.words[p.at].before == ' ' || p.words[p.at].before == '-') && !p.words[p.at - 1].possessive &&
           found->second.not_after.contains(p.words[p.at - 1].hash);
}

bool name_guards::speaks_of_company(const name_place& p, caution care) const {
    const auto next = p.at + p.length;
    const auto& first = p.words[p.at];
    const auto& last = p.words[next - 1];
    int score = 0;
    if (last.possessive && !p.own_possessive)
        score += 1;
    const bool next_joined = next < p.words.size() && p.words[next].before == ' ';
    if (next_joined && company_after_.contains(p.words[next].hash))
        score += 1;
    if (next + 1 < p.words.size() && next_joined && p.words[next + 1].before == ' ' &&
        p.words[next + 1].hash != word_hash("to") && p.words[next + 1].hash != word_hash("is") &&
        p.words[next + 1].hash != word_hash("and") && !p.words[next].capital == !p.title_case &&
        company_after_.contains(p.words[next + 1].hash))
        score += 1;
    if (p.at > 0 && first.before == ' ' && company_before_.contains(p.words[p.at - 1].hash))
        score += 1;
    if (!p.title_case && !sentence_starts(p)) {
        const bool neighbour = (next_joined && p.words[next].capital && !last.possessive &&
                                !company_after_.contains(p.words[next].hash)) ||
                               (first.before == ' ' && p.words[p.at - 1].capital && !p.words[p.at - 1].possessive &&
                                p.at > 1 && !company_before_.contains(p.words[p.at - 1].hash));
        score += neighbour && care == caution::ordinary ? -1 : 1;
    }
    return score >= 1;
}

bool name_guards::means_company(const name_place& p, caution care) const {
    if (something_else(p))
        return false;
    if (care == caution::none)
        return true;
    const auto& first = p.words[p.at];
    const auto next = p.at + p.length;
    if (care == caution::capitals)
        return first.capitals;
    if (p.suffix > 0)
        return true;
    if (next < p.words.size() && p.words[next].before == '(' &&
        (p.words[next].capitals || exchange(p.words[next].hash)))
        return true;
    if (!first.capital)
        return false;
    // "Next-generation", "Target-date": part of another word
    if (next < p.words.size() && p.words[next].before == '-' && p.words[next].glued) {
        const auto& w = p.words[next];
        if (!w.capital || care == caution::ordinary)
            return false;
    }
    if (first.before == '-' && first.glued)
        return false;
    if (guarded_against(p))
        return false;
    if (care == caution::with_capital)
        return true;
    return speaks_of_company(p, care);
}

} // namespace whynow::domain::triggers
