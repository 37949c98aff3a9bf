// What the store keeps beside the book: plain rows, in the words of DESIGN.md.
#pragma once

#include "domain/book/book.hpp"
#include "domain/core/id.hpp"
#include "domain/core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace whynow::store {

using namespace whynow::domain; // ids, instants, local dates

// Where a person can be reached in a chat. One per (platform, tenant, user).
struct chat_identity {
    std::string platform;
    std::string tenant;
    std::string user;
    rep_id rep;               // empty: somebody we cannot place yet
    std::string conversation; // empty until known
    std::string route;        // adapter's own
    bool gone = false;        // uninstalled, blocked: nothing is sent
};

struct brief {
    brief_id id;
    rep_id rep;
    local_date date;
    instant planned_at{};
    int budget = 0;
    int candidates = 0;   // how many open accounts were looked at
    std::string platform; // where it went; empty = not delivered yet
    std::string conversation;
    std::string message_id; // on the platform; empty until sent
    card_id open_card;      // the call shown open; a reply without a name belongs to it
    bool late = false;
};

enum class card_state { open, answered, snoozed, not_a_reason };
std::string_view to_string(card_state s);

// One call of a brief. `reason_key` says what it rests on: "event:12", "return:5", "referral:9", "story:ab12".
struct card {
    card_id id;
    brief_id brief;
    int number = 0; // 1..n as shown
    contact_id contact;
    account_id account;
    std::string reason_key;
    std::string kind; // trigger kind, or "referral", "own_date", "promise"
    std::string scope;
    std::string content;     // JSON of the rendered parts, as made that morning
    std::string explanation; // JSON of the score's parts
    double probability = 0;
    card_state state = card_state::open;
    std::string source; // whose feed told the reason; empty: add_card() looks it up
};

struct left_out { // why somebody was not in a brief: for `whynow explain`
    brief_id brief;
    account_id account;
    contact_id contact;
    std::string why; // machine word: "cool_down", "budget", "do_not_contact", "used", …
    std::string detail;
};

struct outcome {
    outcome_id id;
    card_id card; // empty: a call outside any brief
    rep_id rep;
    contact_id contact;
    account_id account;
    instant at{};           // when the rep said so
    std::string source;     // "tap", "form", "text"
    std::string source_ref; // business key of the event it came from; unique
    std::string said;       // the rep's words
    std::string disposition;
    std::vector<std::string> results;
    std::string action;
    std::optional<local_date> follow_up_from, follow_up_to;
    std::optional<local_date> follow_up_date;
    std::optional<minute_of_day> follow_up_time;
    std::vector<std::string> unsure;
    int revision = 1;
    bool undone = false;
    std::string message_conversation; // where the understood card stands
    std::string message_id;
    local_date day{}; // the local day of the call; not ok(): the store takes its brief's, else the UTC day of `at`
};

struct fact {
    fact_id id;
    account_id account;
    contact_id contact;
    std::string kind;  // challenge, tried, timeline, vendor, budget, promised_topic
    std::string value; // as written
    rep_id learned_by;
    instant learned_at{};
    outcome_id outcome; // 0: imported
    bool withdrawn = false;
};

struct referral {
    referral_id id;
    outcome_id outcome;
    contact_id referrer;
    contact_id referred; // the contact it became; 0 until it did
    account_id account;
    rep_id rep;
    std::string name, title, contact; // as written
    std::string words;                // the sentence of the reply that named them
    std::optional<bool> may_name;
    int generation = 1;
    local_date on;
    bool withdrawn = false;
};

enum class draft_kind { thank_you, referral, loop_closing, nurture };
enum class draft_state { proposed, approved, sent, discarded, unknown, failed };
std::string_view to_string(draft_kind k);
std::string_view to_string(draft_state s);

struct draft {
    draft_id id;
    draft_kind kind = draft_kind::thank_you;
    outcome_id outcome;
    referral_id referral;
    rep_id rep;
    contact_id contact; // to whom
    std::string to;     // address; empty = not known yet, asked
    std::string subject;
    std::string body;
    std::string facts; // JSON of lint::mail_facts, for checking an edit again
    int revision = 1;
    draft_state state = draft_state::proposed;
    std::string problem; // why failed or unknown, in words
    instant created_at{};
    std::string message_conversation;
    std::string message_id;
};

// A dated return of a contact.
struct nurture_step {
    nurture_id id;
    contact_id contact;
    account_id account;
    rep_id rep;
    outcome_id outcome;
    local_date due;      // the working day on which it should be in the brief
    local_date promised; // the day they named
    std::optional<minute_of_day> at;
    std::string words; // what they said
    std::string state; // waiting, shown, done, cancelled
};

// parked: nobody can be reached there any more; dropped: a person decided that it is not sent.
enum class outbox_state { pending, sending, sent, ambiguous, dead, parked, dropped };
std::string_view to_string(outbox_state s);

// Something that must leave the house. Written in the transaction of the fact that caused it.
struct outbox_item {
    outbox_id id;
    std::string channel;    // "slack", "teams", "console", "mail"
    std::string order_key;  // items of one key leave in order; others never wait for it (a conversation, an address)
    std::string unique_key; // "brief:17", "draft:4:2", "understood:9:1": never twice in the table
    std::string purpose;    // brief, understood, draft, question, notice, digest, mail, update
    std::string payload;    // JSON
    outbox_state state = outbox_state::pending;
    int tries = 0;
    instant due{};
    instant first_tried{};
    std::string problem;
    instant created_at{};
};

struct inbox_item {
    inbox_id id;
    std::string channel;
    std::string event_id;
    std::string business_key;
    std::string payload; // chat::to_json of the event
    instant received_at{};
};

struct source_cursor {
    std::string source;
    std::string cursor; // JSON, the source's own
    instant next_poll{};
    instant last_success{};
    int failures = 0;
    std::string problem;
};

} // namespace whynow::store
