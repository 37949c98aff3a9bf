#include "store/lessons.hpp"

#include "store/rows.hpp"

namespace whynow::store {

void lessons::add(const correction& c) {
    sql::query(s_.db(), "INSERT INTO corrections (outcome, said, field, read_as, meant, corrected_at)"
                        " VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(c.outcome, c.said, c.field, c.read_as, c.meant, c.at)
        .run();
}

std::vector<correction> lessons::corrections(instant since) {
    sql::query q(s_.db(), "SELECT outcome, said, field, read_as, meant, corrected_at FROM corrections"
                          " WHERE corrected_at >= $1 ORDER BY corrected_at, id");
    return all_of(q.bind(since), [](sql::query& row) {
        correction c;
        row.read(c.outcome, c.said, c.field, c.read_as, c.meant, c.at);
        return c;
    });
}

std::vector<judged_event> lessons::judged(local_date since) {
    sql::query q(
        s_.db(),
        "SELECT e.id, e.kind, e.rule, e.title, e.source, sum(CASE WHEN c.state = 'answered' THEN 1 ELSE 0 END),"
        " sum(CASE WHEN c.state = 'not_a_reason' THEN 1 ELSE 0 END)"
        " FROM briefs b JOIN cards c ON c.brief = b.id JOIN events e ON e.id = " EVENT_OF_CARD
        " WHERE b.day >= $1 AND c.state IN ('answered', 'not_a_reason')"
        " GROUP BY e.id, e.kind, e.rule, e.title, e.source ORDER BY e.id");
    return all_of(q.bind(since), [](sql::query& row) {
        judged_event j;
        row.read(j.event, j.kind, j.rule, j.title, j.source, j.called, j.wrong);
        return j;
    });
}

int lessons::answers_read(instant since) {
    // One that was corrected by a tap or a dialog bears that as its source now.
    sql::query q(s_.db(),
                 "SELECT count(*) FROM outcomes o WHERE o.told_at >= $1 AND o.undone = 0 AND (o.source = 'text'"
                 " OR EXISTS (SELECT 1 FROM corrections k WHERE k.outcome = o.id))");
    return q.bind(since).next() ? q.value<int>() : 0;
}

} // namespace whynow::store
