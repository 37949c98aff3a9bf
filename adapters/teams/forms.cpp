#include "adapters/teams/forms.hpp"

#include "adapters/teams/markdown.hpp"
#include "domain/core/time.hpp"
#include "domain/text/utf8.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace whynow::adapters::teams {

namespace cards = domain::cards;
using element = nlohmann::ordered_json;

namespace {

constexpr std::size_t few_options = 4; // shown as radio buttons, more as a list to drop down

std::string dumped(const element& e) { return e.dump(-1, ' ', false, element::error_handler_t::replace); }

std::string found(const std::map<std::string, std::string>& in, const std::string& key, const std::string& otherwise) {
    const auto it = in.find(key);
    return it == in.end() ? otherwise : it->second;
}

bool is_option(const cards::field& f, std::string_view value) {
    return std::any_of(f.options.begin(), f.options.end(), [&](const auto& o) { return o.first == value; });
}

std::string known_options(const cards::field& f, std::string_view joined) {
    std::string out;
    while (!joined.empty()) {
        const auto end = joined.find(',');
        const auto one = joined.substr(0, end);
        if (is_option(f, one))
            (out += out.empty() ? "" : ",") += one;
        joined.remove_prefix(end == std::string_view::npos ? joined.size() : end + 1);
    }
    return out;
}

element text_input(const cards::field& f, const std::string& value) {
    element out{{"type", "Input.Text"}, {"maxLength", f.most}};
    if (f.input == cards::field::kind::text)
        out["isMultiline"] = true;
    if (!f.hint.empty())
        out["placeholder"] = one_line(f.hint);
    if (!value.empty())
        out["value"] = domain::text::shortened(domain::text::repaired_utf8(value), f.most);
    return out;
}

element choice_input(const cards::field& f, const std::string& value) {
    const bool many = f.input == cards::field::kind::choices;
    auto choices = element::array();
    for (const auto& [option, shown] : f.options)
        choices.push_back({{"title", one_line(shown)}, {"value", option}});
    element out{{"type", "Input.ChoiceSet"},
                {"style", many || f.options.size() <= few_options ? "expanded" : "compact"},
                {"wrap", true},
                {"choices", std::move(choices)}};
    if (many)
        out["isMultiSelect"] = true;
    if (const auto chosen = many                  ? known_options(f, value)
                            : is_option(f, value) ? value
                                                  : std::string{};
        !chosen.empty())
        out["value"] = chosen;
    if (!f.hint.empty())
        out["placeholder"] = one_line(f.hint);
    return out;
}

element moment_input(const cards::field& f, const std::string& value) {
    const bool day = f.input == cards::field::kind::date;
    element out{{"type", day ? "Input.Date" : "Input.Time"}};
    if (day ? domain::parse_iso_date(value).has_value() : domain::parse_clock(value).has_value())
        out["value"] = value;
    return out;
}

element input_of(const cards::field& f, const std::string& value) {
    switch (f.input) {
    case cards::field::kind::line:
    case cards::field::kind::text: return text_input(f, value);
    case cards::field::kind::choice:
    case cards::field::kind::choices: return choice_input(f, value);
    case cards::field::kind::date:
    case cards::field::kind::time: return moment_input(f, value);
    case cards::field::kind::tick: break;
    }
    return {{"type", "Input.Toggle"}, {"title", one_line(f.label)}, {"wrap", true},
            {"valueOn", "true"},      {"valueOff", "false"},        {"value", value == "true" ? "true" : "false"}};
}

element error_line(const std::string& words) {
    return {{"type", "TextBlock"}, {"text", literal(words)}, {"color", "Attention"}, {"size", "Small"}, {"wrap", true}};
}

element form_card(const shown_form& f) {
    auto body = element::array();
    for (const auto& [id, words] : f.errors)
        if (std::none_of(f.what.fields.begin(), f.what.fields.end(), [&](const auto& x) { return x.id == id; }))
            body.push_back(error_line(words));
    for (const auto& field : f.what.fields) {
        auto input = input_of(field, found(f.values, field.id, field.value));
        input["id"] = field.id + "~" + std::to_string(f.revision);
        if (field.input != cards::field::kind::tick)
            input["label"] = one_line(field.label);
        if (!field.optional) {
            input["isRequired"] = true;
            input["errorMessage"] = one_line(field.hint.empty() ? field.label : field.hint);
        }
        body.push_back(std::move(input));
        if (const auto words = found(f.errors, field.id, ""); !words.empty())
            body.push_back(error_line(words));
    }
    return {{"type", "AdaptiveCard"},
            {"$schema", "http://adaptivecards.io/schemas/adaptive-card.json"},
            {"version", "1.5"},
            {"fallbackText", one_line(f.what.title)},
            {"body", std::move(body)},
            {"actions",
             element::array({{{"type", "Action.Submit"},
                              {"title", one_line(f.what.submit)},
                              {"style", "positive"},
                              {"data", {{"form", f.what.id}, {"context", f.what.context}, {"rev", f.revision}}}}})}};
}

} // namespace

std::string form_card_json(const shown_form& f) { return dumped(form_card(f)); }

std::string dialog_json(const shown_form& f) {
    const char* height = f.what.fields.size() > 4 ? "large" : "medium";
    element value{{"title", one_line(f.what.title)},
                  {"height", height},
                  {"width", "medium"},
                  {"card", {{"contentType", "application/vnd.microsoft.card.adaptive"}, {"content", form_card(f)}}}};
    return dumped({{"task", {{"type", "continue"}, {"value", std::move(value)}}}});
}

std::string dialog_message_json(std::string_view sentence) {
    return dumped({{"task", {{"type", "message"}, {"value", one_line(sentence)}}}});
}

std::string_view field_name(std::string_view input_id) {
    const auto mark = input_id.rfind('~');
    if (mark == std::string_view::npos || mark == 0 || mark + 1 == input_id.size() ||
        input_id.find_first_not_of("0123456789", mark + 1) != std::string_view::npos)
        return input_id;
    return input_id.substr(0, mark);
}

} // namespace whynow::adapters::teams
