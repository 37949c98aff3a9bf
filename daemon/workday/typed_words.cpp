#include "domain/text/utf8.hpp"
#include "domain/text/written.hpp"
#include "workday/content.hpp"
#include "workday/drafting.hpp"
#include "workday/errands.hpp"
#include "workday/exchange.hpp"
#include "workday/morning.hpp"
#include "workday/own_settings.hpp"
#include "workday/weekly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace whynow::workday {
namespace {

using outcomes::disposition;
using text::slots;

bool only_email(std::string_view t) {
    return t.find('@') != std::string_view::npos && t.find(' ') == std::string_view::npos &&
           t.find('.') != std::string_view::npos;
}

// What a rep types: a command, an answer to a call, a correction.
class typed {
  public:
    explicit typed(exchange& on) : x(on) {}

    void text_or_command(bool asked_by_name) {
        const auto words = trimmed(x.e.text);
        const auto meant =
            asked_by_name && words.empty() ? commands::meant{command::help, {}} : x.rules.commands.read(words);
        if (meant && obey(*meant, asked_by_name))
            return;
        if (asked_by_name && !words.empty())
            return x.show_message(why_now(x.s, x.rep, words, x.now, x.known, x.rules), "why_now");
        if (!words.empty())
            reply_in_words(words);
    }

    void edited() {
        if (const auto o = store::outcomes(x.s).by_source(x.e.business_key); o && o->rep == x.rep.id && !o->undone) {
            const auto words = trimmed(x.e.text);
            if (words == o->said)
                return;
            auto u = x.rules.read(words, o->at, x.zone, std::array{x.contact_name(o->contact)});
            if (!u.how)
                return ask_again(*o);
            auto a = x.answer(std::move(u), "text");
            a.said = words;
            a.source_ref = fmt::format("{}:edit:{}", x.e.business_key, o->revision + 1);
            correct_answer(x.s, x.rep, o->id, a, x.rules, x.now);
        }
    }

  private:
    exchange& x;

    // False where the words were no command here after all.
    bool obey(const commands::meant& meant, bool asked_by_name) {
        switch (meant.what) {
        case command::help: x.notice(x.say("help.text")); return true;
        case command::next: next_call(); return true;
        case command::digest: x.show_message(digest_now(x.s, x.rep, x.rules, x.now), "digest"); return true;
        case command::resume:
            store::reps(x.s).set_paused_until(x.rep.id, std::nullopt);
            x.notice(x.say("notice.resumed"));
            return true;
        case command::settings: x.show_message(settings_card(x.rep, x.today, x.rules), "settings"); return true;
        case command::pause: pause(meant.rest); return true;
        case command::snooze: return snooze(meant.rest);
        case command::why_now:
            if (meant.rest.empty())
                return false;
            x.show_message(why_now(x.s, x.rep, meant.rest, x.now, x.known, x.rules), "why_now");
            return true;
        case command::log: // to a bot that is asked by name, "log" marks an answer; elsewhere every word is one
            if (!asked_by_name || meant.rest.empty())
                return false;
            reply_in_words(meant.rest);
            return true;
        }
        return false;
    }

    // "snooze", "snooze 2", "snooze Jerry": the call that is meant, else the one that is open. A message that begins so
    // and means no call is an answer.
    bool snooze(const std::string& which) {
        const auto b = brief_meant();
        if (!b) {
            x.notice(x.say("ask.no_brief"));
            return true;
        }
        outcomes::understood u;
        if (!which.empty()) {
            u.who.emplace();
            int number = 0;
            const auto [end, bad] = std::from_chars(which.data(), which.data() + which.size(), number);
            if (bad == std::errc{} && end == which.data() + which.size())
                u.who->number = number;
            else
                u.who->name = which;
        }
        const auto card = card_meant(*b, u);
        if (!card && !which.empty() && which.find(' ') != std::string::npos)
            return false;
        if (!card)
            x.notice(x.say("ask.no_brief"));
        else
            snooze_card(x, *card);
        return true;
    }

    void pause(const std::string& until_when) {
        const auto until = x.rules.dates->read(
            until_when, {x.rules.clocks->to_local(x.now, x.zone), x.zone, false, x.language}, *x.rules.clocks);
        const auto day = until ? until->date : x.rules.team.workdays.on_or_after(add_days(x.today, 1));
        store::reps(x.s).set_paused_until(x.rep.id, day);
        x.notice(x.say("notice.paused", slots{}.set("day", text::long_day(x.rules.book, x.language, day, x.today))));
    }

    void next_call() {
        const auto b = store::briefs(x.s).of(x.rep.id, x.today);
        if (!b)
            return x.notice(x.say("ask.no_brief"));
        const auto cards = store::briefs(x.s).cards(b->id);
        const auto open = std::ranges::find_if(
            cards, [&](const auto& c) { return c.state == store::card_state::open && c.id != b->open_card; });
        if (open != cards.end())
            store::briefs(x.s).set_open_card(b->id, open->id);
        x.show_message(show_brief(x.s, b->id, x.rules), "brief_again");
    }

    std::optional<store::brief> brief_meant() {
        if (!x.e.about.id.empty())
            if (auto b = store::briefs(x.s).by_message(x.e.from.platform, x.e.about.conversation, x.e.about.id);
                b && b->rep == x.rep.id)
                return b;
        return store::briefs(x.s).latest(x.rep.id);
    }

    void reply_in_words(const std::string& words) {
        // An answer to a card of ours: a correction of that outcome, or the address it waits for.
        if (!x.e.about.id.empty())
            if (const auto o = store::outcomes(x.s).by_message(x.e.about.conversation, x.e.about.id);
                o && o->rep == x.rep.id && !o->undone)
                return correct_in_words(*o, words);
        if (only_email(words) && address_for_draft(words))
            return;
        const auto b = brief_meant();
        const auto parts = x.rules.replies->read_each(words, x.rules.clocks->to_local(x.said_at(), x.zone), x.zone,
                                                      *x.rules.clocks, b ? people_of(*b) : std::vector<std::string>{});
        int n = 0;
        for (const auto& part : parts)
            one_part(b, part, words, n++, parts.size() > 1);
    }

    std::vector<std::string> people_of(const store::brief& b) const {
        std::vector<std::string> out;
        for (const auto& c : store::briefs(x.s).cards(b.id))
            out.push_back(x.contact_name(c.contact));
        return out;
    }

    void one_part(const std::optional<store::brief>& b, const outcomes::understood& u, const std::string& words, int n,
                  bool many) {
        auto a = x.answer(u, "text");
        a.said = words;
        if (n > 0)
            a.source_ref += fmt::format("#{}", n);
        std::optional<store::card> card;
        if (b)
            card = card_meant(*b, u);
        if (!card && b && !many && u.who && u.who->name)
            if (auto who = person_by_name(*u.who->name)) { // a call outside the brief, with somebody of the book
                if (u.how)
                    take_answer(x.s, x.rep, *who, a, x.rules, x.now);
                else
                    x.notice(x.say("ask.unclear", slots{}.set("first", book::first_name(who->name))));
                return;
            }
        if (!card)
            return ask_which(b, words);
        if (!u.how)
            return x.ask_how(*card, words);
        take_answer(x.s, x.rep, *card, a, x.rules, x.now);
    }

    // By number, by name, the only open one, or the one last opened; nothing where that is not clear.
    std::optional<store::card> card_meant(const store::brief& b, const outcomes::understood& u) {
        const auto cards = store::briefs(x.s).cards(b.id);
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
        const auto contact = store::contacts(x.s).find(c.contact);
        const auto account = store::accounts(x.s).find(c.account);
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
        for (const auto& a : store::accounts(x.s).owned_by(x.rep.id))
            if (auto c = store::contacts(x.s).by_name(a.id, name))
                fitting.push_back(*c);
        return fitting.size() == 1 ? std::optional(fitting.front()) : std::nullopt;
    }

    void ask_which(const std::optional<store::brief>& b, const std::string& words) {
        cards::actions buttons;
        if (b)
            for (const auto& c : store::briefs(x.s).cards(b->id))
                if (c.state == store::card_state::open || c.state == store::card_state::answered) {
                    const auto content = call_card_from(c.content);
                    buttons.buttons.push_back(
                        {"bind", fmt::format("card:{}", c.id.value),
                         text::shortened(
                             x.say("ask.which_call_button", slots{}.set("number", c.number).set("name", content.name)),
                             30),
                         cards::button::style::normal, false, ""});
                }
        if (buttons.buttons.empty())
            return x.notice(x.say("ask.no_brief"));
        x.remember_question(words);
        const auto question = x.say("ask.which_call");
        x.show_message({question, {cards::paragraph{{{question, "", false, false}}}, std::move(buttons)}}, "question");
    }

    void correct_in_words(const store::outcome& o, const std::string& words) {
        if (only_email(words) && address_for_draft(words, o.id))
            return;
        // Read together, the last word of a correction holds.
        const auto both = o.said.empty() ? words : fmt::format("{}. {}", o.said, words);
        auto u = x.rules.read(both, x.said_at(), x.zone, std::array{x.contact_name(o.contact)});
        // … also against what was said with more words before: who was not reached has agreed to nothing.
        if (auto alone = x.rules.read(words, x.said_at(), x.zone, std::array{x.contact_name(o.contact)});
            alone.how && (!u.how || alone.how->value != u.how->value)) {
            u.how = alone.how;
            u.results = std::move(alone.results);
            u.wanted = alone.wanted;
        }
        if (!u.how)
            if (const auto how = outcomes::disposition_from_string(o.disposition))
                u.how = {*how, {}, 1};
        auto a = x.answer(std::move(u), "text");
        a.said = both;
        a.corrects = true;
        correct_answer(x.s, x.rep, o.id, a, x.rules, x.now);
    }

    bool address_for_draft(const std::string& email, outcome_id only = {}) {
        for (const auto& d : store::drafts(x.s).of_rep(x.rep.id, 20)) {
            if (!d.to.empty() || d.state != store::draft_state::proposed || (only && d.outcome != only))
                continue;
            const auto errors = edit_draft(x.s, d, email, d.subject, d.body, x.rules, x.now);
            if (!errors.empty())
                x.notice(errors.begin()->second);
            return true;
        }
        return false;
    }

    void ask_again(const store::outcome& o) {
        const auto c = store::contacts(x.s).find(o.contact);
        x.notice(x.say("ask.unclear", slots{}.set("first", c ? book::first_name(c->name) : std::string{})));
    }
};

} // namespace

void take_words(exchange& x, bool asked_by_name) { typed(x).text_or_command(asked_by_name); }

void take_edit(exchange& x) { typed(x).edited(); }

} // namespace whynow::workday
