// Which clauses only say who is calling.
#include "domain/lint/checker.hpp"

#include <algorithm>

namespace whynow::domain::lint {
namespace {

constexpr std::size_t most_before = 8;   // words before the first name: "I'm reaching out to you on behalf of"
constexpr std::size_t most_of_place = 5; // words of a clause that names no one
constexpr std::size_t most_after = 3;    // words after the last one: "in the north"

} // namespace

bool checker::introduction(span clause, span sentence) const {
    const auto& m = reading_.match();
    if (m.find_class("own_affair", clause))
        return false;
    bool named = false;
    std::size_t before = 0, after = 0;
    for (auto at = clause.from; at < clause.to; ++at) {
        if (is("rep", at) || is("company", at)) {
            const bool subject = at == clause.from && is("company", at) && at + 1 < clause.to &&
                                 !is("company", at + 1) && !is("lead_in", at + 1);
            if (subject || company_acts(at, sentence))
                return false;
            named = true, after = 0;
            continue;
        }
        const bool works_there = at + 2 < clause.to && (is("company", at + 1) || is("company", at + 2));
        if ((is_self(at) && !is("speaker", at)) || (!is("of_company", at) && m.match_class("us", at, clause.to)) ||
            (is("own_deed", at) && !works_there) || is("account", at))
            return false;
        ++(named ? after : before);
    }
    if (!named) { // "I'm ringing from Malaga", and ", in Leeds" behind the company
        const span head{clause.from, std::min(clause.from + 3, clause.to)};
        const bool goes_on = clause.from > sentence.from && introducing_[clause.from - 1] && is("lead_in", clause.from);
        const auto call = m.find_class("calls", head);
        return before <= most_of_place && (goes_on || call) && !reading_.words()[clause.from].number &&
               !speaks_to_them({call ? call->to : clause.from + 1, clause.to});
    }
    return named && before <= most_before && after <= most_after;
}

void checker::find_introductions() {
    const auto& words = reading_.words();
    introducing_.resize(words.size());
    for (const auto& a : reading_.sentences()) {
        for (auto rest = a.words; const auto at = reading_.match().find_class("aside_of_us", rest); rest.from = at->to)
            for (auto i = at->from; i < at->to; ++i)
                introducing_[i] = true;
        for (auto from = a.words.from; from < a.words.to;) {
            auto to = from + 1;
            while (to < a.words.to && !words[to].opens_clause && !is("joint", to))
                ++to;
            const auto begin = is("joint", from) && from + 1 < to ? from + 1 : from;
            if (introduction({begin, to}, a.words))
                for (auto at = from; at < to; ++at)
                    introducing_[at] = true;
            from = to;
        }
    }
}

} // namespace whynow::domain::lint
