// The figures of a digest: each has a name, a number, what it is a share of, and a list of the rows behind it.
#pragma once

#include "domain/core/id.hpp"
#include "domain/core/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace whynow::domain::digests {

// Wilson's score interval at 95 % (E. B. Wilson, JASA 22, 1927): holds at small n and at 0 and n.
struct interval {
    double low = 0, high = 1;
};
interval wilson(int hits, int n);
// Below so many no rate is shown (small numbers: demands.md, section 1).
inline constexpr int fewest_for_a_rate = 10;
// Nothing is said of a person by name in a group smaller than this.
inline constexpr int fewest_people = 5;
// What customers said is pooled over so many companies before it is told.
inline constexpr int fewest_companies = 3;

// What is counted. docs/digest.md says of each what its rows are.
enum class figure : std::uint8_t {
    briefs,
    nothing,
    suggested,
    calls,
    saved,
    conversations,
    hits,
    meetings,
    meetings_due,
    held,
    referrals,
    referrals_called,
    closed,
    thanks_owed,
    thanks,
    wrong,
    unlogged,
    overdue,
    foretold,
    struggles,
    feeds,
};
inline constexpr std::size_t figure_count = 21;
std::string_view to_string(figure f); // "hits": the word of the command line, the pages and the files
std::optional<figure> figure_from(std::string_view word);
std::array<figure, figure_count> all_figures(); // in the order of a digest
std::string names_of_figures();                 // their words, "briefs, nothing, …": for who asked for another

// One way from suggestions to referrals: of all calls, or of a kind, a scope, a source of reasons.
struct way {
    int suggested = 0, calls = 0, conversations = 0, hits = 0, meetings = 0, meetings_due = 0, held = 0, referrals = 0;
    int wrong = 0; // suggested, and judged "not a reason"
    friend bool operator==(const way&, const way&) = default;
};
struct group {
    std::string label; // "leadership", "industry", "press"; other_calls where no brief was behind the call
    way of;
};
inline constexpr std::string_view other_calls = "other";
// The source of what no feed told: referrals and days that the customer named.
inline constexpr std::string_view no_feed = "none";

struct promise {
    std::string who, account, rep; // rep: empty where the group is too small to name people
    local_date promised{};
};

// What the scores foretold, against what came: conversations with the very person a card named.
struct foretelling {
    int conversations = 0, hits = 0;
    double expected = 0;   // hits, by the scores
    int low = 0, high = 0; // so many would be no surprise, 95 of 100 times
    enum class verdict { too_few, as_foretold, more_came, fewer_came };
    verdict says() const;
};
// The range of sums of independent chances that 95 % lie in; the chances are `p`.
std::pair<int, int> likely_range(const std::vector<float>& p);

// A source of signals that does not work: polls fail, or nothing new came for long.
struct dead_feed {
    std::string source;
    bool fails = false; // else silent
    instant since{};    // the last good poll, or the last item; the epoch: never
};

struct person {
    rep_id rep;
    std::string name;
    int calls = 0, conversations = 0, hits = 0;
};

struct figures {
    local_date from{}, to{};
    int reps = 0;
    int briefs = 0, days_with_nothing = 0, budget_total = 0; // budget: sum over the briefs
    way all;
    std::vector<group> by_kind, by_scope, by_source; // most conversations first
    int usual_calls = 0, calls_beside_usual = 0; // on days with a brief of reps whose usual day is known: usual, logged
    int closed = 0;                              // asked not to be called
    int referrals_called = 0;
    std::vector<std::pair<int, int>> referrals_by_generation; // generation, how many
    int shown_before = 0, unlogged = 0;                       // cards of days that are over; without any word
    int overdue_count = 0;
    std::vector<promise> overdue;                       // the oldest few
    std::vector<std::pair<std::string, int>> struggles; // what customers said, in how many companies
    int thanks_owed = 0, thanks_sent = 0;
    foretelling scores;
    int feeds = 0;
    std::vector<dead_feed> dead_feeds;
    std::vector<person> people; // only where the team wants people ranked and they are enough

    int saved() const { return usual_calls - calls_beside_usual; }
    // The key of the title: a fortnight and more is no week any longer.
    std::string_view title() const;
};

// A figure with its denominator named. `per` is empty where the number stands alone.
struct share {
    std::string_view name;
    int numerator = 0;
    std::string_view per; // "conversations"
    int denominator = 0;
    bool enough() const { return !per.empty() && denominator >= fewest_for_a_rate; }
    double rate() const { return denominator > 0 ? double(numerator) / denominator : 0; }
};
share share_of(const figures& f, figure which);
// calls, conversations, hits, meetings, held, referrals, wrong of one way; in this order.
std::vector<share> shares_of(const way& w);

// One row behind a figure: where it stands in the store.
struct entry {
    enum class table : std::uint8_t { brief, card, outcome, referral, draft, promise, day, words };
    entry::table in = table::outcome;
    std::int64_t id = 0; // of the table; day: none
    local_date day{};
    int a = 0, b = 0;  // day: usual calls, logged calls; words: companies
    std::string words; // what a row of its own says (a struggle, a feed)
};

} // namespace whynow::domain::digests
