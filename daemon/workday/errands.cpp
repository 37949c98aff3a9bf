#include "workday/errands.hpp"

#include "log/log.hpp"
#include "workday/content.hpp"
#include "workday/home_page.hpp"
#include "workday/morning.hpp"
#include "workday/outcome_card.hpp"
#include "workday/weekly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace whynow::workday {
namespace {

// "outcome:9" → 9 where the subject begins so.
std::optional<std::int64_t> number_of(std::string_view subject, std::string_view word) {
    if (!subject.starts_with(word) || subject.size() <= word.size() + 1 || subject[word.size()] != ':')
        return std::nullopt;
    subject.remove_prefix(word.size() + 1);
    std::int64_t n = 0;
    const auto r = std::from_chars(subject.data(), subject.data() + subject.size(), n);
    if (r.ec != std::errc{})
        return std::nullopt;
    return n;
}

chat::address address_among(const std::vector<store::chat_identity>& known, const book::rep& rep,
                            const rulebook& rules) {
    for (const auto& platform : rules.team.platforms) {
        const auto it = std::ranges::find(known, platform, &store::chat_identity::platform);
        if (it != known.end()) {
            if (it->gone)
                continue;
            return {platform, it->tenant, it->user, it->conversation, it->route};
        }
        if (platform == "slack" && !rep.slack_user.empty())
            return {platform, "", rep.slack_user, "", ""};
        if (platform == "console")
            return {platform, "", rep.email, rep.email, ""};
    }
    return {};
}

// Where a person is reached, and the chat of theirs where they should be but are not.
struct way {
    chat::address to;
    std::string missed;
};

way way_to(store::session& s, const book::rep& rep, const rulebook& rules) {
    const auto known = store::identities(s).of(rep.id);
    way found{address_among(known, rep, rules), {}};
    if (!found.to.platform.empty() && found.to.platform != "console")
        return found;
    const auto should_be = [&](const std::string& platform) {
        return (platform == "teams" && !rep.teams_user.empty()) || (platform == "slack" && !rep.slack_user.empty()) ||
               (platform != "console" &&
                std::ranges::find(known, platform, &store::chat_identity::platform) != known.end());
    };
    if (const auto it = std::ranges::find_if(rules.team.platforms, should_be); it != rules.team.platforms.end())
        found.missed = *it;
    return found;
}

void put_at(store::session& s, const book::rep& rep, const chat::address& to, errand e, std::string_view unique,
            std::string_view purpose, const rulebook& rules, instant now) {
    if (to.platform.empty() && !rules.team.mail_on)
        return; // no way to this person at all; the admin knows
    store::outbox_item item;
    item.channel = to.platform.empty() ? "mail" : to.platform;
    item.order_key =
        to.platform.empty() ? "mail:" + rep.email : fmt::format("{}|{}|{}", to.platform, to.tenant, to.user);
    item.unique_key = unique;
    item.purpose = purpose;
    e.rep = rep.id.value;
    e.to = chat::to_json(to);
    item.payload = to_json(e);
    item.due = now;
    item.created_at = now;
    store::outbox(s).put(item);
}

void put(store::session& s, const book::rep& rep, errand e, std::string_view unique, std::string_view purpose,
         const rulebook& rules, instant now) {
    put_at(s, rep, address_of(s, rep, rules), std::move(e), unique, purpose, rules, now);
}

std::string told_name(const book::rep& rep) { return fmt::format("unreached:{}", rep.id.value); }
std::string mailed_name(brief_id id) { return fmt::format("brief_mailed:{}", id.value); }

// Logged once; the page and the figure say it as long as it is so.
void tell_admin(store::session& s, const book::rep& rep, const std::string& platform, const rulebook& rules) {
    store::documents notes(s);
    if (notes.get(told_name(rep)).value_or("") == platform)
        return;
    notes.put(told_name(rep), platform);
    log::warn("person_unreached", {{"platform", platform}, {"rep", rep.id.value}, {"by_mail", rules.team.mail_on}});
}

void mail_brief(store::session& s, const book::rep& rep, brief_id id, const rulebook& rules, instant now) {
    errand e;
    e.subject = fmt::format("brief:{}", id.value);
    if (rules.team.mail_on)
        store::documents(s).put(mailed_name(id), "1");
    put_at(s, rep, {}, std::move(e), fmt::format("brief:{}:mail", id.value), "brief", rules, now);
}

// By every way that is open now; `unique` keeps the chat's from going twice.
void hand_over(store::session& s, const book::rep& rep, brief_id id, const way& w, std::string_view unique,
               const rulebook& rules, instant now) {
    if (!w.missed.empty())
        tell_admin(s, rep, w.missed, rules);
    if (w.to.platform.empty() || !w.missed.empty())
        mail_brief(s, rep, id, rules, now);
    if (w.to.platform.empty())
        return;
    errand e;
    e.subject = fmt::format("brief:{}", id.value);
    put_at(s, rep, w.to, std::move(e), unique, "brief", rules, now);
}

} // namespace

chat::address address_of(store::session& s, const book::rep& rep, const rulebook& rules) {
    return address_among(store::identities(s).of(rep.id), rep, rules);
}

std::string unreached_chat(store::session& s, const book::rep& rep, const rulebook& rules) {
    return way_to(s, rep, rules).missed;
}

void send_subject(store::session& s, const book::rep& rep, std::string_view subject, std::string_view unique,
                  std::string_view purpose, const chat::message_ref& thread, const rulebook& rules, instant now) {
    errand e;
    e.subject = subject;
    e.thread_conversation = thread.conversation;
    e.thread_id = thread.id;
    put(s, rep, std::move(e), unique, purpose, rules, now);
}

void send_brief(store::session& s, const book::rep& rep, brief_id id, const rulebook& rules, instant now) {
    const auto subject = fmt::format("brief:{}", id.value);
    hand_over(s, rep, id, way_to(s, rep, rules), subject, rules, now);
    refresh_home(s, rep, subject, rules, now);
}

void send_brief_elsewhere(store::session& s, const book::rep& rep, brief_id id, const rulebook& rules, instant now) {
    const auto way = way_to(s, rep, rules);
    hand_over(s, rep, id, way, fmt::format("brief:{}:{}", id.value, way.to.platform), rules, now);
}

void reached_now(store::session& s, const book::rep& rep, const rulebook& rules, instant now) {
    store::documents notes(s);
    const auto missed = notes.get(told_name(rep)).value_or("");
    if (missed.empty() || address_of(s, rep, rules).platform != missed)
        return;
    notes.put(told_name(rep), "");
    log::info("person_reached", {{"platform", missed}, {"rep", rep.id.value}});
    const auto b = store::briefs(s).of(rep.id, rules.clocks->to_local(now, rules.zone_of(rep)).date);
    const bool told = b && notes.get(mailed_name(b->id)).has_value();
    if (!b || b->platform == missed || (told && !rules.team.brief_on_install))
        return;
    send_subject(s, rep, fmt::format("brief:{}", b->id.value), fmt::format("brief:{}:{}", b->id.value, missed), "brief",
                 {}, rules, now);
}

void update_subject(store::session& s, const book::rep& rep, std::string_view subject, std::string_view cause,
                    const rulebook& rules, instant now) {
    errand e;
    e.operation = "update";
    e.subject = subject;
    put(s, rep, std::move(e), fmt::format("{}:update:{}", subject, cause), "update", rules, now);
    if (!subject.starts_with("home:")) // calls and promises stand there, too
        refresh_home(s, rep, cause, rules, now);
}

void send_message(store::session& s, const book::rep& rep, const cards::message& m, std::string_view unique,
                  std::string_view purpose, const chat::message_ref& thread, const rulebook& rules, instant now) {
    errand e;
    e.message = chat::to_json(m);
    e.thread_conversation = thread.conversation;
    e.thread_id = thread.id;
    put(s, rep, std::move(e), unique, purpose, rules, now);
}

void send_notice(store::session& s, const book::rep& rep, std::string_view words, std::string_view unique,
                 const chat::message_ref& thread, const rulebook& rules, instant now) {
    send_message(s, rep, {std::string(words), {cards::paragraph{{{std::string(words), "", false, false}}}}}, unique,
                 "notice", thread, rules, now);
}

std::string answered_in_words(store::session& s, const store::card& c, std::string_view language,
                              const rulebook& rules) {
    const auto o = store::outcomes(s).of_card(c.id);
    return rules.say(language, "brief.answered",
                     text::slots{}.set("what", o ? outcome_in_words(*o, language, rules) : std::string{}));
}

local_date snoozed_until(local_date day, const rulebook& rules) {
    return rules.team.workdays.on_or_after(add_days(day, 7));
}

std::optional<cards::message> show(store::session& s, std::string_view subject, const rulebook& rules, instant now) {
    if (const auto n = number_of(subject, "brief"))
        return store::briefs(s).find({*n}) ? std::optional(show_brief(s, {*n}, rules)) : std::nullopt;
    if (const auto n = number_of(subject, "outcome")) {
        const auto o = store::outcomes(s).find({*n});
        return o ? std::optional(outcome_card(s, *o, rules, now)) : std::nullopt;
    }
    if (const auto n = number_of(subject, "home")) {
        const auto rep = store::reps(s).find({*n});
        return rep ? std::optional(home_page(s, *rep, rules, now)) : std::nullopt;
    }
    if (subject.starts_with("digest:") || subject.starts_with("own-week:"))
        return show_digest(s, subject, rules, now);
    return std::nullopt;
}

chat::message_ref standing(store::session& s, std::string_view subject, std::string_view platform) {
    if (const auto n = number_of(subject, "brief"))
        if (const auto b = store::briefs(s).find({*n}); b && b->platform == platform)
            return {b->conversation, b->message_id};
    if (const auto n = number_of(subject, "outcome"))
        if (const auto o = store::outcomes(s).find({*n}))
            return {o->message_conversation, o->message_id};
    if (number_of(subject, "home")) // a page, not a message: it is there always
        return {"home", "home"};
    return {};
}

void arrived(store::session& s, std::string_view subject, std::string_view platform, const chat::message_ref& at) {
    if (const auto n = number_of(subject, "brief"))
        store::briefs(s).set_message({*n}, platform, at.conversation, at.id);
    else if (const auto m = number_of(subject, "outcome"))
        store::outcomes(s).set_message({*m}, at.conversation, at.id);
}

} // namespace whynow::workday
