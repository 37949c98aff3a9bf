#include "corpus.hpp"

#include "settings/toml.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace whynow::lint_test {
namespace {

using nlohmann::json;
using namespace domain::lint;

std::string text_of(const json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

std::vector<std::string> texts_of(const json& j, const char* key) {
    std::vector<std::string> out;
    const auto it = j.find(key);
    if (it == j.end())
        return out;
    if (it->is_string())
        out.push_back(it->get<std::string>());
    else if (it->is_array())
        for (const auto& x : *it)
            out.push_back(x.is_string() ? x.get<std::string>() : x.dump());
    return out;
}

person person_of(const json& j) {
    return {text_of(j, "name"), text_of(j, "role") + text_of(j, "title"), text_of(j, "email"), text_of(j, "account")};
}

representative rep_of(const json& j) {
    const auto it = j.find("rep");
    if (it == j.end())
        return {};
    return it->is_string() ? representative{it->get<std::string>(), {}}
                           : representative{text_of(*it, "name"), text_of(*it, "company")};
}

} // namespace

const linter& the_linter() {
    static const auto made = [] {
        std::ifstream in(WHYNOW_SOURCE_DIR "/config/lint.toml");
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        auto tree = settings::read_toml(text, "config/lint.toml");
        if (const auto* e = std::get_if<settings::toml_error>(&tree))
            throw std::runtime_error(e->why + " at line " + std::to_string(e->at.line));
        auto l = linter::from(std::get<domain::rules::node>(tree));
        if (const auto* p = std::get_if<rules_problem>(&l))
            throw std::runtime_error(p->why + " at line " + std::to_string(p->at.line));
        return std::get<linter>(std::move(l));
    }();
    return made;
}

opener_facts opener_facts_of(const json& j) {
    opener_facts f;
    if (j.contains("contact"))
        f.contact = person_of(j["contact"]);
    f.account = text_of(j, "account");
    if (j.contains("events"))
        for (const auto& e : j["events"])
            f.events.push_back({text_of(e, "what"), text_of(e, "date"), text_of(e, "source")});
    f.known = texts_of(j, "known");
    f.our_customers = texts_of(j, "our_customers");
    f.our_product = text_of(j, "our_product");
    f.rep = rep_of(j);
    return f;
}

mail_facts mail_facts_of(const json& j) {
    mail_facts f;
    f.kind = text_of(j, "kind") == "referral" ? mail_kind::referral : mail_kind::thank_you;
    if (j.contains("contact"))
        f.contact = person_of(j["contact"]);
    f.outcome = text_of(j, "outcome");
    f.result = text_of(j, "result");
    f.called_on = text_of(j, "called_on");
    if (j.contains("follow_up") && j["follow_up"].is_object())
        f.follow_up = mail_facts::when{text_of(j["follow_up"], "date"), text_of(j["follow_up"], "time")};
    if (j.contains("referral") && j["referral"].is_object()) {
        const auto& r = j["referral"];
        f.referral = mail_facts::referred{text_of(r, "name"), text_of(r, "title"), text_of(r, "email"), {}};
        if (r.contains("may_name_referrer") && r["may_name_referrer"].is_boolean())
            f.referral->may_name_referrer = r["may_name_referrer"].get<bool>();
    }
    f.country = text_of(j, "country");
    f.known = texts_of(j, "known");
    f.our_customers = texts_of(j, "our_customers");
    f.our_product = text_of(j, "our_product");
    f.rep = rep_of(j);
    return f;
}

verdict judge(const json& row) {
    const auto text = row.at("text").get<std::string>();
    const auto facts = row.value("facts", json::object());
    if (row.value("on", std::string("opener")) == "mail")
        return the_linter().mail(text, mail_facts_of(facts));
    return the_linter().opener(text, opener_facts_of(facts));
}

} // namespace whynow::lint_test
