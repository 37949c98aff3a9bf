#include "store/aggregates.hpp"
#include "store/rows.hpp"

namespace whynow::store {
namespace {

#define OUTCOME_COLUMNS                                                                                                \
    "id, card, rep, contact, account, told_at, day, source, source_ref, said, disposition, results, action, "          \
    "follow_up_from, follow_up_to, follow_up_date, follow_up_time, unsure, revision, undone, conversation, message_id"

outcome read_outcome(sql::query& q) {
    outcome o;
    q.read(o.id, o.card, o.rep, o.contact, o.account, o.at, o.day, o.source, o.source_ref, o.said, o.disposition,
           o.results, o.action, o.follow_up_from, o.follow_up_to, o.follow_up_date, o.follow_up_time, o.unsure,
           o.revision, o.undone, o.message_conversation, o.message_id);
    return o;
}

local_date day_of(sql::connection& db, const outcome& o) {
    if (o.day.ok())
        return o.day;
    if (o.card) {
        sql::query q(db, "SELECT b.day FROM cards c JOIN briefs b ON b.id = c.brief WHERE c.id = $1");
        if (q.bind(o.card).next())
            return q.value<local_date>();
    }
    return std::chrono::floor<std::chrono::days>(o.at);
}

#define FACT_COLUMNS "id, account, contact, kind, value, learned_by, learned_at, outcome, withdrawn"

fact read_fact(sql::query& q) {
    fact f;
    q.read(f.id, f.account, f.contact, f.kind, f.value, f.learned_by, f.learned_at, f.outcome, f.withdrawn);
    return f;
}

} // namespace

std::optional<outcome_id> outcomes::record(const outcome& o) {
    auto& db = s_.db();
    sql::query q(db,
                 "INSERT INTO outcomes (card, rep, contact, account, told_at, day, source, source_ref, said,"
                 " disposition, results, action, follow_up_from, follow_up_to, follow_up_date, follow_up_time, unsure,"
                 " revision, undone, conversation, message_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
                 " $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) ON CONFLICT DO NOTHING RETURNING id");
    q.bind(o.card, o.rep, o.contact, o.account, o.at, day_of(db, o), o.source, o.source_ref, o.said, o.disposition,
           o.results, o.action, o.follow_up_from, o.follow_up_to, o.follow_up_date, o.follow_up_time, o.unsure,
           o.revision, o.undone, o.message_conversation, o.message_id);
    return first_of(q, [](sql::query& row) { return row.value<outcome_id>(); });
}

void outcomes::revise(const outcome& o) {
    auto& db = s_.db();
    sql::query(db, "UPDATE outcomes SET card = $1, contact = $2, account = $3, day = $4, said = $5, disposition = $6,"
                   " results = $7, action = $8, follow_up_from = $9, follow_up_to = $10, follow_up_date = $11,"
                   " follow_up_time = $12, unsure = $13, revision = revision + 1 WHERE id = $14")
        .bind(o.card, o.contact, o.account, day_of(db, o), o.said, o.disposition, o.results, o.action, o.follow_up_from,
              o.follow_up_to, o.follow_up_date, o.follow_up_time, o.unsure, o.id)
        .run();
}

void outcomes::undo(outcome_id id) {
    sql::query(s_.db(), "UPDATE outcomes SET undone = 1, revision = revision + 1 WHERE id = $1 AND undone = 0")
        .bind(id)
        .run();
}

std::optional<outcome> outcomes::find(outcome_id id) {
    sql::query q(s_.db(), "SELECT " OUTCOME_COLUMNS " FROM outcomes WHERE id = $1");
    return first_of(q.bind(id), read_outcome);
}

std::optional<outcome> outcomes::by_source(std::string_view source_ref) {
    if (source_ref.empty())
        return std::nullopt;
    // The second condition is what lets the partial index serve.
    sql::query q(s_.db(), "SELECT " OUTCOME_COLUMNS " FROM outcomes WHERE source_ref = $1 AND source_ref <> ''");
    return first_of(q.bind(source_ref), read_outcome);
}

std::optional<outcome> outcomes::of_card(card_id card) {
    sql::query q(s_.db(),
                 "SELECT " OUTCOME_COLUMNS " FROM outcomes WHERE card = $1 AND undone = 0 ORDER BY id DESC LIMIT 1");
    return first_of(q.bind(card), read_outcome);
}

std::optional<outcome> outcomes::by_message(std::string_view conversation, std::string_view message_id) {
    if (message_id.empty())
        return std::nullopt;
    sql::query q(s_.db(), "SELECT " OUTCOME_COLUMNS " FROM outcomes WHERE conversation = $1 AND message_id = $2"
                          " ORDER BY id DESC LIMIT 1");
    return first_of(q.bind(conversation, message_id), read_outcome);
}

void outcomes::set_message(outcome_id id, std::string_view conversation, std::string_view message_id) {
    sql::query(s_.db(), "UPDATE outcomes SET conversation = $1, message_id = $2 WHERE id = $3")
        .bind(conversation, message_id, id)
        .run();
}

std::vector<outcome> outcomes::of_contact(contact_id contact) {
    sql::query q(s_.db(), "SELECT " OUTCOME_COLUMNS " FROM outcomes WHERE contact = $1 AND undone = 0"
                          " ORDER BY told_at DESC, id DESC");
    return all_of(q.bind(contact), read_outcome);
}

std::vector<outcome> outcomes::of_account(account_id account) {
    sql::query q(s_.db(), "SELECT " OUTCOME_COLUMNS " FROM outcomes WHERE account = $1 AND undone = 0"
                          " ORDER BY told_at DESC, id DESC");
    return all_of(q.bind(account), read_outcome);
}

std::vector<outcome> outcomes::between(instant from, instant to) {
    sql::query q(s_.db(), "SELECT " OUTCOME_COLUMNS " FROM outcomes WHERE told_at >= $1 AND told_at < $2 AND undone = 0"
                          " ORDER BY told_at, id");
    return all_of(q.bind(from, to), read_outcome);
}

std::vector<outcome> outcomes::of_rep(rep_id rep, local_date since) {
    sql::query q(s_.db(), "SELECT " OUTCOME_COLUMNS " FROM outcomes WHERE rep = $1 AND day >= $2 AND undone = 0"
                          " ORDER BY day, id");
    return all_of(q.bind(rep, since), read_outcome);
}

std::vector<std::pair<local_date, int>> outcomes::daily_calls(rep_id rep, int days) {
    sql::query q(s_.db(),
                 "SELECT day, count(*) FROM outcomes WHERE rep = $1 AND undone = 0 AND disposition <> 'not_called'"
                 " GROUP BY day ORDER BY day DESC LIMIT $2");
    return all_of(q.bind(rep, days), [](sql::query& row) {
        std::pair<local_date, int> one;
        row.read(one.first, one.second);
        return one;
    });
}

fact_id facts::add(const fact& f) {
    sql::query q(s_.db(),
                 "INSERT INTO facts (account, contact, kind, value, learned_by, learned_at, outcome, withdrawn)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id");
    q.bind(f.account, f.contact, f.kind, f.value, f.learned_by, f.learned_at, f.outcome, f.withdrawn);
    q.next();
    return q.value<fact_id>();
}

std::vector<fact> facts::of_account(account_id account) {
    sql::query q(s_.db(), "SELECT " FACT_COLUMNS " FROM facts WHERE account = $1 AND withdrawn = 0"
                          " ORDER BY learned_at DESC, id DESC");
    return all_of(q.bind(account), read_fact);
}

void facts::withdraw(outcome_id outcome) {
    sql::query(s_.db(), "UPDATE facts SET withdrawn = 1 WHERE outcome = $1").bind(outcome).run();
}

} // namespace whynow::store
