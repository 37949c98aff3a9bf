#include "cli/commands.hpp"
#include "cli/lint_facts.hpp"
#include "cli/reading.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

lint::verdict judged(const lint::linter& law, bool mail, std::string_view text, const json& facts) {
    return mail ? law.mail(text, mail_facts_of(facts)) : law.opener(text, opener_facts_of(facts));
}

json to_json(const json& id, const lint::verdict& v) {
    auto findings = json::array();
    for (const auto& f : v.findings)
        findings.push_back({{"rule", f.rule}, {"why", f.why}, {"span", {f.from, f.to}}});
    json out{{"id", id}, {"ok", v.ok}, {"seconds", v.seconds}, {"words", v.words}, {"findings", std::move(findings)}};
    if (!v.advice.empty())
        out["advice"] = v.advice;
    return out;
}

int one_text(const lint::linter& law, const lint_command& c) {
    const auto text = whole_file(c.file);
    const auto v = judged(law, c.mail, text, json::object());
    std::cout << fmt::format("{}: {} words, {} seconds\n", v.ok ? "good" : "refused", v.words, v.seconds);
    for (const auto& f : v.findings)
        std::cout << fmt::format("  {}: {}\n    \"{}\"\n", f.rule, f.why,
                                 std::string_view(text).substr(f.from, f.to - f.from));
    if (!v.advice.empty())
        std::cout << "  " << v.advice << '\n';
    return v.ok ? 0 : 1;
}

} // namespace

int lint(const lint_command& c) {
    const auto rules = rules_of_the_house();
    if (!c.file.empty())
        return one_text(*rules->law, c);
    return each_line([&](const json& line) {
        if (!line.contains("text"))
            throw bad_line("\"text\" is missing");
        return to_json(id_of(line), judged(*rules->law, c.mail, text_of(line, "text"), line.value("facts", json())));
    });
}

} // namespace whynow::cli
