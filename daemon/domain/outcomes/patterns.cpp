#include "domain/outcomes/patterns.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace whynow::domain::outcomes {

namespace {

constexpr int widest_gap = 3;

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

// "{touch}" becomes "(call|ring|phone)"; lists may name lists. A name that no list has stays and matches nothing.
std::string spelled_out(std::string p, const word_lists& lists) {
    constexpr int most = 400;
    std::size_t from = 0;
    for (int n = 0; n < most; ++n) {
        const auto open = p.find('{', from);
        const auto close = p.find('}', open);
        if (open == std::string::npos || close == std::string::npos)
            return p;
        const auto list = lists.find(p.substr(open + 1, close - open - 1));
        if (list == lists.end())
            from = close;
        else
            p = p.substr(0, open) + "(" + list->second + ")" + p.substr(close + 1);
    }
    return {}; // a list that names itself
}

// A group that finishes a word ("call(ing|)") is written out.
std::vector<std::string> unglued(const std::string& p) {
    for (std::size_t i = 1; i < p.size(); ++i) {
        if (p[i] != '(' || std::string_view(" (|)*^").find(p[i - 1]) != std::string_view::npos)
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

} // namespace

std::uint32_t wordbook::add(const std::string& word) {
    return numbers_.try_emplace(word, static_cast<std::uint32_t>(numbers_.size() + 1)).first->second;
}

std::uint32_t wordbook::number(const std::string& word) const {
    const auto at = numbers_.find(word);
    return at == numbers_.end() ? 0 : at->second;
}

pattern_set::pattern_set(const std::vector<std::string>& written, const word_lists& lists, wordbook& words) {
    make();
    for (const auto& w : written)
        for (const auto& p : unglued(spelled_out(text::folded(w), lists)))
            states_[grow(p, 0, words)].ends = true;
    for (auto& s : states_)
        std::ranges::sort(s.steps, {}, &step::word);
    reaches_.resize(states_.size());
    for (const auto& s : states_) {
        for (const auto& one : s.steps)
            work_out(one.to);
        for (const auto p : {s.any, s.digits})
            if (p != 0)
                work_out(p);
    }
    const auto beginnings = [this](bool opening) {
        std::vector<place> start;
        std::vector<round_of> seen(states_.size(), 0);
        enter(0, start, seen, 1, {.opening = opening});
        first out;
        for (const auto p : start) { // a gap at the beginning is none
            out.steps.insert(out.steps.end(), states_[p].steps.begin(), states_[p].steps.end());
            if (states_[p].digits != 0)
                out.digits.push_back(states_[p].digits);
        }
        std::ranges::sort(out.steps, {}, &step::word);
        return out;
    };
    first_ = beginnings(false);
    first_opening_ = beginnings(true);
    for (const auto& s : first_opening_.steps) {
        opens_.resize(std::max<std::size_t>(opens_.size(), s.word + 1));
        opens_[s.word] = true;
    }
}

pattern_set::place pattern_set::make() {
    states_.emplace_back();
    return static_cast<place>(states_.size() - 1);
}

// Adds what is written behind `from`; the place where it ends.
pattern_set::place pattern_set::grow(std::string_view p, place from, wordbook& words) {
    for (std::size_t i = 0; i < p.size();) {
        if (p[i] == ' ' || p[i] == ')') {
            ++i;
        } else if (p[i] == '^' || p[i] == '$') {
            const auto own = make(), behind = make();
            states_[from].skips.push_back(own);
            (p[i] == '^' ? states_[own].opening : states_[own].closing) = behind;
            from = behind;
            ++i;
        } else if (p[i] == '*') {
            const auto behind = make();
            const auto own = make();
            states_[from].skips.push_back(own);
            from = own;
            for (int n = 0; n < widest_gap; ++n) {
                states_[from].skips.push_back(behind);
                const auto next = make();
                states_[from].any = next;
                from = next;
            }
            states_[from].skips.push_back(behind);
            from = behind;
            ++i;
        } else if (p[i] == '%') {
            const auto own = make(), behind = make();
            states_[from].skips.push_back(own);
            states_[own].digits = behind;
            from = behind;
            ++i;
        } else if (p[i] == '(') {
            const auto end = closing(p, i);
            const auto fork = make(), join = make();
            states_[from].skips.push_back(fork);
            for (const auto a : alternatives(p.substr(i + 1, end - i - 1))) {
                const auto last = grow(a, fork, words);
                states_[last].skips.push_back(join);
            }
            from = join;
            i = end + 1;
        } else {
            const auto end = std::min(p.find_first_of(" ()*^$%", i), p.size());
            const std::string word(p.substr(i, end - i));
            said_.insert(word);
            const auto next = make();
            states_[from].steps.push_back({words.add(word), next});
            from = next;
            i = end;
        }
    }
    return from;
}

void pattern_set::enter(place p, std::vector<place>& into, std::vector<round_of>& seen, round_of round,
                        edges at) const {
    if (seen[p] == round)
        return;
    seen[p] = round;
    const auto& s = states_[p];
    if (s.ends || s.any != 0 || s.digits != 0 || !s.steps.empty())
        into.push_back(p); // the others only lead on
    for (const auto next : s.skips)
        enter(next, into, seen, round, at);
    if (at.opening && s.opening != 0)
        enter(s.opening, into, seen, round, at);
    if (at.closing && s.closing != 0)
        enter(s.closing, into, seen, round, at);
}

void pattern_set::work_out(place p) {
    if (reaches_[p].count != 0)
        return;
    std::vector<place> all{p}, useful;
    bool closes = false;
    for (std::size_t k = 0; k < all.size(); ++k) {
        const auto& s = states_[all[k]];
        closes = closes || s.closing != 0;
        if (s.ends || s.any != 0 || s.digits != 0 || !s.steps.empty())
            useful.push_back(all[k]);
        for (const auto next : s.skips)
            if (std::ranges::find(all, next) == all.end())
                all.push_back(next);
    }
    reaches_[p] = {.from = static_cast<std::uint32_t>(reached_.size()),
                   .count = static_cast<std::uint32_t>(useful.size()),
                   .closes = closes};
    reached_.insert(reached_.end(), useful.begin(), useful.end());
}

void pattern_set::arrive(place p, std::vector<place>& into, std::vector<round_of>& seen, round_of round,
                         edges at) const {
    const auto& r = reaches_[p];
    if (at.closing && r.closes)
        return enter(p, into, seen, round, at);
    for (auto k = r.from; k < r.from + r.count; ++k)
        if (std::exchange(seen[reached_[k]], round) != round)
            into.push_back(reached_[k]);
}

// Calls `at_end` with the place behind each match that begins at i, the shortest first.
template <class F>
void pattern_set::walk(const std::vector<token>& t, std::size_t i, F at_end) const {
    if (i >= t.size() || (!t[i].digits && (t[i].number >= opens_.size() || !opens_[t[i].number])))
        return;
    const auto mark_at = [&t](std::size_t k) { return k >= t.size() || t[k].is == token::sort::mark; };
    const auto& beginnings = i == 0 || mark_at(i - 1) ? first_opening_ : first_;
    auto [from, to] = std::ranges::equal_range(beginnings.steps, t[i].number, {}, &step::word);
    const bool number = t[i].digits && !beginnings.digits.empty();
    if (from == to && !number)
        return;
    thread_local std::vector<round_of> seen;
    thread_local round_of round = 0;
    thread_local std::vector<place> here, next;
    seen.resize(std::max(seen.size(), states_.size()), 0);
    here.clear();
    ++round;
    for (; from != to; ++from)
        arrive(from->to, here, seen, round, {.closing = mark_at(i + 1)});
    if (number)
        for (const auto p : beginnings.digits)
            arrive(p, here, seen, round, {.closing = mark_at(i + 1)});
    for (std::size_t k = i + 1;; ++k) {
        if (std::ranges::any_of(here, [this](place p) { return states_[p].ends; }))
            at_end(k);
        if (k >= t.size() || here.empty())
            return;
        next.clear();
        ++round;
        const edges at{.closing = mark_at(k + 1)};
        for (const auto p : here) {
            const auto& s = states_[p];
            if (s.any != 0 && t[k].is == token::sort::word)
                arrive(s.any, next, seen, round, at);
            if (s.digits != 0 && t[k].digits)
                arrive(s.digits, next, seen, round, at);
            if (t[k].number == 0 || s.steps.empty())
                continue;
            const auto taken = std::ranges::equal_range(s.steps, t[k].number, {}, &step::word);
            for (const auto& one : taken)
                arrive(one.to, next, seen, round, at);
        }
        std::swap(here, next);
    }
}

std::size_t pattern_set::match(const std::vector<token>& t, std::size_t i) const {
    std::size_t best = i;
    walk(t, i, [&best](std::size_t end) { best = end; });
    return best;
}

bool pattern_set::spans(const std::vector<token>& t, std::size_t i, std::size_t end) const {
    bool exact = false;
    walk(t, i, [&](std::size_t e) { exact = exact || e == end; });
    return exact;
}

} // namespace whynow::domain::outcomes
