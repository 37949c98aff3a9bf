#include "store/aggregates.hpp"
#include "store/rows.hpp"

namespace whynow::store {
namespace {

#define DRAFT_COLUMNS                                                                                                  \
    "id, kind, outcome, referral, rep, contact, recipient, subject, body, facts, revision, state, problem, "           \
    "created_at, conversation, message_id"

draft read_draft(sql::query& q) {
    draft d;
    std::string kind, state;
    q.read(d.id, kind, d.outcome, d.referral, d.rep, d.contact, d.to, d.subject, d.body, d.facts, d.revision, state,
           d.problem, d.created_at, d.message_conversation, d.message_id);
    d.kind = named(kind, draft_kind::nurture);
    d.state = named(state, draft_state::failed);
    return d;
}

draft_id read_id(sql::query& q) { return q.value<draft_id>(); }

} // namespace

draft_id drafts::add(const draft& d) {
    sql::query q(s_.db(), "INSERT INTO drafts (kind, outcome, referral, rep, contact, recipient, subject, body, facts,"
                          " revision, state, problem, created_at, conversation, message_id)"
                          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
                          " ON CONFLICT DO NOTHING RETURNING id");
    q.bind(to_string(d.kind), d.outcome, d.referral, d.rep, d.contact, d.to, d.subject, d.body, d.facts, d.revision,
           to_string(d.state), d.problem, d.created_at, d.message_conversation, d.message_id);
    if (q.next())
        return read_id(q);
    sql::query standing(s_.db(), "SELECT id FROM drafts WHERE outcome = $1 AND kind = $2 AND coalesce(referral, 0) = $3"
                                 " AND state <> 'discarded'");
    return first_of(standing.bind(d.outcome, to_string(d.kind), d.referral.value), read_id).value_or(draft_id{});
}

std::optional<draft> drafts::find(draft_id id) {
    sql::query q(s_.db(), "SELECT " DRAFT_COLUMNS " FROM drafts WHERE id = $1");
    return first_of(q.bind(id), read_draft);
}

std::vector<draft> drafts::of_outcome(outcome_id outcome) {
    sql::query q(s_.db(), "SELECT " DRAFT_COLUMNS " FROM drafts WHERE outcome = $1 ORDER BY id");
    return all_of(q.bind(outcome), read_draft);
}

std::vector<draft> drafts::of_rep(rep_id rep, int most) {
    sql::query q(s_.db(), "SELECT " DRAFT_COLUMNS " FROM drafts WHERE rep = $1 ORDER BY id DESC LIMIT $2");
    return all_of(q.bind(rep, most), read_draft);
}

void drafts::revise(draft_id id, std::string_view to, std::string_view subject, std::string_view body) {
    sql::query(s_.db(), "UPDATE drafts SET recipient = $1, subject = $2, body = $3, revision = revision + 1,"
                        " state = 'proposed', problem = '' WHERE id = $4")
        .bind(to, subject, body, id)
        .run();
}

bool drafts::approve(draft_id id, int revision) {
    sql::query q(s_.db(), "UPDATE drafts SET state = 'approved', problem = '' WHERE id = $1 AND revision = $2"
                          " AND state IN ('proposed', 'failed') RETURNING id");
    return q.bind(id, revision).next();
}

void drafts::set_state(draft_id id, draft_state state, std::string_view problem) {
    sql::query(s_.db(), "UPDATE drafts SET state = $1, problem = $2 WHERE id = $3")
        .bind(to_string(state), problem, id)
        .run();
}

void drafts::set_message(draft_id id, std::string_view conversation, std::string_view message_id) {
    sql::query(s_.db(), "UPDATE drafts SET conversation = $1, message_id = $2 WHERE id = $3")
        .bind(conversation, message_id, id)
        .run();
}

std::vector<draft> drafts::between(instant from, instant to) {
    sql::query q(s_.db(), "SELECT " DRAFT_COLUMNS " FROM drafts WHERE created_at >= $1 AND created_at < $2"
                          " ORDER BY created_at, id");
    return all_of(q.bind(from, to), read_draft);
}

void suppressions::add(std::string_view email, std::string_view why, instant at) {
    const auto key = address_key(email);
    sql::query(s_.db(),
               "INSERT INTO suppressions (email, why, since) VALUES ($1, $2, $3) ON CONFLICT (email) DO NOTHING")
        .bind(key, why, at)
        .run();
}

void suppressions::remove(std::string_view email) {
    sql::query(s_.db(), "DELETE FROM suppressions WHERE email = $1").bind(address_key(email)).run();
}

bool suppressions::has(std::string_view email) {
    sql::query q(s_.db(), "SELECT 1 FROM suppressions WHERE email = $1");
    const auto key = address_key(email);
    return q.bind(key).next();
}

} // namespace whynow::store
