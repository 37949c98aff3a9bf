#include "cli/lint_facts.hpp"

#include <nlohmann/json.hpp>

namespace whynow::cli {
namespace {

using namespace domain::lint;

const json nothing;

const json& part(const json& j, std::string_view key) {
    if (!j.is_object())
        return nothing;
    const auto it = j.find(key);
    return it == j.end() ? nothing : *it;
}

std::string text(const json& j, std::string_view key) {
    const auto& v = part(j, key);
    return v.is_string() ? v.get<std::string>() : v.is_number() ? dumped(v) : std::string{};
}

std::vector<std::string> texts(const json& j, std::string_view key) {
    const auto& v = part(j, key);
    std::vector<std::string> out;
    if (v.is_string())
        out.push_back(v.get<std::string>());
    else if (v.is_array())
        for (const auto& item : v)
            if (!item.is_null())
                out.push_back(item.is_string() ? item.get<std::string>() : dumped(item));
    return out;
}

// "Jerry Smith" is short for {"name": "Jerry Smith"}.
std::string name_of(const json& who) { return who.is_string() ? who.get<std::string>() : text(who, "name"); }

person contact_of(const json& facts) {
    const auto& who = part(facts, "contact");
    auto role = text(who, "role");
    return {name_of(who), role.empty() ? text(who, "title") : std::move(role), text(who, "email"),
            text(who, "account")};
}

representative rep_of(const json& facts) {
    const auto& who = part(facts, "rep");
    return {name_of(who), text(who, "company")};
}

void collect(const json& j, std::vector<std::string>& out) {
    if (j.is_string())
        out.push_back(j.get<std::string>());
    else if (j.is_number())
        out.push_back(dumped(j));
    else if (j.is_structured())
        for (const auto& [key, value] : j.items())
            if (key != "our_customers" && key != "our_product")
                collect(value, out);
}

} // namespace

opener_facts opener_facts_of(const json& facts) {
    opener_facts f;
    f.contact = contact_of(facts);
    f.account = text(facts, "account");
    if (const auto& all = part(facts, "events"); all.is_array())
        for (const auto& e : all)
            f.events.push_back(
                {e.is_string() ? e.get<std::string>() : text(e, "what"), text(e, "date"), text(e, "source")});
    f.known = texts(facts, "known");
    f.our_customers = texts(facts, "our_customers");
    f.our_product = text(facts, "our_product");
    f.rep = rep_of(facts);
    collect(facts, f.more);
    return f;
}

mail_facts mail_facts_of(const json& facts) {
    mail_facts f;
    f.kind = text(facts, "kind") == "referral" ? mail_kind::referral : mail_kind::thank_you;
    f.contact = contact_of(facts);
    if (f.contact.account.empty())
        f.contact.account = text(facts, "account");
    f.outcome = text(facts, "outcome");
    f.result = text(facts, "result");
    f.called_on = text(facts, "called_on");
    if (const auto& when = part(facts, "follow_up"); when.is_string())
        f.follow_up = mail_facts::when{when.get<std::string>(), {}};
    else if (when.is_object())
        f.follow_up = mail_facts::when{text(when, "date"), text(when, "time")};
    if (const auto& who = part(facts, "referral"); who.is_object()) {
        f.referral = mail_facts::referred{text(who, "name"), text(who, "title"), text(who, "email"), std::nullopt};
        if (const auto& may = part(who, "may_name_referrer"); may.is_boolean())
            f.referral->may_name_referrer = may.get<bool>();
    }
    f.country = text(facts, "country");
    f.known = texts(facts, "known");
    f.rep = rep_of(facts);
    f.our_product = text(facts, "our_product");
    f.our_customers = texts(facts, "our_customers");
    collect(facts, f.more);
    return f;
}

} // namespace whynow::cli
