#include "card_rules.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <set>

namespace whynow::teams_test {

using nlohmann::json;

namespace {

const std::map<std::string, std::set<std::string>> known{
    {"AdaptiveCard", {"type", "$schema", "version", "fallbackText", "speak", "body", "actions", "msteams", "refresh"}},
    {"TextBlock",
     {"type", "text", "wrap", "size", "weight", "color", "isSubtle", "spacing", "separator", "style",
      "horizontalAlignment", "id", "isVisible"}},
    {"Container", {"type", "items", "style", "spacing", "separator", "id", "isVisible"}},
    {"ColumnSet", {"type", "columns", "selectAction", "separator", "spacing"}},
    {"Column", {"type", "width", "items", "verticalContentAlignment"}},
    {"FactSet", {"type", "facts", "spacing", "separator"}},
    {"ActionSet", {"type", "actions", "spacing", "separator"}},
    {"Table", {"type", "columns", "rows", "firstRowAsHeaders", "showGridLines", "fallback", "separator", "spacing"}},
    {"TableRow", {"type", "cells"}},
    {"TableCell", {"type", "items"}},
    {"Chart.HorizontalBar", {"type", "title", "data", "fallback", "separator", "spacing"}},
    {"Input.Text",
     {"type", "id", "label", "value", "placeholder", "maxLength", "isMultiline", "isRequired", "errorMessage"}},
    {"Input.ChoiceSet",
     {"type", "id", "label", "value", "placeholder", "choices", "style", "isMultiSelect", "wrap", "isRequired",
      "errorMessage"}},
    {"Input.Date", {"type", "id", "label", "value", "isRequired", "errorMessage"}},
    {"Input.Time", {"type", "id", "label", "value", "isRequired", "errorMessage"}},
    {"Input.Toggle", {"type", "id", "title", "value", "valueOn", "valueOff", "wrap", "isRequired", "errorMessage"}},
    {"Action.Execute", {"type", "title", "verb", "data", "style", "tooltip", "fallback"}},
    {"Action.Submit", {"type", "title", "data", "style", "tooltip"}},
    {"Action.ToggleVisibility", {"type", "title", "targetElements"}}};

struct walker {
    std::vector<std::string> faults;
    std::set<std::string> ids;
    std::set<std::string> targets;
    std::string texts;

    void need(bool ok, const std::string& what) {
        if (!ok)
            faults.push_back(what);
    }

    void action(const json& a) {
        const auto type = a.at("type").get<std::string>();
        need(a.contains("title") && !a["title"].get<std::string>().empty(), type + " without a title");
        if (type == "Action.Execute")
            need(a.contains("verb") && !a["verb"].get<std::string>().empty(), "Action.Execute without a verb");
        if (type != "Action.ToggleVisibility")
            need(a.contains("data") && a["data"].is_object(), type + ": data is no object");
        else
            for (const auto& t : a.at("targetElements"))
                targets.insert(t.get<std::string>());
    }

    void object(const json& o, bool in_fallback) {
        const auto type = o.at("type").get<std::string>();
        const auto it = known.find(type);
        if (it == known.end())
            return faults.push_back("unknown element " + type);
        for (const auto& [key, value] : o.items())
            need(it->second.contains(key), type + " has " + key);
        if (o.contains("id") && !in_fallback)
            need(ids.insert(o["id"].get<std::string>()).second, "id twice: " + o["id"].get<std::string>());
        if (type.starts_with("Action."))
            action(o);
        if (type.starts_with("Input."))
            need(o.contains("id") && (o.contains("label") || o.contains("title")), type + " without id or label");
        if (type.starts_with("Chart."))
            need(o.contains("fallback"), type + " without a fallback");
        if (type == "TextBlock") {
            need(!o.at("text").get<std::string>().empty(), "empty TextBlock");
            texts += o["text"].get<std::string>() + "\n";
        }
        if (type == "ActionSet")
            need(!o.at("actions").empty() && o["actions"].size() <= 6,
                 "ActionSet of " + std::to_string(o["actions"].size()));
        if (type == "FactSet")
            for (const auto& f : o.at("facts"))
                texts += f.at("title").get<std::string>() + " " + f.at("value").get<std::string>() + "\n";
        for (const char* many : {"body", "items", "columns", "rows", "cells", "actions"})
            if (o.contains(many) && !(type == "Table" && std::string(many) == "columns"))
                for (const auto& child : o[many])
                    object(child, in_fallback);
        if (o.contains("selectAction"))
            object(o["selectAction"], in_fallback);
        if (o.contains("fallback"))
            object(o["fallback"], true);
    }
};

} // namespace

std::vector<std::string> card_faults(const std::string& text) {
    const auto card = json::parse(text, nullptr, false);
    if (!card.is_object())
        return {"no JSON object"};
    walker w;
    w.need(card.value("type", "") == "AdaptiveCard" && card.value("version", "") == "1.5", "type or version");
    w.need(!card.value("fallbackText", "").empty(), "no fallbackText");
    w.need(text.size() <= 20 * 1024, "size " + std::to_string(text.size()));
    if (card.contains("refresh")) {
        const auto& r = card["refresh"];
        w.need(r.at("action").at("type") == "Action.Execute", "refresh without an Action.Execute");
        w.action(r["action"]);
        w.need(!r.at("userIds").empty() && r["userIds"].size() <= 60, "refresh for " + r["userIds"].dump());
    }
    w.object(card, false);
    for (const auto& t : w.targets)
        w.need(w.ids.contains(t), "toggles what is not there: " + t);
    return w.faults;
}

std::string card_texts(const std::string& text) {
    walker w;
    w.object(json::parse(text), false);
    return w.texts;
}

} // namespace whynow::teams_test
