#include "adapters/slack/blocks.hpp"
#include "adapters/slack/forms.hpp"
#include "adapters/slack/limits.hpp"
#include "adapters/teams/activity.hpp"
#include "adapters/teams/answers.hpp"
#include "adapters/teams/cards.hpp"
#include "adapters/teams/forms.hpp"
#include "cards/scenes.hpp"

#include <nlohmann/json.hpp>

namespace whynow::cards_test {
namespace {

using nlohmann::json;
namespace teams = adapters::teams;

cards::message one_line(const std::string& text) { return {text, {cards::paragraph{{{text, "", false, false}}}}}; }

struct slack_side {
    bool charts;

    json message(const cards::message& m) const {
        const auto r = slack::render(m, {.charts = charts});
        return {{"text", r.text}, {"blocks", json::parse(r.blocks)}};
    }
    json operator()(const words& w) const { return {{"said", w.text}}; }
    json operator()(const cards::message& m) const { return {{"message", message(m)}}; }
    json operator()(const line& l) const { return {{"notice", message(one_line(l.text))}}; }
    json operator()(const page& p) const {
        const auto r = slack::render(p.body, {.blocks = slack::most::blocks_of_view});
        return {{"home", {{"type", "home"}, {"blocks", json::parse(r.blocks)}}}};
    }
    json operator()(const dialog& d) const {
        auto form = d.form;
        for (auto& f : form.fields) // what a person wrote stays in the open modal
            if (const auto it = d.values.find(f.id); it != d.values.end())
                f.value = it->second;
        json out{{"view", json::parse(slack::modal_view(form, {}))}};
        if (!d.errors.empty()) {
            std::map<std::string, std::string> fields;
            for (const auto& f : d.form.fields)
                fields[f.id] = f.value;
            out["errors"] = json::parse(slack::form_errors(d.errors, fields))["errors"];
        }
        return out;
    }
};

struct teams_side {
    json operator()(const words& w) const { return {{"said", w.text}}; }
    json operator()(const cards::message& m) const { return {{"card", json::parse(teams::card_json(m))}}; }
    json operator()(const page&) const { return json::object(); }
    json operator()(const line& l) const {
        chat::chat_event e;
        e.trigger = teams::card_action;
        chat::reply r;
        r.toast = l.text;
        return {{"notice", json::parse(teams::invoke_answer(e, r).body)["value"]}};
    }
    json operator()(const dialog& d) const {
        const auto task = json::parse(teams::dialog_json({d.form, d.errors, d.values, 1}))["task"]["value"];
        return {{"dialog", {{"title", task["title"]}, {"card", task["card"]["content"]}}}};
    }
};

template <class Side>
std::string laid_out(const scene& s, const Side& side) {
    auto all = json::array();
    for (const auto& t : s.shown)
        all.push_back(std::visit(side, t));
    return json{{"shown", std::move(all)}}.dump(1) + "\n";
}

} // namespace

std::string for_slack(const scene& s) { return laid_out(s, slack_side{s.charts}); }
std::string for_teams(const scene& s) { return laid_out(s, teams_side{}); }

} // namespace whynow::cards_test
