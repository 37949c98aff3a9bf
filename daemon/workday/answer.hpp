// A call's outcome: stored with everything that follows from it (facts, referrals, the return, drafts, a closed
// contact), corrected as a whole, taken back as a whole. One unit of work each.
#pragma once

#include "domain/outcomes/outcome.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <optional>
#include <string>

namespace whynow::workday {

struct given_answer {
    outcomes::understood what;
    std::string said;       // the rep's words; empty for a tap
    std::string source;     // "tap", "form", "text"
    std::string source_ref; // business key: the same answer twice is one outcome
    instant at{};
    bool corrects = false; // words that say how earlier words were meant; not a new answer, nor the old one reworded
};

// Stores the outcome of a card's call; nothing where this very answer was taken before. A card answered already is
// corrected by the new answer (the rep's last word holds).
std::optional<outcome_id> take_answer(store::session& s, const book::rep& rep, const store::card& card,
                                      const given_answer& a, const rulebook& rules, instant now);
// The same for a call outside any brief, with a person of the book.
std::optional<outcome_id> take_answer(store::session& s, const book::rep& rep, const book::contact& who,
                                      const given_answer& a, const rulebook& rules, instant now);

// Replaces what was understood; what followed from the old reading is withdrawn first (drafts that were sent stay
// sent). Where words had been read and a tap, a dialog or words that correct say what was meant, the difference is kept
// as a lesson.
void correct_answer(store::session& s, const book::rep& rep, outcome_id id, const given_answer& a,
                    const rulebook& rules, instant now);

// Takes it back. False where it was taken back before.
bool undo_answer(store::session& s, outcome_id id, const rulebook& rules, instant now);

// The outcome as it would be understood again: for forms and corrections in words.
outcomes::understood understood_of(store::session& s, const store::outcome& o);

} // namespace whynow::workday
