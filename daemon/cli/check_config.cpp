#include "cli/opened.hpp"
#include "cli/reading.hpp"
#include "schedule/system_zones.hpp"
#include "workday/rulebook.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

// Own rule files and templates are part of the config: their mistakes belong to the same list.
void check_rules(const std::string& folder, std::vector<settings::mistake>& into) {
    const auto loaded = workday::rulebook::load(folder, {}, schedule::system_zones());
    if (const auto* problems = std::get_if<std::vector<workday::rule_problem>>(&loaded))
        for (const auto& p : *problems)
            into.push_back({p.at, "rules and templates", p.why,
                            "mend the line or take the file away: the built-in one holds then"});
}

} // namespace

int check_config(const check_config_command& c) {
    const auto file = config_file_of(c.config);
    auto result =
        settings::read_config(whole_file(file), file, settings::environment_of_process(), schedule::system_zones());
    check_rules(result.config.own_folder, result.mistakes);
    const bool good = result.mistakes.empty();
    if (c.json) {
        auto mistakes = json::array();
        for (const auto& m : result.mistakes)
            mistakes.push_back({{"file", m.at.file},
                                {"line", m.at.line},
                                {"column", m.at.column},
                                {"key", m.key},
                                {"what", m.what},
                                {"cure", m.cure}});
        std::cout << dumped({{"ok", good}, {"mistakes", std::move(mistakes)}, {"notes", result.notes}}, 2) << '\n';
    } else {
        for (const auto& m : result.mistakes)
            std::cout << settings::to_string(m) << '\n';
        for (const auto& note : result.notes)
            std::cout << note << '\n';
        std::cout << file << (good ? ": good\n" : ": " + std::to_string(result.mistakes.size()) + " mistake(s)\n");
    }
    return good ? 0 : 2;
}

} // namespace whynow::cli
