#include "domain/outcomes/follow_up.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>

namespace whynow::domain::outcomes {

namespace {

constexpr double sure = 0.9, fairly = 0.7;

struct place {
    std::size_t begin = 0; // first token of the day's words
    std::size_t end = 0;
    std::size_t clause_begin = 0;
    std::size_t clause_end = 0;
};

place place_of(const std::vector<token>& t, span at) {
    place p;
    p.begin = t.size();
    for (std::size_t i = 0; i < t.size(); ++i)
        if (t[i].at.to > at.from && t[i].at.from < at.to) {
            p.begin = std::min(p.begin, i);
            p.end = i + 1;
        }
    p.begin = std::min(p.begin, p.end);
    p.clause_begin = p.begin;
    while (p.clause_begin > 0 && !ends_clause(t[p.clause_begin - 1]))
        --p.clause_begin;
    p.clause_end = p.end;
    while (p.clause_end < t.size() && !ends_clause(t[p.clause_end]))
        ++p.clause_end;
    return p;
}

bool found_in(const pattern_set& set, const std::vector<token>& t, std::size_t from, std::size_t to) {
    for (auto i = from; i < to; ++i)
        if (set.match(t, i) > i)
            return true;
    return false;
}

// A cue that ends where the day's words begin, but for a word or two.
bool ends_before(const pattern_set& set, const std::vector<token>& t, std::size_t from, std::size_t at,
                 std::size_t slack) {
    for (auto i = from; i < at; ++i)
        if (const auto end = set.match(t, i); end > i && end + slack >= at)
            return true;
    return false;
}

// "in August" is "August": the words without what leads to them.
std::string bare_words(std::string_view text, span at) {
    auto words = text.substr(at.from, at.to - at.from);
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view lead :
             {"in ",  "on ",  "at ",   "by ",  "until ", "till ", "til ",      "before ",   "the ",
              "im ",  "bis ", "ende ", "zum ", "en ",    "au ",   "hasta ",    "jusqu'en ", "from ",
              "not ", "for ", "ab ",   "am ",  "el ",    "le ",   "jusqu'au ", "nicht vor "}) {
            if (lead == "ende " || words.size() <= lead.size())
                continue;
            if (text::folded(words.substr(0, lead.size())) == lead) {
                words.remove_prefix(lead.size());
                again = true;
            }
        }
    }
    while (!words.empty() && std::string_view(".,;: ").find(words.back()) != std::string_view::npos)
        words.remove_suffix(1);
    std::string out(words);
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z')
        out[0] = static_cast<char>(out[0] - 'a' + 'A');
    return out;
}

struct candidate {
    dates::window when;
    int score = 0;
};

} // namespace

follow_up_reading read_follow_up(const reply_rules& rules, const dates::reader& dates, const std::vector<token>& t,
                                 std::string_view text, const dates::standpoint& here, const zones& clocks) {
    follow_up_reading out;
    const auto& back = rules.what[static_cast<std::size_t>(result::call_back)];
    const auto& later = rules.what[static_cast<std::size_t>(result::interested_later)];
    std::vector<candidate> all;
    for (const auto& w : dates.read_all(text, here, clocks)) {
        const auto p = place_of(t, w.at);
        if (p.begin == p.end)
            continue; // in a quoted line
        if (w.bare) {
            const span clause{t[p.clause_begin].at.from, t[p.clause_end - 1].at.to};
            std::size_t from = p.begin;
            while (from > p.clause_begin && !(t[from - 1].is == token::sort::mark))
                --from;
            const auto alone = text.substr(t[from].at.from, clause.to - t[from].at.from);
            if (!dates.read(alone, here, clocks))
                continue;
        }
        std::size_t part = p.begin;
        while (part > p.clause_begin && t[part - 1].text != ",")
            --part;
        const bool decides = found_in(later, t, part, p.end);
        if (ends_before(rules.hint.timeline, t, part, p.begin + 1, 2)) {
            out.timeline = heard<std::string>{bare_words(text, w.at), w.at, fairly};
            if (!decides && !found_in(back, t, part, p.begin))
                continue;
        }
        const bool contracted = found_in(rules.hint.contract, t, part, p.begin) &&
                                !found_in(back, t, part, p.clause_end) &&
                                !found_in(rules.hint.follow, t, part, p.clause_end);
        if (contracted && !out.timeline) {
            out.timeline = heard<std::string>{bare_words(text, w.at), w.at, fairly};
            continue;
        }
        candidate c{.when = w};
        const auto& first = t[p.begin].text;
        if (found_in(rules.hint.negation, t, part, p.begin) &&
            (first == "before" || first == "vor" || first == "avant" || first == "antes"))
            c.score -= 6;
        if (w.date == here.now.date && !w.time && p.end - p.begin == 1 && !found_in(back, t, part, p.clause_end))
            c.score -= 6; // "today spoke to Kim"
        const bool spoken = ends_before(rules.hint.past_verb, t, part, p.begin, 3) &&
                            !found_in(back, t, part, p.begin) && !found_in(rules.hint.follow, t, part, p.end);
        c.score -= spoken && !w.time && !w.counted ? 6 : 0;
        c.score += found_in(rules.hint.meeting, t, part, p.clause_end) ? 4 : 0;
        c.score += found_in(back, t, part, p.clause_end) ? 3 : 0;
        c.score += decides ? 2 : 0;
        c.score += w.time ? 1 : 0;
        c.score -= found_in(rules.what[static_cast<std::size_t>(result::needs_info)], t, part, p.begin) ? 1 : 0;
        if (c.score > -3)
            all.push_back(c);
    }
    if (all.empty())
        return out;
    const auto best = std::ranges::max_element(all, {}, &candidate::score);
    out.beside_call = best->score > 1;
    out.torn = std::ranges::count_if(all, [&](const candidate& c) {
                   return c.score == best->score && c.when.date != best->when.date;
               }) > 0;
    out.follow_up = heard<dates::window>{best->when, best->when.at, out.torn ? fairly : sure};
    return out;
}

} // namespace whynow::domain::outcomes
