#include "workday/prospects.hpp"

#include "domain/ranking/event_worth.hpp"
#include "domain/text/utf8.hpp"
#include "store/learning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace whynow::workday {
namespace {

std::string place_of(std::string_view zone) {
    auto place = std::string(zone.substr(zone.rfind('/') + 1));
    std::ranges::replace(place, '_', ' ');
    return place;
}

std::optional<briefs::hours> hours_of(const book::contact& who, local_date day, std::string_view rep_zone,
                                      const rulebook& rules) {
    const auto w = rules.hours.on(who, day, rep_zone, *rules.clocks);
    if (!w)
        return std::nullopt;
    briefs::hours h{place_of(w->zone), w->from, w->to, w->here_from, w->here_to, false};
    h.same_zone = w->from == w->here_from;
    return h;
}

// An event as a card tells it.
briefs::evidence evidence_of(const store::told_event& told, account_id account) {
    const auto& e = told.event;
    briefs::evidence out;
    out.kind = e.kind;
    out.scope = e.scope;
    out.state = e.state;
    out.confidence = e.confidence;
    out.date = e.happened_on;
    out.source = told.links.empty() ? e.source : told.links.front().first;
    out.url = told.links.empty() ? e.url : told.links.front().second;
    if (std::ranges::find(e.accounts, account) == e.accounts.end() && !e.companies.empty())
        out.other = e.companies.front();
    if (e.source.starts_with("8-K")) {
        out.source = "8-K";
        const auto item = e.evidence.find("Item ");
        if (item != std::string::npos && item + 9 <= e.evidence.size()) {
            out.item_code = e.evidence.substr(item + 5, 4);
            return out;
        }
    }
    out.headline = !e.evidence.empty() && text::count_code_points(e.evidence) <= 120 ? e.evidence : e.title;
    for (const auto* mark : {" - ", " | ", " – "}) { // "… - Reuters": the publisher stands in the link already
        const auto at = out.headline.rfind(mark);
        if (at != std::string::npos && at > 20 &&
            text::folded(out.headline.substr(at + std::string_view(mark).size())) == text::folded(out.source))
            out.headline.resize(at);
    }
    return out;
}

class gatherer {
  public:
    gatherer(store::session& s, const book::rep& rep, local_date today, const ranking::experience& known,
             const rulebook& rules, account_id only)
        : s_(s), rep_(rep), today_(today), days_(known.days()), worth_(known), rules_(rules), only_(only) {
        for (auto& n : store::nurture(s).due(rep.id, today))
            returns_.emplace(n.contact, std::move(n));
        for (auto& r : store::referrals(s).open_of(rep.id))
            referrals_.emplace(r.referred, std::move(r));
        double longest = 0;
        for (const auto days : days_)
            longest = std::max(longest, days);
        since_ = add_days(today, -int(longest * rules.choice.half_lives));
    }

    gathered run() {
        if (only_) {
            if (auto a = store::accounts(s_).find(only_))
                look_at(*a);
        } else {
            for (const auto& a : store::accounts(s_).owned_by(rep_.id))
                look_at(a);
        }
        return std::move(out_);
    }

  private:
    store::session& s_;
    const book::rep& rep_;
    local_date today_;
    ranking::half_lives days_;
    ranking::event_worth worth_;
    const rulebook& rules_;
    account_id only_;
    std::map<contact_id, store::nurture_step> returns_;
    std::map<contact_id, store::referral> referrals_;
    std::map<rep_id, std::string> rep_names_;
    std::map<std::string, int> crowds_;
    local_date since_;
    gathered out_;

    void leave_out(const book::account& a, contact_id c, std::string why, std::string detail = {}) {
        out_.left_out.push_back({{}, a.id, c, std::move(why), std::move(detail)});
    }

    int crowd_of(const std::string& reason_key) {
        if (rules_.choice.crowd_days <= 0)
            return 0;
        const auto [it, fresh] = crowds_.try_emplace(reason_key);
        if (fresh)
            it->second = store::learning(s_).crowd(reason_key, add_days(today_, -rules_.choice.crowd_days));
        return it->second;
    }

    const std::string& rep_name(rep_id id) {
        auto [it, fresh] = rep_names_.try_emplace(id);
        if (fresh)
            if (const auto r = store::reps(s_).find(id))
                it->second = r->name;
        return it->second;
    }

    void look_at(const book::account& a) {
        const auto people = store::contacts(s_).of_account(a.id);
        std::vector<book::contact> mine;
        for (const auto& c : people)
            if (only_ || !c.owner || c.owner == rep_.id)
                mine.push_back(c);
        if (!mine.empty() || people.empty())
            ++out_.accounts;
        if (mine.empty())
            return leave_out(a, {}, "no_contact");
        if (!only_ && store::briefs(s_).account_taken(a.id, today_, rep_.id))
            return leave_out(a, {}, "other_rep_today");
        auto events = fresh_events(a);
        const auto outcomes = store::outcomes(s_).of_account(a.id);
        bool any = false;
        for (const auto& c : mine)
            any = consider(a, c, events, outcomes) || any;
        if (!any && std::ranges::none_of(out_.left_out, [&](const auto& l) { return l.account == a.id; }))
            leave_out(a, {}, "no_event");
    }

    // Events of the account that are young enough for their kind, nobody's mistake, the strongest first.
    std::vector<store::told_event> fresh_events(const book::account& a) {
        auto all = store::events(s_).of_account(a.id, since_);
        std::erase_if(all, [&](const auto& t) {
            const auto age = days_between(t.event.happened_on, today_);
            return age < 0 || age > days_[std::size_t(t.event.kind)] * rules_.choice.half_lives ||
                   t.event.state == triggers::state::withdrawn ||
                   store::events(s_).wrong_marks(t.event.id) >= rules_.choice.wrong_marks;
        });
        const auto worth = [&](const store::told_event& t) {
            const auto& e = t.event;
            return worth_.of(e.kind, e.scope, e.state, days_between(e.happened_on, today_), t.sources) +
                   float(std::log(std::max(e.confidence, 0.01)));
        };
        std::ranges::sort(all, [&](const auto& x, const auto& y) {
            const auto wx = worth(x), wy = worth(y);
            return wx != wy ? wx > wy : y.event.id > x.event.id;
        });
        return all;
    }

    bool consider(const book::account& a, const book::contact& c, const std::vector<store::told_event>& events,
                  const std::vector<store::outcome>& outcomes) {
        if (c.do_not_contact)
            return leave_out(a, c.id, "do_not_contact"), false;
        if (c.left_company)
            return leave_out(a, c.id, "left_company"), false;
        const auto back = returns_.find(c.id);
        const auto sent_by = referrals_.find(c.id);
        const bool by_name = back != returns_.end() || sent_by != referrals_.end();
        const auto shown = store::briefs(s_).last_shown(c.id);
        if (!only_ && !by_name && shown && days_between(*shown, today_) < rules_.choice.cool_down_days)
            return leave_out(a, c.id, "cool_down", to_iso(*shown)), false;
        const auto hours = hours_of(c, today_, rules_.zone_of(rep_), rules_);
        if (!only_ && !hours)
            return leave_out(a, c.id, "outside_hours"), false;

        prospect p;
        ranking::prospect score;
        history(c, outcomes, score);
        if (!by_name && score.attempts >= rules_.choice.attempts && score.days_since_contact >= 0 &&
            score.days_since_contact < rules_.choice.rest_days)
            return leave_out(a, c.id, "resting", fmt::format("{} attempts", score.attempts)), false;
        p.contact = c;
        p.account = a;
        auto& f = p.facts;
        if (back != returns_.end())
            from_return(p, score, back->second);
        else if (sent_by != referrals_.end())
            from_referral(p, score, sent_by->second);
        else if (!from_events(p, score, events))
            return events.empty() ? false : (leave_out(a, c.id, weak_only(events) ? "activity_only" : "used"), false);
        f.contact = c;
        f.account = a.name;
        f.hours = hours;
        f.known = known(a, c);
        if (f.own_date)
            for (const auto& k : f.known)
                if (k.kind == "challenge" && f.own_date->challenge.empty())
                    f.own_date->challenge = k.value;
        f.rep_name = rep_.name;
        f.rep_company = rules_.team.company;
        f.our_product = rules_.team.product;
        f.our_customers = rules_.team.our_customers;
        f.today = today_;
        f.language = rules_.language_of(rep_);
        score.persona = book::persona_of(c.title);
        score.industry = a.industry;
        score.employees = a.employees;
        score.weekday = weekday_of(today_).iso_encoding();
        score.rep = std::uint32_t(rep_.id.value);
        ranking::features_of(score, days_, p.features);
        out_.prospects.push_back(std::move(p));
        return true;
    }

    static bool weak_only(const std::vector<store::told_event>& events) {
        return std::ranges::all_of(events, [](const auto& t) { return t.event.activity; });
    }

    void history(const book::contact& c, const std::vector<store::outcome>& outcomes, ranking::prospect& score) {
        bool counting = true;
        for (const auto& o : outcomes) { // newest first
            if (o.contact != c.id)
                continue;
            const auto how = outcomes::disposition_from_string(o.disposition);
            const auto day = rules_.clocks->to_local(o.at, rules_.zone_of(rep_)).date;
            if (score.days_since_contact < 0) {
                score.days_since_contact = days_between(day, today_);
                if (how)
                    score.last_outcome = std::uint8_t(1 + int(*how));
            }
            if (how == outcomes::disposition::connected)
                counting = false;
            else if (counting && how != outcomes::disposition::not_called)
                ++score.attempts;
        }
    }

    void from_return(prospect& p, ranking::prospect& score, const store::nurture_step& n) {
        p.reason_key = fmt::format("return:{}", n.id.value);
        p.kind = "own_date";
        p.scope = "person";
        score.rests_on = ranking::basis::own_date;
        score.age_days = std::max(0, days_between(n.due, today_));
        briefs::return_evidence r;
        r.promised = n.promised;
        r.words = n.words;
        r.said_on = today_;
        if (const auto o = store::outcomes(s_).find(n.outcome))
            r.said_on = rules_.clocks->to_local(o->at, rules_.zone_of(rep_)).date;
        p.facts.own_date = std::move(r);
    }

    void from_referral(prospect& p, ranking::prospect& score, const store::referral& r) {
        p.reason_key = fmt::format("referral:{}", r.id.value);
        p.kind = "referral";
        p.scope = "person";
        score.rests_on = ranking::basis::referral;
        score.age_days = std::max(0, days_between(r.on, today_));
        score.generation = r.generation;
        briefs::referral_evidence e;
        if (const auto who = store::contacts(s_).find(r.referrer))
            e.referrer = who->name;
        e.date = r.on;
        e.words = r.words;
        e.may_name = r.may_name;
        for (const auto& f : store::facts(s_).of_account(r.account))
            if (f.kind == "challenge" && f.outcome == r.outcome)
                e.topic = f.value;
        p.facts.referral = std::move(e);
    }

    bool from_events(prospect& p, ranking::prospect& score, const std::vector<store::told_event>& events) {
        bool weak = false;
        for (const auto& t : events) {
            const auto key = fmt::format("event:{}", t.event.id.value);
            if (t.event.activity) {
                weak = true;
                continue;
            }
            if (p.facts.events.size() >= 3 || (!only_ && store::briefs(s_).reason_used(p.contact.id, key)))
                continue;
            if (p.facts.events.empty()) {
                p.reason_key = key;
                p.kind = to_string(t.event.kind);
                p.scope = to_string(t.event.scope);
                score.kind = t.event.kind;
                score.scope = t.event.scope;
                score.state = t.event.state;
                score.age_days = days_between(t.event.happened_on, today_);
                score.sources = t.sources;
                score.crowd = crowd_of(key);
            } else {
                ++score.sources; // independent facts add up
            }
            p.facts.events.push_back(evidence_of(t, p.account.id));
        }
        score.weak_signal = weak;
        return !p.facts.events.empty();
    }

    std::vector<briefs::known_fact> known(const book::account& a, const book::contact& c) {
        std::vector<briefs::known_fact> out;
        for (const auto& f : store::facts(s_).of_account(a.id)) {
            if (f.contact && f.contact != c.id && (f.kind == "timeline" || f.kind == "promised_topic"))
                continue;
            if (out.size() >= 4 || std::ranges::any_of(out, [&](const auto& k) { return k.kind == f.kind; }))
                continue;
            out.push_back({f.kind, f.value, rep_name(f.learned_by),
                           rules_.clocks->to_local(f.learned_at, rules_.zone_of(rep_)).date, f.learned_by == rep_.id});
        }
        return out;
    }
};

} // namespace

gathered gather(store::session& s, const book::rep& rep, local_date today, const ranking::experience& known,
                const rulebook& rules, account_id only) {
    return gatherer(s, rep, today, known, rules, only).run();
}

} // namespace whynow::workday
