#include "adapters/slack/forms.hpp"

#include "adapters/slack/limits.hpp"
#include "adapters/slack/mrkdwn.hpp"
#include "domain/core/time.hpp"
#include "domain/text/utf8.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace whynow::slack {

namespace {

using json = nlohmann::ordered_json;
namespace cards = domain::cards;
using kind = cards::field::kind;

constexpr std::string_view empty_value = "(none)"; // Slack wants a value in every option

json plain(std::string_view text, std::size_t longest) {
    auto clean = cut(plain_text(text), longest);
    if (clean.find_first_not_of(" \n") == std::string::npos)
        clean = "…";
    return {{"type", "plain_text"}, {"text", std::move(clean)}};
}

json option(const std::pair<std::string, std::string>& o) {
    return {{"text", plain(o.second, most::option_text)},
            {"value", o.first.empty() ? std::string(empty_value) : domain::text::repaired_utf8(o.first)}};
}

bool one_of(std::string_view list, std::string_view value) {
    while (true) {
        const auto comma = list.find(',');
        if (list.substr(0, comma) == value)
            return true;
        if (comma == std::string_view::npos)
            return false;
        list.remove_prefix(comma + 1);
    }
}

json text_input(const cards::field& f) {
    const auto longest = std::clamp<std::size_t>(f.most, 1, most::input_text);
    json out{{"type", "plain_text_input"}, {"action_id", f.input == kind::text ? "text" : "line"}};
    out["multiline"] = f.input == kind::text;
    out["max_length"] = longest;
    auto value = plain_text(f.value);
    if (f.input == kind::line)
        std::replace(value.begin(), value.end(), '\n', ' ');
    if (!value.empty())
        out["initial_value"] = cut(value, longest);
    return out;
}

json choice_input(const cards::field& f) {
    json options = json::array();
    json chosen = json::array();
    for (const auto& o : f.options) {
        if (o.second.empty() || units(o.first) > most::option_value || options.size() == most::options)
            continue;
        options.push_back(option(o));
        if (f.input == kind::choices ? !f.value.empty() && one_of(f.value, o.first) : f.value == o.first)
            chosen.push_back(options.back());
    }
    if (options.empty())
        return nullptr;
    if (f.input == kind::choice) {
        json out{{"type", "static_select"}, {"action_id", "choice"}, {"options", std::move(options)}};
        if (!chosen.empty())
            out["initial_option"] = chosen.front();
        return out;
    }
    const bool few = options.size() <= most::boxes;
    json out{{"type", few ? "checkboxes" : "multi_static_select"}, {"action_id", "choices"}};
    out["options"] = std::move(options);
    if (!chosen.empty())
        out["initial_options"] = std::move(chosen);
    return out;
}

json tick_input(const cards::field& f) {
    const json yes{{"text", plain(f.hint.empty() ? f.label : f.hint, most::option_text)}, {"value", "true"}};
    json out{{"type", "checkboxes"}, {"action_id", "tick"}, {"options", json::array({yes})}};
    if (f.value == "true")
        out["initial_options"] = json::array({yes});
    return out;
}

json element(const cards::field& f) {
    switch (f.input) {
    case kind::choice:
    case kind::choices: return choice_input(f);
    case kind::tick: return tick_input(f);
    case kind::date: {
        json out{{"type", "datepicker"}, {"action_id", "date"}};
        if (domain::parse_iso_date(f.value))
            out["initial_date"] = f.value;
        return out;
    }
    case kind::time: {
        json out{{"type", "timepicker"}, {"action_id", "time"}};
        if (domain::parse_clock(f.value))
            out["initial_time"] = f.value;
        return out;
    }
    default: return text_input(f);
    }
}

std::string dumped(const json& j) { return j.dump(-1, ' ', false, json::error_handler_t::replace); }

std::string text_at(const json& j, const char* key) {
    if (!j.is_object())
        return {};
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

std::string option_value(const json& o) {
    auto value = text_at(o, "value");
    return value == empty_value ? std::string{} : value;
}

std::string value_of(const std::string& action, const json& input) {
    if (!input.is_object())
        return {};
    if (const auto many = input.find("selected_options"); many != input.end()) {
        std::string out;
        if (many->is_array())
            for (const auto& o : *many)
                out += (out.empty() ? "" : ",") + option_value(o);
        return action == "tick" ? (out == "true" ? "true" : "false") : out;
    }
    if (const auto one = input.find("selected_option"); one != input.end())
        return option_value(*one);
    for (const char* key : {"value", "selected_date", "selected_time", "selected_user"})
        if (auto text = text_at(input, key); !text.empty())
            return text;
    if (const auto moment = input.find("selected_date_time"); moment != input.end() && moment->is_number_integer())
        return std::to_string(moment->get<long long>());
    return {};
}

} // namespace

std::string modal_view(const cards::form& form, const chat::message_ref& about) {
    json origin{{"context", form.context}};
    if (!about.id.empty()) {
        origin["conversation"] = about.conversation;
        origin["id"] = about.id;
    }
    json view{{"type", "modal"},
              {"callback_id", cut(form.id, most::id)},
              {"private_metadata", dumped(origin)},
              {"title", plain(form.title, most::form_title)},
              {"submit", plain(form.submit, most::form_title)}};
    if (!form.cancel.empty())
        view["close"] = plain(form.cancel, most::form_title);
    view["notify_on_close"] = false;
    json blocks = json::array();
    for (const auto& f : form.fields) {
        auto input = element(f);
        if (input.is_null() || blocks.size() == most::blocks_of_view)
            continue;
        json block{{"type", "input"},
                   {"block_id", cut(f.id, most::id)},
                   {"optional", f.optional || f.input == kind::tick},
                   {"label", plain(f.label, most::input_label)},
                   {"element", std::move(input)}};
        if (!f.hint.empty() && f.input != kind::tick)
            block["hint"] = plain(f.hint, most::input_label);
        blocks.push_back(std::move(block));
    }
    view["blocks"] = std::move(blocks);
    return dumped(view);
}

form_origin read_private_metadata(std::string_view text) {
    const auto j = json::parse(text, nullptr, false);
    return {text_at(j, "context"), {text_at(j, "conversation"), text_at(j, "id")}};
}

std::map<std::string, std::string> read_values(std::string_view state_values_json) {
    std::map<std::string, std::string> out;
    const auto values = json::parse(state_values_json, nullptr, false);
    if (!values.is_object())
        return out;
    for (const auto& [block, inputs] : values.items()) {
        out[block];
        if (!inputs.is_object())
            continue;
        for (const auto& [action, input] : inputs.items())
            out[block] = value_of(action, input);
    }
    return out;
}

std::string form_errors(const std::map<std::string, std::string>& errors,
                        const std::map<std::string, std::string>& fields) {
    json known = json::object();
    std::string elsewhere;
    for (const auto& [id, text] : errors) {
        if (fields.contains(id))
            known[id] = cut(plain_text(text), most::form_error);
        else
            elsewhere += (elsewhere.empty() ? "" : " ") + text;
    }
    if (!elsewhere.empty() && !fields.empty() && !known.contains(fields.begin()->first))
        known[fields.begin()->first] = cut(plain_text(elsewhere), most::form_error);
    return dumped({{"response_action", "errors"}, {"errors", std::move(known)}});
}

} // namespace whynow::slack
