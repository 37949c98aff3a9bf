#include "workday/weekly.hpp"

#include "domain/text/utf8.hpp"
#include "workday/content.hpp"
#include "workday/errands.hpp"
#include "workday/experiment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <set>

namespace whynow::workday {
namespace {

bool has(const store::outcome& o, std::string_view r) { return std::ranges::find(o.results, r) != o.results.end(); }
bool hit(const store::outcome& o) {
    return has(o, "meeting_booked") || has(o, "interested_later") || has(o, "needs_info") || has(o, "call_back") ||
           has(o, "referral");
}

class counter {
  public:
    counter(store::session& s, std::string_view manager, local_date from, local_date to, const rulebook& rules,
            instant now)
        : s_(s), from_(from), to_(to), rules_(rules), now_(now) {
        out_.from = from;
        out_.to = to;
        for (auto& r : store::reps(s).all())
            if (r.role == book::role::rep &&
                (manager.empty() || text::folded(r.manager_email) == text::folded(manager)))
                reps_.emplace(r.id, std::move(r));
        out_.reps = int(reps_.size());
    }

    digests::figures run() {
        briefs();
        calls();
        referrals();
        promises();
        thanks();
        return std::move(out_);
    }

  private:
    store::session& s_;
    local_date from_, to_;
    const rulebook& rules_;
    instant now_;
    std::map<rep_id, book::rep> reps_;
    std::map<card_id, store::card> cards_;
    std::map<std::string, digests::rate> kinds_;
    digests::figures out_;

    bool ours(rep_id r) const { return reps_.contains(r); }

    void briefs() {
        for (const auto& [rep, r] : reps_)
            for (auto day = from_; day <= to_; day = add_days(day, 1))
                if (const auto b = store::briefs(s_).of(rep, day)) {
                    ++out_.briefs;
                    out_.budget_total += b->budget;
                    if (r.daily_calls > 0)
                        out_.usual_calls += int(r.daily_calls);
                    const auto cards = store::briefs(s_).cards(b->id);
                    out_.calls_suggested += int(cards.size());
                    out_.days_with_nothing += cards.empty();
                    for (const auto& c : cards) {
                        cards_.emplace(c.id, c);
                        out_.wrong_reasons += c.state == store::card_state::not_a_reason;
                    }
                }
    }

    instant begin() const { return rules_.clocks->to_instant({from_, minute_of_day{0}}, rules_.team.zone); }
    instant end() const { return rules_.clocks->to_instant({add_days(to_, 1), minute_of_day{0}}, rules_.team.zone); }

    void calls() {
        std::map<std::string, std::set<account_id>> challenges;
        for (const auto& o : store::outcomes(s_).between(begin(), end())) {
            if (!ours(o.rep) || o.disposition == "not_called")
                continue;
            ++out_.calls_logged;
            if (o.disposition != "connected" && o.disposition != "gatekeeper" && o.disposition != "hung_up")
                continue;
            const bool good = hit(o);
            ++out_.conversations;
            out_.hits += good;
            out_.meetings += has(o, "meeting_booked");
            out_.closed += has(o, "do_not_contact");
            const auto card = cards_.find(o.card);
            auto& kind = kinds_[card == cards_.end() ? kind_of(o.card) : card->second.kind];
            ++kind.conversations;
            kind.hits += good;
            for (const auto& f : store::facts(s_).of_account(o.account))
                if (f.outcome == o.id && f.kind == "challenge")
                    challenges[text::folded(f.value)].insert(o.account);
        }
        for (auto& [label, r] : kinds_) {
            r.label = label;
            out_.by_kind.push_back(r);
        }
        std::ranges::sort(out_.by_kind, [](const auto& a, const auto& b) {
            return a.conversations != b.conversations ? a.conversations > b.conversations : a.label < b.label;
        });
        for (const auto& [what, companies] : challenges)
            if (companies.size() >= 3) // pooled: no single customer can be recognised
                out_.struggles.emplace_back(what, int(companies.size()));
    }

    std::string kind_of(card_id id) {
        const auto c = id ? store::briefs(s_).find_card(id) : std::nullopt;
        return c ? c->kind : "other";
    }

    void referrals() {
        std::map<int, int> generations;
        for (const auto& r : store::referrals(s_).between(from_, to_)) {
            if (!ours(r.rep) || r.withdrawn)
                continue;
            ++out_.referrals;
            ++generations[r.generation];
            out_.referrals_called += r.referred && !store::outcomes(s_).of_contact(r.referred).empty();
        }
        out_.referrals_by_generation.assign(generations.begin(), generations.end());
    }

    void promises() {
        const auto today = rules_.clocks->to_local(now_, rules_.team.zone).date;
        for (const auto& n : store::nurture(s_).overdue(today)) {
            if (!ours(n.rep))
                continue;
            const auto c = store::contacts(s_).find(n.contact);
            const auto a = store::accounts(s_).find(n.account);
            out_.overdue.push_back({c ? c->name : "", a ? a->name : "", reps_.at(n.rep).name, n.promised});
        }
    }

    void thanks() {
        for (const auto& d : store::drafts(s_).between(begin(), end()))
            if (ours(d.rep) && d.kind == store::draft_kind::thank_you) {
                ++out_.thanks_owed;
                out_.thanks_sent += d.state == store::draft_state::sent;
            }
    }
};

} // namespace

digests::figures figures_of(store::session& s, std::string_view manager, local_date from, local_date to,
                            const rulebook& rules, instant now) {
    return counter(s, manager, from, to, rules, now).run();
}

week week_before(local_date day) {
    const auto since_monday = int(weekday_of(day).iso_encoding()) - 1;
    week w;
    w.from = add_days(day, -since_monday - 7);
    w.to = add_days(w.from, 6);
    // ISO 8601: a week belongs to the year of its Thursday.
    const auto thursday = add_days(w.from, 3);
    const local_date new_year{thursday.year() / std::chrono::January / 1};
    w.name = fmt::format("{}-W{:02}", int(thursday.year()), days_between(new_year, thursday) / 7 + 1);
    return w;
}

namespace {

// Due once a week: the first working day of the week, at `at`. Nothing where it is not due now.
std::optional<week> week_due(std::string_view zone, minute_of_day at, const rulebook& rules, instant now) {
    const auto here = rules.clocks->to_local(now, zone);
    const auto monday = add_days(here.date, 1 - int(weekday_of(here.date).iso_encoding()));
    if (here.date < rules.team.workdays.on_or_after(monday) || here.at < at)
        return std::nullopt;
    return week_before(here.date);
}

// The whole team's week for a channel that a workflow posts to.
int send_to_workflow(store::session& s, const rulebook& rules, instant now) {
    const auto w = week_due(rules.team.zone, rules.team.brief_at, rules, now);
    if (!w || figures_of(s, {}, w->from, w->to, rules, now).briefs == 0)
        return 0;
    errand e;
    e.subject = fmt::format("digest:0:{}", w->name);
    if (!store::documents(s).first(e.subject, now))
        return 0;
    store::outbox_item item;
    item.channel = item.order_key = "workflow";
    item.unique_key = e.subject;
    item.purpose = "digest";
    item.payload = to_json(e);
    item.due = item.created_at = now;
    store::outbox(s).put(item);
    return 1;
}

} // namespace

namespace {

cards::message with_experiment(cards::message m, store::session& s, std::string_view language, const rulebook& rules,
                               instant now) {
    std::ranges::move(experiment_section(s, language, rules, now), std::back_inserter(m.blocks));
    return m;
}

} // namespace

int send_due_digests(store::session& s, const rulebook& rules, instant now) {
    int sent = rules.team.workflow_on ? send_to_workflow(s, rules, now) : 0;
    for (const auto& r : store::reps(s).all()) {
        if (r.role != book::role::manager)
            continue;
        const auto w = week_due(rules.zone_of(r), r.brief_at.value_or(rules.team.brief_at), rules, now);
        if (!w || figures_of(s, r.email, w->from, w->to, rules, now).briefs == 0)
            continue; // nothing was tried, so there is nothing to report
        const auto subject = fmt::format("digest:{}:{}", r.id.value, w->name);
        if (!store::documents(s).first(subject, now))
            continue;
        send_subject(s, r, subject, subject, "digest", {}, rules, now);
        ++sent;
    }
    return sent;
}

cards::message digest_now(store::session& s, const book::rep& manager, const rulebook& rules, instant now) {
    const auto today = rules.clocks->to_local(now, rules.zone_of(manager)).date;
    const auto w = week_before(today);
    const auto scope = manager.role == book::role::manager ? manager.email
                       : manager.role == book::role::rep   ? manager.manager_email
                                                           : std::string{};
    const auto& language = rules.language_of(manager);
    return with_experiment(
        digests::digest(figures_of(s, scope, w.from, today, rules, now), language, today, rules.book), s, language,
        rules, now);
}

std::optional<cards::message> show_digest(store::session& s, std::string_view subject, const rulebook& rules,
                                          instant now) {
    subject.remove_prefix(std::min(subject.size(), std::string_view("digest:").size()));
    std::int64_t id = 0;
    const auto r = std::from_chars(subject.data(), subject.data() + subject.size(), id);
    const auto manager = r.ec == std::errc{} ? store::reps(s).find({id}) : std::nullopt;
    const bool everybody = r.ec == std::errc{} && id == 0;
    if ((!manager && !everybody) || r.ptr == subject.data() + subject.size())
        return std::nullopt;
    const auto name = subject.substr(std::size_t(r.ptr - subject.data()) + 1);
    const auto today = rules.clocks->to_local(now, manager ? rules.zone_of(*manager) : rules.team.zone).date;
    auto w = week_before(today);
    for (int back = 0; back < 60 && w.name != name; ++back)
        w = week_before(w.from);
    if (w.name != name)
        return std::nullopt;
    const auto& language = manager ? rules.language_of(*manager) : rules.team.language;
    return with_experiment(
        digests::digest(figures_of(s, manager ? manager->email : std::string{}, w.from, w.to, rules, now), language,
                        today, rules.book),
        s, language, rules, now);
}

} // namespace whynow::workday
