#include "store/aggregates.hpp"
#include "store/rows.hpp"

namespace whynow::store {
namespace {

inbox_item read_inbox(sql::query& q) {
    inbox_item i;
    q.read(i.id, i.channel, i.event_id, i.business_key, i.payload, i.received_at);
    return i;
}

#define OUTBOX_COLUMNS                                                                                                 \
    "o.id, o.channel, o.order_key, o.unique_key, o.purpose, o.payload, o.state, o.tries, o.due, o.first_tried, "       \
    "o.problem, o.created_at"

// A pending row that nothing older of its order key holds back.
#define FREE_TO_GO                                                                                                     \
    "o.channel = $1 AND o.state = 'pending' AND (o.order_key = '' OR NOT EXISTS (SELECT 1 FROM outbox x"               \
    " WHERE x.channel = o.channel AND x.order_key = o.order_key AND x.id < o.id"                                       \
    " AND (x.state IN ('pending', 'sending') OR (x.state = 'ambiguous' AND x.problem IN ('look', 'looking')))))"

outbox_item read_outbox(sql::query& q) {
    outbox_item o;
    std::string state;
    q.read(o.id, o.channel, o.order_key, o.unique_key, o.purpose, o.payload, state, o.tries, o.due, o.first_tried,
           o.problem, o.created_at);
    o.state = named(state, outbox_state::dropped);
    return o;
}

outbox_id read_id(sql::query& q) { return q.value<outbox_id>(); }

} // namespace

std::optional<inbox_id> inbox::accept(const inbox_item& item) {
    sql::query q(s_.db(), "INSERT INTO inbox (channel, event_id, business_key, payload, received_at, state, problem)"
                          " VALUES ($1, $2, $3, $4, $5, 'new', '') ON CONFLICT DO NOTHING RETURNING id");
    q.bind(item.channel, item.event_id, item.business_key, item.payload, item.received_at);
    return first_of(q, [](sql::query& row) { return row.value<inbox_id>(); });
}

void inbox::done(inbox_id id) {
    sql::query(s_.db(), "UPDATE inbox SET state = 'done', problem = '' WHERE id = $1").bind(id).run();
}

void inbox::failed(inbox_id id, std::string_view why) {
    sql::query(s_.db(), "UPDATE inbox SET state = 'failed', problem = $1 WHERE id = $2").bind(why, id).run();
}

std::vector<inbox_item> inbox::undone(int most) {
    sql::query q(s_.db(), "SELECT id, channel, event_id, business_key, payload, received_at FROM inbox"
                          " WHERE state = 'new' ORDER BY id LIMIT $1");
    return all_of(q.bind(most), read_inbox);
}

int inbox::forget_before(instant when) {
    sql::query q(s_.db(), "DELETE FROM inbox WHERE state = 'done' AND received_at < $1 RETURNING id");
    q.bind(when);
    int forgotten = 0;
    while (q.next())
        ++forgotten;
    return forgotten;
}

outbox_id outbox::put(const outbox_item& item) {
    sql::query q(s_.db(), "INSERT INTO outbox (channel, order_key, unique_key, purpose, payload, state, tries, due,"
                          " first_tried, problem, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
                          " ON CONFLICT DO NOTHING RETURNING id");
    q.bind(item.channel, item.order_key, item.unique_key, item.purpose, item.payload, to_string(item.state), item.tries,
           item.due, item.first_tried, item.problem, item.created_at);
    if (q.next())
        return read_id(q);
    sql::query known(s_.db(), "SELECT id FROM outbox WHERE unique_key = $1 AND unique_key <> ''");
    return first_of(known.bind(item.unique_key), read_id).value_or(outbox_id{});
}

std::vector<outbox_item> outbox::claim(std::string_view channel, instant now, int most) {
    auto& db = s_.db();
    const auto text = std::string("SELECT " OUTBOX_COLUMNS " FROM outbox o WHERE " FREE_TO_GO
                                  " AND o.due <= $2 ORDER BY o.due, o.id LIMIT $3")
                          .append(db.skip_locked());
    sql::query q(db, text);
    auto claimed = all_of(q.bind(channel, now, most), read_outbox);
    for (auto& item : claimed) {
        item.state = outbox_state::sending;
        ++item.tries;
        if (item.first_tried == instant{})
            item.first_tried = now;
        sql::query(db, "UPDATE outbox SET state = 'sending', tries = $1, first_tried = $2 WHERE id = $3")
            .bind(item.tries, item.first_tried, item.id)
            .run();
    }
    return claimed;
}

std::vector<outbox_item> outbox::stranded(std::string_view channel) {
    sql::query q(s_.db(),
                 "SELECT " OUTBOX_COLUMNS " FROM outbox o WHERE o.channel = $1 AND o.state = 'sending' ORDER BY o.id");
    return all_of(q.bind(channel), read_outbox);
}

std::optional<outbox_item> outbox::to_look_up(std::string_view channel, instant now) {
    sql::query q(s_.db(), "SELECT " OUTBOX_COLUMNS " FROM outbox o WHERE o.channel = $1 AND o.state = 'ambiguous'"
                          " AND o.problem = 'look' AND o.due <= $2 ORDER BY o.id LIMIT 1");
    auto found = first_of(q.bind(channel, now), read_outbox);
    if (found)
        settle(found->id, outbox_state::ambiguous, "looking");
    return found;
}

void outbox::look_again(std::string_view channel) {
    sql::query(s_.db(),
               "UPDATE outbox SET problem = 'look' WHERE channel = $1 AND state = 'ambiguous' AND problem = 'looking'")
        .bind(channel)
        .run();
}

std::vector<outbox_item> outbox::with_state(outbox_state state, int most) {
    sql::query q(s_.db(), "SELECT " OUTBOX_COLUMNS " FROM outbox o WHERE o.state = $1 ORDER BY o.id LIMIT $2");
    return all_of(q.bind(to_string(state), most), read_outbox);
}

std::optional<outbox_item> outbox::find(outbox_id id) {
    sql::query q(s_.db(), "SELECT " OUTBOX_COLUMNS " FROM outbox o WHERE o.id = $1");
    return first_of(q.bind(id), read_outbox);
}

void outbox::settle(outbox_id id, outbox_state state, std::string_view problem) {
    sql::query(s_.db(), "UPDATE outbox SET state = $1, problem = $2 WHERE id = $3")
        .bind(to_string(state), problem, id)
        .run();
}

void outbox::again(outbox_id id, instant due, std::string_view problem, bool counts_as_try) {
    sql::query(s_.db(), "UPDATE outbox SET state = 'pending', due = $1, problem = $2,"
                        " tries = CASE WHEN tries > 0 THEN tries - $3 ELSE 0 END WHERE id = $4")
        .bind(due, problem, counts_as_try ? 0 : 1, id)
        .run();
}

bool outbox::revive(outbox_id id, instant now) {
    sql::query q(s_.db(),
                 "UPDATE outbox SET state = 'pending', due = $1, created_at = $1, tries = 0, problem = ''"
                 " WHERE id = $2 AND channel <> 'mail' AND payload <> ''"
                 " AND (state IN ('dead', 'parked') OR (state = 'ambiguous' AND problem NOT IN ('look', 'looking')))"
                 " RETURNING id");
    return q.bind(now, id).next();
}

bool outbox::drop(outbox_id id) {
    sql::query q(s_.db(), "UPDATE outbox SET state = 'dropped' WHERE id = $1 AND (state IN ('dead', 'parked')"
                          " OR (state = 'ambiguous' AND problem NOT IN ('look', 'looking'))) RETURNING id");
    return q.bind(id).next();
}

std::optional<instant> outbox::next_due(std::string_view channel) {
    sql::query q(s_.db(), "SELECT min(o.due) FROM outbox o WHERE " FREE_TO_GO);
    return q.bind(channel).next() ? q.value<std::optional<instant>>() : std::nullopt;
}

std::map<std::string, std::int64_t> outbox::counts() {
    sql::query q(s_.db(), "SELECT channel, state, count(*) FROM outbox GROUP BY channel, state");
    std::map<std::string, std::int64_t> out;
    while (q.next()) {
        std::string channel, state;
        std::int64_t n = 0;
        q.read(channel, state, n);
        out[channel + "/" + state] = n;
    }
    return out;
}

void documents::put(std::string_view name, std::string_view text) {
    sql::query(s_.db(), "INSERT INTO documents (name, content) VALUES ($1, $2)"
                        " ON CONFLICT (name) DO UPDATE SET content = excluded.content")
        .bind(name, text)
        .run();
}

std::optional<std::string> documents::get(std::string_view name) {
    sql::query q(s_.db(), "SELECT content FROM documents WHERE name = $1");
    return first_of(q.bind(name), [](sql::query& row) { return row.value<std::string>(); });
}

bool documents::first(std::string_view name, instant at) {
    sql::query q(s_.db(),
                 "INSERT INTO marks (name, set_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING RETURNING name");
    return q.bind(name, at).next();
}

bool documents::marked(std::string_view name) {
    sql::query q(s_.db(), "SELECT 1 FROM marks WHERE name = $1");
    return q.bind(name).next();
}

} // namespace whynow::store
