#include "workday/content.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace whynow::workday {
namespace {

using nlohmann::json;

std::string dumped(const json& j) { return j.dump(-1, ' ', false, json::error_handler_t::replace); }
json parsed(std::string_view text) {
    auto j = json::parse(text, nullptr, false);
    return j.is_object() ? j : json::object();
}
std::string text_of(const json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}
std::vector<std::string> texts_of(const json& j, const char* key) {
    std::vector<std::string> out;
    if (const auto it = j.find(key); it != j.end() && it->is_array())
        for (const auto& t : *it)
            if (t.is_string())
                out.push_back(t.get<std::string>());
    return out;
}

json write(const ranking::feature& f) { return {int(f.about), f.value, f.x}; }
std::optional<ranking::feature> feature_from(const json& j) {
    if (!j.is_array() || j.size() != 3 || !std::ranges::all_of(j, [](const auto& n) { return n.is_number(); }) ||
        j[0].get<int>() < 0 || j[0].get<int>() > int(ranking::last_field))
        return std::nullopt;
    return ranking::feature{ranking::field(j[0].get<int>()), j[1].get<std::uint32_t>(), j[2].get<float>()};
}

json write(const cards::rich& text) {
    auto out = json::array();
    for (const auto& s : text)
        out.push_back({{"t", s.text}, {"h", s.href}, {"b", s.strong}, {"i", s.emphasis}});
    return out;
}
cards::rich rich_of(const json& j, const char* key) {
    cards::rich out;
    if (const auto it = j.find(key); it != j.end() && it->is_array())
        for (const auto& s : *it)
            out.push_back({text_of(s, "t"), text_of(s, "h"), s.value("b", false), s.value("i", false)});
    return out;
}

} // namespace

std::string to_json(const briefs::call_card& c) {
    return dumped({{"first", c.first},
                   {"name", c.name},
                   {"role", c.role_and_account},
                   {"detail", write(c.detail)},
                   {"badge", c.badge},
                   {"age", c.age},
                   {"why", write(c.why)},
                   {"opener", c.opener},
                   {"seconds", c.seconds},
                   {"ask", c.ask},
                   {"known", write(c.known)},
                   {"end", c.at_the_end},
                   {"teaser", write(c.teaser)},
                   {"because", c.because}});
}

briefs::call_card call_card_from(std::string_view text) {
    const auto j = parsed(text);
    briefs::call_card c;
    c.first = text_of(j, "first");
    c.name = text_of(j, "name");
    c.role_and_account = text_of(j, "role");
    c.detail = rich_of(j, "detail");
    c.badge = text_of(j, "badge");
    c.age = text_of(j, "age");
    c.why = rich_of(j, "why");
    c.opener = text_of(j, "opener");
    c.seconds = j.value("seconds", 0);
    c.ask = texts_of(j, "ask");
    c.known = rich_of(j, "known");
    c.at_the_end = text_of(j, "end");
    c.teaser = rich_of(j, "teaser");
    c.because = text_of(j, "because");
    return c;
}

std::string to_json(const ranking::features& all) {
    auto out = json::array();
    for (const auto& f : all)
        out.push_back(write(f));
    return dumped(out);
}

ranking::features features_from(std::string_view text) {
    ranking::features out;
    for (const auto& f : parsed(text))
        if (const auto read = feature_from(f))
            out.push_back(*read);
    return out;
}

std::string to_json(const score_paper& p) {
    auto features = json::array(), parts = json::array();
    for (const auto& f : p.features)
        features.push_back(write(f));
    for (const auto& l : p.parts)
        parts.push_back({{"about", write(l.about)}, {"weight", l.weight}, {"adds", l.contribution}});
    return dumped({{"p", p.probability}, {"features", std::move(features)}, {"parts", std::move(parts)}});
}

score_paper score_paper_from(std::string_view text) {
    const auto j = parsed(text);
    score_paper p;
    p.probability = j.value("p", 0.0);
    if (const auto it = j.find("features"); it != j.end() && it->is_array())
        for (const auto& f : *it)
            if (const auto read = feature_from(f))
                p.features.push_back(*read);
    if (const auto it = j.find("parts"); it != j.end() && it->is_array())
        for (const auto& l : *it)
            if (const auto about = l.is_object() ? feature_from(l.value("about", json())) : std::nullopt)
                p.parts.push_back({*about, l.value("weight", 0.0), l.value("adds", 0.0)});
    return p;
}

std::string to_json(const lint::mail_facts& f) {
    json j{{"kind", f.kind == lint::mail_kind::referral ? "referral" : "thank_you"},
           {"contact",
            {{"name", f.contact.name},
             {"title", f.contact.role},
             {"email", f.contact.email},
             {"account", f.contact.account}}},
           {"outcome", f.outcome},
           {"result", f.result},
           {"called_on", f.called_on},
           {"country", f.country},
           {"known", f.known},
           {"rep", {{"name", f.rep.name}, {"company", f.rep.company}}},
           {"our_product", f.our_product},
           {"our_customers", f.our_customers},
           {"more", f.more}};
    if (f.follow_up)
        j["follow_up"] = {{"date", f.follow_up->date}, {"time", f.follow_up->time}};
    if (f.referral) {
        j["referral"] = {{"name", f.referral->name}, {"title", f.referral->title}, {"email", f.referral->email}};
        if (f.referral->may_name_referrer)
            j["referral"]["may_name_referrer"] = *f.referral->may_name_referrer;
    }
    return dumped(j);
}

lint::mail_facts mail_facts_from(std::string_view text) {
    const auto j = parsed(text);
    const auto part = [&](const char* key) {
        return j.contains(key) && j.at(key).is_object() ? j.at(key) : json::object();
    };
    lint::mail_facts f;
    f.kind = text_of(j, "kind") == "referral" ? lint::mail_kind::referral : lint::mail_kind::thank_you;
    const auto contact = part("contact"), rep = part("rep");
    f.contact = {text_of(contact, "name"), text_of(contact, "title"), text_of(contact, "email"),
                 text_of(contact, "account")};
    f.outcome = text_of(j, "outcome");
    f.result = text_of(j, "result");
    f.called_on = text_of(j, "called_on");
    f.country = text_of(j, "country");
    f.known = texts_of(j, "known");
    f.rep = {text_of(rep, "name"), text_of(rep, "company")};
    f.our_product = text_of(j, "our_product");
    f.our_customers = texts_of(j, "our_customers");
    f.more = texts_of(j, "more");
    if (j.contains("follow_up") && j.at("follow_up").is_object())
        f.follow_up = lint::mail_facts::when{text_of(part("follow_up"), "date"), text_of(part("follow_up"), "time")};
    if (j.contains("referral") && j.at("referral").is_object()) {
        const auto r = part("referral");
        f.referral =
            lint::mail_facts::referred{text_of(r, "name"), text_of(r, "title"), text_of(r, "email"), std::nullopt};
        if (const auto it = r.find("may_name_referrer"); it != r.end() && it->is_boolean())
            f.referral->may_name_referrer = it->get<bool>();
    }
    return f;
}

std::string to_json(const errand& e) {
    json j{{"op", e.operation}, {"rep", e.rep}};
    const auto put = [&](const char* key, const std::string& value) {
        if (!value.empty())
            j[key] = value;
    };
    put("subject", e.subject);
    put("message", e.message);
    put("to", e.to);
    put("thread_conversation", e.thread_conversation);
    put("thread_id", e.thread_id);
    if (e.loud)
        j["loud"] = true;
    return dumped(j);
}

errand errand_from(std::string_view text) {
    const auto j = parsed(text);
    errand e;
    e.operation = text_of(j, "op");
    e.subject = text_of(j, "subject");
    e.message = text_of(j, "message");
    e.to = text_of(j, "to");
    e.rep = j.value("rep", std::int64_t{0});
    e.thread_conversation = text_of(j, "thread_conversation");
    e.thread_id = text_of(j, "thread_id");
    e.loud = j.value("loud", false);
    return e;
}

std::string to_json(const std::vector<std::pair<std::string, std::string>>& entries) {
    auto j = json::object();
    for (const auto& [key, value] : entries)
        j[key] = value;
    return dumped(j);
}

std::string entry_of(std::string_view text, std::string_view key) {
    return text_of(parsed(text), std::string(key).c_str());
}

} // namespace whynow::workday
