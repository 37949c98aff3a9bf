#include "domain/triggers/patterns.hpp"

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

bool fits(const std::string& wanted, const std::string& word) {
    if (wanted.ends_with('*'))
        return word.starts_with(std::string_view(wanted).substr(0, wanted.size() - 1));
    return wanted == word;
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

lexicon::lexicon(const rules::node& lists) {
    for (const auto& [name, list] : lists.entries())
        lists_[name] = list.texts();
}

std::uint16_t lexicon::class_of(const std::string& alternatives) {
    const auto [place, fresh] = classes_.emplace(alternatives, static_cast<std::uint16_t>(classes_.size()));
    if (fresh)
        add_alternatives(place->second, alternatives, 0);
    return place->second;
}

void lexicon::add_alternatives(std::uint16_t word_class, std::string_view alternatives, int depth) {
    for (const auto& one : parts(alternatives, "|")) {
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
        w = text::folded(w);
    std::vector<std::string> firsts{words[0]};
    if (words[0].ends_with('~'))
        firsts = verb_forms(std::string_view(words[0]).substr(0, words[0].size() - 1));
    const std::vector<std::string> rest(words.begin() + 1, words.end());
    for (const auto& first : firsts) {
        if (first.ends_with('*'))
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
    } else if (text == "<cap>" || text == "<cap>?") {
        e.is = element::what::capital;
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
        if (text.starts_with('<'))
            return false;
        e.never = text.starts_with('!');
        if (e.never)
            text.remove_prefix(1);
        e.optional = text.ends_with('?');
        if (e.optional)
            text.remove_suffix(1);
        for (const auto& one : parts(text, "|"))
            if (one.starts_with('@') && !lists_.contains(one.substr(1)))
                return false;
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
            all = fits(p.rest[i], s.tokens[at + 1 + i].folded);
        if (all)
            out.see(p.word_class, at, p.rest.size() + 1);
    }
}

sightings lexicon::look(const sentence& s) const {
    sightings out(classes_.size(), s.tokens.size());
    std::string beginning;
    for (std::size_t i = 0; i < s.tokens.size(); ++i) {
        const auto& w = s.tokens[i].folded;
        if (const auto found = by_word_.find(w); found != by_word_.end())
            see_phrases(found->second, s, i, out);
        beginning.clear();
        for (std::size_t n = 0; n < w.size(); ++n) {
            beginning += w[n];
            if (n < 1)
                continue;
            if (const auto found = by_beginning_.find(beginning); found != by_beginning_.end())
                see_phrases(found->second, s, i, out);
        }
    }
    return out;
}

namespace {

// Tries one pattern from one token on, elements in order, short gaps first.
class attempt {
  public:
    attempt(const pattern& p, const sentence& s, const sightings& seen, std::uint16_t walls)
        : pattern_(p), sentence_(s), seen_(seen), walls_(walls) {}

    bool from(std::size_t at, found_pattern& out) {
        out = {};
        out.trigger = std::numeric_limits<std::size_t>::max();
        if (!step(0, at, out))
            return false;
        out.first = at;
        if (out.trigger == std::numeric_limits<std::size_t>::max())
            out.trigger = at;
        return true;
    }

  private:
    bool step(std::size_t element_at, std::size_t at, found_pattern& out) {
        if (++steps_ > 4000)
            return false; // a sentence made to be slow is no news
        if (element_at == pattern_.elements.size()) {
            out.last = at;
            return true;
        }
        const auto& e = pattern_.elements[element_at];
        if (e.never) {
            const bool stands = at < sentence_.tokens.size() && seen_.lengths(e.words, at) != 0;
            return !stands && step(element_at + 1, at, out);
        }
        if (e.is == element::what::start)
            return at == 0 && step(element_at + 1, at, out);
        if (e.is == element::what::end)
            return at == sentence_.tokens.size() && step(element_at + 1, at, out);
        if (e.is == element::what::gap)
            return gap(e, element_at, at, out);
        if (at < sentence_.tokens.size() && take(e, element_at, at, out))
            return true;
        return e.optional && step(element_at + 1, at, out);
    }

    bool take(const element& e, std::size_t element_at, std::size_t at, found_pattern& out) {
        const auto& t = sentence_.tokens[at];
        const bool inside_break = element_at > 0 && t.breaks;
        if (inside_break)
            return false;
        switch (e.is) {
        case element::what::company: return company(element_at, at, out);
        case element::what::number: return t.number && counted(element_at, number_end(at), at, out);
        case element::what::money: return t.money && counted(element_at, number_end(at), at, out);
        case element::what::percent: return t.percent && counted(element_at, number_end(at), at, out);
        case element::what::capital: return t.capital && t.mention < 0 && step(element_at + 1, at + 1, out);
        default: break;
        }
        const auto lengths = seen_.lengths(e.words, at);
        for (std::size_t n = 8; n > 0; --n)
            if ((lengths >> (n - 1)) & 1 && counted(element_at, at + n, at, out))
                return true;
        return false;
    }

    bool company(std::size_t element_at, std::size_t at, found_pattern& out) {
        const auto& t = sentence_.tokens[at];
        if (t.mention < 0)
            return false;
        const auto index = static_cast<std::size_t>(t.mention);
        out.mentions.push_back(index);
        if (step(element_at + 1, sentence_.mentions[index].last + 1, out))
            return true;
        out.mentions.pop_back();
        return false;
    }

    bool counted(std::size_t element_at, std::size_t next, std::size_t at, found_pattern& out) {
        const auto saved = out.trigger;
        out.trigger = std::min(out.trigger, at);
        ++out.words;
        if (step(element_at + 1, next, out))
            return true;
        --out.words;
        out.trigger = saved;
        return false;
    }

    bool gap(const element& e, std::size_t element_at, std::size_t at, found_pattern& out) {
        // "Chrysler recalls cars, Fyffes to …": what comes behind a comma is somebody else's
        const bool to_company =
            element_at + 1 < pattern_.elements.size() && pattern_.elements[element_at + 1].is == element::what::company;
        for (std::size_t n = 0; n <= e.most; ++n) {
            if (to_company && at + n < sentence_.tokens.size() && n > 0 && sentence_.tokens[at + n].before == ',')
                return false;
            if (step(element_at + 1, at + n, out))
                return true;
            if (at + n >= sentence_.tokens.size())
                return false;
            if (sentence_.tokens[at + n].breaks || seen_.lengths(walls_, at + n) != 0)
                return false;
        }
        return false;
    }

    // "$14.5 billion": the number's last word
    std::size_t number_end(std::size_t at) const {
        auto next = at + 1;
        while (next < sentence_.tokens.size() && sentence_.tokens[next].glued && sentence_.tokens[next].number &&
               (sentence_.tokens[next].before == '.' || sentence_.tokens[next].before == ','))
            ++next;
        return next;
    }

    const pattern& pattern_;
    const sentence& sentence_;
    const sightings& seen_;
    std::uint16_t walls_;
    int steps_ = 0;
};

} // namespace

void lexicon::find(const pattern& p, const sentence& s, const sightings& seen, std::uint16_t walls,
                   std::vector<found_pattern>& out) const {
    if (p.needs_company && s.mentions.empty())
        return;
    found_pattern found;
    for (std::size_t at = 0; at < s.tokens.size(); ++at) {
        const auto& first = p.elements.front();
        if (first.is == element::what::company && s.tokens[at].mention < 0)
            continue;
        if (first.is == element::what::start && at > 0)
            break;
        if (first.is == element::what::words && !first.optional && !first.never && seen.lengths(first.words, at) == 0)
            continue;
        if (attempt(p, s, seen, walls).from(at, found))
            out.push_back(found);
    }
}

} // namespace whynow::domain::triggers
