// What the store keeps of a made card, a score and a mail, as JSON text, and back. The only place of these forms.
#pragma once

#include "domain/briefs/call_card.hpp"
#include "domain/lint/lint.hpp"
#include "domain/ranking/learner.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace whynow::workday {

using namespace whynow::domain;

std::string to_json(const briefs::call_card& c);
briefs::call_card call_card_from(std::string_view json); // empty card where it cannot be read

std::string to_json(const ranking::features& f);
ranking::features features_from(std::string_view json); // those that can be read

// The parts of a score as they stood that morning.
struct score_paper {
    double probability = 0;
    ranking::features features;
    struct line {
        ranking::feature about;
        double weight = 0, contribution = 0;
    };
    std::vector<line> parts;
};
std::string to_json(const score_paper& p);
score_paper score_paper_from(std::string_view json);

std::string to_json(const lint::mail_facts& f);
lint::mail_facts mail_facts_from(std::string_view json);

// What waits in the outbox. `subject` is what to show ("brief:17", "outcome:9", "digest:3:2026-W47"), rendered when it
// is sent; a `message` that says all by itself travels as it is.
struct errand {
    std::string operation = "post"; // post, update, whisper
    std::string subject;
    std::string message; // chat::to_json of a cards::message; empty where the subject is rendered
    std::string to;      // chat::to_json of an address; empty: the rep's own
    std::int64_t rep = 0;
    std::string thread_conversation, thread_id;
    bool loud = false;
};
std::string to_json(const errand& e);
errand errand_from(std::string_view json);

// {"a":"…","b":"…"} both ways, for small notes in store::documents.
std::string to_json(const std::vector<std::pair<std::string, std::string>>& entries);
std::string entry_of(std::string_view json, std::string_view key);

} // namespace whynow::workday
