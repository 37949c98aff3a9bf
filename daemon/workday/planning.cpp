#include "workday/planning.hpp"

#include "domain/ranking/budget.hpp"
#include "store/learning.hpp"
#include "workday/content.hpp"
#include "workday/errands.hpp"
#include "workday/experiment.hpp"
#include "workday/learning.hpp"
#include "workday/prospects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <variant>

namespace whynow::workday {
namespace {

constexpr int carry_looks_back = 28, rise_looks_back = 365; // days

// Makes the cards of one brief: the finalists, a draw among them, and the cards of those who were drawn; a finalist
// about whom no card can be made is none.
class planner {
  public:
    planner(store::session& s, const book::rep& rep, local_date date, const ranking::experience& known,
            const rulebook& rules)
        : s_(s), rep_(rep), date_(date), known_(known), rules_(rules), found_(gather(s, rep, date, known, rules)),
          week_(week_of(s, rep.id, date, rules)) {}

    std::optional<brief_id> plan(instant now, const plan_options& options) {
        if (week_.usual)
            leave_to_the_rep();
        auto [finalists, left_out] = ranking::finalists_of(scored(), rules_.choice);
        store::brief b;
        b.rep = rep_.id;
        b.date = date_;
        b.planned_at = now;
        b.budget = budget(finalists);
        b.candidates = found_.accounts;
        b.late = options.late;
        const auto id = store::briefs(s_).create(b);
        if (!id)
            return std::nullopt;
        fill(*id, b.budget, std::move(finalists));
        tell_left_out(*id, left_out);
        if (options.send)
            send_brief(s_, rep_, *id, rules_, now);
        return id;
    }

  private:
    store::session& s_;
    const book::rep& rep_;
    local_date date_;
    const ranking::experience& known_;
    const rulebook& rules_;
    gathered found_;
    experiment_week week_;

    // Only what was promised to a customer is kept in a week of the rep's own list.
    void leave_to_the_rep() {
        std::erase_if(found_.prospects, [&](const prospect& p) {
            if (p.reason_key.starts_with("return:"))
                return false;
            found_.left_out.push_back({{}, p.account.id, p.contact.id, "usual_week", {}});
            return true;
        });
    }

    std::vector<ranking::scored> scored() const {
        std::vector<ranking::scored> all;
        for (std::size_t i = 0; i < found_.prospects.size(); ++i) {
            const auto& p = found_.prospects[i];
            all.push_back(ranking::score(known_.scores, p.features, i, p.account.id, p.contact.id));
        }
        return all;
    }

    int budget(const std::vector<ranking::scored>& finalists) {
        std::vector<int> daily;
        for (const auto& [day, calls] : store::outcomes(s_).daily_calls(rep_.id, rules_.choice.days))
            daily.push_back(calls);
        const auto past = past_days();
        const auto fraction =
            week_.whole_days || week_.usual ? 1 : ranking::risen_fraction(past, rules_.choice.budget, rules_.choice);
        const auto cap = ranking::call_budget(daily, rep_.daily_calls, fraction, rules_.choice);
        std::vector<double> good;
        for (const auto& f : finalists)
            good.push_back(f.probability);
        const auto today = ranking::with_carried(cap, date_, past, good, rules_.choice);
        return rep_.most_calls > 0 ? std::min(today, rep_.most_calls) : today;
    }

    // Newest first.
    std::vector<ranking::past_day> past_days() {
        std::vector<ranking::past_day> out;
        const bool rises = rules_.choice.rise_to > rules_.choice.budget;
        const auto since = add_days(date_, rises ? -rise_looks_back : -carry_looks_back);
        for (const auto& [day, cards, sum] : store::briefs(s_).days_of(rep_.id, since))
            if (!week_of(s_, rep_.id, day, rules_).usual) // nothing was saved there that could be carried over
                out.push_back({day, cards, sum, 0, 0});
        if (rises)
            for (const auto& o : store::outcomes(s_).of_rep(rep_.id, since))
                if (const auto at = std::ranges::find(out, o.day, &ranking::past_day::day);
                    at != out.end() && o.card && was_with_them(o.disposition)) {
                    ++at->conversations;
                    at->hits += opened_a_door(o.disposition, o.results);
                }
        return out;
    }

    void leave_out(brief_id id, const prospect& p, std::string why, std::string detail = {}) {
        store::briefs(s_).add_left_out({id, p.account.id, p.contact.id, std::move(why), std::move(detail)});
    }

    void fill(brief_id id, int budget, std::vector<ranking::scored> finalists) {
        const ranking::chance by{.seed = std::uint64_t(rep_.id.value) << 32 ^
                                         std::uint64_t(days_between(local_date{}, date_)),
                                 .share = rules_.choice.share,
                                 .noise = rules_.choice.noise};
        std::map<contact_id, briefs::call_card> cards;
        ranking::drawn drawn;
        for (bool settled = false; !settled;) {
            drawn = ranking::draw(finalists, budget, by);
            settled = true;
            for (std::size_t i = 0; i < finalists.size(); ++i)
                if (drawn.called[i] && !cards.contains(finalists[i].contact))
                    settled = compose(id, finalists[i], cards) && settled;
            if (!settled)
                std::erase_if(finalists, [&](const auto& f) { return unready_.contains(f.contact); });
        }
        int number = 0;
        card_id first;
        for (std::size_t i = 0; i < finalists.size(); ++i) { // the most probable first
            const auto& f = finalists[i];
            const auto& p = found_.prospects[f.index];
            card_id card;
            if (drawn.called[i])
                card = add_card(id, ++number, p, f.probability, cards.at(f.contact));
            else
                leave_out(id, p, "budget", fmt::format("{:.3f}", f.probability));
            if (!first)
                first = card;
            store::learning(s_).add(
                {id, f.contact, f.account, card, to_json(p.features), f.probability, drawn.propensity[i]});
        }
        if (first)
            store::briefs(s_).set_open_card(id, first);
    }

    std::map<contact_id, bool> unready_;

    // The card of a finalist; false where it cannot be made, which is told.
    bool compose(brief_id id, const ranking::scored& f, std::map<contact_id, briefs::call_card>& cards) {
        const auto& p = found_.prospects[f.index];
        auto card = briefs::compose(p.facts, rules_.book, *rules_.law, *rules_.spoken);
        if (const auto* missing = std::get_if<briefs::not_ready>(&card)) {
            leave_out(id, p, "not_ready", fmt::format("{}", fmt::join(missing->missing, ", ")));
            unready_[f.contact] = true;
            return false;
        }
        cards.emplace(f.contact, std::get<briefs::call_card>(std::move(card)));
        return true;
    }

    // Who is no finalist; an account is told of once.
    void tell_left_out(brief_id id, const std::vector<std::pair<ranking::scored, std::string_view>>& filler) {
        std::map<account_id, bool> told;
        for (const auto& [f, why] : filler)
            if (why != "same_account" && !std::exchange(told[f.account], true))
                leave_out(id, found_.prospects[f.index], std::string(why), fmt::format("{:.3f}", f.probability));
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
        for (const auto& part : known_.scores.explain(p.features))
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
                                   const ranking::experience& known, const rulebook& rules, plan_options options) {
    if (const auto there = store::briefs(s).of(rep.id, date))
        return std::nullopt;
    return planner(s, rep, date, known, rules).plan(now, options);
}

} // namespace whynow::workday
