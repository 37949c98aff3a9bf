// One call of a brief: why the customer would care now, made only from evidence. What has no evidence has no sentence;
// what has no reason becomes no card.
#pragma once

#include "domain/book/book.hpp"
#include "domain/briefs/spoken_headline.hpp"
#include "domain/cards/message.hpp"
#include "domain/core/time.hpp"
#include "domain/lint/lint.hpp"
#include "domain/text/phrasebook.hpp"
#include "domain/triggers/event.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace whynow::domain::briefs {

// One dated, sourced thing that happened, as seen from the contact's account.
struct evidence {
    triggers::kind kind = triggers::kind::none;
    triggers::scope scope = triggers::scope::account;
    triggers::state state = triggers::state::reported;
    std::string headline;  // in the source's words; for an 8-K without a readable title, empty
    std::string item_code; // of an 8-K: "5.02"
    std::string other;     // the company it happened to, where that is not the account itself
    local_date date{};
    std::string source; // "Reuters", "8-K"
    std::string url;    // http(s), or empty
    double confidence = 1;
    bool confidence_is_low() const { return confidence < 0.75; }
};

struct referral_evidence {
    std::string referrer; // full name
    local_date date{};
    std::string words; // of the reply, may be empty
    std::string topic; // what they struggle with, may be empty
    std::optional<bool> may_name;
};

struct return_evidence {
    local_date said_on{};
    local_date promised{};
    std::string words;     // what the rep noted then
    std::string challenge; // what they struggled with, may be empty
};

struct known_fact {
    std::string kind; // challenge, tried, timeline, vendor, budget, promised_topic
    std::string value;
    std::string who; // the rep who heard it, may be empty
    local_date when{};
    bool mine = false; // heard by the rep whose card it is: "told you"
};

// Where and when the contact can be called, both clocks.
struct hours {
    std::string place;                    // "Seattle", "Los Angeles"
    minute_of_day from{}, to{};           // there
    minute_of_day here_from{}, here_to{}; // at the rep's
    bool same_zone = false;
};

// Everything a card may be made from.
struct call_facts {
    book::contact contact;
    std::string account;
    std::vector<evidence> events; // strongest first; may be empty where a referral or a return is the reason
    std::optional<referral_evidence> referral;
    std::optional<return_evidence> own_date;
    std::vector<known_fact> known;
    std::optional<briefs::hours> hours;
    std::string rep_name, rep_company, our_product;
    std::vector<std::string> our_customers;
    local_date today{};
    std::string language = "en";
};

struct call_card {
    std::string first; // the contact's first name
    std::string name, role_and_account;
    cards::rich detail;
    std::string badge, age;
    cards::rich why;
    std::string opener;
    int seconds = 0;
    std::vector<std::string> ask;
    cards::rich known;
    std::string at_the_end;
    cards::rich teaser;  // one sentence, for a closed call
    std::string because; // one sentence without links, for notifications
};

// What is missing before anybody should call: machine words "event", "contact", "source", or "lint:RULE".
struct not_ready {
    std::vector<std::string> missing;
};

// Pure; any thread. The opener has passed the lint, or there is no card. A headline that can be said as a clause is
// said so, any other is quoted, and one too long for either is only named.
std::variant<call_card, not_ready> compose(const call_facts& facts, const text::phrasebook& book,
                                           const lint::linter& law, const spoken_headlines& spoken);

// The opener's facts as the lint sees them.
lint::opener_facts opener_facts(const call_facts& facts, const text::phrasebook& book);

// The event in words that can stand on a card: the headline, or what the 8-K item says. Whole sentence parts, no final
// full stop; at most 140 characters.
std::string headline_of(const evidence& e, std::string_view account, const text::phrasebook& book,
                        std::string_view language);

} // namespace whynow::domain::briefs
