// What the sentence around a date says of it: refused, over, or asked for. Private to this room.
#pragma once

#include "domain/dates/sweep.hpp"

#include <vector>

namespace whynow::domain::dates {

class sentence {
  public:
    sentence(const grammar& g, const std::vector<found>& all) : g_(g), all_(all) {}

    // Neither refused ("not Tuesday", "Tuesday doesn't work") nor over ("spoke Tuesday", "Q3 was bad").
    bool stands(std::size_t k) const;
    // How much it is the day to act on among several: called for ("ring", "follow up" before it), said to suit.
    int weight(std::size_t k) const;

  private:
    bool asked_for(std::size_t k) const;
    bool refused(std::size_t k) const;
    bool over(std::size_t k) const;
    bool adjective(std::size_t k) const;
    bool far_year(std::size_t k) const;
    bool was_before(std::size_t k) const;
    // tense.cpp: a verb of the past before or behind a day
    bool wished_in_spanish(std::size_t i) const;
    bool listed_past(std::size_t i) const;
    bool past_before(std::size_t i) const;
    bool past_behind(std::size_t i) const;
    bool breaks(std::size_t i) const;
    // How far its clause reaches: the symbols no other date has.
    std::size_t floor_of(std::size_t k) const;
    std::size_t ceiling_of(std::size_t k) const;

    const grammar& g_;
    const std::vector<found>& all_;
};

} // namespace whynow::domain::dates
