#include "cli/ranking_file.hpp"

#include "cli/reading.hpp"
#include "cli/stop.hpp"
#include "settings/toml.hpp"

#include <fmt/format.h>

namespace whynow::cli {

ranking::choice_rules ranking_file(const std::string& name) {
    const auto parsed = settings::read_toml(whole_file(name), name);
    if (const auto* bad = std::get_if<settings::toml_error>(&parsed))
        throw stop(exit_code::usage, fmt::format("{}:{}:{}: {}; begin with a copy of config/ranking.toml", name,
                                                 bad->at.line, bad->at.column, bad->why));
    const auto& rules = std::get<rules::node>(parsed);
    if (rules["choice"].missing() && rules["learner"].missing())
        throw stop(exit_code::usage,
                   name + ": it has neither [choice] nor [learner]; begin with a copy of config/ranking.toml");
    return ranking::read_choice_rules(rules);
}

} // namespace whynow::cli
