#include "store/aggregates.hpp"
#include "store/rows.hpp"

namespace whynow::store {
namespace {

#define ACCOUNT_COLUMNS                                                                                                \
    "a.id, a.name, a.domain, a.ticker, a.cik, a.aliases, a.former_names, a.industry, a.employees, a.country, "         \
    "a.owner, "                                                                                                        \
    "a.competitors, a.customers"

book::account read_account(sql::query& q) {
    book::account a;
    q.read(a.id, a.name, a.domain, a.ticker, a.cik, a.aliases, a.former_names, a.industry, a.employees, a.country,
           a.owner, a.competitors, a.customers);
    return a;
}

account_id read_id(sql::query& q) { return q.value<account_id>(); }

void put_names(sql::connection& db, account_id id, std::string_view kind, const std::vector<std::string>& names) {
    for (const auto& name : names)
        if (const auto key = name_key(name); !key.empty())
            sql::query(db,
                       "INSERT INTO account_names (account, kind, folded) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
                .bind(id, kind, key)
                .run();
}

void put_all_names(sql::connection& db, const book::account& a, bool replacing) {
    if (replacing)
        sql::query(db, "DELETE FROM account_names WHERE account = $1").bind(a.id).run();
    put_names(db, a.id, "alias", a.aliases);
    put_names(db, a.id, "former", a.former_names);
    put_names(db, a.id, "competitor", a.competitors);
    put_names(db, a.id, "customer", a.customers);
}

void grow_revision(sql::connection& db) {
    sql::query(db, "INSERT INTO revisions (part, value) VALUES ('accounts', 1)"
                   " ON CONFLICT (part) DO UPDATE SET value = revisions.value + 1")
        .run();
}

bool merge(book::account& kept, const book::account& given) {
    bool changed = adopt(kept.name, given.name);
    changed |= adopt(kept.domain, address_key(given.domain));
    changed |= adopt(kept.ticker, given.ticker);
    changed |= adopt(kept.cik, given.cik);
    changed |= adopt(kept.aliases, given.aliases);
    changed |= adopt(kept.former_names, given.former_names);
    changed |= adopt(kept.industry, given.industry);
    changed |= adopt(kept.employees, given.employees);
    changed |= adopt(kept.country, given.country);
    changed |= adopt(kept.owner, given.owner);
    changed |= adopt(kept.competitors, given.competitors);
    changed |= adopt(kept.customers, given.customers);
    return changed;
}

// The row that `a` means: by domain where both have one, else by name.
std::optional<book::account> same_as(sql::connection& db, const book::account& a) {
    const auto domain = address_key(a.domain);
    if (!domain.empty()) {
        sql::query q(db, "SELECT " ACCOUNT_COLUMNS " FROM accounts a WHERE a.domain = $1 AND a.domain <> ''");
        if (auto found = first_of(q.bind(domain), read_account))
            return found;
    }
    sql::query q(db, "SELECT " ACCOUNT_COLUMNS " FROM accounts a WHERE a.folded_name = $1"
                     " AND (a.domain = '' OR $2 = '') ORDER BY a.id");
    const auto key = name_key(a.name);
    return first_of(q.bind(key, domain), read_account);
}

void insert(sql::connection& db, book::account& a) {
    sql::query q(db, "INSERT INTO accounts (name, folded_name, domain, ticker, cik, aliases, former_names, industry,"
                     " folded_industry, employees, country, owner, competitors, customers)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id");
    const auto key = name_key(a.name), domain = address_key(a.domain), industry = name_key(a.industry);
    q.bind(a.name, key, domain, a.ticker, a.cik, a.aliases, a.former_names, a.industry, industry, a.employees,
           a.country, a.owner, a.competitors, a.customers);
    q.next();
    q.read(a.id);
}

void update(sql::connection& db, const book::account& a) {
    const auto key = name_key(a.name), industry = name_key(a.industry);
    sql::query(db,
               "UPDATE accounts SET name = $1, folded_name = $2, domain = $3, ticker = $4, cik = $5, aliases = $6,"
               " former_names = $7, industry = $8, folded_industry = $9, employees = $10, country = $11, owner = $12,"
               " competitors = $13, customers = $14 WHERE id = $15")
        .bind(a.name, key, a.domain, a.ticker, a.cik, a.aliases, a.former_names, a.industry, industry, a.employees,
              a.country, a.owner, a.competitors, a.customers, a.id)
        .run();
}

std::vector<account_id> naming(sql::connection& db, std::string_view kind, std::string_view name) {
    sql::query q(db, "SELECT account FROM account_names WHERE folded = $1 AND kind = $2 ORDER BY account");
    const auto key = name_key(name);
    return all_of(q.bind(key, kind), read_id);
}

} // namespace

upserted accounts::upsert(book::account& a) {
    auto& db = s_.db();
    auto kept = same_as(db, a);
    if (!kept) {
        insert(db, a);
        put_all_names(db, a, false);
        grow_revision(db);
        return upserted::inserted;
    }
    a.id = kept->id;
    if (!merge(*kept, a))
        return upserted::unchanged;
    update(db, *kept);
    put_all_names(db, *kept, true);
    grow_revision(db);
    return upserted::updated;
}

std::optional<book::account> accounts::find(account_id id) {
    sql::query q(s_.db(), "SELECT " ACCOUNT_COLUMNS " FROM accounts a WHERE a.id = $1");
    return first_of(q.bind(id), read_account);
}

std::optional<book::account> accounts::by_name(std::string_view name) {
    const auto key = name_key(name);
    if (key.empty())
        return std::nullopt;
    sql::query q(s_.db(), "SELECT " ACCOUNT_COLUMNS " FROM accounts a WHERE a.folded_name = $1 ORDER BY a.id");
    if (auto found = first_of(q.bind(key), read_account))
        return found;
    // 'alias' sorts before 'former': what they are called now wins over what they were called.
    sql::query other(s_.db(), "SELECT " ACCOUNT_COLUMNS " FROM account_names n JOIN accounts a ON a.id = n.account"
                              " WHERE n.folded = $1 AND n.kind IN ('alias', 'former') ORDER BY n.kind, a.id");
    return first_of(other.bind(key), read_account);
}

std::vector<book::account> accounts::all() {
    sql::query q(s_.db(), "SELECT " ACCOUNT_COLUMNS " FROM accounts a ORDER BY a.id");
    return all_of(q, read_account);
}

std::vector<book::account> accounts::owned_by(rep_id rep) {
    sql::query q(s_.db(), "SELECT " ACCOUNT_COLUMNS " FROM accounts a WHERE a.owner = $1 ORDER BY a.id");
    return all_of(q.bind(rep), read_account);
}

std::vector<account_id> accounts::with_competitor(std::string_view name) { return naming(s_.db(), "competitor", name); }
std::vector<account_id> accounts::with_customer(std::string_view name) { return naming(s_.db(), "customer", name); }

std::vector<account_id> accounts::in_industry(std::string_view industry) {
    const auto key = name_key(industry);
    if (key.empty())
        return {};
    sql::query q(s_.db(), "SELECT id FROM accounts WHERE folded_industry = $1 ORDER BY id");
    return all_of(q.bind(key), read_id);
}

std::int64_t accounts::revision() {
    sql::query q(s_.db(), "SELECT value FROM revisions WHERE part = 'accounts'");
    return q.next() ? q.value<std::int64_t>() : 0;
}

} // namespace whynow::store
