#include "workday/dialogs.hpp"

#include "domain/book/book.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::workday {
namespace {

using kind = cards::field::kind;
using text::slots;

std::string get(const std::map<std::string, std::string>& fields, const char* id) {
    const auto it = fields.find(id);
    if (it == fields.end())
        return {};
    auto v = it->second;
    const auto from = v.find_first_not_of(" \t\r\n"), to = v.find_last_not_of(" \t\r\n");
    return from == std::string::npos ? std::string{} : v.substr(from, to - from + 1);
}

} // namespace

cards::form outcome_form(store::session&, std::string_view context, std::string_view language,
                         const std::string& person, const outcomes::understood& u, const rulebook& rules) {
    const auto say = [&](std::string_view key, const slots& s = {}) { return rules.say(language, key, s); };
    const auto first = slots{}.set("first", book::first_name(person));
    cards::form f{"outcome",
                  std::string(context),
                  say("form.outcome.title"),
                  say("form.outcome.submit"),
                  say("form.outcome.cancel"),
                  {}};
    const auto add = [&](const char* id, kind input, std::string value, bool optional = true) -> cards::field& {
        f.fields.push_back(
            {id, input, say(fmt::format("form.outcome.{}", id), first), std::move(value), "", optional, {}, 3000});
        return f.fields.back();
    };
    auto& how = add("disposition", kind::choice, u.how ? std::string(to_string(u.how->value)) : std::string{}, false);
    for (const auto* name :
         {"connected", "no_answer", "voicemail", "gatekeeper", "hung_up", "wrong_number", "left_company", "not_called"})
        how.options.emplace_back(name, say(fmt::format("disposition.{}", name)));
    std::string chosen;
    for (const auto& r : u.results)
        chosen += (chosen.empty() ? "" : ",") + std::string(to_string(r.value));
    auto& results = add("results", kind::choices, chosen);
    for (const auto* name : {"interested_later", "meeting_booked", "call_back", "needs_info", "referral", "has_vendor",
                             "already_solved", "not_interested", "do_not_contact"})
        results.options.emplace_back(name, say(fmt::format("result.{}", name)));
    add("follow_up", kind::date, u.follow_up ? to_iso(u.follow_up->value.date) : std::string{});
    add("follow_up_time", kind::time,
        u.follow_up && u.follow_up->value.time ? to_clock(*u.follow_up->value.time) : std::string{});
    const auto referral = u.referrals.empty() ? outcomes::referral_heard{} : u.referrals.front();
    add("referral_name", kind::line, referral.name);
    add("referral_title", kind::line, referral.title);
    add("referral_contact", kind::line, referral.contact);
    auto& may = add("may_name", kind::choice, !referral.may_name ? "open" : *referral.may_name ? "yes" : "no");
    for (const auto* answer : {"open", "yes", "no"})
        may.options.emplace_back(answer, say(fmt::format("form.outcome.may_name_{}", answer)));
    add("challenge", kind::line, u.learned.challenge ? u.learned.challenge->value : "");
    add("tried", kind::line, u.learned.tried ? u.learned.tried->value : "");
    add("vendor", kind::line, u.learned.vendor ? u.learned.vendor->value : "");
    add("budget", kind::line, u.learned.budget ? u.learned.budget->value : "");
    add("note", kind::text, "");
    return f;
}

cards::form draft_form(const store::draft& d, std::string_view language, const rulebook& rules) {
    const auto say = [&](std::string_view key) { return rules.say(language, key); };
    cards::form f{"draft",
                  fmt::format("draft:{}:{}", d.id.value, d.revision),
                  say("form.draft.title"),
                  say("form.draft.submit"),
                  say("form.draft.cancel"),
                  {}};
    f.fields.push_back({"to", kind::line, say("form.draft.to"), d.to, "", true, {}, 254});
    f.fields.push_back({"subject", kind::line, say("form.draft.subject"), d.subject, "", false, {}, 200});
    f.fields.push_back({"body", kind::text, say("form.draft.body"), d.body, "", false, {}, 3000});
    return f;
}

std::variant<read_form, form_errors> read_outcome_form(const std::map<std::string, std::string>& fields,
                                                       local_date today, std::string_view language,
                                                       const rulebook& rules) {
    form_errors errors;
    read_form out;
    auto& u = out.what;
    if (const auto how = outcomes::disposition_from_string(get(fields, "disposition")))
        u.how = {*how, {}, 1};
    else
        errors["disposition"] = rules.say(language, "form.outcome.wrong");
    std::string_view rest = fields.contains("results") ? std::string_view(fields.at("results")) : std::string_view{};
    while (!rest.empty()) {
        const auto end = std::min(rest.find(','), rest.size());
        if (const auto r = outcomes::result_from_string(rest.substr(0, end)); r && !u.has(*r))
            u.results.push_back({*r, {}, 1});
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (const auto day = parse_iso_date(get(fields, "follow_up"))) {
        if (*day < today) {
            errors["follow_up"] = rules.say(language, "form.outcome.wrong_date");
        } else {
            dates::window w;
            w.from = w.to = w.date = *day;
            w.time = parse_clock(get(fields, "follow_up_time"));
            u.follow_up = {w, {}, 1};
        }
    }
    if (const auto name = get(fields, "referral_name"); !name.empty()) {
        outcomes::referral_heard r;
        r.name = name;
        r.title = get(fields, "referral_title");
        r.contact = get(fields, "referral_contact");
        const auto may = get(fields, "may_name");
        if (may == "yes" || may == "no")
            r.may_name = may == "yes";
        r.confidence = 1;
        u.referrals.push_back(std::move(r));
        if (!u.has(outcomes::result::referral))
            u.results.push_back({outcomes::result::referral, {}, 1});
    }
    const auto fact = [&](const char* id, std::optional<outcomes::heard<std::string>>& into) {
        if (auto value = get(fields, id); !value.empty())
            into = outcomes::heard<std::string>{std::move(value), {}, 1};
    };
    fact("challenge", u.learned.challenge);
    fact("tried", u.learned.tried);
    fact("vendor", u.learned.vendor);
    fact("budget", u.learned.budget);
    std::ranges::sort(u.results, {}, [](const auto& r) { return r.value; });
    out.note = get(fields, "note");
    if (!errors.empty())
        return errors;
    return out;
}

} // namespace whynow::workday
