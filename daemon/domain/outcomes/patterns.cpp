#include "domain/outcomes/patterns.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>

namespace whynow::domain::outcomes {

namespace {

constexpr std::size_t widest_gap = 3;

std::size_t closing(std::string_view p, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < p.size(); ++i) {
        depth += p[i] == '(' ? 1 : (p[i] == ')' ? -1 : 0);
        if (depth == 0)
            return i;
    }
    return p.size();
}

std::vector<std::string_view> alternatives(std::string_view inside) {
    std::vector<std::string_view> out;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        depth += inside[i] == '(' ? 1 : (inside[i] == ')' ? -1 : 0);
        if (inside[i] == '|' && depth == 0) {
            out.push_back(inside.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    out.push_back(inside.substr(begin));
    return out;
}

// A group that finishes a word ("call(ing|)") is written out.
std::vector<std::string> unglued(const std::string& p) {
    for (std::size_t i = 1; i < p.size(); ++i) {
        if (p[i] != '(' || p[i - 1] == ' ' || p[i - 1] == '(' || p[i - 1] == '|' || p[i - 1] == ')' || p[i - 1] == '*')
            continue;
        const auto end = closing(p, i);
        const auto inside = alternatives(std::string_view(p).substr(i + 1, end - i - 1));
        if (std::ranges::all_of(inside, [](auto a) { return a.empty() || a.front() == ' '; }))
            continue;
        std::vector<std::string> out;
        for (const auto a : inside)
            for (auto& rest : unglued(p.substr(0, i) + std::string(a) + p.substr(std::min(end + 1, p.size()))))
                out.push_back(std::move(rest));
        return out;
    }
    return {p};
}

pattern parse(std::string_view p) {
    pattern out;
    for (std::size_t i = 0; i < p.size();) {
        if (p[i] == ' ' || p[i] == ')') {
            ++i;
        } else if (p[i] == '*') {
            out.push_back({.is = pattern_part::sort::gap, .word = {}, .choices = {}});
            ++i;
        } else if (p[i] == '(') {
            const auto end = closing(p, i);
            pattern_part choice{.is = pattern_part::sort::choice, .word = {}, .choices = {}};
            for (const auto a : alternatives(p.substr(i + 1, end - i - 1)))
                choice.choices.push_back(parse(a));
            out.push_back(std::move(choice));
            i = end + 1;
        } else {
            std::size_t end = i;
            while (end < p.size() && std::string_view(" ()*").find(p[end]) == std::string_view::npos)
                ++end;
            out.push_back({.is = pattern_part::sort::word, .word = std::string(p.substr(i, end - i)), .choices = {}});
            i = end;
        }
    }
    return out;
}

using places = std::vector<std::size_t>;

void add_place(places& all, std::size_t p) {
    if (std::ranges::find(all, p) == all.end())
        all.push_back(p);
}

places ends_of(const pattern& p, const std::vector<token>& t, std::size_t from) {
    places now{from};
    for (const auto& part : p) {
        places next;
        for (const auto at : now) {
            if (part.is == pattern_part::sort::word) {
                if (at < t.size() && t[at].text == part.word)
                    add_place(next, at + 1);
            } else if (part.is == pattern_part::sort::gap) {
                for (std::size_t n = 0; n <= widest_gap && at + n <= t.size(); ++n) {
                    add_place(next, at + n);
                    if (at + n < t.size() && t[at + n].is != token::sort::word)
                        break;
                }
            } else {
                for (const auto& choice : part.choices)
                    for (const auto end : ends_of(choice, t, at))
                        add_place(next, end);
            }
        }
        now = std::move(next);
        if (now.empty())
            break;
    }
    return now;
}

// The words a pattern can begin with; false where it can begin with any.
bool first_words(const pattern& p, std::unordered_set<std::string>& into) {
    for (const auto& part : p) {
        if (part.is == pattern_part::sort::word) {
            into.insert(part.word);
            return true;
        }
        if (part.is == pattern_part::sort::gap)
            return false;
        bool all = true;
        for (const auto& c : part.choices)
            all = first_words(c, into) && all;
        if (all)
            return true;
    }
    return false;
}

void words_of(const pattern& p, std::unordered_set<std::string>& into) {
    for (const auto& part : p) {
        if (part.is == pattern_part::sort::word)
            into.insert(part.word);
        for (const auto& c : part.choices)
            words_of(c, into);
    }
}

} // namespace

pattern_set::pattern_set(const std::vector<std::string>& written) {
    for (const auto& w : written)
        for (const auto& p : unglued(text::folded(w))) {
            patterns_.push_back(parse(p));
            std::unordered_set<std::string> firsts;
            if (!first_words(patterns_.back(), firsts))
                any_first_.push_back(patterns_.size() - 1);
            else
                for (const auto& f : firsts)
                    by_first_[f].push_back(patterns_.size() - 1);
        }
}

std::size_t pattern_set::match(const std::vector<token>& t, std::size_t i) const {
    std::size_t best = i;
    const auto take = [&](std::size_t which) {
        for (const auto end : ends_of(patterns_[which], t, i))
            best = std::max(best, end);
    };
    if (i < t.size())
        if (const auto at = by_first_.find(t[i].text); at != by_first_.end())
            std::ranges::for_each(at->second, take);
    std::ranges::for_each(any_first_, take);
    return best;
}

void collect_words(const pattern_set& set, std::unordered_set<std::string>& into) {
    for (const auto& p : set.patterns())
        words_of(p, into);
}

} // namespace whynow::domain::outcomes
