// The digest: figures with their denominators in their names, honest where there are few.
#pragma once

#include "domain/cards/message.hpp"
#include "domain/core/time.hpp"
#include "domain/text/phrasebook.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::digests {

// Hits of a kind (or of all): conversations are the denominator.
struct rate {
    std::string label;
    int hits = 0, conversations = 0;
};
// Wilson's score interval at 95 % (E. B. Wilson, JASA 22, 1927): holds at small n and at 0 and n.
struct interval {
    double low = 0, high = 1;
};
interval wilson(int hits, int n);
// Below this many conversations no rate is shown (issue of small numbers: demands.md, section 1).
inline constexpr int fewest_for_a_rate = 10;

struct promise {
    std::string who, account, rep;
    local_date promised{};
};

struct figures {
    local_date from{}, to{};
    int reps = 0;
    int briefs = 0, days_with_nothing = 0;
    int calls_suggested = 0, budget_total = 0; // sum over the briefs
    int calls_logged = 0;
    int usual_calls = 0; // what these reps would have made by their own baseline on those days
    int conversations = 0, hits = 0, meetings = 0, closed = 0; // closed: asked not to be called
    int referrals = 0, referrals_called = 0;
    std::vector<std::pair<int, int>> referrals_by_generation; // generation, how many
    std::vector<rate> by_kind;
    std::vector<promise> overdue;
    std::vector<std::pair<std::string, int>> struggles; // what customers said, in how many companies (at least 3)
    int thanks_owed = 0, thanks_sent = 0;
    int wrong_reasons = 0;
};

cards::message digest(const figures& f, std::string_view language, local_date today, const text::phrasebook& book);

} // namespace whynow::domain::digests
