#include "workday/drafting.hpp"

#include "domain/drafts/draft_text.hpp"
#include "workday/answer.hpp"
#include "workday/content.hpp"
#include "workday/errands.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::workday {
namespace {

using store::draft_kind;
using store::draft_state;

drafts::mail_facts facts_for(store::session& s, const book::rep& rep, const store::outcome& o,
                             const outcomes::understood& u, const std::vector<store::referral>& referred,
                             const rulebook& rules, instant now) {
    drafts::mail_facts f;
    f.contact = store::contacts(s).find(o.contact).value_or(book::contact{});
    if (const auto account = store::accounts(s).find(o.account))
        f.account = account->name;
    for (const auto& r : u.results)
        f.results.push_back(r.value);
    f.called_on = rules.clocks->to_local(o.at, rules.zone_of(rep)).date;
    f.today = rules.clocks->to_local(now, rules.zone_of(rep)).date;
    if (u.follow_up && !u.is_unsure(outcomes::field::follow_up)) {
        f.follow_up = u.follow_up->value.date;
        f.follow_up_time = u.follow_up->value.time;
        f.follow_up_is_exact = u.follow_up->value.size == dates::grain::day;
    }
    if (u.learned.challenge)
        f.challenge = u.learned.challenge->value;
    if (u.learned.vendor)
        f.vendor = u.learned.vendor->value;
    for (const auto& r : referred) {
        drafts::referred_person p{r.name, r.title, {}, r.may_name};
        if (const auto c = store::contacts(s).find(r.referred))
            p.email = c->email;
        f.referrals.push_back(std::move(p));
    }
    f.rep = rep;
    f.rep_company = rules.team.company;
    f.our_product = rules.team.product;
    f.our_customers = rules.team.our_customers;
    f.language = rules.language_of(rep);
    return f;
}

class desk {
  public:
    desk(store::session& s, const book::rep& rep, const store::outcome& o, const rulebook& rules, instant now)
        : s_(s), rep_(rep), o_(o), rules_(rules), now_(now) {}

    void propose(draft_kind kind, contact_id to_whom, referral_id referral, drafts::mail mail) {
        auto* text = std::get_if<drafts::mail_text>(&mail);
        if (!text)
            return; // no lawful text: better no mail than a bad one
        store::draft d;
        d.kind = kind;
        d.outcome = o_.id;
        d.referral = referral;
        d.rep = rep_.id;
        d.contact = to_whom;
        d.to = text->to;
        d.subject = text->subject;
        d.body = text->body;
        d.facts = to_json(text->facts);
        d.created_at = now_;
        d.id = store::drafts(s_).add(d);
        if (kind == draft_kind::thank_you && rules_.team.thank_you_auto && !d.to.empty())
            approve_draft(s_, d, 1, rules_, now_);
    }

  private:
    store::session& s_;
    const book::rep& rep_;
    const store::outcome& o_;
    const rulebook& rules_;
    instant now_;
};

void refresh(store::session& s, const store::draft& d, std::string_view cause, const rulebook& rules, instant now) {
    const auto rep = store::reps(s).find(d.rep);
    if (rep && d.outcome)
        update_subject(s, *rep, fmt::format("outcome:{}", d.outcome.value), cause, rules, now);
}

bool plausible_address(std::string_view to) {
    const auto at = to.find('@');
    return at != std::string_view::npos && at > 0 && to.find('@', at + 1) == std::string_view::npos &&
           to.find('.', at) != std::string_view::npos && to.find_first_of(" \t\r\n,;<>\"") == std::string_view::npos &&
           to.back() != '.' && to.size() <= 254;
}

std::string& addressee(lint::mail_facts& f) {
    return f.kind == lint::mail_kind::referral && f.referral ? f.referral->email : f.contact.email;
}

// What the rules may hold against this draft today: the permission and the address may be newer than its text.
lint::mail_facts facts_now(store::session& s, const store::draft& d) {
    auto facts = mail_facts_from(d.facts);
    addressee(facts) = d.to;
    if (const auto r = facts.kind == lint::mail_kind::referral && facts.referral ? store::referrals(s).find(d.referral)
                                                                                 : std::nullopt)
        facts.referral->may_name_referrer = r->may_name;
    return facts;
}

// A person vouches for what they wrote themselves; the other rules still hold.
bool vouched_for(std::string_view rule) { return rule == "ungrounded" || rule == "wrong_name"; }

// What is wrong, in the words of the person who reads it; a rule of the team's own says it in its own words.
std::string why_not(const lint::finding& f, std::string_view language, const rulebook& rules) {
    const auto key = "lint." + f.rule;
    return rules.book.has(language, key) ? rules.say(language, key) : f.why;
}

} // namespace

void write_drafts(store::session& s, const book::rep& rep, const store::outcome& o, const outcomes::understood& u,
                  const std::vector<store::referral>& referred, const rulebook& rules, instant now) {
    if (!u.how)
        return;
    std::vector<outcomes::result> results;
    for (const auto& r : u.results)
        results.push_back(r.value);
    if (!drafts::owes_thanks(u.how->value, results))
        return;
    const auto facts = facts_for(s, rep, o, u, referred, rules, now);
    desk d(s, rep, o, rules, now);
    const auto allowed = [](const book::contact& c) { return !c.do_not_contact && c.may_email.value_or(true); };
    if (allowed(facts.contact))
        d.propose(draft_kind::thank_you, o.contact, {}, drafts::thank_you(facts, rules.book, *rules.law));
    for (std::size_t i = 0; i < referred.size(); ++i)
        d.propose(draft_kind::referral, referred[i].referred, referred[i].id,
                  drafts::referral_message(facts, i, rules.book, *rules.law));
    // Who sent us here hears how it went, once per talk.
    if (const auto led_here = store::referrals(s).to_contact(o.contact); led_here && led_here->outcome != o.id) {
        if (auto referrer = store::contacts(s).find(led_here->referrer); referrer && allowed(*referrer)) {
            auto to_referrer = facts;
            to_referrer.contact = *referrer;
            to_referrer.referrals.clear();
            const bool good =
                !std::ranges::any_of(results, [](auto r) { return r == outcomes::result::not_interested; });
            d.propose(draft_kind::loop_closing, referrer->id, led_here->id,
                      drafts::loop_closing(to_referrer, facts.contact.name, good, rules.book, *rules.law));
        }
    }
}

approval approve_draft(store::session& s, const store::draft& d, int revision, const rulebook& rules, instant now) {
    if (d.revision != revision || (d.state != draft_state::proposed && d.state != draft_state::failed))
        return approval::stale;
    if (!plausible_address(d.to))
        return approval::no_address;
    const auto who = store::contacts(s).find(d.contact);
    if (store::suppressions(s).has(d.to) || (who && who->do_not_contact)) {
        store::drafts(s).set_state(d.id, draft_state::failed, "suppressed");
        refresh(s, d, fmt::format("suppressed:{}:{}", d.id.value, revision), rules, now);
        return approval::suppressed;
    }
    const bool edited = d.revision > 1;
    const auto verdict = rules.law->mail(drafts::as_lint_text(d.to, d.subject, d.body), facts_now(s, d));
    if (std::ranges::any_of(verdict.findings, [&](const auto& f) { return !edited || !vouched_for(f.rule); }))
        return approval::refused;
    if (!store::drafts(s).approve(d.id, revision))
        return approval::stale;
    store::outbox_item item;
    item.channel = "mail";
    item.order_key = "mail:" + d.to;
    item.unique_key = fmt::format("draft:{}:{}", d.id.value, revision);
    item.purpose = "mail";
    errand e;
    e.subject = item.unique_key;
    e.rep = d.rep.value;
    item.payload = to_json(e);
    item.due = now;
    item.created_at = now;
    store::outbox(s).put(item);
    refresh(s, d, "approved:" + item.unique_key, rules, now);
    return approval::approved;
}

void discard_draft(store::session& s, const store::draft& d, int revision, const rulebook& rules, instant now) {
    if (d.revision != revision || (d.state != draft_state::proposed && d.state != draft_state::failed))
        return;
    store::drafts(s).set_state(d.id, draft_state::discarded);
    refresh(s, d, fmt::format("discarded:{}:{}", d.id.value, revision), rules, now);
}

std::map<std::string, std::string> edit_draft(store::session& s, const store::draft& d, std::string_view to,
                                              std::string_view subject, std::string_view body, const rulebook& rules,
                                              instant now) {
    const auto rep = store::reps(s).find(d.rep);
    const auto language = rep ? rules.language_of(*rep) : rules.team.language;
    std::map<std::string, std::string> errors;
    if (!to.empty() && !plausible_address(to))
        errors["to"] = rules.say(language, "form.draft.wrong_to");
    if (subject.empty())
        errors["subject"] = rules.say(language, "form.draft.empty");
    if (body.empty())
        errors["body"] = rules.say(language, "form.draft.empty");
    if (!errors.empty())
        return errors;
    auto facts = facts_now(s, d);
    addressee(facts) = to;
    facts.more.push_back(std::string(body));
    const auto verdict =
        rules.law->mail(drafts::as_lint_text(to.empty() ? "nobody@example.invalid" : to, subject, body), facts);
    for (const auto& f : verdict.findings)
        if (!vouched_for(f.rule))
            errors[f.rule == "header_injection" && !to.empty() && f.from < 4 + to.size() ? "to" : "body"] =
                why_not(f, language, rules);
    if (!errors.empty())
        return errors;
    store::drafts(s).revise(d.id, to, subject, body);
    if (!to.empty())
        if (const auto who = store::contacts(s).find(d.contact); who && who->email.empty())
            store::contacts(s).set_email(who->id, to);
    refresh(s, d, fmt::format("edited:{}:{}", d.id.value, d.revision), rules, now);
    return {};
}

void permission_changed(store::session& s, const store::referral& r, const rulebook& rules, instant now) {
    const auto o = store::outcomes(s).find(r.outcome);
    const auto rep = store::reps(s).find(r.rep);
    if (!o || !rep)
        return;
    const auto referred = store::referrals(s).of_outcome(r.outcome);
    const auto facts = facts_for(s, *rep, *o, understood_of(s, *o), referred, rules, now);
    for (const auto& d : store::drafts(s).of_outcome(r.outcome)) {
        if (d.referral != r.id || d.kind != draft_kind::referral ||
            (d.state != draft_state::proposed && d.state != draft_state::failed))
            continue;
        for (std::size_t i = 0; i < referred.size(); ++i)
            if (referred[i].id == r.id) {
                const auto mail = drafts::referral_message(facts, i, rules.book, *rules.law);
                if (const auto* text = std::get_if<drafts::mail_text>(&mail))
                    store::drafts(s).revise(d.id, d.to.empty() ? text->to : d.to, text->subject, text->body);
            }
    }
}

std::optional<letter> letter_for(store::session& s, draft_id id, int revision) {
    const auto d = store::drafts(s).find(id);
    if (!d || d->revision != revision || d->state != draft_state::approved || store::suppressions(s).has(d->to))
        return std::nullopt;
    const auto rep = store::reps(s).find(d->rep);
    if (!rep)
        return std::nullopt;
    letter l;
    l.from_name = rep->name;
    l.reply_to = rep->email;
    l.language = rep->language;
    l.to = d->to;
    if (const auto c = store::contacts(s).find(d->contact))
        l.to_name = c->name;
    l.subject = d->subject;
    l.body = d->body;
    l.message_id_key = fmt::format("draft.{}.{}", id.value, revision);
    // A first mail to somebody who never spoke with us is promotional by law: it carries the way out.
    l.promotional = d->kind == draft_kind::referral;
    return l;
}

void settle_mail(store::session& s, draft_id id, int revision, mailed how, std::string_view why, bool suppress,
                 const rulebook& rules, instant now) {
    const auto d = store::drafts(s).find(id);
    if (!d || d->revision != revision)
        return;
    const auto rep = store::reps(s).find(d->rep);
    const auto who = store::contacts(s).find(d->contact);
    const auto language = rep ? rules.language_of(*rep) : rules.team.language;
    const auto name = who ? who->name : d->to;
    const auto key = fmt::format("mailed:{}:{}", id.value, revision);
    switch (how) {
    case mailed::sent: store::drafts(s).set_state(id, draft_state::sent); break;
    case mailed::refused:
        store::drafts(s).set_state(id, draft_state::failed, why);
        if (suppress)
            store::suppressions(s).add(d->to, why, now);
        if (rep)
            send_notice(s, *rep,
                        rules.say(language, "notice.mail_rejected",
                                  text::slots{}.set("name", name).set("why", text::slots(why))),
                        key, {}, rules, now);
        break;
    case mailed::unknown:
        store::drafts(s).set_state(id, draft_state::unknown, why);
        if (rep)
            send_notice(s, *rep, rules.say(language, "notice.mail_unknown", text::slots{}.set("name", name)), key, {},
                        rules, now);
        break;
    }
    refresh(s, *d, key, rules, now);
}

} // namespace whynow::workday
