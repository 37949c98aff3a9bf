#include "domain/outcomes/cues.hpp"

#include "domain/outcomes/wishes.hpp"

#include <algorithm>

namespace whynow::domain::outcomes {

cues::cues(const reply_rules& rules, const std::vector<token>& tokens) : rules_(rules), t_(tokens) {
    for (std::size_t i = 0; i < t_.size(); ++i)
        if (const auto end = rules_.idle.match(t_, i); end > i && !(t_[i].text == "were" && t_[i].shortened()))
            idle_.push_back({i, end});
    taken_.assign(t_.size(), false);
    scan();
    scan_connected();
    let_in();
    second_call();
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

// "walking into a meeting", "before meeting us"
bool cues::sat_in(std::size_t begin, std::size_t end) const {
    for (std::size_t back = 0; back <= 5 && back <= begin; ++back)
        if (const auto sitting = rules_.hint.sitting.match(t_, begin - back);
            sitting >= end || (back > 0 && sitting > begin))
            return true;
    return false;
}

std::optional<span> cues::meeting() const {
    for (std::size_t i = 0; i < t_.size(); ++i) {
        const auto end = rules_.hint.meeting.match(t_, i);
        const auto in_it = [&](std::size_t from, std::size_t to) { return i >= from && end <= to; };
        if (end > i && !sat_in(i, end) && std::ranges::none_of(cues_, [&](const cue& c) {
                return (c.how == disposition::gatekeeper || c.how == disposition::no_answer) && in_it(c.begin, c.end);
            }))
            return span{i, end};
    }
    return std::nullopt;
}

bool cues::asked_back() const {
    return std::ranges::any_of(cues_, [this](const cue& c) {
        if (c.what != result::call_back)
            return false;
        for (std::size_t back = 0; back <= 2 && back <= c.begin; ++back)
            if (rules_.hint.retry.match(t_, c.begin - back) >= c.end)
                return false;
        return true;
    });
}

bool cues::spoke_after(disposition d, bool weakly) const {
    const auto* before = first(d);
    return before && std::ranges::any_of(cues_, [before, weakly](const cue& c) {
               return c.how == disposition::connected && (weakly || !c.weak) && c.begin >= before->end;
           });
}

bool cues::begins_with(disposition d) const {
    const auto first_how = std::ranges::find_if(cues_, [](const cue& c) { return c.how.has_value(); });
    return first_how != cues_.end() && first_how->how == d;
}

bool cues::strong_connected() const {
    return std::ranges::any_of(cues_, [](const cue& c) { return c.how == disposition::connected && !c.weak; });
}

bool cues::put_off() const {
    bool all = true;
    for (const auto& c : cues_)
        if (c.what == result::not_interested) {
            bool limited = false;
            for (auto i = c.end; i < c.end + 3 && i < t_.size() && t_[i].is == token::sort::word; ++i)
                limited = limited || rules_.hint.for_now.match(t_, i) > i; // "nothing will change this year"
            for (auto i = c.begin; i < c.end; ++i)
                limited = limited || rules_.hint.for_now.match(t_, i) > i;
            all = all && limited;
        }
    return all;
}

bool cues::bounded() const {
    return has(result::not_interested) && std::ranges::all_of(cues_, [this](const cue& c) {
               return c.what != result::not_interested || rules_.hint.bound.match(t_, c.end) > c.end;
           });
}

bool cues::begins_negative(std::size_t i) const { return rules_.hint.negation.match(t_, i) > i; }

// A "not" just before it that is no part of another cue: "not there left vm" left one.
bool cues::negated(std::size_t i) const {
    for (std::size_t back = 1; back <= 2 && back <= i; ++back) {
        if (t_[i - back].is != token::sort::word || taken_[i - back])
            return false;
        if (begins_negative(i - back) && !(back > 1 && t_[i - back].text == "no")) // "no he called back"
            return true;
    }
    return false;
}

bool cues::vetoed(const cue& c) const {
    if (std::ranges::any_of(idle_, [&c](const span& s) { return c.begin >= s.from && c.end <= s.to; }))
        return true;
    if (c.what == result::do_not_contact)
        return !wish_stands(rules_, t_, c.begin, c.end);
    if (c.what == result::meeting_booked && sat_in(c.begin, c.end))
        return true;
    if (c.what == result::not_interested && c.begin > 0 && begins_negative(c.begin) && !taken_[c.begin - 1] &&
        t_[c.begin - 1].is == token::sort::word && begins_negative(c.begin - 1))
        return true; // "he's not NOT interested"
    return !begins_negative(c.begin) && negated(c.begin);
}

// "never to take sales calls" is nothing about ours.
bool cues::takes_none(std::size_t begin, std::size_t end) const {
    for (auto i = begin; i < end; ++i)
        if (rules_.wish.not_inside.match(t_, i) > i + 1)
            return true;
    return false;
}

// The longest cues that begin at i; several where they are equally long.
std::vector<cue> cues::at(std::size_t i) const {
    std::vector<cue> out;
    std::size_t longest = i;
    const auto take = [&](std::size_t end, std::optional<disposition> how, std::optional<result> what) {
        cue c{.begin = i, .end = end, .how = how, .what = what};
        if (end > i && what == result::do_not_contact && vetoed(c) && end >= longest && begins_negative(i) &&
            !takes_none(i, end))
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
            if (c.what == result::call_back && begins_negative(c.begin)) // somebody said when not to call
                cues_.push_back(
                    {.begin = c.begin, .end = c.end, .how = disposition::connected, .what = {}, .weak = true});
            next = c.end;
        }
        std::fill(taken_.begin() + static_cast<std::ptrdiff_t>(here.empty() ? next : i),
                  taken_.begin() + static_cast<std::ptrdiff_t>(next), true);
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
        c.weak = rules_.hint.weak_voice.match(t_, i) > i && rules_.hint.came_back.match(t_, i) == i;
        cues_.push_back(c);
        i = end - 1;
    }
    std::ranges::sort(
        cues_, [](const cue& a, const cue& b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; });
}

// "called the main line, gatekeeper. called his cell and booked Friday": the call that went further counts
void cues::second_call() {
    for (std::size_t i = 1; i < t_.size(); ++i) {
        if (t_[i - 1].is != token::sort::mark || rules_.hint.second_call.match(t_, i) == i)
            continue;
        const bool talked = std::ranges::any_of(cues_, [i](const cue& c) {
            return c.begin >= i && c.what && c.what != result::call_back && c.what != result::interested_later;
        });
        const bool missed = std::ranges::any_of(
            cues_, [i](const cue& c) { return c.begin >= i && c.how && c.how != disposition::connected; });
        if (talked && !missed)
            std::erase_if(cues_, [i](const cue& c) {
                return c.begin < i && (c.how == disposition::gatekeeper || c.how == disposition::voicemail ||
                                       c.how == disposition::no_answer);
            });
    }
}

// "the receptionist put me through, he wants a quote"
void cues::let_in() {
    if (!has(disposition::gatekeeper))
        return;
    for (std::size_t i = 0; i < t_.size(); ++i) {
        const auto end = rules_.hint.let_in.match(t_, i);
        if (end == i || negated(i) || (i > 0 && begins_negative(i - 1)))
            continue;
        const bool further = std::ranges::any_of(cues_, [end](const cue& c) {
            return c.begin >= end && (c.how == disposition::voicemail || c.how == disposition::no_answer ||
                                      c.how == disposition::wrong_number);
        });
        if (further)
            return;
        std::erase_if(cues_, [end](const cue& c) { return c.how == disposition::gatekeeper && c.begin < end; });
        cues_.push_back({.begin = i, .end = end, .how = disposition::connected, .what = {}});
        return;
    }
}

// "spoke with the receptionist", "the assistant picked up" went as far as the gate.
void cues::gate_talk() {
    constexpr std::size_t close = 4;
    for (std::size_t i = 0; i < t_.size(); ++i)
        hard_gate_ = hard_gate_ || rules_.hint.hard_gate.match(t_, i) > i;
    if (!has(disposition::gatekeeper))
        hard_gate_ = false;
    for (auto& c : cues_)
        if (c.how == disposition::connected && !c.weak)
            c.weak = hard_gate_ && std::ranges::any_of(cues_, [&](const cue& g) {
                         if (g.how != disposition::gatekeeper)
                             return false;
                         const bool behind =
                             g.begin >= c.begin && g.begin <= c.end + close - 1 && g.begin + 1 > c.end - 1;
                         const bool before = g.end <= c.begin + 1 && g.end + 1 >= c.begin &&
                                             rules_.hint.hard_gate.match(t_, g.begin) > g.begin;
                         return behind || before; // "the assistant picked up"
                     });
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
