#include "workday/own_settings.hpp"

#include "domain/core/languages.hpp"
#include "domain/text/written.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace whynow::workday {
namespace {

using kind = cards::field::kind;
using text::slots;

constexpr std::array most_calls{0, 2, 3, 4, 5, 6, 8, 10, 12}; // 0: the budget alone
constexpr int longest_pause = 366;                            // days; a longer one is a slip of the year

std::string calls_in_words(int most, std::string_view language, const rulebook& rules) {
    return most == 0 ? rules.say(language, "settings.calls_budget")
                     : rules.say(language, "settings.calls_most", slots{}.set("n", most));
}

std::string get(const std::map<std::string, std::string>& fields, const char* id) {
    const auto it = fields.find(id);
    return it == fields.end() ? std::string{} : it->second;
}

std::string own_digest_in_words(bool on, std::string_view language, const rulebook& rules) {
    return rules.say(language, on ? "settings.own_digest_yes" : "settings.own_digest_no");
}

bool on_pause(const book::rep& rep, local_date today) { return rep.paused_until && today < *rep.paused_until; }

} // namespace

cards::message settings_card(const book::rep& rep, local_date today, const rulebook& rules) {
    const auto& language = rules.language_of(rep);
    const auto say = [&](std::string_view key, const slots& s = {}) { return rules.say(language, key, s); };
    cards::facts rows;
    const auto row = [&](const char* label, std::string value) {
        rows.rows.push_back({say(label), {{std::move(value), "", false, false}}});
    };
    const auto at = to_clock(rep.brief_at.value_or(rules.team.brief_at));
    row("form.settings.brief_at", say("settings.brief_at", slots{}.set("at", at).set("zone", rules.zone_of(rep))));
    row("form.settings.most_calls", calls_in_words(rep.most_calls, language, rules));
    row("form.settings.own_digest", own_digest_in_words(rep.own_digest, language, rules));
    row("form.settings.language", say(fmt::format("settings.language_{}", language)));
    row("form.settings.paused_until", on_pause(rep, today)
                                          ? text::long_day(rules.book, language, *rep.paused_until, today)
                                          : say("settings.no_pause"));
    cards::actions change{{{"settings", fmt::format("rep:{}", rep.id.value), say("settings.change"),
                            cards::button::style::normal, true, ""}}};
    return {say("settings.fallback"), {cards::heading{say("settings.title")}, std::move(rows), std::move(change)}};
}

cards::form settings_form(const book::rep& rep, local_date today, const rulebook& rules) {
    const auto& language = rules.language_of(rep);
    const auto say = [&](std::string_view key) { return rules.say(language, key); };
    cards::form f{"settings",
                  fmt::format("rep:{}", rep.id.value),
                  say("form.settings.title"),
                  say("form.settings.submit"),
                  say("form.settings.cancel"),
                  {}};
    const auto add = [&](const char* id, kind input, std::string value, bool optional) -> cards::field& {
        f.fields.push_back(
            {id, input, say(fmt::format("form.settings.{}", id)), std::move(value), "", optional, {}, 100});
        return f.fields.back();
    };
    add("brief_at", kind::time, to_clock(rep.brief_at.value_or(rules.team.brief_at)), true);
    auto& calls = add("most_calls", kind::choice, std::to_string(rep.most_calls), false);
    for (const int n : most_calls)
        calls.options.emplace_back(std::to_string(n), calls_in_words(n, language, rules));
    if (std::ranges::find(most_calls, rep.most_calls) == most_calls.end())
        calls.options.emplace_back(std::to_string(rep.most_calls), calls_in_words(rep.most_calls, language, rules));
    auto& week = add("own_digest", kind::choice, rep.own_digest ? "yes" : "no", false);
    for (const bool on : {true, false})
        week.options.emplace_back(on ? "yes" : "no", own_digest_in_words(on, language, rules));
    auto& tongue = add("language", kind::choice, language, false);
    for (const auto code : languages)
        tongue.options.emplace_back(code, say(fmt::format("settings.language_{}", code)));
    add("paused_until", kind::date, on_pause(rep, today) ? to_iso(*rep.paused_until) : std::string{}, true);
    return f;
}

std::variant<book::rep, form_errors> read_settings_form(const std::map<std::string, std::string>& fields,
                                                        const book::rep& rep, local_date today, const rulebook& rules) {
    const auto& language = rules.language_of(rep);
    form_errors errors;
    auto out = rep;
    if (const auto said = get(fields, "brief_at"); said.empty()) {
        out.brief_at.reset();
    } else if (const auto at = parse_clock(said)) {
        out.brief_at = *at == rules.team.brief_at ? std::nullopt : std::optional(*at);
    } else {
        errors["brief_at"] = rules.say(language, "form.settings.wrong_time");
    }
    const auto calls = get(fields, "most_calls");
    int n = -1;
    const auto [end, bad] = std::from_chars(calls.data(), calls.data() + calls.size(), n);
    if (bad == std::errc{} && end == calls.data() + calls.size() && n >= 0 && n <= 100)
        out.most_calls = n;
    else
        errors["most_calls"] = rules.say(language, "form.settings.wrong_choice");
    if (const auto week = get(fields, "own_digest"); week == "yes" || week == "no")
        out.own_digest = week == "yes";
    else if (!week.empty()) // a dialog from before there was the question says nothing
        errors["own_digest"] = rules.say(language, "form.settings.wrong_choice");
    if (const auto code = get(fields, "language"); std::ranges::find(languages, code) != languages.end())
        out.language = code;
    else
        errors["language"] = rules.say(language, "form.settings.wrong_choice");
    if (const auto said = get(fields, "paused_until"); said.empty()) {
        out.paused_until.reset();
    } else if (const auto day = parse_iso_date(said);
               day && *day > today && days_between(today, *day) <= longest_pause) {
        out.paused_until = *day;
    } else {
        errors["paused_until"] = rules.say(language, "form.settings.wrong_day");
    }
    if (!errors.empty())
        return errors;
    return out;
}

} // namespace whynow::workday
