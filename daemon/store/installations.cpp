#include "store/installations.hpp"

#include "store/rows.hpp"

namespace whynow::store {
namespace {

#define INSTALLATION_COLUMNS                                                                                           \
    "tenant, team, team_name, enterprise, whole_enterprise, app, bot_user, scopes, token, refresh_token, expires_at, " \
    "installed_at, gone"

slack_installation read_installation(sql::query& q) {
    slack_installation i;
    q.read(i.tenant, i.team, i.team_name, i.enterprise, i.whole_enterprise, i.app, i.bot_user, i.scopes, i.token,
           i.refresh_token, i.expires_at, i.installed_at, i.gone);
    return i;
}

} // namespace

void slack_installations::put(const slack_installation& i) {
    sql::query(s_.db(),
               "INSERT INTO slack_installations (" INSTALLATION_COLUMNS
               ", leased_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', 0)"
               " ON CONFLICT (tenant) DO UPDATE SET team = excluded.team, team_name = excluded.team_name,"
               " enterprise = excluded.enterprise, whole_enterprise = excluded.whole_enterprise, app = excluded.app,"
               " bot_user = excluded.bot_user, scopes = excluded.scopes, token = excluded.token,"
               " refresh_token = excluded.refresh_token, expires_at = excluded.expires_at,"
               " installed_at = excluded.installed_at, gone = '', leased_until = 0")
        .bind(i.tenant, i.team, i.team_name, i.enterprise, i.whole_enterprise, i.app, i.bot_user, i.scopes, i.token,
              i.refresh_token, i.expires_at, i.installed_at)
        .run();
}

std::optional<slack_installation> slack_installations::find(std::string_view tenant) {
    sql::query q(s_.db(), "SELECT " INSTALLATION_COLUMNS " FROM slack_installations WHERE tenant = $1");
    return first_of(q.bind(tenant), read_installation);
}

std::vector<slack_installation> slack_installations::all() {
    sql::query q(s_.db(), "SELECT " INSTALLATION_COLUMNS " FROM slack_installations ORDER BY tenant");
    return all_of(q, read_installation);
}

bool slack_installations::close(std::string_view tenant, std::string_view why, instant at) {
    sql::query known(s_.db(), "SELECT installed_at FROM slack_installations WHERE tenant = $1");
    if (!known.bind(tenant).next())
        return true; // a token of the configuration: nothing to compare with
    if (known.value<instant>() >= at)
        return false;
    // Tokens that are dead are kept by nobody.
    sql::query(s_.db(), "UPDATE slack_installations SET gone = $1, token = '', refresh_token = '' WHERE tenant = $2")
        .bind(why, tenant)
        .run();
    return true;
}

bool slack_installations::close_token(std::string_view tenant, std::string_view token, std::string_view why) {
    sql::query q(s_.db(), "UPDATE slack_installations SET gone = $1, token = '', refresh_token = ''"
                          " WHERE tenant = $2 AND token = $3 AND token <> '' RETURNING tenant");
    return q.bind(why, tenant, token).next();
}

std::optional<std::string> slack_installations::lease(std::string_view tenant, std::string_view token, instant now,
                                                      instant until) {
    sql::query q(s_.db(), "UPDATE slack_installations SET leased_until = $1 WHERE tenant = $2 AND token = $3"
                          " AND leased_until <= $4 AND refresh_token <> '' AND gone = '' RETURNING refresh_token");
    return first_of(q.bind(until, tenant, token, now), [](sql::query& row) { return row.value<std::string>(); });
}

void slack_installations::renewed(std::string_view tenant, std::string_view old, std::string_view token,
                                  std::string_view refresh_token, std::optional<instant> expires_at) {
    sql::query(s_.db(), "UPDATE slack_installations SET token = $1, refresh_token = $2, expires_at = $3,"
                        " leased_until = 0 WHERE tenant = $4 AND token = $5 AND gone = ''")
        .bind(token, refresh_token, expires_at, tenant, old)
        .run();
}

void slack_installations::give_back(std::string_view tenant, std::string_view token) {
    sql::query(s_.db(), "UPDATE slack_installations SET leased_until = 0 WHERE tenant = $1 AND token = $2")
        .bind(tenant, token)
        .run();
}

} // namespace whynow::store
