#include "workday/answer.hpp"

#include "domain/nurture/return_day.hpp"
#include "store/lessons.hpp"
#include "workday/drafting.hpp"
#include "workday/errands.hpp"
#include "workday/home_page.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::workday {
namespace {

using outcomes::disposition;
using outcomes::result;

bool is_email(std::string_view t) { return t.find('@') != std::string_view::npos; }

std::string in_one_word(const store::outcome& o, std::string_view field) {
    if (field == "disposition")
        return o.disposition;
    if (field == "results")
        return fmt::format("{}", fmt::join(o.results, ", "));
    return o.follow_up_date ? to_iso(*o.follow_up_date) : std::string{};
}

void learn(store::session& s, const store::outcome& read, const store::outcome& meant, instant now) {
    for (const std::string_view field : {"disposition", "results", "follow_up"})
        if (auto was = in_one_word(read, field), is = in_one_word(meant, field); was != is)
            store::lessons(s).add({read.id, read.said, std::string(field), std::move(was), std::move(is), now});
}

void fill(store::outcome& o, const given_answer& a) {
    const auto& u = a.what;
    o.at = a.at;
    o.source = a.source;
    o.said = a.said;
    o.disposition = u.how ? std::string(to_string(u.how->value)) : std::string{};
    o.results.clear();
    for (const auto& r : u.results)
        o.results.emplace_back(to_string(r.value));
    o.action = u.wanted ? std::string(to_string(u.wanted->value)) : std::string{};
    o.follow_up_from = o.follow_up_to = o.follow_up_date = std::nullopt;
    o.follow_up_time = std::nullopt;
    if (u.follow_up) {
        o.follow_up_from = u.follow_up->value.from;
        o.follow_up_to = u.follow_up->value.to;
        o.follow_up_date = u.follow_up->value.date;
        o.follow_up_time = u.follow_up->value.time;
    }
    o.unsure.clear();
    for (const auto f : u.unsure)
        o.unsure.emplace_back(to_string(f));
}

// Everything that follows from one reading of one answer.
class consequences {
  public:
    consequences(store::session& s, const book::rep& rep, const store::outcome& o, const outcomes::understood& u,
                 const rulebook& rules, instant now)
        : s_(s), rep_(rep), o_(o), u_(u), rules_(rules), now_(now), who_(*store::contacts(s).find(o.contact)),
          today_(rules.clocks->to_local(now, rules.zone_of(rep)).date) {}

    void follow() {
        const bool closed = u_.has(result::do_not_contact);
        close(closed);
        learn_facts();
        if (!closed)
            schedule_return();
        const auto referred = remember_referrals();
        settle_card();
        write_drafts(s_, rep_, o_, u_, referred, rules_, now_);
    }

  private:
    store::session& s_;
    const book::rep& rep_;
    const store::outcome& o_;
    const outcomes::understood& u_;
    const rulebook& rules_;
    instant now_;
    book::contact who_;
    local_date today_;

    void close(bool closed) {
        if (closed) {
            store::contacts(s_).close(who_.id, true);
            if (!who_.email.empty())
                store::suppressions(s_).add(who_.email, fmt::format("outcome:{}", o_.id.value), now_);
        }
        if (u_.how && u_.how->value == disposition::left_company)
            store::contacts(s_).set_left_company(who_.id, true);
    }

    void learn_facts() {
        const auto add = [&](const char* kind, const std::optional<outcomes::heard<std::string>>& value) {
            if (value && !value->value.empty())
                store::facts(s_).add({{}, o_.account, o_.contact, kind, value->value, rep_.id, o_.at, o_.id, false});
        };
        add("challenge", u_.learned.challenge);
        add("timeline", u_.learned.timeline);
        add("vendor", u_.learned.vendor);
        add("budget", u_.learned.budget);
        add("tried", u_.learned.tried);
    }

    void schedule_return() {
        if (!u_.follow_up || u_.has(result::meeting_booked) || u_.is_unsure(outcomes::field::follow_up))
            return;
        const auto said_on = rules_.clocks->to_local(o_.at, rules_.zone_of(rep_)).date;
        const auto back = nurture::when_back(u_.follow_up->value, std::max(said_on, today_), rules_.returns);
        store::nurture(s_).schedule({{},
                                     o_.contact,
                                     o_.account,
                                     rep_.id,
                                     o_.id,
                                     back.due,
                                     back.promised,
                                     u_.follow_up->value.time,
                                     o_.said,
                                     "waiting"});
    }

    std::vector<store::referral> remember_referrals() {
        std::vector<store::referral> out;
        int generation = 1;
        if (const auto led_here = store::referrals(s_).to_contact(o_.contact))
            generation = led_here->generation + 1;
        for (const auto& heard : u_.referrals) {
            if (heard.name.empty())
                continue;
            store::referral r;
            r.outcome = o_.id;
            r.referrer = o_.contact;
            r.account = o_.account;
            r.rep = rep_.id;
            r.name = heard.name;
            r.title = heard.title;
            r.contact = heard.contact;
            r.words = {};
            r.may_name = heard.may_name;
            r.generation = generation;
            r.on = rules_.clocks->to_local(o_.at, rules_.zone_of(rep_)).date;
            r.referred = person_for(heard);
            if (r.referred == o_.contact)
                continue; // they pointed to themselves
            r.id = store::referrals(s_).add(r);
            out.push_back(std::move(r));
        }
        return out;
    }

    contact_id person_for(const outcomes::referral_heard& heard) {
        if (auto known = store::contacts(s_).by_name(o_.account, heard.name))
            return known->id;
        book::contact c;
        c.name = heard.name;
        c.title = heard.title;
        c.account = o_.account;
        if (is_email(heard.contact))
            c.email = heard.contact;
        else
            c.phone = heard.contact;
        if (!c.email.empty())
            if (auto known = store::contacts(s_).by_email(c.email))
                return known->id;
        c.zone = who_.zone;
        c.country = who_.country;
        c.owner = rep_.id;
        c.origin = fmt::format("referral, outcome {}", o_.id.value);
        store::contacts(s_).upsert(c);
        return c.id;
    }

    void settle_card() {
        // Whoever was on the list by their own date is back now, and done unless a new day was named.
        for (const auto& n : store::nurture(s_).due(rep_.id, today_))
            if (n.contact == o_.contact && n.outcome != o_.id)
                store::nurture(s_).set_state(n.id, "done");
        if (!o_.card)
            return;
        store::briefs(s_).set_card_state(o_.card, store::card_state::answered);
        const auto card = store::briefs(s_).find_card(o_.card);
        if (!card)
            return;
        if (card->reason_key.starts_with("return:"))
            store::nurture(s_).set_state({std::stoll(card->reason_key.substr(7))}, "done");
        const auto b = store::briefs(s_).find(card->brief);
        if (b && b->open_card == o_.card)
            for (const auto& next : store::briefs(s_).cards(b->id))
                if (next.state == store::card_state::open) {
                    store::briefs(s_).set_open_card(b->id, next.id);
                    break;
                }
    }
};

// Withdraws what followed from the last reading.
void withdraw(store::session& s, const store::outcome& o, instant) {
    store::facts(s).withdraw(o.id);
    for (const auto& n : store::nurture(s).of_outcome(o.id))
        store::nurture(s).set_state(n.id, "cancelled");
    for (auto r : store::referrals(s).of_outcome(o.id)) {
        r.withdrawn = true;
        store::referrals(s).update(r);
        if (const auto c = store::contacts(s).find(r.referred);
            c && c->origin == fmt::format("referral, outcome {}", o.id.value))
            store::contacts(s).remove(c->id);
    }
    for (const auto& d : store::drafts(s).of_outcome(o.id))
        if (d.state == store::draft_state::proposed || d.state == store::draft_state::failed)
            store::drafts(s).set_state(d.id, store::draft_state::discarded);
    if (std::ranges::find(o.results, "do_not_contact") != o.results.end()) {
        store::contacts(s).close(o.contact, false);
        if (const auto c = store::contacts(s).find(o.contact); c && !c->email.empty())
            store::suppressions(s).remove(c->email);
    }
    if (o.disposition == "left_company")
        store::contacts(s).set_left_company(o.contact, false);
}

void show_everywhere(store::session& s, const book::rep& rep, const store::outcome& o, std::string_view cause,
                     bool first, const rulebook& rules, instant now) {
    const auto subject = fmt::format("outcome:{}", o.id.value);
    chat::message_ref thread;
    if (const auto card = o.card ? store::briefs(s).find_card(o.card) : std::nullopt) {
        const auto brief_subject = fmt::format("brief:{}", card->brief.value);
        update_subject(s, rep, brief_subject, cause, rules, now);
        thread = standing(s, brief_subject, address_of(s, rep, rules).platform);
    }
    if (first) {
        send_subject(s, rep, subject, subject, "understood", thread, rules, now);
        refresh_home(s, rep, cause, rules, now);
    } else
        update_subject(s, rep, subject, cause, rules, now);
}

std::optional<outcome_id> record(store::session& s, const book::rep& rep, store::outcome o, const given_answer& a,
                                 const rulebook& rules, instant now) {
    fill(o, a);
    o.rep = rep.id;
    o.source_ref = a.source_ref;
    o.day = rules.clocks->to_local(o.at, rules.zone_of(rep)).date;
    const auto id = store::outcomes(s).record(o);
    if (!id)
        return std::nullopt;
    o.id = *id;
    consequences(s, rep, o, a.what, rules, now).follow();
    show_everywhere(s, rep, o, a.source_ref, true, rules, now);
    return id;
}

} // namespace

std::optional<outcome_id> take_answer(store::session& s, const book::rep& rep, const store::card& card,
                                      const given_answer& a, const rulebook& rules, instant now) {
    if (const auto same = store::outcomes(s).by_source(a.source_ref))
        return std::nullopt;
    if (const auto standing_one = store::outcomes(s).of_card(card.id)) {
        correct_answer(s, rep, standing_one->id, a, rules, now);
        return standing_one->id;
    }
    store::outcome o;
    o.card = card.id;
    o.contact = card.contact;
    o.account = card.account;
    return record(s, rep, std::move(o), a, rules, now);
}

std::optional<outcome_id> take_answer(store::session& s, const book::rep& rep, const book::contact& who,
                                      const given_answer& a, const rulebook& rules, instant now) {
    store::outcome o;
    o.contact = who.id;
    o.account = who.account;
    return record(s, rep, std::move(o), a, rules, now);
}

void correct_answer(store::session& s, const book::rep& rep, outcome_id id, const given_answer& a,
                    const rulebook& rules, instant now) {
    auto o = store::outcomes(s).find(id);
    if (!o)
        return;
    withdraw(s, *o, now);
    const auto first_said = o->at;
    const auto read = *o;
    fill(*o, a);
    if (read.source == "text" && !read.undone && (a.corrects || a.source != "text"))
        learn(s, read, *o, now);
    o->at = first_said; // the call was when it was
    o->undone = false;
    store::outcomes(s).revise(*o);
    consequences(s, rep, *o, a.what, rules, now).follow();
    show_everywhere(s, rep, *o, a.source_ref, false, rules, now);
}

bool undo_answer(store::session& s, outcome_id id, const rulebook& rules, instant now) {
    const auto o = store::outcomes(s).find(id);
    if (!o || o->undone)
        return false;
    withdraw(s, *o, now);
    store::outcomes(s).undo(id);
    if (o->card) {
        store::briefs(s).set_card_state(o->card, store::card_state::open);
        if (const auto card = store::briefs(s).find_card(o->card))
            store::briefs(s).set_open_card(card->brief, card->id);
    }
    if (const auto rep = store::reps(s).find(o->rep))
        show_everywhere(s, *rep, *o, fmt::format("undo:{}:{}", id.value, o->revision), false, rules, now);
    return true;
}

outcomes::understood understood_of(store::session& s, const store::outcome& o) {
    outcomes::understood u;
    if (const auto how = outcomes::disposition_from_string(o.disposition))
        u.how = {*how, {}, 1};
    for (const auto& name : o.results)
        if (const auto r = outcomes::result_from_string(name))
            u.results.push_back({*r, {}, 1});
    if (o.follow_up_from) {
        dates::window w;
        w.from = *o.follow_up_from;
        w.to = o.follow_up_to.value_or(w.from);
        w.date = o.follow_up_date.value_or(w.from);
        w.time = o.follow_up_time;
        w.counted = true;
        u.follow_up = {w, {}, 1};
    }
    for (const auto& r : store::referrals(s).of_outcome(o.id))
        u.referrals.push_back({r.name, r.title, r.contact, r.may_name, {}, 1});
    for (const auto& f : store::facts(s).of_account(o.account)) {
        if (f.outcome != o.id)
            continue;
        const outcomes::heard<std::string> value{f.value, {}, 1};
        if (f.kind == "challenge")
            u.learned.challenge = value;
        else if (f.kind == "timeline")
            u.learned.timeline = value;
        else if (f.kind == "vendor")
            u.learned.vendor = value;
        else if (f.kind == "budget")
            u.learned.budget = value;
        else if (f.kind == "tried")
            u.learned.tried = value;
    }
    if (const auto act = outcomes::action_from_string(o.action))
        u.wanted = {*act, {}, 1};
    return u;
}

} // namespace whynow::workday
