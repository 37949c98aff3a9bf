// A rep's invented month before the demo begins: briefs, calls, what came of them, and what came of that: the thank-you
// that went out, the meeting that was held, the colleague who was named and called.
#pragma once

#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <string>
#include <vector>

namespace whynow::demo {

// The same numbers at every start: the demo's past is always the same past.
class dice {
  public:
    int below(int n) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return int((state_ >> 33) % std::uint64_t(n));
    }
    bool chance(int percent) { return below(100) < percent; }

  private:
    std::uint64_t state_ = 20250107;
};

struct person {
    domain::contact_id id;
    domain::account_id account;
    std::string industry;
    int employees = 0;
    std::string title;
};

// The address of somebody's mailbox or company: small letters, `gap` for spaces.
std::string in_address(std::string_view name, std::string_view gap = ".");

// Fills the 30 days before `first_day`. `people`: whom this rep calls.
void play_past(store::session& s, const workday::rulebook& rules, const domain::book::rep& rep,
               const std::vector<person>& people, domain::local_date first_day, dice& chances);

} // namespace whynow::demo
