#include "domain/triggers/lexicon.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <charconv>

namespace whynow::domain::triggers {
namespace {

std::vector<std::string> parts(std::string_view text, std::string_view separators) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(separators), text.size());
        if (end > 0)
            out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

bool vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

bool capital(char c) { return c >= 'A' && c <= 'Z'; }
// "US", "IT": words that count only where they are written so.
bool in_capitals(const std::string& word) { return word.size() > 1 && std::all_of(word.begin(), word.end(), capital); }
std::string to_capitals(std::string word) {
    for (char& c : word)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    return word;
}

bool fits(const std::string& wanted, const token& t) {
    if (wanted.ends_with('*'))
        return t.folded.starts_with(std::string_view(wanted).substr(0, wanted.size() - 1));
    if (in_capitals(wanted))
        return t.capitals && to_capitals(t.folded) == wanted;
    return wanted == t.folded;
}

} // namespace

std::vector<std::string> verb_forms(std::string_view verb) {
    const std::string v(verb);
    if (v.size() < 2)
        return {v};
    const char last = v.back();
    const char before = v[v.size() - 2];
    if (last == 'e')
        return {v, v + "s", v + "d", v.substr(0, v.size() - 1) + "ing"};
    if (last == 'y' && !vowel(before)) {
        const auto stem = v.substr(0, v.size() - 1);
        return {v, stem + "ies", stem + "ied", v + "ing"};
    }
    const bool hiss = last == 's' || last == 'x' || last == 'z' || v.ends_with("ch") || v.ends_with("sh");
    std::vector<std::string> out{v, v + (hiss ? "es" : "s"), v + "ed", v + "ing"};
    const bool doubles = v.size() >= 3 && !vowel(last) && vowel(before) && !vowel(v[v.size() - 3]) && last != 'w' &&
                         last != 'x' && last != 'y';
    if (doubles) {
        out.push_back(v + last + "ed");
        out.push_back(v + last + "ing");
    }
    return out;
}

lexicon::lexicon(const rules::node& lists, const rules::node& irregular) {
    for (const auto& [name, list] : lists.entries())
        lists_[name] = list.texts();
    for (const auto& row : irregular.texts()) {
        const auto forms = parts(row, " ");
        if (!forms.empty())
            irregular_[forms.front()] = forms;
    }
}

std::vector<std::string> lexicon::forms_of(const std::string& verb) const {
    const auto found = irregular_.find(verb);
    return found == irregular_.end() ? verb_forms(verb) : found->second;
}

std::uint16_t lexicon::class_of(const std::string& alternatives) {
    const auto [place, fresh] = classes_.emplace(alternatives, static_cast<std::uint16_t>(classes_.size()));
    if (fresh)
        add_alternatives(place->second, alternatives, 0);
    return place->second;
}

void lexicon::add_alternatives(std::uint16_t word_class, std::string_view alternatives, int depth) {
    for (const auto& one : parts(alternatives, "|")) {
        if (one.starts_with('<'))
            continue;
        if (one.starts_with('@')) {
            const auto found = lists_.find(one.substr(1));
            if (found == lists_.end() || depth > 4)
                continue;
            for (const auto& item : found->second)
                add_alternatives(word_class, item, depth + 1);
        } else {
            add_phrase(word_class, one);
        }
    }
}

void lexicon::add_phrase(std::uint16_t word_class, std::string_view text) {
    auto words = parts(text, "_ -");
    if (words.empty())
        return;
    for (auto& w : words)
        if (!in_capitals(w))
            w = text::folded(w);
    std::vector<std::string> firsts{words[0]};
    if (words[0].ends_with('~'))
        firsts = forms_of(words[0].substr(0, words[0].size() - 1));
    const std::vector<std::string> rest(words.begin() + 1, words.end());
    for (const auto& first : firsts) {
        if (first.starts_with('*'))
            by_ending_[first.substr(1)].push_back({word_class, rest});
        else if (first.ends_with('*'))
            by_beginning_[first.substr(0, first.size() - 1)].push_back({word_class, rest});
        else
            by_word_[first].push_back({word_class, rest});
    }
}

bool lexicon::read_element(std::string_view text, pattern& out) {
    element e;
    if (text == "<co>") {
        e.is = element::what::company;
        out.needs_company = true;
    } else if (text == "<n>" || text == "<n>?") {
        e.is = element::what::number;
    } else if (text == "<money>" || text == "<money>?") {
        e.is = element::what::money;
    } else if (text == "<pct>" || text == "<pct>?") {
        e.is = element::what::percent;
    } else if (text == "<slice>") {
        e.is = element::what::slice;
    } else if (text == "<cap>" || text == "<cap>?") {
        e.is = element::what::capital;
    } else if (text == ":") {
        e.is = element::what::colon;
    } else if (text == ",") {
        e.is = element::what::comma;
    } else if (text == "^") {
        e.is = element::what::start;
    } else if (text == "$") {
        e.is = element::what::end;
    } else if (text.starts_with("..")) {
        e.is = element::what::gap;
        int most = 3;
        const auto digits = text.substr(2);
        if (!digits.empty() && std::from_chars(digits.data(), digits.data() + digits.size(), most).ec != std::errc{})
            return false;
        e.most = static_cast<std::uint8_t>(std::clamp(most, 1, 20));
    } else {
        e.never = text.starts_with('!');
        if (e.never)
            text.remove_prefix(1);
        e.optional = text.ends_with('?');
        if (e.optional)
            text.remove_suffix(1);
        for (const auto& one : parts(text, "|")) {
            e.or_number = e.or_number || one == "<n>";
            e.or_money = e.or_money || one == "<money>";
            e.or_percent = e.or_percent || one == "<pct>";
            e.or_capital = e.or_capital || one == "<cap>";
            if (one.starts_with('@') && !lists_.contains(one.substr(1)))
                return false;
            if (one.starts_with('<') && one != "<n>" && one != "<money>" && one != "<pct>" && one != "<cap>")
                return false;
        }
        if (text.empty())
            return false;
        e.words = class_of(std::string(text));
    }
    if (text.ends_with(">?"))
        e.optional = true;
    out.elements.push_back(e);
    return true;
}

std::vector<pattern> lexicon::read(const std::vector<std::string>& texts, std::vector<std::string>& problems) {
    std::vector<pattern> out;
    for (const auto& text : texts) {
        pattern p;
        p.source = text;
        bool good = true;
        for (const auto& part : parts(text, " "))
            good = good && read_element(part, p);
        for (const auto& e : p.elements)
            if (e.is == element::what::words && !e.optional && !e.never && !e.beside_words())
                p.needed.push_back(e.words);
        if (good && !p.elements.empty())
            out.push_back(std::move(p));
        else
            problems.push_back("no clause pattern: " + text);
    }
    return out;
}

void lexicon::see_phrases(const std::vector<phrase>& phrases, const sentence& s, std::size_t at, sightings& out) const {
    for (const auto& p : phrases) {
        bool all = at + p.rest.size() < s.tokens.size();
        for (std::size_t i = 0; all && i < p.rest.size(); ++i)
            all = fits(p.rest[i], s.tokens[at + 1 + i]);
        if (all)
            out.see(p.word_class, at, p.rest.size() + 1);
    }
}

// Beginnings ("launch*") and endings ("*auftrag") of the word at one place.
void lexicon::see_parts(const sentence& s, std::size_t at, sightings& out) const {
    const auto& w = s.tokens[at].folded;
    for (std::size_t n = 2; n <= w.size(); ++n)
        if (const auto found = by_beginning_.find(w.substr(0, n)); found != by_beginning_.end())
            see_phrases(found->second, s, at, out);
    for (std::size_t n = 3; n < w.size(); ++n)
        if (const auto found = by_ending_.find(w.substr(w.size() - n)); found != by_ending_.end())
            see_phrases(found->second, s, at, out);
}

void lexicon::see_word(const sentence& s, std::size_t at, sightings& out) const {
    const auto& t = s.tokens[at];
    if (const auto found = by_word_.find(t.folded); found != by_word_.end())
        see_phrases(found->second, s, at, out);
    if (!t.capitals)
        return;
    if (const auto found = by_word_.find(to_capitals(t.folded)); found != by_word_.end())
        see_phrases(found->second, s, at, out);
}

sightings lexicon::look(const sentence& s) const {
    sightings out(classes_.size(), s.tokens.size());
    std::vector<bool> name(s.tokens.size(), false);
    for (const auto& m : s.mentions)
        std::fill_n(name.begin() + static_cast<std::ptrdiff_t>(m.first), m.last - m.first + 1, true);
    for (std::size_t i = 0; set_phrases_ && i < s.tokens.size(); ++i) {
        if (name[i])
            continue;
        see_word(s, i, out);
        for (std::size_t n = 8; n > 1; --n)
            if ((out.lengths(*set_phrases_, i) >> (n - 1)) & 1)
                out.hide(i, n);
    }
    out.forget();
    for (std::size_t i = 0; i < s.tokens.size(); ++i) {
        if (name[i])
            continue;
        see_word(s, i, out);
        see_parts(s, i, out);
    }
    return out;
}

} // namespace whynow::domain::triggers
