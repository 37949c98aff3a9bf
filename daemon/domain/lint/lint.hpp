// Whether a text may be said to, or sent to, a customer. Form by counting, meaning by clause: who is the subject of the
// first clause, what a sentence asks for, whose product, whose urgency, and whether every name, number and date stands
// in the facts. The words and numbers come from config/lint.toml; texts are English, German, French or Spanish.
#pragma once

#include "domain/core/rules.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace whynow::domain::lint {

struct person {
    std::string name;
    std::string role; // or title
    std::string email;
    std::string account;
};

struct representative {
    std::string name;
    std::string company;
};

struct event {
    std::string what;
    std::string date; // "2026-02-12" or as written
    std::string source;
};

// What an opener may be built from. Empty where not known.
struct opener_facts {
    person contact;
    std::string account;
    std::vector<event> events;
    std::vector<std::string> known;
    std::vector<std::string> our_customers; // never to be named
    std::string our_product;
    representative rep;
    std::vector<std::string> more; // any other text that grounds a name or a number
};

enum class mail_kind { thank_you, referral };

struct mail_facts {
    mail_kind kind = mail_kind::thank_you;
    person contact; // who was spoken with; in a referral mail, the referrer
    std::string outcome;
    std::string result;
    std::string called_on; // "2026-02-12"
    struct when {
        std::string date;
        std::string time;
    };
    std::optional<when> follow_up;
    struct referred {
        std::string name;
        std::string title;
        std::string email;
        std::optional<bool> may_name_referrer; // nothing counts as no
    };
    std::optional<referred> referral; // in a referral mail, the recipient
    std::string country;              // of the recipient: "DE"
    std::vector<std::string> known;
    representative rep;
    std::string our_product;
    std::vector<std::string> our_customers;
    std::vector<std::string> more;
};

struct finding {
    std::string rule;     // one of the rule ids, e.g. "name_drop"
    std::string why;      // a short sentence for the person who wrote the text
    std::size_t from = 0; // bytes of the text
    std::size_t to = 0;
};

struct verdict {
    bool ok = true;                // no finding; every finding refuses
    int seconds = 0;               // read aloud at the configured pace
    std::size_t words = 0;         // of a mail: of its body
    std::vector<finding> findings; // one per rule at most, in the order of the text
    std::string advice;            // empty, or a sentence that does not refuse ("50 to 75 words are best")
};

struct rulebook; // private

// Where and why the rules cannot be read.
struct rules_problem {
    rules::place at;
    std::string why;
};

// What must stand in the facts: every value, or what claims something about the customer. "A Monday morning", "after
// twenty years", "at three in the night" and "what if a driver is stranded in Milan" claim nothing.
enum class strictness { every_value, claims };

class linter {
  public:
    // From config/lint.toml. Copies are cheap and share the rules. Any thread.
    static std::variant<linter, rules_problem> from(const rules::node& config);

    // An opener: what a rep says first on the phone.
    verdict opener(std::string_view text, const opener_facts& facts, strictness grounding = strictness::claims) const;
    // A mail: "To:" and "Subject:" lines, an empty line, the body.
    verdict mail(std::string_view text, const mail_facts& facts) const;

  private:
    explicit linter(std::shared_ptr<const rulebook> rules) : rules_(std::move(rules)) {}
    std::shared_ptr<const rulebook> rules_;
};

} // namespace whynow::domain::lint
