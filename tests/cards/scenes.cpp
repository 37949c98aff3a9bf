#include "cards/scenes.hpp"

#include "cards/house.hpp"
#include "demo/sample_team.hpp"
#include "domain/digests/digest.hpp"
#include "store/aggregates.hpp"
#include "workday/drafting.hpp"
#include "workday/home_page.hpp"
#include "workday/weekly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace whynow::cards_test {
namespace {

constexpr std::string_view dana = "Dana", sam = "Sam", priya = "Priya", alex = "Alex";

using scenes = std::vector<scene>;

cards::form opened(const chat::reply& r) {
    if (!r.open)
        throw std::runtime_error("no dialog opened: " + r.toast);
    return *r.open;
}

// The dialog as it stays open after a wrong answer.
dialog turned_down(house& h, std::string_view who, const cards::form& f, std::map<std::string, std::string> fields) {
    auto r = h.submit(who, f, fields);
    if (r.errors.empty())
        throw std::runtime_error("the dialog took what it should not");
    return {f, std::move(r.errors), std::move(fields)};
}

std::string draft_value(house& h, const std::string& outcome, store::draft_kind kind) {
    std::string value;
    h.write([&](store::session& s) {
        for (const auto& d : store::drafts(s).of_outcome({std::stoll(outcome.substr(outcome.find(':') + 1))}))
            if (d.kind == kind && d.state != store::draft_state::discarded)
                value = fmt::format("draft:{}:{}", d.id.value, d.revision);
    });
    return value.empty() ? throw std::runtime_error("no such draft at " + outcome) : value;
}

// What the mail server says of an approved draft.
void settled(house& h, const std::string& value, workday::mailed how, std::string_view why = {},
             bool suppress = false) {
    const auto first = value.find(':'), second = value.rfind(':');
    h.write([&](store::session& s) {
        workday::settle_mail(s, {std::stoll(value.substr(first + 1, second))}, std::stoi(value.substr(second + 1)), how,
                             why, suppress, h.rules(), h.now());
    });
}

page home(house& h, std::string_view who) {
    const auto r = h.rep(who);
    page p;
    h.write([&](store::session& s) { p.body = workday::home_page(s, r, h.rules(), h.now()); });
    return p;
}

scene slack_only(scene s) {
    s.on_teams = false;
    return s;
}

void before_any_news(scenes& out) {
    house h(false);
    out.push_back(slack_only({"home-no-brief", {home(h, alex)}}));
    h.morning(priya);
    out.push_back({"brief-none", {h.brief(priya)}});
    out.push_back({"why-now-not-ready", {words{"why now Stanton Rail"}, h.answer_to(sam, "why now Stanton Rail")}});
    out.push_back({"why-now-unknown", {words{"why now Stanton Rails"}, h.answer_to(sam, "why now Stanton Rails")}});
}

void one_call(scenes& out) {
    house h;
    auto r = h.rep(sam);
    r.most_calls = 1;
    h.write([&](store::session& s) { store::reps(s).set_own(r); });
    h.morning(sam);
    out.push_back({"brief-one-call", {h.brief(sam)}});
}

void in_other_languages(scenes& out) {
    for (const auto* language : {"de", "fr", "es"}) {
        house h;
        auto r = h.rep(dana);
        r.language = language;
        h.write([&](store::session& s) { store::reps(s).set_own(r); });
        h.morning(dana);
        out.push_back({fmt::format("brief-{}", language), {h.brief(dana)}});
        const std::map<std::string_view, std::string> said{
            {"de", "Jerry erreicht, sie kümmern sich in sechs Monaten darum"},
            {"fr", "parlé avec Jerry, ils s'en occupent dans six mois"},
            {"es", "hablé con Jerry, lo ven en seis meses"}};
        out.push_back(
            {fmt::format("understood-{}", language), {words{said.at(language)}, h.answer_to(dana, said.at(language))}});
    }
}

// One answer in words and all that comes of it: what was understood, its two drafts, their ways out.
void one_answer(scenes& out) {
    house h;
    h.morning(dana);
    const std::string said = "spoke with Jerry, working on it in 6 months, talk to Ann Lee in ops";
    h.say(dana, said);
    const auto outcome = h.last_subject("understood");
    out.push_back({"understood", {words{said}, h.last(outcome)}});
    h.say(dana, "ann.lee@northwind.example");
    out.push_back({"draft-addressed", {words{"ann.lee@northwind.example"}, h.shown(outcome)}});

    auto letter = draft_value(h, outcome, store::draft_kind::referral);
    const auto form = opened(h.ask_form(dana, "edit", letter));
    out.push_back({"draft-dialog", {dialog{form}}});
    std::map<std::string, std::string> pushy{
        {"subject", "Quick question"},
        {"body", "Hi Ann,\n\ncan we meet on Thursday? Our synergies are world-class.\n\nDana Whitfield"}};
    out.push_back({"draft-dialog-wrong", {turned_down(h, dana, form, pushy)}});
    auto body = std::ranges::find(form.fields, std::string("body"), &cards::field::id)->value;
    if (const auto at = body.find("Dana Whitfield"); at != std::string::npos)
        body.insert(at, "Thursday or Friday both suit me for a short answer by mail.\n\n");
    h.submit(dana, form, {{"body", body}});
    out.push_back({"draft-edited", {h.shown(outcome)}});

    letter = draft_value(h, outcome, store::draft_kind::referral);
    const auto thanks = draft_value(h, outcome, store::draft_kind::thank_you);
    h.tap(dana, "approve", thanks);
    h.tap(dana, "discard", letter);
    out.push_back({"draft-approved-and-discarded", {h.shown(outcome)}});
    settled(h, thanks, workday::mailed::sent);
    out.push_back({"draft-sent", {h.shown(outcome)}});
    h.tap(dana, "undo", outcome);
    out.push_back({"undone-late", {h.shown(outcome)}});
}

void mails_that_fail(scenes& out) {
    house h;
    h.morning(dana);
    h.say(dana, "spoke with Jerry, working on it in 6 months");
    const auto outcome = h.last_subject("understood");
    const auto thanks = draft_value(h, outcome, store::draft_kind::thank_you);
    h.tap(dana, "approve", thanks);
    settled(h, thanks, workday::mailed::unknown);
    out.push_back({"draft-unknown", {h.shown(outcome), h.last("notice")}});

    h.say(dana, "talked to Maya, wants information on delivery windows");
    const auto other = h.last_subject("understood");
    const auto mail = draft_value(h, other, store::draft_kind::thank_you);
    h.tap(dana, "approve", mail);
    settled(h, mail, workday::mailed::refused, "550 5.1.1 no such user");
    out.push_back({"draft-refused", {h.shown(other), h.last("notice")}});
}

void by_taps(scenes& out) {
    house h;
    const auto calls = h.morning(dana);
    out.push_back({"brief", {h.brief(dana)}});
    out.push_back(slack_only({"home", {home(h, dana)}}));
    const auto empty_form = opened(h.ask_form(dana, "log", calls.at(0)));
    out.push_back({"outcome-dialog", {dialog{empty_form}}});
    out.push_back({"outcome-dialog-wrong",
                   {turned_down(h, dana, empty_form, {{"follow_up", "2024-12-01"}, {"challenge", "churn"}})}});

    h.tap(dana, "open", calls.at(1));
    out.push_back({"brief-second-open", {h.brief(dana)}});
    h.tap(dana, "no_answer", calls.at(1));
    const auto outcome = h.last_subject("understood");
    out.push_back({"understood-no-answer", {h.last(outcome)}});
    h.tap(dana, "undo", outcome);
    out.push_back({"undone", {h.shown(outcome)}});
    h.tap(dana, "no_answer", calls.at(1));

    h.tap(dana, "snooze", calls.at(2));
    const auto wrong = h.tap(dana, "not_a_reason", calls.at(3)).toast;
    out.push_back({"not-a-reason", {line{wrong}}});
    const std::string said = "spoke with Jerry, meeting on Thursday at 3pm, they struggle with churn, budget is 40k";
    h.say(dana, said);
    const auto meeting = h.last_subject("understood");
    out.push_back({"understood-meeting", {words{said}, h.last(meeting)}});
    out.push_back({"outcome-dialog-filled", {dialog{opened(h.ask_form(dana, "correct", meeting))}}});
    out.push_back({"brief-answered", {h.brief(dana)}});
    out.push_back(slack_only({"home-answered", {home(h, dana)}}));

    out.push_back(
        {"already-settled",
         {line{h.tap(dana, "no_answer", calls.at(0)).toast}, line{h.tap(dana, "snooze", calls.at(2)).toast}}});
    out.push_back({"somebody-elses", {line{h.tap(sam, "no_answer", calls.at(0)).toast}, line{h.by_stranger().toast}}});
}

void questions(scenes& out) {
    house h;
    h.morning(dana);
    const auto asked = [&](std::string name, const std::string& said) {
        out.push_back({std::move(name), {words{said}, h.answer_to(dana, said)}});
    };
    asked("question-which-call", "spoke with Xavier, call back in March");
    asked("question-how", "Maya, the delivery windows");
    asked("understood-unsure", "spoke with Ben, call back in March, call back in May");
    asked("understood-do-not-contact", "talked to Maya, she said never call again");
}

void own_settings(scenes& out) {
    house h;
    h.morning(dana);
    h.say(dana, "settings");
    out.push_back({"settings", {words{"settings"}, h.last("settings")}});
    const auto value = fmt::format("rep:{}", h.rep(dana).id.value);
    const auto form = opened(h.ask_form(dana, "settings", value));
    out.push_back({"settings-dialog", {dialog{form}}});
    out.push_back({"settings-dialog-wrong", {turned_down(h, dana, form, {{"paused_until", "2024-12-01"}})}});
    const auto saved =
        h.submit(dana, form, {{"brief_at", "07:30"}, {"most_calls", "4"}, {"paused_until", "2025-01-20"}}).toast;
    out.push_back({"settings-saved", {line{saved}, h.last("settings")}});
}

void notices(scenes& out) {
    house h;
    h.morning(dana);
    scene s{"notices", {}};
    for (const auto* said : {"help", "pause until Monday", "resume"}) {
        s.shown.push_back(words{said});
        s.shown.push_back(h.answer_to(dana, said));
    }
    out.push_back(std::move(s));
    out.push_back({"no-open-call", {words{"spoke with Jerry"}, h.answer_to(alex, "spoke with Jerry")}});
    const std::string asked = "why now Bellweather Freight";
    out.push_back({"why-now", {words{asked}, h.answer_to(sam, asked)}});
    const auto tried = [&](const char* key) {
        const auto text = h.rules().say("en", key);
        return cards::message{text, {cards::paragraph{{{text, "", false, false}}}}};
    };
    out.push_back({"connection-test", {tried("connection.edited")}, false});
    out.push_back({"connection-test-teams", {tried("help.test_changed")}, true, false});
}

void weekly(scenes& out) {
    house h;
    h.morning(dana);
    cards::message whole, few, none;
    h.write([&](store::session& s) {
        const auto manager = *store::reps(s).by_email("alex.monroe@tallyard.example");
        const auto last = workday::week_before(demo::first_day());
        const auto subject = fmt::format("digest:{}:{}", manager.id.value, last.name);
        whole = *workday::show_digest(s, subject, h.rules(), h.now());
        auto other = manager;
        other.id = {};
        other.name = "Robin Hale";
        other.email = "robin.hale@tallyard.example";
        store::reps(s).upsert(other);
        none = *workday::show_digest(s, fmt::format("digest:{}:{}", other.id.value, last.name), h.rules(), h.now());
        auto p = *store::reps(s).by_email("priya.raman@tallyard.example");
        p.manager_email = other.email;
        store::reps(s).upsert(p);
        const auto from = add_days(last.from, 3); // two working days: nobody can tell a rate from them
        few = digests::digest(workday::figures_of(s, {other.email, {}}, from, last.to, h.rules(), h.now()), "en",
                              demo::first_day(), h.rules().book);
    });
    out.push_back({"digest", {whole}});
    out.push_back({"digest-characters", {whole}, false, true, false});
    out.push_back({"digest-few", {few}});
    out.push_back({"digest-nothing", {none}});
}

} // namespace

scenes all_scenes() {
    scenes out;
    for (auto* chapter : {by_taps, one_call, before_any_news, one_answer, mails_that_fail, questions, own_settings,
                          notices, weekly, in_other_languages})
        chapter(out);
    return out;
}

} // namespace whynow::cards_test
