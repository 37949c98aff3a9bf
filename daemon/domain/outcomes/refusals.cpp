#include "domain/outcomes/refusals.hpp"

#include <algorithm>

namespace whynow::domain::outcomes {

namespace {

template <class F>
bool any_token(const std::vector<token>& t, std::size_t from, std::size_t to, F holds) {
    return from < to && std::any_of(t.begin() + static_cast<std::ptrdiff_t>(from),
                                    t.begin() + static_cast<std::ptrdiff_t>(to), holds);
}

} // namespace

template <class F>
bool refusals::each(F holds) const {
    return std::ranges::all_of(c_.all(),
                               [&holds](const cue& c) { return c.what != result::not_interested || holds(c); });
}

bool refusals::about_money() const {
    return each([this](const cue& c) {
        return any_token(t_, c.begin, c.end, [](const token& k) {
            return k.text == "budget" || k.text == "money" || k.text == "geld" || k.text == "presupuesto";
        });
    });
}

bool refusals::about_a_thing() const {
    return each([this](const cue& c) { return rules_.hint.not_wanted.match(t_, c.begin) >= c.end; });
}

bool refusals::about_tried(std::size_t tried_from) const {
    return each([&](const cue& c) {
        return t_[c.begin].at.from > tried_from && rules_.hint.too_much.match(t_, c.begin) > c.begin;
    });
}

bool refusals::polite() const {
    return each([this](const cue& c) {
        for (auto i = c.begin; i < c.end; ++i)
            if (rules_.hint.polite_no.match(t_, i) > i)
                return true;
        return false;
    });
}

bool refusals::followed_by_a_question() const {
    return std::ranges::any_of(c_.all(), [this](const cue& info) {
        return info.what == result::needs_info && info.begin > 0 &&
               rules_.hint.customer_asks.match(t_, info.begin) > info.begin &&
               each([&](const cue& c) { return turned(c.end, info.begin); });
    });
}

bool refusals::turned(std::size_t from, std::size_t to) const {
    return any_token(t_, from, to, [](const token& k) {
        return k.text == "but" || k.text == "aber" || k.text == "mais" || k.text == "pero" || k.text == "then";
    });
}

} // namespace whynow::domain::outcomes
