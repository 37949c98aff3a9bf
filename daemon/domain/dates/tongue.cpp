// Which of the four languages a text is in, where nobody says.
#include "domain/dates/symbols.hpp"

#include <array>

namespace whynow::domain::dates {

namespace {

// The language in which alone the symbol is a word, if there is one.
language only_language(const symbol& s) {
    auto one = language::any;
    for (const auto& m : s.means) {
        if (m.lang == language::any)
            continue;
        if (one != language::any && one != m.lang)
            return language::any;
        one = m.lang;
    }
    return one;
}

} // namespace

language language_guessed(const std::vector<symbol>& text) {
    std::array<int, 5> votes{};
    for (const auto& s : text)
        ++votes[static_cast<std::size_t>(only_language(s))];
    auto best = language::any;
    bool torn = false;
    for (const auto l : {language::en, language::de, language::fr, language::es}) {
        const int more =
            votes[static_cast<std::size_t>(l)] - (best == language::any ? 0 : votes[static_cast<std::size_t>(best)]);
        torn = more == 0 ? best != language::any : torn && more < 0;
        if (more > 0)
            best = l;
    }
    return torn ? language::any : best;
}

} // namespace whynow::domain::dates
