#include "workday/conversation.hpp"

#include "domain/text/utf8.hpp"
#include "workday/answer.hpp"
#include "workday/content.hpp"
#include "workday/dialogs.hpp"
#include "workday/drafting.hpp"
#include "workday/errands.hpp"
#include "workday/morning.hpp"
#include "workday/outcome_card.hpp"
#include "workday/weekly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace whynow::workday {
namespace {

using chat::event_kind;
using outcomes::disposition;
using text::slots;

// "card:17" → ("card", 17, 0); "draft:4:2" → ("draft", 4, 2).
struct pointed {
    std::string_view what;
    std::int64_t id = 0, revision = 0;
};
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

bool only_email(std::string_view t) {
    return t.find('@') != std::string_view::npos && t.find(' ') == std::string_view::npos &&
           t.find('.') != std::string_view::npos;
}

class talk {
  public:
    talk(store::session& s, const chat::chat_event& e, std::string_view cause, const rulebook& rules,
         const ranking::learner& learner, instant now)
        : s_(s), e_(e), cause_(cause), rules_(rules), learner_(learner), now_(now) {}

    chat::reply run() {
        remember();
        if (e_.kind == event_kind::gone || e_.kind == event_kind::reached || e_.kind == event_kind::nothing ||
            e_.kind == event_kind::deleted)
            return {};
        if (!known_) {
            reply_.toast = rules_.say(rules_.team.language, "ask.whose");
            return reply_;
        }
        language_ = rules_.language_of(rep_);
        zone_ = rules_.zone_of(rep_);
        today_ = rules_.clocks->to_local(now_, zone_).date;
        switch (e_.kind) {
        case event_kind::message: text_or_command(false); break;
        case event_kind::command: text_or_command(true); break;
        case event_kind::edited: edited(); break;
        case event_kind::action: action(); break;
        case event_kind::form_wanted: form_wanted(); break;
        case event_kind::form_submitted: form_submitted(); break;
        case event_kind::home_opened: break;
        default: break;
        }
        return std::move(reply_);
    }

  private:
    store::session& s_;
    const chat::chat_event& e_;
    std::string_view cause_;
    const rulebook& rules_;
    const ranking::learner& learner_;
    instant now_;
    chat::reply reply_;
    bool known_ = false;
    book::rep rep_;
    std::string language_, zone_;
    local_date today_{};

    std::string say(std::string_view key, const slots& s = {}) const { return rules_.say(language_, key, s); }

    // Who is it? Keeps where they can be reached; a first contact is placed by the book.
    void remember() {
        if (e_.kind == event_kind::gone)
            return store::identities(s_).mark_gone(e_.from.platform, e_.from.tenant, e_.from.user);
        if (e_.from.user.empty())
            return;
        auto seen = store::identities(s_).find(e_.from.platform, e_.from.tenant, e_.from.user);
        std::optional<book::rep> who;
        if (seen && seen->rep)
            who = store::reps(s_).find(seen->rep);
        if (!who)
            who = e_.from.platform == "console" ? store::reps(s_).by_email(e_.from.user)
                                                : store::reps(s_).by_platform_user(e_.from.platform, e_.from.user);
        store::chat_identity id{e_.from.platform, e_.from.tenant, e_.from.user, who ? who->id : rep_id{}, {},
                                e_.from.route,    false};
        // A reply in a channel must not move the rep's briefs there: only a conversation with us alone is kept.
        if (e_.from.platform != "slack" || e_.from.conversation.starts_with('D'))
            id.conversation = e_.from.conversation;
        const bool news = !seen || seen->gone || seen->rep != id.rep ||
                          (!id.conversation.empty() && seen->conversation != id.conversation) ||
                          (!id.route.empty() && seen->route != id.route);
        if (news)
            store::identities(s_).upsert(id);
        if (who) {
            known_ = true;
            rep_ = std::move(*who);
            if (rep_.zone.empty() && !e_.zone.empty() && rules_.clocks->known(e_.zone)) {
                store::reps(s_).set_zone(rep_.id, e_.zone);
                rep_.zone = e_.zone;
            }
        }
    }

    chat::message_ref here() const { return e_.about; }
    void notice(std::string words) {
        send_notice(s_, rep_, words, fmt::format("notice:{}", cause_), here(), rules_, now_);
    }
    void show_message(const cards::message& m, std::string_view purpose) {
        send_message(s_, rep_, m, fmt::format("{}:{}", purpose, cause_), purpose, here(), rules_, now_);
    }

    given_answer answer(outcomes::understood what, std::string source) const {
        given_answer a;
        a.what = std::move(what);
        a.said = e_.text;
        a.source = std::move(source);
        a.source_ref = e_.business_key.empty() ? std::string(cause_) : e_.business_key;
        a.at = e_.at == instant{} ? now_ : std::min(e_.at, now_);
        return a;
    }

    // ---- words ----

    void text_or_command(bool asked_by_name) {
        const auto words = trimmed(e_.text);
        if (command(words, asked_by_name))
            return;
        if (asked_by_name && !words.empty()) {
            const auto folded = text::folded(words);
            if (folded.starts_with("log "))
                return reply_in_words(trimmed(words.substr(4)));
            return show_message(why_now(s_, rep_, words, now_, learner_, rules_), "why_now");
        }
        if (!words.empty())
            reply_in_words(words);
    }

    bool command(const std::string& words, bool asked_by_name) {
        auto folded = text::folded(words);
        while (!folded.empty() && (folded.back() == '.' || folded.back() == '!' || folded.back() == '?'))
            folded.pop_back();
        if (folded == "help" || folded == "hilfe" || folded == "aide" || folded == "ayuda" ||
            (asked_by_name && folded.empty()))
            return notice(say("help.text")), true;
        if (folded == "next" || folded == "today" || folded == "brief")
            return next_call(), true;
        if (folded == "digest")
            return show_message(digest_now(s_, rep_, rules_, now_), "digest"), true;
        if (folded == "resume") {
            store::reps(s_).set_paused_until(rep_.id, std::nullopt);
            return notice(say("notice.resumed")), true;
        }
        if (folded == "pause" || folded.starts_with("pause "))
            return pause(words), true;
        if (folded.starts_with("why now ") || folded.starts_with("whynow ")) {
            auto name = trimmed(words.substr(folded.starts_with("why now ") ? 8 : 7));
            while (!name.empty() && name.back() == '?')
                name.pop_back();
            return show_message(why_now(s_, rep_, name, now_, learner_, rules_), "why_now"), true;
        }
        return false;
    }

    void pause(const std::string& words) {
        const auto until =
            rules_.dates.read(words, {rules_.clocks->to_local(now_, zone_), zone_, false, language_}, *rules_.clocks);
        const auto day = until ? until->date : rules_.team.workdays.on_or_after(add_days(today_, 1));
        store::reps(s_).set_paused_until(rep_.id, day);
        notice(say("notice.paused", slots{}.set("day", text::long_day(rules_.book, language_, day))));
    }

    void next_call() {
        const auto b = store::briefs(s_).of(rep_.id, today_);
        if (!b)
            return notice(say("ask.no_brief"));
        const auto cards = store::briefs(s_).cards(b->id);
        const auto open = std::ranges::find_if(
            cards, [&](const auto& c) { return c.state == store::card_state::open && c.id != b->open_card; });
        if (open != cards.end())
            store::briefs(s_).set_open_card(b->id, open->id);
        show_message(show_brief(s_, b->id, rules_), "brief_again");
    }

    std::optional<store::brief> brief_meant() {
        if (!e_.about.id.empty())
            if (auto b = store::briefs(s_).by_message(e_.from.platform, e_.about.conversation, e_.about.id);
                b && b->rep == rep_.id)
                return b;
        return store::briefs(s_).latest(rep_.id);
    }

    void reply_in_words(const std::string& words) {
        // An answer to a card of ours: a correction of that outcome, or the address it waits for.
        if (!e_.about.id.empty())
            if (const auto o = store::outcomes(s_).by_message(e_.about.conversation, e_.about.id);
                o && o->rep == rep_.id && !o->undone)
                return correct_in_words(*o, words);
        if (only_email(words) && address_for_draft(words))
            return;
        const auto b = brief_meant();
        const auto parts =
            rules_.replies.read_each(words, rules_.clocks->to_local(said_at(), zone_), zone_, *rules_.clocks);
        int n = 0;
        for (const auto& part : parts)
            one_part(b, part, words, n++, parts.size() > 1);
    }

    instant said_at() const { return e_.at == instant{} ? now_ : e_.at; }

    void one_part(const std::optional<store::brief>& b, const outcomes::understood& u, const std::string& words, int n,
                  bool many) {
        auto a = answer(u, "text");
        a.said = words;
        if (n > 0)
            a.source_ref += fmt::format("#{}", n);
        std::optional<store::card> card;
        if (b)
            card = card_meant(*b, u);
        if (!card && b && !many && u.who && u.who->name)
            if (auto who = person_by_name(*u.who->name)) { // a call outside the brief, with somebody of the book
                if (u.how)
                    take_answer(s_, rep_, *who, a, rules_, now_);
                else
                    notice(say("ask.unclear", slots{}.set("first", book::first_name(who->name))));
                return;
            }
        if (!card)
            return ask_which(b, words);
        if (!u.how)
            return ask_how(*card, words);
        take_answer(s_, rep_, *card, a, rules_, now_);
    }

    // By number, by name, the only open one, or the one last opened; nothing where that is not clear.
    std::optional<store::card> card_meant(const store::brief& b, const outcomes::understood& u) {
        const auto cards = store::briefs(s_).cards(b.id);
        if (u.who && u.who->number) {
            const auto it = std::ranges::find(cards, *u.who->number, &store::card::number);
            return it == cards.end() ? std::nullopt : std::optional(*it);
        }
        if (u.who && u.who->name) {
            std::vector<store::card> fitting;
            for (const auto& c : cards)
                if (names(c, *u.who->name))
                    fitting.push_back(c);
            return fitting.size() == 1 ? std::optional(fitting.front()) : std::nullopt;
        }
        std::vector<store::card> open;
        for (const auto& c : cards)
            if (c.state == store::card_state::open)
                open.push_back(c);
        if (open.size() == 1)
            return open.front();
        const auto it = std::ranges::find(open, b.open_card, &store::card::id);
        return it == open.end() ? std::nullopt : std::optional(*it);
    }

    bool names(const store::card& c, const std::string& said) const {
        const auto want = text::folded(said);
        const auto contact = store::contacts(s_).find(c.contact);
        const auto account = store::accounts(s_).find(c.account);
        if (contact) {
            const auto whole = text::folded(contact->name), first = text::folded(book::first_name(contact->name)),
                       last = text::folded(book::last_name(contact->name));
            if (want == whole || want == first || want == last)
                return true;
            if (want.size() >= 3 && (whole.starts_with(want + " ") || whole.ends_with(" " + want)))
                return true;
            if (want.ends_with(" " + last) && want.starts_with(first.substr(0, 1)))
                return true;
        }
        if (account) {
            const auto name = text::folded(account->name);
            return want == name || (want.size() >= 4 && name.starts_with(want));
        }
        return false;
    }

    std::optional<book::contact> person_by_name(const std::string& name) {
        std::vector<book::contact> fitting;
        for (const auto& a : store::accounts(s_).owned_by(rep_.id))
            if (auto c = store::contacts(s_).by_name(a.id, name))
                fitting.push_back(*c);
        return fitting.size() == 1 ? std::optional(fitting.front()) : std::nullopt;
    }

    void remember_question(const std::string& words) {
        store::documents(s_).put(
            fmt::format("question:{}", rep_.id.value),
            to_json(std::vector<std::pair<std::string, std::string>>{{"text", words}, {"cause", std::string(cause_)}}));
    }

    void ask_which(const std::optional<store::brief>& b, const std::string& words) {
        cards::actions buttons;
        if (b)
            for (const auto& c : store::briefs(s_).cards(b->id))
                if (c.state == store::card_state::open || c.state == store::card_state::answered) {
                    const auto content = call_card_from(c.content);
                    buttons.buttons.push_back(
                        {"bind", fmt::format("card:{}", c.id.value),
                         text::shortened(
                             say("ask.which_call_button", slots{}.set("number", c.number).set("name", content.name)),
                             30),
                         cards::button::style::normal, false, ""});
                }
        if (buttons.buttons.empty())
            return notice(say("ask.no_brief"));
        remember_question(words);
        const auto question = say("ask.which_call");
        show_message({question, {cards::paragraph{{{question, "", false, false}}}, std::move(buttons)}}, "question");
    }

    void ask_how(const store::card& c, const std::string& words) {
        remember_question(words);
        const auto content = call_card_from(c.content);
        const auto question = say("ask.disposition", slots{}.set("first", content.first));
        cards::actions buttons;
        for (const auto* how : {"connected", "voicemail", "no_answer", "gatekeeper"})
            buttons.buttons.push_back({fmt::format("was_{}", how), fmt::format("card:{}", c.id.value),
                                       say(fmt::format("disposition.{}", how)), cards::button::style::normal, false,
                                       ""});
        show_message({question, {cards::paragraph{{{question, "", false, false}}}, std::move(buttons)}}, "question");
    }

    void correct_in_words(const store::outcome& o, const std::string& words) {
        if (only_email(words) && address_for_draft(words, o.id))
            return;
        // Read together, the last word of a correction holds.
        const auto both = o.said.empty() ? words : fmt::format("{}. {}", o.said, words);
        auto u = rules_.read(both, said_at(), zone_);
        if (!u.how)
            if (const auto how = outcomes::disposition_from_string(o.disposition))
                u.how = {*how, {}, 1};
        auto a = answer(std::move(u), "text");
        a.said = both;
        correct_answer(s_, rep_, o.id, a, rules_, now_);
    }

    bool address_for_draft(const std::string& email, outcome_id only = {}) {
        for (const auto& d : store::drafts(s_).of_rep(rep_.id, 20)) {
            if (!d.to.empty() || d.state != store::draft_state::proposed || (only && d.outcome != only))
                continue;
            const auto errors = edit_draft(s_, d, email, d.subject, d.body, rules_, now_);
            if (!errors.empty())
                notice(errors.begin()->second);
            return true;
        }
        return false;
    }

    void edited() {
        if (const auto o = store::outcomes(s_).by_source(e_.business_key); o && o->rep == rep_.id && !o->undone) {
            const auto words = trimmed(e_.text);
            if (words == o->said)
                return;
            auto u = rules_.read(words, o->at, zone_);
            if (!u.how)
                return ask_again(*o);
            auto a = answer(std::move(u), "text");
            a.said = words;
            a.source_ref = fmt::format("{}:edit:{}", e_.business_key, o->revision + 1);
            correct_answer(s_, rep_, o->id, a, rules_, now_);
        }
    }

    void ask_again(const store::outcome& o) {
        const auto c = store::contacts(s_).find(o.contact);
        notice(say("ask.unclear", slots{}.set("first", c ? book::first_name(c->name) : std::string{})));
    }

    // ---- buttons ----

    std::optional<store::card> card_of(std::string_view value) {
        const auto p = point(value);
        if (p.what != "card")
            return std::nullopt;
        auto c = store::briefs(s_).find_card({p.id});
        const auto b = c ? store::briefs(s_).find(c->brief) : std::nullopt;
        if (!b || b->rep != rep_.id) {
            reply_.toast = say("notice.not_yours");
            return std::nullopt;
        }
        return c;
    }

    std::optional<store::outcome> outcome_of(std::string_view value) {
        const auto p = point(value);
        auto o = p.what == "outcome" ? store::outcomes(s_).find({p.id}) : std::nullopt;
        if (o && o->rep == rep_.id)
            return o;
        reply_.toast = say("notice.not_yours");
        return std::nullopt;
    }

    std::optional<store::draft> draft_of(std::string_view value) {
        const auto p = point(value);
        auto d = p.what == "draft" ? store::drafts(s_).find({p.id}) : std::nullopt;
        if (d && d->rep == rep_.id)
            return d;
        reply_.toast = say("notice.not_yours");
        return std::nullopt;
    }

    void show_brief_again(brief_id id, bool post = true) {
        if (post)
            update_subject(s_, rep_, fmt::format("brief:{}", id.value), cause_, rules_, now_);
        reply_.replace = show_brief(s_, id, rules_);
    }
    void show_outcome_again(outcome_id id) {
        if (const auto o = store::outcomes(s_).find(id))
            reply_.replace = outcome_card(s_, *o, rules_, now_);
    }

    void action() {
        const std::string_view act = e_.action;
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

    void open() {
        const auto c = card_of(e_.value);
        if (!c)
            return;
        store::briefs(s_).set_open_card(c->brief, c->id);
        show_brief_again(c->brief);
    }

    // A tap on a card that is settled already changes nothing and says how it stands.
    bool settled(const store::card& c) {
        if (c.state == store::card_state::open)
            return false;
        const auto o = store::outcomes(s_).of_card(c.id);
        reply_.toast = o ? say("notice.old", slots{}.set("state", outcome_in_words(*o, language_, rules_)))
                         : say("notice.repeated");
        reply_.replace = show_brief(s_, c.brief, rules_);
        return true;
    }

    void tapped(disposition how) {
        const auto c = card_of(e_.value);
        if (!c || settled(*c))
            return;
        outcomes::understood u;
        u.how = {how, {}, 1};
        auto a = answer(std::move(u), "tap");
        a.said.clear();
        a.source_ref = fmt::format("{}#{}", a.source_ref, cause_); // a tap may rightly come again after an undo
        take_answer(s_, rep_, *c, a, rules_, now_);
        reply_.replace = show_brief(s_, c->brief, rules_);
    }

    void next_open(const store::card& c) {
        for (const auto& other : store::briefs(s_).cards(c.brief))
            if (other.state == store::card_state::open)
                return store::briefs(s_).set_open_card(c.brief, other.id);
    }

    void snooze() {
        const auto c = card_of(e_.value);
        if (!c || settled(*c))
            return;
        store::briefs(s_).set_card_state(c->id, store::card_state::snoozed);
        if (c->reason_key.starts_with("return:")) { // a date they named themselves is moved, never lost
            const nurture_id step{std::stoll(c->reason_key.substr(7))};
            store::nurture(s_).move(step, snoozed_until(today_, rules_));
            store::nurture(s_).set_state(step, "waiting");
        }
        next_open(*c);
        show_brief_again(c->brief);
    }

    void not_a_reason() {
        const auto c = card_of(e_.value);
        if (!c || settled(*c))
            return;
        store::briefs(s_).set_card_state(c->id, store::card_state::not_a_reason);
        if (c->reason_key.starts_with("event:"))
            store::events(s_).mark_wrong({std::stoll(c->reason_key.substr(6))}, rep_.id);
        next_open(*c);
        const auto content = call_card_from(c->content);
        reply_.toast = say("notice.not_a_reason", slots{}.set("first", content.first));
        show_brief_again(c->brief);
    }

    void undo() {
        const auto o = outcome_of(e_.value);
        if (!o)
            return;
        if (!undo_answer(s_, o->id, rules_, now_))
            reply_.toast = say("notice.repeated");
        show_outcome_again(o->id);
    }

    void permission(bool may) {
        const auto p = point(e_.value);
        auto r = p.what == "referral" ? store::referrals(s_).find({p.id}) : std::nullopt;
        if (!r || r->rep != rep_.id) {
            reply_.toast = say("notice.not_yours");
            return;
        }
        if (r->may_name != may) {
            r->may_name = may;
            store::referrals(s_).update(*r);
            permission_changed(s_, *r, rules_, now_);
            update_subject(s_, rep_, fmt::format("outcome:{}", r->outcome.value), cause_, rules_, now_);
        }
        show_outcome_again(r->outcome);
    }

    void approve() {
        const auto d = draft_of(e_.value);
        if (!d)
            return;
        const auto how = approve_draft(s_, *d, int(point(e_.value).revision), rules_, now_);
        if (how == approval::stale)
            reply_.toast = say("notice.draft_gone");
        else if (how == approval::no_address)
            reply_.toast =
                say("ask.referral_email", slots{}.set("name", d->to.empty() ? contact_name(d->contact) : d->to));
        else if (how == approval::suppressed)
            reply_.toast = say("notice.mail_suppressed", slots{}.set("email", d->to));
        else if (how == approval::refused)
            reply_.toast = say("notice.failed");
        show_outcome_again(d->outcome);
    }

    std::string contact_name(contact_id id) {
        const auto c = store::contacts(s_).find(id);
        return c ? c->name : std::string{};
    }

    void discard() {
        if (const auto d = draft_of(e_.value)) {
            discard_draft(s_, *d, int(point(e_.value).revision), rules_, now_);
            show_outcome_again(d->outcome);
        }
    }

    // The answer to "which call was that?": the words that were asked about, for this card.
    void bind() {
        const auto c = card_of(e_.value);
        const auto words = asked_words();
        if (!c || words.empty())
            return;
        auto u = rules_.read(words, said_at(), zone_);
        if (!u.how)
            return ask_how(*c, words);
        auto a = answer(std::move(u), "text");
        a.said = words;
        take_answer(s_, rep_, *c, a, rules_, now_);
        forget_question();
    }

    void was(std::string_view how) {
        const auto c = card_of(e_.value);
        const auto d = outcomes::disposition_from_string(how);
        if (!c || !d)
            return;
        const auto words = asked_words();
        if (words.empty() && settled(*c))
            return;
        auto u = words.empty() ? outcomes::understood{} : rules_.read(words, said_at(), zone_);
        u.how = {*d, {}, 1};
        std::erase(u.unsure, outcomes::field::disposition);
        auto a = answer(std::move(u), "text");
        a.said = words;
        take_answer(s_, rep_, *c, a, rules_, now_);
        forget_question();
    }

    std::string asked_words() {
        const auto q = store::documents(s_).get(fmt::format("question:{}", rep_.id.value));
        return q ? entry_of(*q, "text") : std::string{};
    }
    void forget_question() { store::documents(s_).put(fmt::format("question:{}", rep_.id.value), "{}"); }

    // ---- dialogs ----

    void form_wanted() {
        if (e_.action == "log") {
            if (const auto c = card_of(e_.value))
                reply_.open = outcome_form(s_, e_.value, language_, contact_name(c->contact), filled(*c), rules_);
        } else if (e_.action == "correct") {
            if (const auto o = outcome_of(e_.value))
                reply_.open =
                    outcome_form(s_, e_.value, language_, contact_name(o->contact), understood_of(s_, *o), rules_);
        } else if (e_.action == "edit") {
            if (const auto d = draft_of(e_.value))
                reply_.open = draft_form(*d, language_, rules_);
        }
    }

    outcomes::understood filled(const store::card& c) {
        const auto o = store::outcomes(s_).of_card(c.id);
        return o ? understood_of(s_, *o) : outcomes::understood{};
    }

    void form_submitted() {
        if (e_.form == "draft")
            return draft_submitted();
        if (e_.form != "outcome")
            return;
        auto read = read_outcome_form(e_.fields, today_, language_, rules_);
        if (auto* errors = std::get_if<form_errors>(&read)) {
            reply_.errors = std::move(*errors);
            reopen();
            return;
        }
        auto& form = std::get<read_form>(read);
        auto a = answer(std::move(form.what), "form");
        a.said = form.note;
        if (e_.context.starts_with("outcome:")) {
            if (const auto o = outcome_of(e_.context)) {
                a.source_ref = fmt::format("{}:form:{}", e_.context, cause_);
                correct_answer(s_, rep_, o->id, a, rules_, now_);
                show_outcome_again(o->id);
            }
        } else if (const auto c = card_of(e_.context)) {
            take_answer(s_, rep_, *c, a, rules_, now_);
            reply_.toast = say("notice.saved");
        }
    }

    void draft_submitted() {
        const auto d = draft_of(e_.context);
        if (!d)
            return;
        if (d->revision != point(e_.context).revision || d->state == store::draft_state::sent ||
            d->state == store::draft_state::approved) {
            reply_.errors["body"] = say("notice.draft_gone");
            reply_.open = draft_form(*d, language_, rules_);
            return;
        }
        const auto get = [&](const char* id) {
            return e_.fields.contains(id) ? trimmed(e_.fields.at(id)) : std::string{};
        };
        reply_.errors = edit_draft(s_, *d, get("to"), get("subject"), get("body"), rules_, now_);
        if (reply_.errors.empty())
            show_outcome_again(d->outcome);
        else
            reply_.open = draft_form(*d, language_, rules_);
    }

    // The dialog once more, for platforms that replace it to show what was wrong.
    void reopen() {
        const auto p = point(e_.context);
        const auto card = p.what == "card" ? store::briefs(s_).find_card({p.id}) : std::nullopt;
        const auto outcome = p.what == "outcome" ? store::outcomes(s_).find({p.id}) : std::nullopt;
        const auto contact = card ? card->contact : outcome ? outcome->contact : contact_id{};
        if (contact)
            reply_.open = outcome_form(s_, e_.context, language_, contact_name(contact), {}, rules_);
    }
};

} // namespace

chat::reply handle(store::session& s, const chat::chat_event& e, std::string_view cause, const rulebook& rules,
                   const ranking::learner& learner, instant now) {
    return talk(s, e, cause, rules, learner, now).run();
}

} // namespace whynow::workday
