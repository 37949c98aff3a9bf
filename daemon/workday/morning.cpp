#include "workday/morning.hpp"

#include "domain/briefs/brief_message.hpp"
#include "domain/text/written.hpp"
#include "store/learning.hpp"
#include "workday/content.hpp"
#include "workday/errands.hpp"
#include "workday/experiment.hpp"
#include "workday/prospects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace whynow::workday {
using namespace std::chrono_literals;

due_brief when_due(const book::rep& rep, instant now, const rulebook& rules) {
    const auto& zone = rules.zone_of(rep);
    const auto here = rules.clocks->to_local(now, zone);
    const auto at = rep.brief_at.value_or(rules.team.brief_at);
    due_brief out;
    out.date = here.date;
    const bool day_counts =
        rules.team.workdays.works(here.date) && (!rep.paused_until || here.date >= *rep.paused_until);
    const auto moment = rules.clocks->to_instant({here.date, at}, zone);
    out.due = day_counts && now >= moment;
    out.late = out.due && now - moment > 1h;
    auto next_day = here.date;
    if (now >= moment)
        next_day = add_days(here.date, 1);
    next_day = rules.team.workdays.on_or_after(next_day);
    if (rep.paused_until && next_day < *rep.paused_until)
        next_day = rules.team.workdays.on_or_after(*rep.paused_until);
    out.next = rules.clocks->to_instant({next_day, at}, zone);
    return out;
}

cards::message show_brief(store::session& s, brief_id id, const rulebook& rules) {
    const auto b = store::briefs(s).find(id);
    if (!b)
        return {};
    const auto rep = store::reps(s).find(b->rep);
    const auto language = rep ? rules.language_of(*rep) : rules.team.language;
    std::vector<briefs::shown_call> calls;
    int open = 0;
    for (const auto& c : store::briefs(s).cards(id)) {
        briefs::shown_call shown{call_card_from(c.content), c.id, c.number, c.state != store::card_state::open, {}};
        const text::slots who = text::slots{}.set("first", shown.card.first);
        if (c.state == store::card_state::answered)
            shown.standing = answered_in_words(s, c, language, rules);
        else if (c.state == store::card_state::not_a_reason)
            shown.standing = rules.say(language, "brief.not_a_reason");
        else if (c.state == store::card_state::snoozed)
            shown.standing =
                rules.say(language, "brief.snoozed",
                          text::slots(who).set(
                              "day", text::long_day(rules.book, language, snoozed_until(b->date, rules), b->date)));
        if (c.id == b->open_card)
            open = c.number;
        calls.push_back(std::move(shown));
    }
    return briefs::brief_message(
        {b->date, b->budget, b->candidates, b->late, language, week_of(s, b->rep, b->date, rules).usual}, calls, open,
        rules.book);
}

cards::message why_now(store::session& s, const book::rep& rep, std::string_view name, instant now,
                       const ranking::experience& known, const rulebook& rules) {
    const auto language = rules.language_of(rep);
    const auto plain = [&](std::string words) {
        return cards::message{words, {cards::paragraph{{{words, "", false, false}}}}};
    };
    const auto account = store::accounts(s).by_name(name);
    if (!account)
        return plain(rules.say(language, "ready.unknown", text::slots{}.set("name", text::slots(name))));
    const auto today = rules.clocks->to_local(now, rules.zone_of(rep)).date;
    auto found = gather(s, rep, today, known, rules, account->id);
    const auto not_ready = [&](std::string_view what) {
        return plain(rules.say(language, "ready.not_ready",
                               text::slots{}.set("account", account->name).set("missing", rules.say(language, what))));
    };
    if (found.prospects.empty())
        return not_ready(store::contacts(s).of_account(account->id).empty() ? "ready.missing_contact"
                                                                            : "ready.missing_event");
    std::ranges::sort(found.prospects, [&](const auto& a, const auto& b) {
        return known.scores.log_odds(a.features) > known.scores.log_odds(b.features);
    });
    for (const auto& p : found.prospects) {
        auto made = briefs::compose(p.facts, rules.book, *rules.law, *rules.spoken);
        if (const auto* card = std::get_if<briefs::call_card>(&made)) {
            auto message =
                briefs::brief_message({today, 1, 1, false, language}, {{*card, {}, 1, false, {}}}, 1, rules.book);
            const auto title = rules.say(language, "ready.title", text::slots{}.set("account", account->name));
            // Only an answer to a question: no budget line, no buttons, no hint.
            std::vector<cards::block> kept{cards::heading{title}};
            for (auto& b : message.blocks)
                if (!std::holds_alternative<cards::heading>(b) && !std::holds_alternative<cards::subtle>(b) &&
                    !std::holds_alternative<cards::actions>(b) && !std::holds_alternative<cards::rule>(b))
                    kept.push_back(std::move(b));
            return {title + " " + card->because, std::move(kept)};
        }
    }
    return not_ready("ready.missing_event");
}

std::string explain_brief(store::session& s, const store::brief& b, const rulebook&, std::string_view only) {
    std::string out = fmt::format("brief {} of {}: budget {}, {} open accounts\n", b.id.value, to_iso(b.date), b.budget,
                                  b.candidates);
    const auto considered = store::learning(s).considered(b.id);
    const auto chance_of = [&](card_id card) {
        const auto c = std::ranges::find(considered, card, &store::considered_call::card);
        return c == considered.end() || c->propensity > 0.9995
                   ? std::string()
                   : fmt::format(", had a chance of {:.0f} % to be chosen", 100 * c->propensity);
    };
    const auto name_of = [&](account_id a) {
        const auto account = store::accounts(s).find(a);
        return account ? account->name : std::string("?");
    };
    const auto person = [&](contact_id c) {
        const auto contact = c ? store::contacts(s).find(c) : std::nullopt;
        return contact ? contact->name : std::string("–");
    };
    for (const auto& c : store::briefs(s).cards(b.id)) {
        const auto account = name_of(c.account);
        if (!only.empty() && account != only)
            continue;
        out += fmt::format("\n{}  {} at {}: {} ({}), chance of an open door {:.1f} %{}\n", c.number, person(c.contact),
                           account, c.kind, c.reason_key, 100 * c.probability, chance_of(c.id));
        for (const auto& line : score_paper_from(c.explanation).parts)
            out += fmt::format("     {:+.3f}  {} (weight {:+.3f})\n", line.contribution, ranking::in_words(line.about),
                               line.weight);
    }
    bool any = false;
    for (const auto& l : store::briefs(s).left_out_of(b.id)) {
        const auto account = name_of(l.account);
        if (!only.empty() && account != only)
            continue;
        if (!std::exchange(any, true))
            out += "\nleft out:\n";
        out += fmt::format("     {} · {}: {}{}\n", account, person(l.contact), l.why,
                           l.detail.empty() ? "" : " (" + l.detail + ")");
    }
    return out;
}

} // namespace whynow::workday
