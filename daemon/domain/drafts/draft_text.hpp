// The mails that a conversation deserves: the thank-you that states its outcome, the message to the one they pointed
// to, the word back to the one who pointed. Made from what was understood; no pitch, no chase.
#pragma once

#include "domain/book/book.hpp"
#include "domain/core/time.hpp"
#include "domain/lint/lint.hpp"
#include "domain/outcomes/outcome.hpp"
#include "domain/text/phrasebook.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace whynow::domain::drafts {

struct referred_person {
    std::string name, title, email;
    std::optional<bool> may_name;
};

// Everything a mail may be made from.
struct mail_facts {
    book::contact contact; // with whom the call was
    std::string account;
    std::vector<outcomes::result> results;
    local_date called_on{};
    local_date today{};
    std::optional<local_date> follow_up;
    std::optional<minute_of_day> follow_up_time;
    bool follow_up_is_exact = false; // a named day, not a season
    std::string challenge, vendor;
    std::vector<referred_person> referrals;
    book::rep rep;
    std::string rep_company, our_product;
    std::vector<std::string> our_customers;
    std::string language = "en";
};

struct mail_text {
    std::string to; // empty: not known yet
    std::string subject;
    std::string body;
    lint::mail_facts facts; // for checking it now and after every edit
};

// A mail, or the rule ids that refused every form of it.
using mail = std::variant<mail_text, std::vector<std::string>>;

// Whether this outcome is a conversation that owes a thank-you: somebody relevant was spoken to and did not close the
// door.
bool owes_thanks(outcomes::disposition how, const std::vector<outcomes::result>& results);

mail thank_you(const mail_facts& f, const text::phrasebook& book, const lint::linter& law);
// To f.referrals[which].
mail referral_message(const mail_facts& f, std::size_t which, const text::phrasebook& book, const lint::linter& law);
// To the referrer, after the talk with `referred`.
mail loop_closing(const mail_facts& to_referrer, std::string_view referred, bool good, const text::phrasebook& book,
                  const lint::linter& law);

// "To:", "Subject:", empty line, body: the form in which the lint and the command line see a mail.
std::string as_lint_text(std::string_view to, std::string_view subject, std::string_view body);

} // namespace whynow::domain::drafts
