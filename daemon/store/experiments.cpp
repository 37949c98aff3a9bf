#include "store/experiments.hpp"

#include "store/rows.hpp"

namespace whynow::store {

using experiments::arm;
using experiments::assigned_week;

bool experiment_log::write_down(const experiment& e, std::span<const assigned_week> weeks) {
    sql::query q(s_.db(), "INSERT INTO experiments (name, promise, design, stage, weeks, seed, worth_knowing,"
                          " tolerated_loss, first_monday, written_at)"
                          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (name) DO NOTHING"
                          " RETURNING name");
    const auto& p = e.plan;
    q.bind(p.name, e.promise, to_string(p.design), to_string(p.stage), p.weeks, p.seed, p.worth_knowing,
           p.tolerated_loss, e.first_monday, e.written_at);
    if (!q.next())
        return false;
    for (const auto& w : weeks)
        sql::query(s_.db(), "INSERT INTO experiment_weeks (experiment, rep, week, arm) VALUES ($1, $2, $3, $4)")
            .bind(p.name, w.rep, w.week, to_string(w.arm))
            .run();
    return true;
}

std::optional<experiment> experiment_log::find(std::string_view name) {
    sql::query q(s_.db(), "SELECT name, promise, design, stage, weeks, seed, worth_knowing, tolerated_loss,"
                          " first_monday, written_at, stopped_on FROM experiments WHERE name = $1");
    return first_of(q.bind(name), [](sql::query& row) {
        experiment e;
        std::string design, stage;
        row.read(e.plan.name, e.promise, design, stage, e.plan.weeks, e.plan.seed, e.plan.worth_knowing,
                 e.plan.tolerated_loss, e.first_monday, e.written_at, e.stopped_on);
        e.plan.design = named(design, experiments::design::parallel);
        e.plan.stage = named(stage, experiments::stage::organisation);
        return e;
    });
}

std::vector<assigned_week> experiment_log::weeks(std::string_view name) {
    sql::query q(s_.db(), "SELECT rep, week, arm FROM experiment_weeks WHERE experiment = $1 ORDER BY week, rep");
    return all_of(q.bind(name), [](sql::query& row) {
        assigned_week w;
        std::string drawn;
        row.read(w.rep, w.week, drawn);
        w.arm = named(drawn, arm::usual);
        return w;
    });
}

std::optional<arm> experiment_log::arm_of(std::string_view name, rep_id rep, int week) {
    sql::query q(s_.db(), "SELECT arm FROM experiment_weeks WHERE experiment = $1 AND rep = $2 AND week = $3");
    return first_of(q.bind(name, rep, week),
                    [](sql::query& row) { return named(row.value<std::string>(), arm::usual); });
}

void experiment_log::stop(std::string_view name, local_date on) {
    sql::query(s_.db(), "UPDATE experiments SET stopped_on = $1 WHERE name = $2 AND stopped_on IS NULL")
        .bind(on, name)
        .run();
}

std::vector<std::pair<rep_id, local_date>> experiment_log::mornings(local_date from, local_date to) {
    sql::query q(s_.db(), "SELECT rep, day FROM briefs WHERE day >= $1 AND day <= $2 ORDER BY rep, day");
    return all_of(q.bind(from, to), [](sql::query& row) {
        std::pair<rep_id, local_date> out;
        row.read(out.first, out.second);
        return out;
    });
}

} // namespace whynow::store
