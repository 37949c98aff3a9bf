#include "domain/dates/symbols.hpp"

#include "domain/dates/atoms.hpp"
#include "domain/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace whynow::domain::dates {

namespace {

// One slip of the pen away: a letter missing, one too much, two swapped. A wrong letter, or one more at the end, mostly
// makes another word ("Morgan", "domain", "Montage"), so a wrong one counts in long words only.
bool near(std::string_view typed, std::string_view word) {
    constexpr std::size_t long_word = 8;
    std::size_t i = 0;
    while (i < typed.size() && i < word.size() && typed[i] == word[i])
        ++i;
    if (typed.size() + 1 == word.size())
        return typed.substr(i) == word.substr(i + 1);
    if (typed.size() == word.size() + 1)
        return i < word.size() && typed.substr(i + 1) == word.substr(i);
    if (typed.size() != word.size() || i == word.size())
        return false;
    const bool swapped = i + 1 < word.size() && typed[i] == word[i + 1] && typed[i + 1] == word[i] &&
                         typed.substr(i + 2) == word.substr(i + 2);
    return swapped || (word.size() >= long_word && typed.substr(i + 1) == word.substr(i + 1));
}

const std::vector<meaning>* misspelt(const std::string& word, bool capital, const lexicon& words, language tongue) {
    constexpr std::size_t shortest = 6;
    if (word.size() < shortest)
        return nullptr;
    const auto alike = words.day_names.find(word[0]);
    if (alike == words.day_names.end())
        return nullptr;
    const std::vector<meaning>* found = nullptr;
    for (const auto& phrase : alike->second) {
        if (phrase.size() < shortest || (word.back() == 's' && phrase.back() != 's') || !near(word, phrase))
            continue;
        const auto& means = words.phrases.at(phrase);
        const bool dated = std::ranges::any_of(means, [tongue, capital](const meaning& m) {
            const bool name = capital && (m.lang == language::fr || m.lang == language::es); // "Javier"
            return !m.weak && !name && (tongue == language::any || m.lang == tongue) &&
                   (m.what == kind::month || m.what == kind::weekday || m.what == kind::day);
        });
        if (!dated)
            continue;
        if (found && (found->front().what != means.front().what || found->front().value != means.front().value))
            return nullptr;
        found = &means;
    }
    return found;
}

// How many atoms from i make the longest known phrase, and its meanings.
std::size_t known_phrase(const std::vector<atom>& atoms, std::size_t i, const lexicon& words,
                         const std::vector<meaning>*& means) {
    std::string key;
    std::size_t taken = 0;
    for (std::size_t n = 0; n < words.longest && i + n < atoms.size(); ++n) {
        const auto& a = atoms[i + n];
        if (a.mark || a.blocked)
            break;
        if (n)
            key += ' ';
        key += a.text;
        if (const auto at = words.phrases.find(key); at != words.phrases.end()) {
            taken = n + 1;
            means = &at->second;
        }
        if (!words.heads.contains(key))
            break;
    }
    return taken;
}

// German writes "Juliwoche", the week of that month, and "Montagmorgen", the morning of that day.
void split_compounds(std::vector<atom>& atoms, const lexicon& words) {
    constexpr std::array<std::string_view, 6> of_month{"woche", "halfte", "haelfte", "ende", "anfang", "mitte"};
    constexpr std::array<std::string_view, 7> of_day{"vormittag", "nachmittag", "mittag", "morgen",
                                                     "abend",     "fruh",       "frueh"};
    std::vector<atom> out;
    out.reserve(atoms.size());
    const auto split = [&](const atom& a, std::string_view tail, kind stem_kind) {
        if (a.text.size() <= tail.size() + 2 || !a.text.ends_with(tail))
            return false;
        const auto stem = a.text.substr(0, a.text.size() - tail.size());
        const auto known = words.phrases.find(stem);
        if (known == words.phrases.end() || known->second.front().what != stem_kind)
            return false;
        auto first = a, second = a;
        first.text = stem_kind == kind::month ? std::string(tail) : stem;
        second.text = stem_kind == kind::month ? stem : std::string(tail);
        second.glued = true;
        out.push_back(std::move(first));
        out.push_back(std::move(second));
        return true;
    };
    const auto season = [&](const atom& a) { // Spatsommer
        for (const std::string_view head : {"spat", "spaet", "fruh", "frueh"}) {
            const auto known =
                a.text.starts_with(head) ? words.phrases.find(a.text.substr(head.size())) : words.phrases.end();
            if (known == words.phrases.end() || known->second.front().what != kind::season)
                continue;
            auto first = a, second = a;
            first.text = head.starts_with("s") ? "spat" : "anfang";
            second.text = a.text.substr(head.size());
            second.glued = true;
            out.push_back(std::move(first));
            out.push_back(std::move(second));
            return true;
        }
        return false;
    };
    for (auto& a : atoms) {
        const bool known = a.mark || words.phrases.contains(a.text);
        const bool done =
            !known &&
            (season(a) ||
             std::ranges::any_of(of_month, [&](std::string_view tail) { return split(a, tail, kind::month); }) ||
             std::ranges::any_of(of_day, [&](std::string_view tail) { return split(a, tail, kind::weekday); }));
        if (!done)
            out.push_back(std::move(a));
    }
    atoms = std::move(out);
}

} // namespace

std::string phrase_key(std::string_view phrase) {
    std::string key;
    for (const auto& a : atoms_of(text::folded(phrase))) {
        if (!key.empty())
            key += ' ';
        key += a.text;
    }
    return key;
}

std::vector<symbol> symbols_of(std::string_view text, const lexicon& words, language tongue) {
    const auto folded = text::folded_with_origin(text);
    auto atoms = atoms_of(folded.text);
    split_compounds(atoms, words);
    std::vector<symbol> out;
    for (std::size_t i = 0; i < atoms.size();) {
        const auto& a = atoms[i];
        symbol s;
        const auto from = folded.origin[a.from];
        s.capital = from < text.size() && text[from] >= 'A' && text[from] <= 'Z';
        const std::vector<meaning>* means = nullptr;
        std::size_t taken = known_phrase(atoms, i, words, means);
        if (!taken && !a.mark && !a.blocked && !is_digit(a.text[0]))
            means = misspelt(a.text, s.capital, words, tongue);
        if (means)
            s.means = *means;
        for (const auto& m : s.means)
            s.kinds.set(static_cast<std::size_t>(m.what));
        taken = std::max<std::size_t>(taken, 1);
        s.text = taken == 1 ? a.text : folded.text.substr(a.from, atoms[i + taken - 1].to - a.from);
        s.mark = a.mark;
        s.glued = a.glued;
        if (!a.blocked && taken == 1 && is_digit(a.text[0]) && a.text.size() <= 4) {
            s.number = std::atoi(a.text.c_str());
            s.digits = static_cast<int>(a.text.size());
        }
        s.long_number = !a.blocked && taken == 1 && is_digit(a.text[0]) && a.text.size() > 4;
        s.at = {from, folded.origin[atoms[i + taken - 1].to]};
        s.accented = s.at.to > 0 && s.at.to <= text.size() && (static_cast<unsigned char>(text[s.at.to - 1]) & 0x80);
        out.push_back(std::move(s));
        i += taken;
    }
    for (std::size_t i = 0; i < out.size(); ++i)
        if (out[i].number >= 0)
            out[i].glued_number =
                (i + 1 < out.size() && out[i + 1].glued && !out[i + 1].mark && out[i + 1].means.empty()) ||
                (out[i].glued && i > 0 && !out[i - 1].mark && out[i - 1].means.empty()) ||
                (i > 0 && out[i - 1].kinds.test(static_cast<std::size_t>(kind::label)));
    return out;
}

} // namespace whynow::domain::dates
