#include "store/aggregates.hpp"
#include "store/rows.hpp"

#include <algorithm>

namespace whynow::store {
namespace {

using triggers::state;
using triggers::trigger_event;

constexpr int days_of_one_event = 4;

#define EVENT_COLUMNS                                                                                                  \
    "e.id, e.kind, e.companies, e.happened_on, e.evidence, e.state, e.confidence, e.title, e.url, e.source, e.story, " \
    "e.signal, e.activity, e.seen_at, e.rule, "

told_event read_row(sql::query& q) {
    told_event out;
    auto& e = out.event;
    std::string kind, how, scope;
    q.read(e.id, kind, e.companies, e.happened_on, e.evidence, how, e.confidence, e.title, e.url, e.source, e.story,
           e.signal, e.activity, out.seen_at, e.rule, scope);
    e.kind = triggers::kind_from(kind).value_or(triggers::kind::none);
    e.state = triggers::state_from(how).value_or(state::reported);
    e.scope = triggers::scope_from(scope).value_or(triggers::scope::account);
    return out;
}

void complete(sql::connection& db, told_event& t) {
    sql::query accounts(db, "SELECT account FROM event_accounts WHERE event = $1 AND touched = 0 ORDER BY account");
    t.event.accounts = all_of(accounts.bind(t.event.id), [](sql::query& q) { return q.value<account_id>(); });
    sql::query links(db, "SELECT source, url FROM event_links WHERE event = $1 ORDER BY rank, id");
    t.links = all_of(links.bind(t.event.id), [](sql::query& q) {
        std::pair<std::string, std::string> link;
        q.read(link.first, link.second);
        return link;
    });
    sql::query publishers(db, "SELECT count(DISTINCT source) FROM event_links WHERE event = $1");
    t.sources = publishers.bind(t.event.id).next() ? std::max(1, publishers.value<int>()) : 1;
}

std::vector<told_event> completed(sql::connection& db, std::vector<told_event> rows) {
    for (auto& row : rows)
        complete(db, row);
    return rows;
}

std::optional<event_id> of_story(sql::connection& db, std::string_view story) {
    if (story.empty())
        return std::nullopt;
    sql::query q(db, "SELECT event FROM event_stories WHERE story = $1");
    return first_of(q.bind(story), [](sql::query& row) { return row.value<event_id>(); });
}

// The same thing told under another story: same kind and account, a few days apart, by somebody who has not told it
// yet.
std::optional<event_id> of_kind_and_account(sql::connection& db, const trigger_event& e) {
    if (!e.happened_on.ok())
        return std::nullopt;
    const auto from = domain::add_days(e.happened_on, -days_of_one_event);
    const auto to = domain::add_days(e.happened_on, days_of_one_event);
    for (const auto account : e.accounts) {
        sql::query q(
            db, "SELECT e.id FROM event_accounts a JOIN events e ON e.id = a.event"
                " WHERE a.account = $1 AND a.touched = 0 AND e.kind = $2 AND e.activity = $3"
                " AND e.happened_on >= $4 AND e.happened_on <= $5 AND (e.state <> 'withdrawn' OR $6 <> 'confirmed')"
                " AND NOT EXISTS (SELECT 1 FROM event_links l WHERE l.event = e.id AND l.source = $7)"
                " ORDER BY e.id");
        q.bind(account, triggers::to_string(e.kind), e.activity, from, to, triggers::to_string(e.state), e.source);
        if (q.next())
            return q.value<event_id>();
    }
    return std::nullopt;
}

void add_story(sql::connection& db, event_id id, std::string_view story) {
    if (!story.empty())
        sql::query(db, "INSERT INTO event_stories (story, event) VALUES ($1, $2) ON CONFLICT (story) DO NOTHING")
            .bind(story, id)
            .run();
}

void add_link(sql::connection& db, event_id id, const trigger_event& e, bool proves) {
    sql::query(db, "INSERT INTO event_links (event, rank, source, url) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT (event, source, url) DO UPDATE SET rank = CASE WHEN excluded.rank < event_links.rank"
                   " THEN excluded.rank ELSE event_links.rank END")
        .bind(id, proves ? 0 : 1, e.source, e.url)
        .run();
}

void add_accounts(sql::connection& db, event_id id, const trigger_event& e) {
    for (const auto account : e.accounts)
        sql::query(db, "INSERT INTO event_accounts (event, account, scope, touched) VALUES ($1, $2, $3, 0)"
                       " ON CONFLICT (event, account) DO UPDATE SET scope = excluded.scope, touched = 0")
            .bind(id, account, triggers::to_string(e.scope))
            .run();
}

event_id insert(sql::connection& db, const trigger_event& e, instant seen) {
    sql::query q(db, "INSERT INTO events (kind, scope, companies, happened_on, evidence, state, confidence, title, url,"
                     " source, story, signal, activity, seen_at, rule)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id");
    q.bind(triggers::to_string(e.kind), triggers::to_string(e.scope), e.companies, e.happened_on, e.evidence,
           triggers::to_string(e.state), e.confidence, e.title, e.url, e.source, e.story, e.signal, e.activity, seen,
           e.rule);
    q.next();
    return q.value<event_id>();
}

// One more source of a known event: what it changes about the event itself.
void retell(sql::connection& db, const trigger_event& kept, const trigger_event& told) {
    const bool proves = kept.state == state::reported && told.state == state::confirmed;
    add_link(db, kept.id, told, proves);
    if (proves) {
        sql::query(db, "UPDATE event_links SET rank = 1 WHERE event = $1 AND NOT (source = $2 AND url = $3)")
            .bind(kept.id, told.source, told.url)
            .run();
        sql::query(
            db, "UPDATE events SET state = 'confirmed', happened_on = $1, evidence = $2, confidence = $3, title = $4,"
                " url = $5, source = $6, signal = coalesce($7, signal), rule = $8 WHERE id = $9")
            .bind(told.happened_on.ok() ? told.happened_on : kept.happened_on, told.evidence,
                  std::max(kept.confidence, told.confidence), told.title, told.url, told.source, told.signal, told.rule,
                  kept.id)
            .run();
    } else if (told.state == state::withdrawn) {
        sql::query(db, "UPDATE events SET state = 'withdrawn' WHERE id = $1").bind(kept.id).run();
    }
    if (kept.accounts.empty() && kept.companies.empty() && !told.companies.empty())
        sql::query(db, "UPDATE events SET companies = $1 WHERE id = $2").bind(told.companies, kept.id).run();
}

} // namespace

event_id events::add(const trigger_event& e, instant seen) {
    auto& db = s_.db();
    auto known = of_story(db, e.story);
    if (!known)
        known = of_kind_and_account(db, e);
    if (const auto kept = known ? find(*known) : std::nullopt) {
        retell(db, kept->event, e);
        add_accounts(db, *known, e);
        add_story(db, *known, e.story);
        return *known;
    }
    const auto id = insert(db, e, seen);
    add_link(db, id, e, true);
    add_accounts(db, id, e);
    add_story(db, id, e.story);
    return id;
}

std::optional<told_event> events::find(event_id id) {
    sql::query q(s_.db(), "SELECT " EVENT_COLUMNS "e.scope FROM events e WHERE e.id = $1");
    auto found = first_of(q.bind(id), read_row);
    if (found)
        complete(s_.db(), *found);
    return found;
}

std::vector<told_event> events::of_account(account_id account, local_date since) {
    sql::query q(s_.db(), "SELECT " EVENT_COLUMNS "a.scope FROM event_accounts a JOIN events e ON e.id = a.event"
                          " WHERE a.account = $1 AND e.happened_on >= $2 AND e.state <> 'withdrawn'"
                          " ORDER BY e.happened_on DESC, e.id DESC");
    return completed(s_.db(), all_of(q.bind(account, since), read_row));
}

std::vector<told_event> events::recent(local_date since, int most) {
    sql::query q(s_.db(), "SELECT " EVENT_COLUMNS "e.scope FROM events e WHERE e.happened_on >= $1"
                          " ORDER BY e.happened_on DESC, e.id DESC LIMIT $2");
    return completed(s_.db(), all_of(q.bind(since, most), read_row));
}

void events::touch(event_id id, account_id account, triggers::scope scope) {
    sql::query(s_.db(), "INSERT INTO event_accounts (event, account, scope, touched) VALUES ($1, $2, $3, 1)"
                        " ON CONFLICT (event, account) DO NOTHING")
        .bind(id, account, triggers::to_string(scope))
        .run();
}

void events::withdraw(std::string_view story) {
    sql::query(s_.db(),
               "UPDATE events SET state = 'withdrawn' WHERE id IN (SELECT event FROM event_stories WHERE story = $1)")
        .bind(story)
        .run();
}

void events::mark_wrong(event_id id, rep_id by) {
    sql::query(s_.db(), "INSERT INTO event_marks (event, rep) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(id, by)
        .run();
}

int events::wrong_marks(event_id id) {
    sql::query q(s_.db(), "SELECT count(*) FROM event_marks WHERE event = $1");
    return q.bind(id).next() ? q.value<int>() : 0;
}

} // namespace whynow::store
