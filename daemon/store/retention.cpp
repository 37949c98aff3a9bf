#include "store/aggregates.hpp"
#include "store/rows.hpp"

namespace whynow::store {
namespace {

// $1 is the moment or the day, $2 the most rows.
constexpr std::string_view by_moment[] = {
    "DELETE FROM facts WHERE id IN (SELECT id FROM facts WHERE learned_at < $1 ORDER BY id LIMIT $2) RETURNING id",
    "UPDATE outcomes SET said = '' WHERE id IN (SELECT id FROM outcomes WHERE told_at < $1 AND said <> '' ORDER BY id"
    " LIMIT $2) RETURNING id",
    "DELETE FROM corrections WHERE id IN (SELECT id FROM corrections WHERE corrected_at < $1 ORDER BY id LIMIT $2)"
    " RETURNING id",
    "UPDATE drafts SET recipient = '', subject = '', body = '', facts = '' WHERE id IN (SELECT id FROM drafts"
    " WHERE created_at < $1 AND state IN ('sent', 'discarded', 'unknown', 'failed') AND body <> '' ORDER BY id LIMIT "
    "$2)"
    " RETURNING id",
    "UPDATE outbox SET payload = '' WHERE id IN (SELECT id FROM outbox WHERE created_at < $1"
    " AND state IN ('sent', 'dead', 'parked', 'dropped') AND payload <> '' ORDER BY id LIMIT $2) RETURNING id",
    "DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE received_at < $1 AND state <> 'new' ORDER BY id LIMIT "
    "$2)"
    " RETURNING id",
    "DELETE FROM signals WHERE id IN (SELECT g.id FROM signals g WHERE g.received < $1"
    " AND NOT EXISTS (SELECT 1 FROM events e WHERE e.signal = g.id) ORDER BY g.id LIMIT $2) RETURNING id",
};
constexpr std::string_view by_day[] = {
    "UPDATE referrals SET words = '', contact = '' WHERE id IN (SELECT id FROM referrals WHERE named_on < $1"
    " AND (words <> '' OR contact <> '') ORDER BY id LIMIT $2) RETURNING id",
    "UPDATE nurture SET words = '' WHERE id IN (SELECT id FROM nurture WHERE promised < $1 AND state <> 'waiting'"
    " AND words <> '' ORDER BY id LIMIT $2) RETURNING id",
    "DELETE FROM considered WHERE id IN (SELECT x.id FROM considered x JOIN briefs b ON b.id = x.brief"
    " WHERE b.day < $1 ORDER BY x.id LIMIT $2) RETURNING id",
    "UPDATE cards SET content = '' WHERE id IN (SELECT c.id FROM cards c JOIN briefs b ON b.id = c.brief"
    " WHERE b.day < $1 AND c.content <> '' ORDER BY c.id LIMIT $2) RETURNING id",
};

} // namespace

int retention::forget_before(instant when, local_date day, int most) {
    int touched = 0;
    const auto count = [&](sql::query& q) {
        while (q.next())
            ++touched;
    };
    for (const auto text : by_moment) {
        sql::query q(s_.db(), text);
        count(q.bind(when, most));
    }
    for (const auto text : by_day) {
        sql::query q(s_.db(), text);
        count(q.bind(day, most));
    }
    return touched;
}

} // namespace whynow::store
