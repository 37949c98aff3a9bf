// JSON rows of the corpus to facts, and the one linter of these tests.
#pragma once

#include "domain/lint/lint.hpp"

#include <nlohmann/json_fwd.hpp>

namespace whynow::lint_test {

const domain::lint::linter& the_linter();
domain::lint::opener_facts opener_facts_of(const nlohmann::json& j);
domain::lint::mail_facts mail_facts_of(const nlohmann::json& j);
// {"on": "opener"|"mail", "text": …, "facts": {…}}
domain::lint::verdict judge(const nlohmann::json& row);

} // namespace whynow::lint_test
