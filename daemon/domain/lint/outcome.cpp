#include "domain/lint/outcome.hpp"

namespace whynow::domain::lint {
namespace {

constexpr std::size_t least_telling = 3;   // words of a clause that says something
constexpr std::size_t longest_clause = 15; // words to each side of what is said

} // namespace

bool says_outcome(const checker& c) {
    const auto& words = c.read().words();
    for (auto rest = c.read().all(); const auto at = c.read().match().find_class("outcome_said", rest);
         rest.from = at->from + 1) {
        auto from = at->from, to = at->to;
        while (from > 0 && !words[from].opens_clause && at->from - from < longest_clause)
            --from;
        while (to < words.size() && !words[to].opens_clause && to - at->to < longest_clause)
            ++to;
        if (!c.read().match().find_class("hollow", {from, to}))
            return true;
    }
    return false;
}

bool tells_of_them(const checker& c, span body) {
    const auto& m = c.read().match();
    const auto& words = c.read().words();
    for (auto from = body.from; from < body.to;) {
        auto to = from + 1;
        while (to < body.to && !words[to].opens_clause && !c.is("joint", to))
            ++to;
        const span clause{from, to};
        const auto has = [&](std::string_view word_class) { return m.find_class(word_class, clause).has_value(); };
        bool to_them = c.read().lang().code != "de"; // "was sie tun" is not what you do
        for (auto at = from; at < to; ++at)
            to_them = to_them || c.is_them(at);
        if (to - from >= least_telling && !has("pleasantry") && !has("thanks") && !has("hollow") &&
            ((to_them && has("they_do")) || has("negation")))
            return true;
        from = to;
    }
    return false;
}

} // namespace whynow::domain::lint
