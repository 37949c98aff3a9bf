// The narrow rows that figures are counted from: a few statements for any number of reps, one row at a time.
#pragma once

#include "domain/digests/tally.hpp"
#include "store/aggregates.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace whynow::store {

// Whose figures: everybody's, those of the reps of a manager, one rep's. Only the role rep counts.
struct whose {
    std::string manager_email;
    rep_id rep;
};

class figure_rows {
  public:
    figure_rows(session& s, whose of);

    std::vector<book::rep> reps();
    bool any_brief(local_date from, local_date to);
    // By rep and day; then their cards, in any order but those of a brief together.
    void briefs(local_date from, local_date to, const std::function<void(const digests::shown_brief&)>& brief);
    void cards(const std::function<void(const digests::shown_card&)>& card);
    // One card of whomsoever; false where it is gone.
    bool card(card_id id, const std::function<void(const digests::shown_card&)>& card);
    // What stands of those days, also that somebody was not called; by rep and day.
    void calls(local_date from, local_date to, const std::function<void(const digests::told_call&)>& call);
    // Meetings agreed in a standing call whose day is within from and to.
    void meetings(local_date from, local_date to, const std::function<void(const digests::agreed_meeting&)>& meeting);
    void referrals(local_date from, local_date to, const std::function<void(const digests::named_referral&)>& referral);

    // One per outcome from `first` on that has a thank-you, in whatever state; the draft is its newest.
    void thank_yous(outcome_id first, const std::function<void(draft_id, outcome_id, bool sent)>& thanks);
    struct challenge {
        outcome_id outcome;
        account_id account;
        std::string words;
    };
    std::vector<challenge> challenges(instant begin, instant end); // of everybody
    struct promised {
        nurture_id id;
        local_date day{};
    };
    std::vector<promised> overdue(local_date up_to); // promised until that day and still open, oldest first

    struct feed {
        std::string source;
        instant next_poll{}, last_success{}, last_item{}; // the epoch: never
        int failures = 0;
    };
    static std::vector<feed> feeds(session& s);

  private:
    session& s_;
    std::string manager_;
    std::int64_t rep_;
    std::vector<std::pair<brief_id, local_date>> shown_; // by id
};

} // namespace whynow::store
