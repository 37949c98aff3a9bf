#include "store/learning.hpp"

#include "store/rows.hpp"

namespace whynow::store {
namespace {

#define VERSION_COLUMNS "id, day, made_at, calls, note, content"

learned_version read_version(sql::query& q) {
    learned_version v;
    q.read(v.id, v.day, v.made_at, v.calls, v.note, v.content);
    return v;
}

} // namespace

std::int64_t learning::add(const learned_version& v) {
    sql::query q(s_.db(), "INSERT INTO learned (day, made_at, calls, note, content) VALUES ($1, $2, $3, $4, $5)"
                          " RETURNING id");
    q.bind(v.day, v.made_at, v.calls, v.note, v.content);
    q.next();
    return q.value<std::int64_t>();
}

std::optional<learned_version> learning::newest() {
    sql::query q(s_.db(), "SELECT " VERSION_COLUMNS " FROM learned ORDER BY id DESC LIMIT 1");
    return first_of(q, read_version);
}

std::int64_t learning::newest_id() {
    sql::query q(s_.db(), "SELECT coalesce(max(id), 0) FROM learned");
    return q.next() ? q.value<std::int64_t>() : 0;
}

std::optional<learned_version> learning::find(std::int64_t id) {
    sql::query q(s_.db(), "SELECT " VERSION_COLUMNS " FROM learned WHERE id = $1");
    return first_of(q.bind(id), read_version);
}

std::optional<learned_version> learning::before(std::int64_t id) {
    sql::query q(s_.db(), "SELECT " VERSION_COLUMNS " FROM learned WHERE id < $1 ORDER BY id DESC LIMIT 1");
    return first_of(q.bind(id), read_version);
}

std::vector<learned_version> learning::versions() {
    sql::query q(s_.db(), "SELECT id, day, made_at, calls, note, '' FROM learned ORDER BY id DESC");
    return all_of(q, read_version);
}

void learning::keep_newest(int count) {
    sql::query(s_.db(), "DELETE FROM learned WHERE id NOT IN (SELECT id FROM learned ORDER BY id DESC LIMIT $1)")
        .bind(count)
        .run();
}

std::vector<judged_call> learning::judged(local_date since) {
    sql::query q(s_.db(),
                 "SELECT c.id, b.day, c.kind, CASE WHEN l.card IS NULL THEN c.explanation ELSE '' END, CASE WHEN "
                 "c.state = 'not_a_reason' THEN 1 ELSE 0 END,"
                 " coalesce(o.disposition, ''), coalesce(o.results, ''), e.happened_on, coalesce(e.source, ''),"
                 " coalesce(r.generation, 0), l.hit, coalesce(l.version, 0)"
                 " FROM briefs b JOIN cards c ON c.brief = b.id"
                 " LEFT JOIN outcomes o ON o.id ="
                 " (SELECT max(x.id) FROM outcomes x WHERE x.card = c.id AND x.undone = 0)"
                 " LEFT JOIN events e ON e.id = " EVENT_OF_CARD " LEFT JOIN referrals r ON r.id = " REFERRAL_OF_CARD
                 " LEFT JOIN learned_calls l ON l.card = c.id"
                 " WHERE b.day >= $1 AND (l.card IS NOT NULL OR c.state = 'not_a_reason'"
                 " OR (c.state = 'answered' AND o.disposition IN ('connected', 'hung_up')))"
                 " ORDER BY b.day, c.id");
    return all_of(q.bind(since), [](sql::query& row) {
        judged_call j;
        row.read(j.card, j.day, j.kind, j.explanation, j.wrong_reason, j.disposition, j.results, j.happened_on,
                 j.source, j.generation, j.learned_as, j.learned_in);
        return j;
    });
}

void learning::mark_learned(card_id card, std::int64_t version, bool hit) {
    sql::query(s_.db(), "INSERT INTO learned_calls (card, version, hit) VALUES ($1, $2, $3)"
                        " ON CONFLICT (card) DO UPDATE SET version = excluded.version, hit = excluded.hit")
        .bind(card, version, hit)
        .run();
}

void learning::unlearn_since(std::int64_t version) {
    sql::query(s_.db(), "DELETE FROM learned_calls WHERE version >= $1").bind(version).run();
    sql::query(s_.db(), "DELETE FROM learned WHERE id >= $1").bind(version).run();
}

void learning::add(const considered_call& c) {
    sql::query(s_.db(), "INSERT INTO considered (brief, contact, account, card, features, probability, propensity)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(c.brief, c.contact, c.account, c.card, c.features, c.probability, c.propensity)
        .run();
}

std::vector<considered_call> learning::considered(brief_id brief) {
    sql::query q(s_.db(), "SELECT brief, contact, account, card, features, probability, propensity FROM considered"
                          " WHERE brief = $1 ORDER BY probability DESC, id");
    return all_of(q.bind(brief), [](sql::query& row) {
        considered_call c;
        row.read(c.brief, c.contact, c.account, c.card, c.features, c.probability, c.propensity);
        return c;
    });
}

int learning::crowd(std::string_view reason_key, local_date since) {
    sql::query q(s_.db(), "SELECT count(*) FROM cards c JOIN briefs b ON b.id = c.brief"
                          " WHERE c.reason_key = $1 AND b.day >= $2");
    return q.bind(reason_key, since).next() ? q.value<int>() : 0;
}

} // namespace whynow::store
