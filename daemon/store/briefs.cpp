#include "store/aggregates.hpp"
#include "store/rows.hpp"

#include <charconv>

namespace whynow::store {
namespace {

#define BRIEF_COLUMNS                                                                                                  \
    "b.id, b.rep, b.day, b.planned_at, b.budget, b.candidates, b.platform, b.conversation, b.message_id, "             \
    "b.open_card, "                                                                                                    \
    "b.late"
#define CARD_COLUMNS                                                                                                   \
    "c.id, c.brief, c.number, c.contact, c.account, c.reason_key, c.kind, c.scope, c.content, c.explanation, "         \
    "c.probability, c.state, c.source"

brief read_brief(sql::query& q) {
    brief b;
    q.read(b.id, b.rep, b.date, b.planned_at, b.budget, b.candidates, b.platform, b.conversation, b.message_id,
           b.open_card, b.late);
    return b;
}

card read_card(sql::query& q) {
    card c;
    std::string state;
    q.read(c.id, c.brief, c.number, c.contact, c.account, c.reason_key, c.kind, c.scope, c.content, c.explanation,
           c.probability, state, c.source);
    c.state = named(state, card_state::not_a_reason);
    return c;
}

// The feed whose item proved the event that a card rests on.
std::string feed_of(sql::connection& db, std::string_view reason_key) {
    std::int64_t event = 0;
    if (!reason_key.starts_with("event:") ||
        std::from_chars(reason_key.data() + 6, reason_key.data() + reason_key.size(), event).ec != std::errc{})
        return {};
    sql::query q(db, "SELECT coalesce(g.source, e.source) FROM events e LEFT JOIN signals g ON g.id = e.signal"
                     " WHERE e.id = $1");
    return q.bind(event).next() ? q.value<std::string>() : std::string{};
}

} // namespace

std::optional<brief_id> briefs::create(const brief& b) {
    sql::query q(s_.db(),
                 "INSERT INTO briefs (rep, day, planned_at, budget, candidates, platform, conversation, message_id,"
                 " open_card, late) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
                 " ON CONFLICT (rep, day) DO NOTHING RETURNING id");
    q.bind(b.rep, b.date, b.planned_at, b.budget, b.candidates, b.platform, b.conversation, b.message_id, b.open_card,
           b.late);
    return first_of(q, [](sql::query& row) { return row.value<brief_id>(); });
}

std::optional<brief> briefs::find(brief_id id) {
    sql::query q(s_.db(), "SELECT " BRIEF_COLUMNS " FROM briefs b WHERE b.id = $1");
    return first_of(q.bind(id), read_brief);
}

std::optional<brief> briefs::of(rep_id rep, local_date date) {
    sql::query q(s_.db(), "SELECT " BRIEF_COLUMNS " FROM briefs b WHERE b.rep = $1 AND b.day = $2");
    return first_of(q.bind(rep, date), read_brief);
}

std::optional<brief> briefs::latest(rep_id rep) {
    sql::query q(s_.db(), "SELECT " BRIEF_COLUMNS " FROM briefs b WHERE b.rep = $1 ORDER BY b.day DESC LIMIT 1");
    return first_of(q.bind(rep), read_brief);
}

std::optional<brief> briefs::by_message(std::string_view platform, std::string_view conversation,
                                        std::string_view message_id) {
    if (message_id.empty())
        return std::nullopt;
    sql::query q(s_.db(), "SELECT " BRIEF_COLUMNS " FROM briefs b WHERE b.conversation = $1 AND b.message_id = $2"
                          " AND b.platform = $3");
    return first_of(q.bind(conversation, message_id, platform), read_brief);
}

void briefs::set_message(brief_id id, std::string_view platform, std::string_view conversation,
                         std::string_view message_id) {
    sql::query(s_.db(), "UPDATE briefs SET platform = $1, conversation = $2, message_id = $3 WHERE id = $4")
        .bind(platform, conversation, message_id, id)
        .run();
}

void briefs::set_open_card(brief_id id, card_id card) {
    sql::query(s_.db(), "UPDATE briefs SET open_card = $1 WHERE id = $2").bind(card, id).run();
}

card_id briefs::add_card(const card& c) {
    sql::query q(s_.db(), "INSERT INTO cards (brief, number, contact, account, reason_key, kind, scope, content,"
                          " explanation, probability, state, source)"
                          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id");
    const auto source = c.source.empty() ? feed_of(s_.db(), c.reason_key) : c.source;
    q.bind(c.brief, c.number, c.contact, c.account, c.reason_key, c.kind, c.scope, c.content, c.explanation,
           c.probability, to_string(c.state), source);
    q.next();
    return q.value<card_id>();
}

std::optional<card> briefs::find_card(card_id id) {
    sql::query q(s_.db(), "SELECT " CARD_COLUMNS " FROM cards c WHERE c.id = $1");
    return first_of(q.bind(id), read_card);
}

std::vector<card> briefs::cards(brief_id id) {
    sql::query q(s_.db(), "SELECT " CARD_COLUMNS " FROM cards c WHERE c.brief = $1 ORDER BY c.number");
    return all_of(q.bind(id), read_card);
}

void briefs::set_card_state(card_id id, card_state state) {
    sql::query(s_.db(), "UPDATE cards SET state = $1 WHERE id = $2").bind(to_string(state), id).run();
}

void briefs::set_card_content(card_id id, std::string_view content) {
    sql::query(s_.db(), "UPDATE cards SET content = $1 WHERE id = $2").bind(content, id).run();
}

void briefs::add_left_out(const left_out& l) {
    sql::query(s_.db(), "INSERT INTO left_out (brief, account, contact, why, detail) VALUES ($1, $2, $3, $4, $5)")
        .bind(l.brief, l.account, l.contact, l.why, l.detail)
        .run();
}

std::vector<left_out> briefs::left_out_of(brief_id id) {
    sql::query q(s_.db(), "SELECT brief, account, contact, why, detail FROM left_out WHERE brief = $1 ORDER BY id");
    return all_of(q.bind(id), [](sql::query& row) {
        left_out l;
        row.read(l.brief, l.account, l.contact, l.why, l.detail);
        return l;
    });
}

bool briefs::reason_used(contact_id contact, std::string_view reason_key) {
    sql::query q(s_.db(), "SELECT 1 FROM cards WHERE contact = $1 AND reason_key = $2 LIMIT 1");
    return q.bind(contact, reason_key).next();
}

std::optional<local_date> briefs::last_shown(contact_id contact) {
    sql::query q(s_.db(), "SELECT max(b.day) FROM cards c JOIN briefs b ON b.id = c.brief WHERE c.contact = $1");
    return q.bind(contact).next() ? q.value<std::optional<local_date>>() : std::nullopt;
}

bool briefs::account_taken(account_id account, local_date date, rep_id other_than) {
    sql::query q(s_.db(), "SELECT 1 FROM cards c JOIN briefs b ON b.id = c.brief"
                          " WHERE c.account = $1 AND b.day = $2 AND b.rep <> $3 LIMIT 1");
    return q.bind(account, date, other_than).next();
}

std::vector<std::tuple<local_date, int, double>> briefs::days_of(rep_id rep, local_date since) {
    sql::query q(s_.db(), "SELECT b.day, count(c.id), coalesce(sum(c.probability), 0.0) FROM briefs b"
                          " LEFT JOIN cards c ON c.brief = b.id WHERE b.rep = $1 AND b.day >= $2 GROUP BY b.day"
                          " ORDER BY b.day DESC");
    return all_of(q.bind(rep, since), [](sql::query& row) {
        std::tuple<local_date, int, double> one;
        row.read(std::get<0>(one), std::get<1>(one), std::get<2>(one));
        return one;
    });
}

std::vector<std::pair<brief, card>> briefs::between(local_date from, local_date to) {
    sql::query q(s_.db(), "SELECT " BRIEF_COLUMNS ", " CARD_COLUMNS " FROM briefs b JOIN cards c ON c.brief = b.id"
                          " WHERE b.day >= $1 AND b.day <= $2 ORDER BY b.day, b.id, c.number");
    return all_of(q.bind(from, to), [](sql::query& row) {
        auto b = read_brief(row);
        return std::pair(std::move(b), read_card(row));
    });
}

} // namespace whynow::store
