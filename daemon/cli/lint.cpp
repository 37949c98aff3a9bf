#include "cli/commands.hpp"
#include "cli/reading.hpp"
#include "workday/content.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

json object_of(const json& j, const char* key) {
    const auto it = j.find(key);
    if (it == j.end() || it->is_null())
        return json::object();
    if (!it->is_object())
        throw bad_line("\"" + std::string(key) + "\" must be an object");
    return *it;
}

lint::opener_facts opener_facts_of(const json& j) {
    lint::opener_facts f;
    const auto contact = object_of(j, "contact");
    f.contact.name = text_of(contact, "name");
    f.contact.role = text_of(contact, contact.contains("role") ? "role" : "title");
    f.contact.email = text_of(contact, "email");
    f.account = text_of(j, "account");
    if (const auto it = j.find("events"); it != j.end() && it->is_array())
        for (const auto& e : *it) {
            if (!e.is_object())
                throw bad_line("\"events\" must be a list of objects");
            f.events.push_back({text_of(e, "what"), text_of(e, "date"), text_of(e, "source")});
        }
    f.known = texts_of(j, "known");
    f.our_customers = texts_of(j, "our_customers");
    f.our_product = text_of(j, "our_product");
    const auto rep = j.find("rep");
    if (rep != j.end() && rep->is_string())
        f.rep.name = rep->get<std::string>();
    else
        f.rep = {text_of(object_of(j, "rep"), "name"), text_of(object_of(j, "rep"), "company")};
    f.more = texts_of(j, "more");
    return f;
}

// The reader of stored facts takes them as they are kept; what a person may write shorter is written out first.
lint::mail_facts mail_facts_of(json j) {
    for (const char* key : {"known", "our_customers", "more"})
        j[key] = texts_of(j, key);
    if (const auto rep = j.find("rep"); rep != j.end() && rep->is_string())
        *rep = json{{"name", *rep}};
    if (const auto when = j.find("follow_up"); when != j.end() && when->is_string())
        *when = json{{"date", *when}};
    if (const auto who = j.find("contact"); who != j.end() && who->is_object() && !who->contains("title"))
        (*who)["title"] = text_of(*who, "role");
    return workday::mail_facts_from(dumped(j));
}

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
        return one_text(rules->law, c);
    return each_line([&](const json& line) {
        if (!line.contains("text"))
            throw bad_line("\"text\" is missing");
        return to_json(id_of(line), judged(rules->law, c.mail, text_of(line, "text"), object_of(line, "facts")));
    });
}

} // namespace whynow::cli
