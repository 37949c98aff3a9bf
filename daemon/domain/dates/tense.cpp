// Verbs that tell of the past, by the shape of the word where the rules do not list it.
#include "domain/dates/standing.hpp"

#include <algorithm>
#include <array>

namespace whynow::domain::dates {

namespace {

bool unknown_word(const symbol& s) { return s.means.empty() && !s.mark && s.number < 0; }

// gesprochen, angefangen
bool german_participle(std::string_view w) {
    constexpr std::array<std::string_view, 10> prefixes{"",    "an",  "auf", "aus",  "ab",
                                                        "ein", "vor", "zu",  "nach", "mit"};
    constexpr std::size_t shortest = 6;
    if (w.size() < shortest)
        return false;
    const bool tail = w.ends_with("t") || w.ends_with("en");
    return tail && std::ranges::any_of(prefixes, [&](std::string_view p) {
               return w.starts_with(p) && w.substr(p.size()).starts_with("ge") && w.size() >= p.size() + shortest;
           });
}

// demissionne, fini, vendu, pris
bool french_participle(std::string_view w) {
    constexpr std::array<std::string_view, 6> ends{"e", "i", "u", "is", "it", "us"};
    return w.size() > 3 && std::ranges::any_of(ends, [&](std::string_view e) { return w.ends_with(e); });
}

// firmaron; firmo, llame with their accents; not the future "llamare"
bool spanish_preterite(const symbol& s) {
    const std::string_view w = s.text;
    if (w.ends_with("aron") || w.ends_with("ieron"))
        return true;
    const bool future = w.ends_with("are") || w.ends_with("ere") || w.ends_with("ire");
    return s.accented && w.size() > 3 && (w.ends_with("o") || (w.ends_with("e") && !future));
}

} // namespace

// "quiere que le llame", "que me llame": without its accent the verb may be what somebody wishes.
bool sentence::wished_in_spanish(std::size_t i) const {
    constexpr std::size_t reach = 8;
    for (auto k = i; k > 0 && i - k < reach && !breaks(k - 1); --k) {
        const auto& w = g_.symbols()[k - 1].text;
        if (g_.is(k - 1, kind::wish) || (i - k < 2 && (w == "que" || w == "me" || w == "nos")))
            return true;
    }
    return false;
}

// A word the rules list as past; a French one in -e only with its accent or its auxiliary ("parle" is present too).
bool sentence::listed_past(std::size_t i) const {
    if (!g_.is(i, kind::did))
        return false;
    const auto& s = g_.symbols()[i];
    if (const auto& before = g_.sym(i - 1).text; i > 0 && (before == "will" || before == "ll" || before == "to"))
        return false; // "will hit again Thursday"
    if (g_.tongue() == language::es && s.text.ends_with("e") && !s.accented && wished_in_spanish(i))
        return false;
    return g_.tongue() != language::fr || !s.text.ends_with("e") || s.accented || (i > 0 && g_.is(i - 1, kind::aux));
}

bool sentence::past_before(std::size_t i) const {
    if (listed_past(i))
        return true;
    const auto& s = g_.symbols()[i];
    if (!unknown_word(s))
        return false;
    constexpr std::size_t shortest = 5;
    if (g_.tongue() == language::en)
        return s.text.size() >= shortest && s.text.ends_with("ed");
    return past_behind(i);
}

bool sentence::past_behind(std::size_t i) const {
    if (listed_past(i))
        return true;
    const auto& s = g_.symbols()[i];
    if (!unknown_word(s))
        return false;
    switch (g_.tongue()) {
    case language::de: return german_participle(s.text);
    case language::fr: return i > 0 && g_.is(i - 1, kind::aux) && french_participle(s.text);
    case language::es: return spanish_preterite(s);
    default: return false;
    }
}

} // namespace whynow::domain::dates
