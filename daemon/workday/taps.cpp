#include "workday/content.hpp"
#include "workday/drafting.hpp"
#include "workday/errands.hpp"
#include "workday/exchange.hpp"
#include "workday/morning.hpp"
#include "workday/outcome_card.hpp"

#include <fmt/format.h>

#include <array>

namespace whynow::workday {
namespace {

using outcomes::disposition;
using text::slots;

// What a rep taps.
class tapping {
  public:
    explicit tapping(exchange& on) : x(on) {}

    void action() {
        const std::string_view act = x.e.action;
        if (act == "open")
            open();
        else if (act == "no_answer")
            tapped(disposition::no_answer);
        else if (act == "snooze")
            snooze();
        else if (act == "not_a_reason")
            not_a_reason();
        else if (act == "undo")
            undo();
        else if (act == "may_name" || act == "may_not_name")
            permission(act == "may_name");
        else if (act == "approve")
            approve();
        else if (act == "discard")
            discard();
        else if (act == "bind")
            bind();
        else if (act.starts_with("was_"))
            was(act.substr(4));
    }

    void put_off(const store::card& c) {
        if (settled(c))
            return;
        store::briefs(x.s).set_card_state(c.id, store::card_state::snoozed);
        if (c.reason_key.starts_with("return:")) { // a date they named themselves is moved, never lost
            const nurture_id step{std::stoll(c.reason_key.substr(7))};
            store::nurture(x.s).move(step, snoozed_until(x.today, x.rules));
            store::nurture(x.s).set_state(step, "waiting");
        }
        next_open(c);
        x.show_brief_again(c.brief);
    }

  private:
    exchange& x;

    void open() {
        const auto c = x.card_of(x.e.value);
        if (!c)
            return;
        store::briefs(x.s).set_open_card(c->brief, c->id);
        x.show_brief_again(c->brief);
    }

    // A tap on a card that is settled already changes nothing and says how it stands.
    bool settled(const store::card& c) {
        if (c.state == store::card_state::open)
            return false;
        const auto o = store::outcomes(x.s).of_card(c.id);
        x.reply.toast = o ? x.say("notice.old", slots{}.set("state", outcome_in_words(*o, x.language, x.rules)))
                          : x.say("notice.repeated");
        x.reply.replace = show_brief(x.s, c.brief, x.rules);
        return true;
    }

    void tapped(disposition how) {
        const auto c = x.card_of(x.e.value);
        if (!c || settled(*c))
            return;
        outcomes::understood u;
        u.how = {how, {}, 1};
        auto a = x.answer(std::move(u), "tap");
        a.said.clear();
        a.source_ref = fmt::format("{}#{}", a.source_ref, x.cause); // a tap may rightly come again after an undo
        take_answer(x.s, x.rep, *c, a, x.rules, x.now);
        x.reply.replace = show_brief(x.s, c->brief, x.rules);
    }

    void next_open(const store::card& c) {
        for (const auto& other : store::briefs(x.s).cards(c.brief))
            if (other.state == store::card_state::open)
                return store::briefs(x.s).set_open_card(c.brief, other.id);
    }

    void snooze() {
        if (const auto c = x.card_of(x.e.value))
            put_off(*c);
    }

    void not_a_reason() {
        const auto c = x.card_of(x.e.value);
        if (!c || settled(*c))
            return;
        store::briefs(x.s).set_card_state(c->id, store::card_state::not_a_reason);
        if (c->reason_key.starts_with("event:"))
            store::events(x.s).mark_wrong({std::stoll(c->reason_key.substr(6))}, x.rep.id);
        next_open(*c);
        const auto content = call_card_from(c->content);
        x.reply.toast = x.say("notice.not_a_reason", slots{}.set("first", content.first));
        x.show_brief_again(c->brief);
    }

    void undo() {
        const auto o = x.outcome_of(x.e.value);
        if (!o)
            return;
        if (!undo_answer(x.s, o->id, x.rules, x.now))
            x.reply.toast = x.say("notice.repeated");
        x.show_outcome_again(o->id);
    }

    void permission(bool may) {
        const auto p = point(x.e.value);
        auto r = p.what == "referral" ? store::referrals(x.s).find({p.id}) : std::nullopt;
        if (!r || r->rep != x.rep.id) {
            x.reply.toast = x.say("notice.not_yours");
            return;
        }
        if (r->may_name != may) {
            r->may_name = may;
            store::referrals(x.s).update(*r);
            permission_changed(x.s, *r, x.rules, x.now);
            update_subject(x.s, x.rep, fmt::format("outcome:{}", r->outcome.value), x.cause, x.rules, x.now);
        }
        x.show_outcome_again(r->outcome);
    }

    void approve() {
        const auto d = x.draft_of(x.e.value);
        if (!d)
            return;
        const auto how = approve_draft(x.s, *d, int(point(x.e.value).revision), x.rules, x.now);
        if (how == approval::stale)
            x.reply.toast = x.say("notice.draft_gone");
        else if (how == approval::no_address)
            x.reply.toast =
                x.say("ask.referral_email", slots{}.set("name", d->to.empty() ? x.contact_name(d->contact) : d->to));
        else if (how == approval::suppressed)
            x.reply.toast = x.say("notice.mail_suppressed", slots{}.set("email", d->to));
        else if (how == approval::refused)
            x.reply.toast = x.say("notice.failed");
        x.show_outcome_again(d->outcome);
    }

    void discard() {
        if (const auto d = x.draft_of(x.e.value)) {
            discard_draft(x.s, *d, int(point(x.e.value).revision), x.rules, x.now);
            x.show_outcome_again(d->outcome);
        }
    }

    // The answer to "which call was that?": the words that were asked about, for this card.
    void bind() {
        const auto c = x.card_of(x.e.value);
        const auto words = x.asked_words();
        if (!c || words.empty())
            return;
        auto u = x.rules.read(words, x.said_at(), x.zone, std::array{x.contact_name(c->contact)});
        if (!u.how)
            return x.ask_how(*c, words);
        auto a = x.answer(std::move(u), "text");
        a.said = words;
        take_answer(x.s, x.rep, *c, a, x.rules, x.now);
        x.forget_question();
    }

    void was(std::string_view how) {
        const auto c = x.card_of(x.e.value);
        const auto d = outcomes::disposition_from_string(how);
        if (!c || !d)
            return;
        const auto words = x.asked_words();
        if (words.empty() && settled(*c))
            return;
        auto u = words.empty() ? outcomes::understood{}
                               : x.rules.read(words, x.said_at(), x.zone, std::array{x.contact_name(c->contact)});
        u.how = {*d, {}, 1};
        std::erase(u.unsure, outcomes::field::disposition);
        auto a = x.answer(std::move(u), "text");
        a.said = words;
        take_answer(x.s, x.rep, *c, a, x.rules, x.now);
        x.forget_question();
    }
};

} // namespace

void snooze_card(exchange& x, const store::card& c) { tapping(x).put_off(c); }

void take_tap(exchange& x) { tapping(x).action(); }

} // namespace whynow::workday
