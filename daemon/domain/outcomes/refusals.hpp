// What the "no"s of a reply are about: all of it, money only, one thing of several. Private to this room.
#pragma once

#include "domain/outcomes/cues.hpp"

namespace whynow::domain::outcomes {

class refusals {
  public:
    refusals(const reply_rules& rules, const std::vector<token>& t, const cues& c) : rules_(rules), t_(t), c_(c) {}

    // "no budget this year"
    bool about_money() const;
    // "doesn't want another demo, just the price"
    bool about_a_thing() const;
    // "tried temps, too dear": about what was tried, the words of which begin there
    bool about_tried(std::size_t tried_from) const;
    // "no thanks, they took care of it"
    bool polite() const;
    // "said no, but then asked for pricing"
    bool followed_by_a_question() const;

  private:
    template <class F> // holds for every "no" there is, also where there is none
    bool each(F holds) const;
    bool turned(std::size_t from, std::size_t to) const;

    const reply_rules& rules_;
    const std::vector<token>& t_;
    const cues& c_;
};

} // namespace whynow::domain::outcomes
