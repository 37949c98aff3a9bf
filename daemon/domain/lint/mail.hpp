// What mails must be: one right recipient, no header but To and Subject, thanks, the outcome, nobody named without
// leave.
#pragma once

#include "domain/lint/checker.hpp"

namespace whynow::domain::lint {

verdict check_mail(std::string_view text, const mail_facts& facts, const rulebook& rules);

} // namespace whynow::domain::lint
