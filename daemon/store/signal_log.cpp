#include "store/aggregates.hpp"
#include "store/rows.hpp"

namespace whynow::store {
namespace {

#define SIGNAL_COLUMNS                                                                                                 \
    "id, source, external_id, title, summary, url, publisher, published, item_codes, account_hint, kind_hint, "        \
    "activity"

signals::signal read_signal(sql::query& q) {
    signals::signal s;
    q.read(s.id, s.source, s.external_id, s.title, s.summary, s.url, s.publisher, s.published, s.item_codes,
           s.account_hint, s.kind_hint, s.activity);
    return s;
}

source_cursor read_cursor(sql::query& q) {
    source_cursor c;
    q.read(c.source, c.cursor, c.next_poll, c.last_success, c.failures, c.problem);
    return c;
}

} // namespace

std::optional<signal_id> signal_log::add(const signals::signal& item, instant received) {
    sql::query q(s_.db(),
                 "INSERT INTO signals (fingerprint, source, external_id, title, summary, url, publisher, published,"
                 " item_codes, account_hint, kind_hint, activity, received)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
                 " ON CONFLICT (fingerprint) DO NOTHING RETURNING id");
    const auto fingerprint = signals::fingerprint(item);
    q.bind(fingerprint, item.source, item.external_id, item.title, item.summary, item.url, item.publisher,
           item.published, item.item_codes, item.account_hint, item.kind_hint, item.activity, received);
    return first_of(q, [](sql::query& row) { return row.value<signal_id>(); });
}

std::optional<signals::signal> signal_log::find(signal_id id) {
    sql::query q(s_.db(), "SELECT " SIGNAL_COLUMNS " FROM signals WHERE id = $1");
    return first_of(q.bind(id), read_signal);
}

std::vector<signals::signal> signal_log::recent(instant since, int most) {
    sql::query q(s_.db(),
                 "SELECT " SIGNAL_COLUMNS " FROM signals WHERE published >= $1 ORDER BY published DESC, id DESC"
                 " LIMIT $2");
    return all_of(q.bind(since, most), read_signal);
}

std::int64_t signal_log::count() {
    sql::query q(s_.db(), "SELECT count(*) FROM signals");
    return q.next() ? q.value<std::int64_t>() : 0;
}

std::optional<source_cursor> sources::find(std::string_view source) {
    sql::query q(s_.db(), "SELECT source, position, next_poll, last_success, failures, problem FROM sources"
                          " WHERE source = $1");
    return first_of(q.bind(source), read_cursor);
}

void sources::put(const source_cursor& c) {
    sql::query(s_.db(),
               "INSERT INTO sources (source, position, next_poll, last_success, failures, problem)"
               " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (source) DO UPDATE SET position = excluded.position,"
               " next_poll = excluded.next_poll, last_success = excluded.last_success,"
               " failures = excluded.failures, problem = excluded.problem")
        .bind(c.source, c.cursor, c.next_poll, c.last_success, c.failures, c.problem)
        .run();
}

std::vector<source_cursor> sources::all() {
    sql::query q(s_.db(), "SELECT source, position, next_poll, last_success, failures, problem FROM sources"
                          " ORDER BY source");
    return all_of(q, read_cursor);
}

} // namespace whynow::store
