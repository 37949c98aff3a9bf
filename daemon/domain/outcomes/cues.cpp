#include "domain/outcomes/cues.hpp"

#include <algorithm>

namespace whynow::domain::outcomes {

cues::cues(const reply_rules& rules, const std::vector<token>& tokens) : rules_(rules), t_(tokens) {
    scan();
    scan_connected();
    gate_talk();
    corrections();
}

const cue* cues::first(disposition d) const {
    const auto at = std::ranges::find_if(cues_, [d](const cue& c) { return c.how == d; });
    return at == cues_.end() ? nullptr : &*at;
}

const cue* cues::first(result r) const {
    const auto at = std::ranges::find_if(cues_, [r](const cue& c) { return c.what == r; });
    return at == cues_.end() ? nullptr : &*at;
}

std::optional<span> cues::hint(const pattern_set& set) const {
    for (std::size_t i = 0; i < t_.size(); ++i)
        if (const auto end = set.match(t_, i); end > i)
            return span{i, end};
    return std::nullopt;
}

bool cues::strong_connected() const {
    return std::ranges::any_of(cues_, [](const cue& c) { return c.how == disposition::connected && !c.weak; });
}

bool cues::begins_negative(std::size_t i) const { return rules_.hint.negation.match(t_, i) > i; }

bool cues::negated(std::size_t i) const {
    for (std::size_t back = 1; back <= 2 && back <= i; ++back) {
        if (t_[i - back].is != token::sort::word)
            return false;
        if (begins_negative(i - back))
            return true;
    }
    return false;
}

// "asked that we don't call": what we do not do is somebody's wish.
bool cues::wished_by(std::size_t i) const {
    if (t_[i].text != "we" && t_[i].text != "i" && t_[i].text != "wir" && t_[i].text != "ich")
        return false;
    for (std::size_t back = 1; back <= 3 && back <= i; ++back) {
        const auto& w = t_[i - back].text;
        if (w == "that" || w == "if" || w == "asked" || w == "rather" || w == "prefers" || w == "prefer" ||
            w == "appreciate" || w == "grateful" || w == "said" || w == "told" || w == "dass" || w == "wenn")
            return true;
    }
    return false;
}

// "don't call before ten", "don't call this number", "he didn't ask to be removed" are no opt-outs.
bool cues::wish_stands(std::size_t begin, std::size_t end) const {
    const auto inside = [&](auto&& test) {
        return std::any_of(t_.begin() + static_cast<std::ptrdiff_t>(begin),
                           t_.begin() + static_cast<std::ptrdiff_t>(end), test);
    };
    if (inside([](const token& k) {
            return k.text == "before" || k.text == "until" || k.text == "till" || k.text == "til" || k.text == "vor" ||
                   k.text == "bis" || k.text == "avant" || k.text == "antes" || k.text == "hasta" || k.text == "yet" ||
                   k.text == "noch";
        }))
        return false;
    const auto closes = [&](std::size_t at) {
        return at >= t_.size() || t_[at].is != token::sort::word || t_[at].text == "please" || t_[at].text == "pls" ||
               t_[at].text == "now" || t_[at].text == "and" || t_[at].text == "but" || t_[at].text == "thanks" ||
               t_[at].text == "said" || t_[at].text == "he" || t_[at].text == "she" || t_[at].text == "they" ||
               t_[at].text == "period" || t_[at].text == "so" || t_[at].text == "und";
    };
    const auto& last = t_[end - 1].text;
    if (last == "email" && end - begin <= 3)
        return false; // "don't email, call instead"
    if (last == "stop" &&
        (!closes(end) || t_[end - 1].hyphened || (begin > 0 && end - begin == 1 && begins_negative(begin - 1))))
        return false; // "stop by Tuesday", "non-stop", "couldn't stop"
    const bool plain_verb = last == "call" || last == "contact" || last == "phone" || last == "ring" ||
                            last == "email" || last == "bother" || last == "dial";
    const bool asked = inside(
        [](const token& k) { return k.text == "asked" || k.text == "told" || k.text == "wants" || k.text == "want"; });
    if (plain_verb && !asked && !closes(end) && !(t_[end].capital && closes(end + 1)) &&
        rules_.hint.not_a_wish.match(t_, end) == end)
        return false; // "don't call the CFO"
    if (end < t_.size() && t_[end].is == token::sort::word) {
        const auto behind = rules_.hint.not_a_wish.match(t_, end);
        const bool more = std::ranges::any_of(t_.begin() + static_cast<std::ptrdiff_t>(begin),
                                              t_.begin() + static_cast<std::ptrdiff_t>(end), [](const token& k) {
                                                  return k.text == "ever" || k.text == "anymore" || k.text == "list" ||
                                                         k.text == "remove" || k.text == "removed" || k.text == "dnc";
                                              });
        if (behind > end && !more)
            return false;
    }
    for (std::size_t back = 1; back <= 4 && back <= begin; ++back) {
        if (ends_clause(t_[begin - back]))
            break;
        if (rules_.hint.no_wish_asked.match(t_, begin - back) > begin - back && !wished_by(begin - back))
            return false;
    }
    return true;
}

bool cues::vetoed(const cue& c) const {
    if (c.what == result::do_not_contact)
        return !wish_stands(c.begin, c.end);
    if (c.how == disposition::not_called || c.how == disposition::no_answer || c.how == disposition::wrong_number ||
        c.how == disposition::left_company || c.what == result::not_interested)
        return false;
    return !begins_negative(c.begin) && negated(c.begin);
}

// The longest cues that begin at i; several where they are equally long.
std::vector<cue> cues::at(std::size_t i) const {
    std::vector<cue> out;
    std::size_t longest = i;
    const auto take = [&](std::size_t end, std::optional<disposition> how, std::optional<result> what) {
        cue c{.begin = i, .end = end, .how = how, .what = what};
        if (end > i && how == std::nullopt && what == result::do_not_contact && vetoed(c) && end >= longest &&
            begins_negative(i))
            c.what = result::call_back; // "don't call before ten": call, but then
        if (end == i || end < longest || (c.what == what && vetoed(c)))
            return;
        if (end > longest)
            out.clear();
        longest = end;
        out.push_back(c);
    };
    for (std::size_t d = 0; d < rules_.how.size(); ++d)
        if (static_cast<disposition>(d) != disposition::connected)
            take(rules_.how[d].match(t_, i), static_cast<disposition>(d), std::nullopt);
    for (std::size_t r = 0; r < rules_.what.size(); ++r)
        take(rules_.what[r].match(t_, i), std::nullopt, static_cast<result>(r));
    return out;
}

void cues::scan() {
    const auto& wish = rules_.what[static_cast<std::size_t>(result::do_not_contact)];
    for (std::size_t i = 0; i < t_.size(); ++i) { // looked for everywhere: none may be hidden behind another cue
        const cue c{.begin = i, .end = wish.match(t_, i), .how = std::nullopt, .what = result::do_not_contact};
        if (c.end > i && !vetoed(c))
            cues_.push_back(c);
    }
    const auto wishes = cues_;
    for (std::size_t i = 0; i < t_.size();) {
        const auto inside = std::ranges::find_if(wishes, [i](const cue& w) { return i >= w.begin && i < w.end; });
        if (inside != wishes.end()) {
            i = inside->end;
            continue;
        }
        const auto here = at(i);
        std::size_t next = i + 1;
        for (const auto& c : here) {
            if (c.what != result::do_not_contact)
                cues_.push_back(c);
            next = c.end;
        }
        i = next;
    }
}

void cues::scan_connected() {
    const auto& set = rules_.how[static_cast<std::size_t>(disposition::connected)];
    for (std::size_t i = 0; i < t_.size(); ++i) {
        const auto end = set.match(t_, i);
        cue c{.begin = i, .end = end, .how = disposition::connected, .what = std::nullopt};
        if (end == i || vetoed(c))
            continue;
        // "she quit": the words belong to another disposition
        const bool inside =
            std::ranges::any_of(cues_, [&](const cue& o) { return o.how && o.begin <= i && o.end >= end; });
        if (inside)
            continue;
        c.weak = rules_.hint.weak_voice.match(t_, i) > i;
        cues_.push_back(c);
        i = end - 1;
    }
    std::ranges::sort(
        cues_, [](const cue& a, const cue& b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; });
}

// "spoke with the receptionist" went as far as the receptionist.
void cues::gate_talk() {
    constexpr std::size_t close = 4;
    for (std::size_t i = 0; i < t_.size(); ++i)
        hard_gate_ = hard_gate_ || rules_.hint.hard_gate.match(t_, i) > i;
    if (!has(disposition::gatekeeper))
        hard_gate_ = false;
    for (auto& c : cues_)
        if (c.how == disposition::connected && !c.weak)
            c.weak = std::ranges::any_of(cues_,
                                         [&c](const cue& g) {
                                             return g.how == disposition::gatekeeper && g.begin >= c.begin &&
                                                    g.begin <= c.end + close - 1 && g.begin + 1 > c.end - 1;
                                         }) &&
                     hard_gate_;
}

// What is said after "sorry, meant …" replaces what was said before.
void cues::corrections() {
    std::size_t marker = t_.size();
    for (std::size_t i = 1; i < t_.size(); ++i)
        if (rules_.hint.correction.match(t_, i) > i &&
            !(t_[i - 1].is == token::sort::word && (t_[i - 1].text == "said" || t_[i - 1].text == "was")))
            marker = i;
    if (marker == t_.size())
        return;
    const bool how_after = std::ranges::any_of(cues_, [&](const cue& c) { return c.how && c.begin >= marker; });
    const bool what_after = std::ranges::any_of(cues_, [&](const cue& c) {
        return c.what && c.begin >= marker && c.what != result::call_back && c.what != result::interested_later;
    });
    std::erase_if(cues_, [&](const cue& c) {
        return c.begin < marker && ((c.how && how_after) || (c.what && what_after)) && c.what != result::do_not_contact;
    });
}

} // namespace whynow::domain::outcomes
