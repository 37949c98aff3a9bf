// Drafts and their way out: proposed in chat, approved or edited or discarded, mailed at most once per approved
// revision.
#pragma once

#include "domain/outcomes/outcome.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::workday {

// Proposes what the outcome deserves: thank-you, a message to each referral, the word back to who referred this
// contact.
void write_drafts(store::session& s, const book::rep& rep, const store::outcome& o, const outcomes::understood& u,
                  const std::vector<store::referral>& referred, const rulebook& rules, instant now);

enum class approval { approved, stale, no_address, suppressed, refused };
// At exactly this revision; puts the mail into the outbox ("draft:ID:REVISION", never twice).
approval approve_draft(store::session& s, const store::draft& d, int revision, const rulebook& rules, instant now);
void discard_draft(store::session& s, const store::draft& d, int revision, const rulebook& rules, instant now);
// New text after a person's edit: checked by the law of mails. Errors by field ("to", "subject", "body"); empty:
// stored.
std::map<std::string, std::string> edit_draft(store::session& s, const store::draft& d, std::string_view to,
                                              std::string_view subject, std::string_view body, const rulebook& rules,
                                              instant now);
// Permission to name the referrer changed: the referral's message is written anew unless it is on its way.
void permission_changed(store::session& s, const store::referral& r, const rulebook& rules, instant now);

// A mail as it goes out.
struct letter {
    std::string from_name, reply_to; // the rep
    std::string to_name, to;
    std::string subject, body;
    std::string message_id_key; // "draft.4.2": the Message-ID is made of it, the same at every try
    std::string language;       // of its words; empty: the team's
    bool promotional = false;   // carries List-Unsubscribe and the footer
};
// Nothing where the draft must not go any more (discarded, suppressed meanwhile).
std::optional<letter> letter_for(store::session& s, draft_id id, int revision);

enum class mailed { sent, refused, unknown };
void settle_mail(store::session& s, draft_id id, int revision, mailed how, std::string_view why, bool suppress,
                 const rulebook& rules, instant now);

} // namespace whynow::workday
