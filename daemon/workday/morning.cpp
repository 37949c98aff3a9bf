#include "workday/morning.hpp"

#include "domain/briefs/brief_message.hpp"
#include "domain/text/written.hpp"
#include "workday/content.hpp"
#include "workday/errands.hpp"
#include "workday/prospects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace whynow::workday {
namespace {

using namespace std::chrono_literals;

bool opened_a_door(const store::outcome& o) {
    if (o.disposition != "connected")
        return false;
    return std::ranges::any_of(o.results, [](const auto& r) {
        return r == "meeting_booked" || r == "interested_later" || r == "needs_info" || r == "call_back" ||
               r == "referral";
    });
}

} // namespace

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

ranking::learner learned_from(store::session& s, local_date today, const rulebook& rules) {
    ranking::learner l(rules.choice.learning);
    ranking::set_priors(l, rules.events->kinds);
    auto last = add_days(today, -365);
    for (const auto& [brief, card] : store::briefs(s).between(last, today)) {
        if (card.state != store::card_state::answered && card.state != store::card_state::not_a_reason)
            continue;
        const auto outcome = store::outcomes(s).of_card(card.id);
        const bool spoke = outcome && (outcome->disposition == "connected" || outcome->disposition == "hung_up");
        if (!spoke && card.state != store::card_state::not_a_reason)
            continue; // nobody was reached: that says nothing about the reason
        if (brief.date > last) {
            l.forget(days_between(last, brief.date));
            last = brief.date;
        }
        l.learn(score_paper_from(card.explanation).features, outcome && opened_a_door(*outcome));
    }
    if (today > last)
        l.forget(days_between(last, today));
    return l;
}

namespace {

// Makes the cards of one brief, best first, until the budget is full; a prospect whose card cannot be made lets the
// next in.
class planner {
  public:
    planner(store::session& s, const book::rep& rep, local_date date, const ranking::learner& learner,
            const rulebook& rules)
        : s_(s), rep_(rep), date_(date), learner_(learner), rules_(rules), found_(gather(s, rep, date, rules)) {}

    std::optional<brief_id> plan(instant now, const plan_options& options) {
        std::vector<int> daily;
        for (const auto& [day, calls] : store::outcomes(s_).daily_calls(rep_.id, rules_.choice.days))
            daily.push_back(calls);
        store::brief b;
        b.rep = rep_.id;
        b.date = date_;
        b.planned_at = now;
        b.budget = ranking::call_budget(daily, rep_.daily_calls, rules_.choice.budget, rules_.choice);
        if (rep_.most_calls > 0)
            b.budget = std::min(b.budget, rep_.most_calls);
        b.candidates = found_.accounts;
        b.late = options.late;
        const auto id = store::briefs(s_).create(b);
        if (!id)
            return std::nullopt;
        fill(*id, b.budget);
        if (options.send)
            send_brief(s_, rep_, *id, rules_, now);
        return id;
    }

  private:
    store::session& s_;
    const book::rep& rep_;
    local_date date_;
    const ranking::learner& learner_;
    const rulebook& rules_;
    gathered found_;

    void leave_out(brief_id id, const prospect& p, std::string why, std::string detail = {}) {
        store::briefs(s_).add_left_out({id, p.account.id, p.contact.id, std::move(why), std::move(detail)});
    }

    void fill(brief_id id, int budget) {
        std::vector<ranking::scored> all;
        for (std::size_t i = 0; i < found_.prospects.size(); ++i) {
            const auto& p = found_.prospects[i];
            all.push_back({i, p.account.id, p.contact.id, learner_.probability(p.features)});
        }
        std::map<account_id, int> blocked; // accounts whose best contact could not be written about
        int number = 0;
        card_id first;
        while (number < budget && !all.empty()) {
            const auto chosen = ranking::choose(all, 1, rules_.choice);
            if (chosen.calls.empty())
                break;
            const auto best = chosen.calls.front();
            const auto& p = found_.prospects[best.index];
            auto made = briefs::compose(p.facts, rules_.book, *rules_.law, *rules_.spoken);
            if (const auto* missing = std::get_if<briefs::not_ready>(&made)) {
                leave_out(id, p, "not_ready", fmt::format("{}", fmt::join(missing->missing, ", ")));
                std::erase_if(all, [&](const auto& x) { return x.index == best.index; });
                continue;
            }
            const auto card = add_card(id, ++number, p, best.probability, std::get<briefs::call_card>(made));
            if (!first)
                first = card;
            std::erase_if(all, [&](const auto& x) { return x.account == best.account || x.contact == best.contact; });
        }
        if (first)
            store::briefs(s_).set_open_card(id, first);
        std::map<account_id, bool> told;
        for (const auto& x : all)
            if (!std::exchange(told[x.account], true))
                leave_out(id, found_.prospects[x.index],
                          x.probability < rules_.choice.least_probability ? "filler" : "budget",
                          fmt::format("{:.3f}", x.probability));
        for (auto& l : found_.left_out) {
            l.brief = id;
            store::briefs(s_).add_left_out(l);
        }
    }

    card_id add_card(brief_id id, int number, const prospect& p, double probability, const briefs::call_card& made) {
        store::card c;
        c.brief = id;
        c.number = number;
        c.contact = p.contact.id;
        c.account = p.account.id;
        c.reason_key = p.reason_key;
        c.kind = p.kind;
        c.scope = p.scope;
        c.content = to_json(made);
        c.probability = probability;
        score_paper paper{probability, p.features, {}};
        for (const auto& part : learner_.explain(p.features))
            paper.parts.push_back({part.what, part.weight, part.contribution});
        c.explanation = to_json(paper);
        const auto card = store::briefs(s_).add_card(c);
        if (p.reason_key.starts_with("return:"))
            store::nurture(s_).set_state({std::stoll(p.reason_key.substr(7))}, "shown");
        return card;
    }
};

} // namespace

std::optional<brief_id> plan_brief(store::session& s, const book::rep& rep, local_date date, instant now,
                                   const ranking::learner& learner, const rulebook& rules, plan_options options) {
    if (const auto there = store::briefs(s).of(rep.id, date))
        return std::nullopt;
    return planner(s, rep, date, learner, rules).plan(now, options);
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
    return briefs::brief_message({b->date, b->budget, b->candidates, b->late, language}, calls, open, rules.book);
}

cards::message why_now(store::session& s, const book::rep& rep, std::string_view name, instant now,
                       const ranking::learner& learner, const rulebook& rules) {
    const auto language = rules.language_of(rep);
    const auto plain = [&](std::string words) {
        return cards::message{words, {cards::paragraph{{{words, "", false, false}}}}};
    };
    const auto account = store::accounts(s).by_name(name);
    if (!account)
        return plain(rules.say(language, "ready.unknown", text::slots{}.set("name", text::slots(name))));
    const auto today = rules.clocks->to_local(now, rules.zone_of(rep)).date;
    auto found = gather(s, rep, today, rules, account->id);
    const auto not_ready = [&](std::string_view what) {
        return plain(rules.say(language, "ready.not_ready",
                               text::slots{}.set("account", account->name).set("missing", rules.say(language, what))));
    };
    if (found.prospects.empty())
        return not_ready(store::contacts(s).of_account(account->id).empty() ? "ready.missing_contact"
                                                                            : "ready.missing_event");
    std::ranges::sort(found.prospects, [&](const auto& a, const auto& b) {
        return learner.log_odds(a.features) > learner.log_odds(b.features);
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
        out += fmt::format("\n{}  {} at {}: {} ({}), chance of an open door {:.1f} %\n", c.number, person(c.contact),
                           account, c.kind, c.reason_key, 100 * c.probability);
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
