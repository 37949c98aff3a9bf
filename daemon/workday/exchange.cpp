#include "workday/exchange.hpp"

#include "workday/content.hpp"
#include "workday/errands.hpp"
#include "workday/morning.hpp"
#include "workday/outcome_card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace whynow::workday {

using text::slots;

pointed point(std::string_view value) {
    pointed out;
    const auto colon = value.find(':');
    out.what = value.substr(0, colon);
    if (colon == std::string_view::npos)
        return out;
    auto rest = value.substr(colon + 1);
    const auto r = std::from_chars(rest.data(), rest.data() + rest.size(), out.id);
    if (r.ptr != rest.data() + rest.size() && *r.ptr == ':')
        std::from_chars(r.ptr + 1, rest.data() + rest.size(), out.revision);
    return out;
}

std::string trimmed(std::string_view t) {
    const auto from = t.find_first_not_of(" \t\r\n"), to = t.find_last_not_of(" \t\r\n");
    return from == std::string_view::npos ? std::string{} : std::string(t.substr(from, to - from + 1));
}

void exchange::notice(std::string_view words) {
    if (e.in_place)
        reply.toast = words;
    else
        send_notice(s, rep, words, fmt::format("notice:{}", cause), e.about, rules, now);
}

void exchange::show_message(const cards::message& m, std::string_view purpose) {
    if (e.in_place)
        reply.replace = m;
    else
        send_message(s, rep, m, fmt::format("{}:{}", purpose, cause), purpose, e.about, rules, now);
}

instant exchange::said_at() const { return e.at == instant{} ? now : e.at; }

given_answer exchange::answer(outcomes::understood what, std::string source) const {
    given_answer a;
    a.what = std::move(what);
    a.said = e.text;
    a.source = std::move(source);
    a.source_ref = e.business_key.empty() ? std::string(cause) : e.business_key;
    a.at = std::min(said_at(), now);
    return a;
}

std::optional<store::card> exchange::card_of(std::string_view value) {
    const auto p = point(value);
    auto c = p.what == "card" ? store::briefs(s).find_card({p.id}) : std::nullopt;
    const auto b = c ? store::briefs(s).find(c->brief) : std::nullopt;
    if (b && b->rep == rep.id) {
        // A tap on a message whose arrival was never confirmed: here it stands.
        if (b->message_id.empty() && e.kind == chat::event_kind::action && !e.about.id.empty())
            store::briefs(s).set_message(b->id, e.from.platform, e.about.conversation, e.about.id);
        return c;
    }
    reply.toast = say("notice.not_yours");
    return std::nullopt;
}

std::optional<store::outcome> exchange::outcome_of(std::string_view value) {
    const auto p = point(value);
    auto o = p.what == "outcome" ? store::outcomes(s).find({p.id}) : std::nullopt;
    if (o && o->rep == rep.id)
        return o;
    reply.toast = say("notice.not_yours");
    return std::nullopt;
}

std::optional<store::draft> exchange::draft_of(std::string_view value) {
    const auto p = point(value);
    auto d = p.what == "draft" ? store::drafts(s).find({p.id}) : std::nullopt;
    if (d && d->rep == rep.id)
        return d;
    reply.toast = say("notice.not_yours");
    return std::nullopt;
}

std::string exchange::contact_name(contact_id id) const {
    const auto c = store::contacts(s).find(id);
    return c ? c->name : std::string{};
}

void exchange::show_brief_again(brief_id id) {
    update_subject(s, rep, fmt::format("brief:{}", id.value), cause, rules, now);
    reply.replace = show_brief(s, id, rules);
}

void exchange::show_outcome_again(outcome_id id) {
    if (const auto o = store::outcomes(s).find(id))
        reply.replace = outcome_card(s, *o, rules, now);
}

void exchange::show_what_stands() {
    if (e.about.id.empty())
        return;
    if (const auto b = store::briefs(s).by_message(e.from.platform, e.about.conversation, e.about.id)) {
        if (b->rep == rep.id)
            reply.replace = show_brief(s, b->id, rules);
    } else if (const auto o = store::outcomes(s).by_message(e.about.conversation, e.about.id); o && o->rep == rep.id) {
        show_outcome_again(o->id);
    }
}

void exchange::remember_question(const std::string& words) {
    store::documents(s).put(
        fmt::format("question:{}", rep.id.value),
        to_json(std::vector<std::pair<std::string, std::string>>{{"text", words}, {"cause", std::string(cause)}}));
}

std::string exchange::asked_words() const {
    const auto q = store::documents(s).get(fmt::format("question:{}", rep.id.value));
    return q ? entry_of(*q, "text") : std::string{};
}

void exchange::forget_question() { store::documents(s).put(fmt::format("question:{}", rep.id.value), "{}"); }

void exchange::ask_how(const store::card& c, const std::string& words) {
    remember_question(words);
    const auto content = call_card_from(c.content);
    const auto question = say("ask.disposition", slots{}.set("first", content.first));
    cards::actions buttons;
    for (const auto* how : {"connected", "voicemail", "no_answer", "gatekeeper"})
        buttons.buttons.push_back({fmt::format("was_{}", how), fmt::format("card:{}", c.id.value),
                                   say(fmt::format("disposition.{}", how)), cards::button::style::normal, false, ""});
    show_message({question, {cards::paragraph{{{question, "", false, false}}}, std::move(buttons)}}, "question");
}

} // namespace whynow::workday
