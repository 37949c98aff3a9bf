#include "store/figure_rows.hpp"

#include "store/rows.hpp"

#include <algorithm>
#include <ranges>
#include <unordered_map>

namespace whynow::store {
namespace {

// CROSS JOIN keeps the order: reps first, then an index that begins with the rep.
#define THEIR "r.role = 'rep' AND ($1 = '' OR r.manager_email = $1) AND ($2 = 0 OR r.id = $2)"

using results_of = std::unordered_map<std::string, digests::result_set>;

// A list of results is one of a few hundred texts; each is read once.
digests::result_set results(results_of& known, const std::string& text) {
    const auto [it, fresh] = known.try_emplace(text);
    if (fresh)
        for (const auto& word : sql::from_json_list(text))
            if (const auto r = domain::outcomes::result_from_string(word))
                it->second.add(*r);
    return it->second;
}

digests::shown_card::state state_of(std::string_view word) {
    using enum digests::shown_card::state;
    return word == "answered" ? answered : word == "snoozed" ? snoozed : word == "not_a_reason" ? not_a_reason : open;
}

} // namespace

figure_rows::figure_rows(session& s, whose of) : s_(s), manager_(address_key(of.manager_email)), rep_(of.rep.value) {}

std::vector<book::rep> figure_rows::reps() {
    auto all = store::reps(s_).all();
    std::erase_if(all, [&](const book::rep& r) {
        return r.role != book::role::rep || (!manager_.empty() && r.manager_email != manager_) ||
               (rep_ != 0 && r.id.value != rep_);
    });
    return all;
}

bool figure_rows::any_brief(local_date from, local_date to) {
    sql::query q(s_.db(), "SELECT 1 FROM reps r CROSS JOIN briefs b WHERE " THEIR
                          " AND b.rep = r.id AND b.day >= $3 AND b.day <= $4 LIMIT 1");
    return q.bind(manager_, rep_, from, to).next();
}

void figure_rows::briefs(local_date from, local_date to,
                         const std::function<void(const digests::shown_brief&)>& brief) {
    sql::query q(s_.db(),
                 "SELECT r.id, r.daily_calls, b.id, b.day, b.budget FROM reps r CROSS JOIN briefs b WHERE " THEIR
                 " AND b.rep = r.id AND b.day >= $3 AND b.day <= $4 ORDER BY r.id, b.day");
    q.bind(manager_, rep_, from, to);
    digests::shown_brief b;
    while (q.next()) {
        q.read(b.rep, b.usual, b.id, b.day, b.budget);
        shown_.emplace_back(b.id, b.day);
        brief(b);
    }
    std::ranges::sort(shown_);
}

void figure_rows::cards(const std::function<void(const digests::shown_card&)>& card) {
    if (shown_.empty())
        return;
    // The cards of most briefs there are lie side by side and are read in one sweep; those of a few are looked up.
    const auto first = shown_.front(), last = shown_.back();
    const auto [from, to] = std::ranges::minmax(shown_ | std::views::values);
#define NARROW "SELECT c.brief, c.id, c.state, c.probability, c.kind, c.scope, c.source FROM "
    const bool most = std::size_t(last.first.value - first.first.value) < 4 * shown_.size();
    sql::query q(s_.db(), most ? NARROW "cards c WHERE c.brief >= $1 AND c.brief <= $2 ORDER BY c.brief"
                               : NARROW "reps r CROSS JOIN briefs b CROSS JOIN cards c WHERE " THEIR
                                        " AND b.rep = r.id AND b.day >= $3 AND b.day <= $4 AND c.brief = b.id");
#undef NARROW
    if (most)
        q.bind(first.first, last.first);
    else
        q.bind(manager_, rep_, from, to);
    digests::shown_card c;
    std::string_view state;
    auto at = shown_.begin();
    while (q.next()) {
        q.read(c.brief);
        if (at != shown_.end() && at->first < c.brief)
            ++at;
        if (at == shown_.end() || at->first != c.brief)
            at = std::ranges::lower_bound(shown_, c.brief, {}, &std::pair<brief_id, local_date>::first);
        if (at == shown_.end() || at->first != c.brief)
            continue; // somebody else's
        q.read(c.id, state, c.probability, c.kind, c.scope, c.source);
        c.day = at->second;
        c.now = state_of(state);
        card(c);
    }
}

bool figure_rows::card(card_id id, const std::function<void(const digests::shown_card&)>& card) {
    sql::query q(s_.db(), "SELECT c.brief, b.day, c.state, c.kind, c.scope, c.source, c.probability"
                          " FROM cards c JOIN briefs b ON b.id = c.brief WHERE c.id = $1");
    if (!q.bind(id).next())
        return false;
    digests::shown_card c;
    std::string_view state;
    c.id = id;
    q.read(c.brief, c.day, state, c.kind, c.scope, c.source, c.probability);
    c.now = state_of(state);
    card(c);
    return true;
}

void figure_rows::calls(local_date from, local_date to, const std::function<void(const digests::told_call&)>& call) {
    sql::query q(s_.db(), "SELECT o.id, r.id, o.card, o.day, o.disposition, o.results FROM reps r CROSS JOIN outcomes o"
                          " WHERE " THEIR " AND o.rep = r.id AND o.day >= $3 AND o.day <= $4 AND o.undone = 0"
                          " ORDER BY r.id, o.day");
    q.bind(manager_, rep_, from, to);
    results_of known;
    digests::told_call c;
    std::string last_day, last_got;
    std::string_view day, how, got;
    while (q.next()) {
        q.read(c.id, c.rep, c.card, day, how, got);
        if (day != last_day) // many calls of a day follow each other
            c.day = parse_iso_date(last_day = day).value_or(local_date{});
        if (got != last_got || known.empty())
            c.results = results(known, last_got = got);
        c.how = domain::outcomes::disposition_from_string(how);
        call(c);
    }
}

void figure_rows::meetings(local_date from, local_date to,
                           const std::function<void(const digests::agreed_meeting&)>& meeting) {
    // The day that was said lies within a year after the call, or before it by a slip.
    sql::query q(s_.db(),
                 "SELECT o.id, o.card, coalesce(o.follow_up_date, o.follow_up_from, o.day),"
                 " EXISTS (SELECT 1 FROM outcomes h WHERE h.contact = o.contact AND h.undone = 0"
                 " AND h.disposition = 'connected' AND h.day >= coalesce(o.follow_up_date, o.follow_up_from, o.day)"
                 " AND h.told_at > o.told_at AND h.id <> o.id)"
                 " FROM reps r CROSS JOIN outcomes o WHERE " THEIR " AND o.rep = r.id AND o.day >= $3 AND o.day <= $4"
                 " AND o.results LIKE '%meeting_booked%' AND o.undone = 0"
                 " AND o.disposition IN ('connected', 'gatekeeper', 'hung_up')"
                 " AND coalesce(o.follow_up_date, o.follow_up_from, o.day) >= $5"
                 " AND coalesce(o.follow_up_date, o.follow_up_from, o.day) <= $4");
    q.bind(manager_, rep_, add_days(from, -366), to, from);
    digests::agreed_meeting m;
    while (q.next()) {
        q.read(m.agreed_in, m.card, m.due, m.held);
        meeting(m);
    }
}

void figure_rows::referrals(local_date from, local_date to,
                            const std::function<void(const digests::named_referral&)>& referral) {
    sql::query q(s_.db(),
                 "SELECT f.id, o.card, f.named_on, f.generation, EXISTS (SELECT 1 FROM outcomes h"
                 " WHERE h.contact = f.referred AND h.undone = 0 AND h.disposition <> 'not_called')"
                 " FROM reps r CROSS JOIN referrals f LEFT JOIN outcomes o ON o.id = f.outcome"
                 " WHERE " THEIR " AND f.rep = r.id AND f.named_on >= $3 AND f.named_on <= $4 AND f.withdrawn = 0"
                 "");
    q.bind(manager_, rep_, from, to);
    digests::named_referral r;
    while (q.next()) {
        q.read(r.id, r.card, r.day, r.generation, r.called);
        referral(r);
    }
}

void figure_rows::thank_yous(outcome_id first, const std::function<void(draft_id, outcome_id, bool sent)>& thanks) {
    sql::query q(s_.db(), "SELECT d.id, d.outcome, CASE WHEN d.state = 'sent' THEN 1 ELSE 0 END FROM reps r"
                          " CROSS JOIN drafts d WHERE " THEIR
                          " AND d.rep = r.id AND d.kind = 'thank_you' AND d.outcome >= $3 ORDER BY r.id, d.outcome");
    q.bind(manager_, rep_, first);
    // A call that was understood anew has a discarded draft beside the new one: an outcome is owed one letter.
    draft_id draft, newest;
    outcome_id outcome, owed;
    bool sent = false, any_sent = false;
    while (q.next()) {
        q.read(draft, outcome, sent);
        if (outcome != owed) {
            if (owed)
                thanks(newest, owed, any_sent);
            owed = outcome;
            newest = {};
            any_sent = false;
        }
        newest = std::max(newest, draft);
        any_sent = any_sent || sent;
    }
    if (owed)
        thanks(newest, owed, any_sent);
}

std::vector<figure_rows::challenge> figure_rows::challenges(instant begin, instant end) {
    sql::query q(s_.db(), "SELECT outcome, account, value FROM facts WHERE kind = 'challenge' AND withdrawn = 0"
                          " AND learned_at >= $1 AND learned_at < $2");
    return all_of(q.bind(begin, end), [](sql::query& row) {
        challenge c;
        row.read(c.outcome, c.account, c.words);
        return c;
    });
}

std::vector<figure_rows::promised> figure_rows::overdue(local_date up_to) {
    sql::query q(s_.db(), "SELECT n.id, n.promised FROM reps r CROSS JOIN nurture n WHERE " THEIR
                          " AND n.rep = r.id AND n.state IN ('waiting', 'shown') AND n.promised <= $3"
                          " ORDER BY n.promised, n.id");
    return all_of(q.bind(manager_, rep_, up_to), [](sql::query& row) {
        promised p;
        row.read(p.id, p.day);
        return p;
    });
}

std::vector<figure_rows::feed> figure_rows::feeds(session& s) {
    sql::query q(s.db(), "SELECT f.source, f.next_poll, f.last_success, f.failures,"
                         " (SELECT max(g.received) FROM signals g WHERE g.source = f.source)"
                         " FROM sources f ORDER BY f.source");
    return all_of(q, [](sql::query& row) {
        feed f;
        row.read(f.source, f.next_poll, f.last_success, f.failures, f.last_item);
        return f;
    });
}

} // namespace whynow::store
