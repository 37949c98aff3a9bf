// Counting: briefs, cards, calls, meetings and referrals go in, figures come out, and with them the rows behind one
// figure if it is asked for. One pass over narrow rows: a year of a thousand reps is counted while somebody waits.
#pragma once

#include "domain/digests/figures.hpp"
#include "domain/outcomes/outcome.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace whynow::domain::digests {

struct result_set {
    std::uint16_t bits = 0;
    void add(outcomes::result r) { bits |= std::uint16_t(1u << unsigned(r)); }
    bool has(outcomes::result r) const { return (bits >> unsigned(r) & 1u) != 0; }
};

struct shown_brief {
    brief_id id;
    rep_id rep;
    local_date day{};
    int budget = 0;
    double usual = 0; // calls on the rep's usual day; 0: not told
};
struct shown_card {
    enum class state : std::uint8_t { open, answered, snoozed, not_a_reason };
    card_id id;
    brief_id brief;
    local_date day{}; // of its brief
    std::string_view kind, scope, source;
    double probability = 0;
    shown_card::state now = state::open;
};
// What was told of a call as it stands, not taken back; "not called" is a word about a card, and no call.
struct told_call {
    outcome_id id;
    rep_id rep;
    card_id card; // none: outside any brief
    local_date day{};
    std::optional<outcomes::disposition> how;
    result_set results;
};
struct agreed_meeting {
    outcome_id agreed_in;
    card_id card;
    local_date due{};  // the day it was for; of the call where no day was said
    bool held = false; // the same person was spoken with on that day or later
};
struct named_referral {
    referral_id id;
    card_id card; // of the call in which they were named
    local_date day{};
    int generation = 1;
    bool called = false;
};

class tally {
  public:
    // `today`: where the team lives; cards of days before it should have been answered.
    tally(local_date from, local_date to, local_date today, std::optional<figure> listed = {});
    void count_people() { people_wanted_ = true; } // figures::people, by rep id, without names

    // By rep, then by day; days before `from` may be among them (their cards give later calls their kind). Then the
    // cards, those of a brief together.
    void add(const shown_brief& b);
    void add(const shown_card& c);
    // By rep, then by day, within from and to. Several of one card are one call: the last word (the highest id) holds.
    void add(const told_call& c);
    void add(const agreed_meeting& m);
    void add(const named_referral& r);
    // Cards that calls, meetings or referrals came from and that were not added. Add them, then finish.
    std::vector<card_id> unknown() const;

    // Everything but what needs no counting here (reps, overdue, struggles, thanks, feeds). Once.
    figures finish();
    const std::vector<entry>& listed() const { return listed_; }
    // Was this a conversation that counted? After finish().
    bool conversation(outcome_id id) const;
    outcome_id first_conversation() const { return {first_spoken_}; }

  private:
    struct labels {
        std::vector<std::string> all;
        struct hash : std::hash<std::string_view> {
            using is_transparent = void;
        };
        std::unordered_map<std::string, std::uint16_t, hash, std::equal_to<>> known;
        std::uint16_t last = 0;
        std::uint16_t of(std::string_view label);
    };
    struct slot { // a card, with the last word on it
        card_id id;
        std::uint16_t kind = 0, scope = 0, source = 0;
        shown_card::state now{};
        bool within = false; // shown in the period
        float probability = 0;
        local_date day{};
        outcome_id told;
        rep_id rep;
        local_date told_on{};
        std::optional<outcomes::disposition> how;
        result_set results;
    };
    static constexpr std::int64_t page_size = 1024;
    using page = std::array<std::uint32_t, page_size>; // 1 + index of the slot

    local_date from_, to_, today_;
    std::optional<figure> wanted_;
    figures out_;
    labels kinds_, scopes_, sources_;
    std::vector<way> by_kind_, by_scope_, by_source_;
    std::vector<slot> slots_;
    std::unordered_map<std::int64_t, std::unique_ptr<page>> pages_;
    std::vector<told_call> alone_, strays_; // without a card; with one that is not known yet
    std::vector<agreed_meeting> meetings_;
    std::vector<named_referral> referrals_;
    std::vector<std::pair<rep_id, local_date>> paced_; // days whose usual calls are known
    std::vector<double> usual_;                        // of each of them
    std::vector<int> logged_;
    std::vector<std::pair<brief_id, local_date>> briefs_; // in the period
    std::vector<brief_id> filled_;                        // of them, those with a card
    std::vector<float> chances_;
    std::vector<std::int64_t> spoken_; // outcomes
    std::int64_t first_spoken_ = 0;
    std::vector<bool> was_spoken_; // from the first on
    bool people_wanted_ = false;
    std::unordered_map<rep_id, person> people_;
    std::vector<entry> listed_;

    slot* find(card_id id);
    const slot* find(card_id id) const { return const_cast<tally*>(this)->find(id); }
    bool within(local_date d) const { return from_ <= d && d <= to_; }
    void list(figure f, entry::table in, std::int64_t id, local_date day);
    void take(slot& s, const told_call& c);
    void count(const told_call& c, const slot* s);
    void count_cards();
    void count_days();
    void note_spoken();
    template <class Change>
    void in_groups(const slot* s, Change change);
    void groups(figures& f) const;
};

} // namespace whynow::domain::digests
