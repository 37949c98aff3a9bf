#include "store/aggregates.hpp"
#include "store/rows.hpp"

namespace whynow::store {
namespace {

#define REP_COLUMNS                                                                                                    \
    "id, name, email, zone, slack_user, teams_user, manager_email, team, daily_calls, language, role, signature, "     \
    "brief_at, paused_until, most_calls, own_digest"

book::rep read_rep(sql::query& q) {
    book::rep r;
    std::string role;
    q.read(r.id, r.name, r.email, r.zone, r.slack_user, r.teams_user, r.manager_email, r.team, r.daily_calls,
           r.language, role, r.signature, r.brief_at, r.paused_until, r.most_calls, r.own_digest);
    r.role = book::role_from(role).value_or(book::role::rep);
    return r;
}

bool merge(book::rep& kept, const book::rep& given) {
    bool changed = adopt(kept.name, given.name);
    changed |= adopt(kept.zone, given.zone);
    changed |= adopt(kept.slack_user, given.slack_user);
    changed |= adopt(kept.teams_user, given.teams_user);
    changed |= adopt(kept.manager_email, address_key(given.manager_email));
    changed |= adopt(kept.team, given.team);
    changed |= adopt(kept.daily_calls, given.daily_calls);
    changed |= adopt(kept.language, given.language);
    changed |= adopt(kept.signature, given.signature);
    changed |= adopt(kept.brief_at, given.brief_at);
    changed |= adopt(kept.paused_until, given.paused_until);
    changed |= kept.role != given.role;
    kept.role = given.role;
    return changed;
}

#define IDENTITY_COLUMNS "platform, tenant, platform_user, rep, conversation, route, gone"

chat_identity read_identity(sql::query& q) {
    chat_identity who;
    q.read(who.platform, who.tenant, who.user, who.rep, who.conversation, who.route, who.gone);
    return who;
}

} // namespace

upserted reps::upsert(book::rep& r) {
    auto kept = by_email(r.email);
    if (!kept) {
        sql::query q(s_.db(),
                     "INSERT INTO reps (name, email, zone, slack_user, teams_user, manager_email, team, daily_calls,"
                     " language, role, signature, brief_at, paused_until, most_calls, own_digest)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id");
        const auto email = address_key(r.email), manager = address_key(r.manager_email);
        q.bind(r.name, email, r.zone, r.slack_user, r.teams_user, manager, r.team, r.daily_calls, r.language,
               book::to_string(r.role), r.signature, r.brief_at, r.paused_until, r.most_calls, r.own_digest);
        q.next();
        q.read(r.id);
        return upserted::inserted;
    }
    r.id = kept->id;
    if (!merge(*kept, r))
        return upserted::unchanged;
    sql::query(s_.db(), "UPDATE reps SET name = $1, zone = $2, slack_user = $3, teams_user = $4, manager_email = $5,"
                        " team = $6, daily_calls = $7, language = $8, role = $9, signature = $10, brief_at = $11,"
                        " paused_until = $12 WHERE id = $13")
        .bind(kept->name, kept->zone, kept->slack_user, kept->teams_user, kept->manager_email, kept->team,
              kept->daily_calls, kept->language, book::to_string(kept->role), kept->signature, kept->brief_at,
              kept->paused_until, kept->id)
        .run();
    return upserted::updated;
}

std::optional<book::rep> reps::find(rep_id id) {
    sql::query q(s_.db(), "SELECT " REP_COLUMNS " FROM reps WHERE id = $1");
    return first_of(q.bind(id), read_rep);
}

std::optional<book::rep> reps::by_email(std::string_view email) {
    const auto key = address_key(email);
    if (key.empty())
        return std::nullopt;
    sql::query q(s_.db(), "SELECT " REP_COLUMNS " FROM reps WHERE email = $1");
    return first_of(q.bind(key), read_rep);
}

std::optional<book::rep> reps::by_platform_user(std::string_view platform, std::string_view user) {
    if (user.empty())
        return std::nullopt;
    if (platform == "console")
        return by_email(user);
    if (platform != "slack" && platform != "teams")
        return std::nullopt;
    sql::query q(s_.db(), platform == "slack" ? "SELECT " REP_COLUMNS " FROM reps WHERE slack_user = $1 ORDER BY id"
                                              : "SELECT " REP_COLUMNS " FROM reps WHERE teams_user = $1 ORDER BY id");
    return first_of(q.bind(user), read_rep);
}

std::vector<book::rep> reps::all() {
    sql::query q(s_.db(), "SELECT " REP_COLUMNS " FROM reps ORDER BY id");
    return all_of(q, read_rep);
}

void reps::set_brief_at(rep_id id, std::optional<minute_of_day> at) {
    sql::query(s_.db(), "UPDATE reps SET brief_at = $1 WHERE id = $2").bind(at, id).run();
}

void reps::set_paused_until(rep_id id, std::optional<local_date> until) {
    sql::query(s_.db(), "UPDATE reps SET paused_until = $1 WHERE id = $2").bind(until, id).run();
}

void reps::set_own(const book::rep& r) {
    sql::query(s_.db(), "UPDATE reps SET brief_at = $1, paused_until = $2, most_calls = $3, language = $4,"
                        " own_digest = $5 WHERE id = $6")
        .bind(r.brief_at, r.paused_until, r.most_calls, r.language, r.own_digest, r.id)
        .run();
}

void reps::set_zone(rep_id id, std::string_view zone) {
    sql::query(s_.db(), "UPDATE reps SET zone = $1 WHERE id = $2").bind(zone, id).run();
}

void identities::upsert(const chat_identity& who) {
    sql::query(s_.db(),
               "INSERT INTO identities (platform, tenant, platform_user, rep, conversation, route, gone)"
               " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (platform, tenant, platform_user) DO UPDATE SET"
               " rep = coalesce(excluded.rep, identities.rep),"
               " conversation = CASE WHEN excluded.conversation = '' THEN identities.conversation"
               " ELSE excluded.conversation END,"
               " route = CASE WHEN excluded.route = '' THEN identities.route ELSE excluded.route END,"
               " gone = excluded.gone")
        .bind(who.platform, who.tenant, who.user, who.rep, who.conversation, who.route, who.gone)
        .run();
}

std::optional<chat_identity> identities::find(std::string_view platform, std::string_view tenant,
                                              std::string_view user) {
    sql::query q(s_.db(), "SELECT " IDENTITY_COLUMNS
                          " FROM identities WHERE platform = $1 AND tenant = $2 AND platform_user = $3");
    return first_of(q.bind(platform, tenant, user), read_identity);
}

std::vector<chat_identity> identities::of(rep_id rep) {
    sql::query q(s_.db(), "SELECT " IDENTITY_COLUMNS " FROM identities WHERE rep = $1"
                          " ORDER BY platform, tenant, platform_user");
    return all_of(q.bind(rep), read_identity);
}

void identities::mark_gone(std::string_view platform, std::string_view tenant, std::string_view user) {
    if (user.empty())
        sql::query(s_.db(), "UPDATE identities SET gone = 1 WHERE platform = $1 AND tenant = $2")
            .bind(platform, tenant)
            .run();
    else
        sql::query(s_.db(), "UPDATE identities SET gone = 1 WHERE platform = $1 AND tenant = $2 AND platform_user = $3")
            .bind(platform, tenant, user)
            .run();
}

void identities::mark_back(std::string_view platform, std::string_view tenant) {
    sql::query(s_.db(), "UPDATE identities SET gone = 0 WHERE platform = $1 AND tenant = $2")
        .bind(platform, tenant)
        .run();
}

} // namespace whynow::store
