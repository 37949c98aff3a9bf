// Signals become trigger events at accounts: the first hand-over of the day.
#pragma once

#include "domain/signals/stories.hpp"
#include "domain/triggers/classifier.hpp"
#include "domain/triggers/companies.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace whynow::workday {

struct intake_counts {
    int accepted = 0; // signals not seen before
    int duplicates = 0;
    int events = 0; // trigger events made or corroborated
};

// One item as a source gave it, with the account and kind its sender may have named.
struct incoming {
    signals::signal item;
    std::optional<local_date> event_date; // where the source knows it (a filing's report date)
};

// Holds the matcher of account names and the stories of the last days. Belongs to the writer thread: every call happens
// inside a unit of work there.
class intake {
  public:
    // Stores what is new, recognises events, lays them on every account they touch. The seller's own news is stored as
    // a signal and never becomes an event.
    intake_counts take(store::session& s, const std::vector<incoming>& items, const rulebook& rules, instant now);
    // The matcher as it stands; rebuilt when the accounts have changed.
    const triggers::companies& companies(store::session& s, const rulebook& rules);

  private:
    std::unique_ptr<triggers::companies> companies_;
    std::map<std::string, account_id, std::less<>> by_cik_; // ten digits
    const rulebook* built_for_ = nullptr;
    std::int64_t revision_ = -1;
    std::unique_ptr<signals::stories> stories_;

    void warm(store::session& s, const rulebook& rules, instant now);
    void touch_others(store::session& s, event_id id, const triggers::trigger_event& e);
    account_id hinted(const signals::signal& item, const triggers::companies& matcher) const;
    void by_hint(triggers::classification& found, const signals::signal& item, account_id hinted,
                 const triggers::companies& matcher, const rulebook& rules) const;
    bool own_news(const signals::signal& item, const rulebook& rules) const;
};

// The key under which a source's events are shown: "SEC" for EDGAR, else the publisher, else the host of the address.
std::string shown_source(const signals::signal& item);

} // namespace whynow::workday
