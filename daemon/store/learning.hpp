// What the ranker learned, version by version, which calls taught it, and who was considered for a brief.
#pragma once

#include "store/aggregates.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::store {

struct learned_version {
    std::int64_t id = 0;
    local_date day{}; // learned up to this day
    instant made_at{};
    std::int64_t calls = 0; // learned in all
    std::string note;       // empty: a night; else why it was made ("reverted to 12")
    std::string content;    // ranking::save(experience)
};

// A call of a brief that was answered or set aside, with all that can be learned of it.
struct judged_call {
    card_id card;
    local_date day{}; // of its brief
    std::string kind;
    std::string explanation;   // empty where it was learned already
    bool wrong_reason = false; // "not a reason"
    std::string disposition;   // of the standing outcome; empty where there is none
    std::vector<std::string> results;
    std::optional<local_date> happened_on; // of its event
    std::string source;                    // of its event
    int generation = 0;                    // of its referral; 0: it rests on none
    std::optional<bool> learned_as;        // a hit or not, where it was learned
    std::int64_t learned_in = 0;           // by this version
};

// Somebody who could have been called that morning. `propensity`: with what probability they were going to be.
struct considered_call {
    brief_id brief;
    contact_id contact;
    account_id account;
    card_id card; // empty: not chosen
    std::string features;
    double probability = 0, propensity = 1;
};

class learning {
  public:
    explicit learning(session& s) : s_(s) {}

    std::int64_t add(const learned_version& v);
    std::optional<learned_version> newest();
    std::int64_t newest_id(); // 0 where nothing was learned
    std::optional<learned_version> find(std::int64_t id);
    std::optional<learned_version> before(std::int64_t id); // the newest older one
    std::vector<learned_version> versions();                // newest first, without content
    // Forgets all but the newest `count` versions.
    void keep_newest(int count);

    // Calls of the briefs since that day that were conversations, set aside or learned, by day and card.
    std::vector<judged_call> judged(local_date since);
    void mark_learned(card_id card, std::int64_t version, bool hit);
    // This version and all later ones are gone; the calls they learned count as not learned.
    void unlearn_since(std::int64_t version);

    void add(const considered_call& c);
    std::vector<considered_call> considered(brief_id brief); // the most probable first
    // Calls put into briefs since that day about the same reason, by anybody.
    int crowd(std::string_view reason_key, local_date since);

  private:
    session& s_;
};

} // namespace whynow::store
