#include "store/aggregates.hpp"
#include "store/rows.hpp"

namespace whynow::store {
namespace {

#define CONTACT_COLUMNS                                                                                                \
    "id, name, title, account, email, phone, zone, country, owner, do_not_contact, left_company, may_email, origin"

book::contact read_contact(sql::query& q) {
    book::contact c;
    q.read(c.id, c.name, c.title, c.account, c.email, c.phone, c.zone, c.country, c.owner, c.do_not_contact,
           c.left_company, c.may_email, c.origin);
    return c;
}

// An import may close a contact, it never opens one again: that is contacts::close()'s.
bool merge(book::contact& kept, const book::contact& given) {
    bool changed = adopt(kept.name, given.name);
    changed |= adopt(kept.title, given.title);
    changed |= adopt(kept.account, given.account);
    changed |= adopt(kept.email, address_key(given.email));
    changed |= adopt(kept.phone, given.phone);
    changed |= adopt(kept.zone, given.zone);
    changed |= adopt(kept.country, given.country);
    changed |= adopt(kept.owner, given.owner);
    changed |= adopt(kept.do_not_contact, given.do_not_contact);
    changed |= adopt(kept.left_company, given.left_company);
    changed |= adopt(kept.may_email, given.may_email);
    changed |= kept.origin.empty() && adopt(kept.origin, given.origin);
    return changed;
}

std::optional<book::contact> same_as(sql::connection& db, const book::contact& c, std::string_view email) {
    if (!email.empty()) {
        sql::query q(db, "SELECT " CONTACT_COLUMNS " FROM contacts WHERE email = $1 AND email <> ''");
        if (auto found = first_of(q.bind(email), read_contact))
            return found;
    }
    if (!c.account)
        return std::nullopt;
    sql::query q(db, "SELECT " CONTACT_COLUMNS " FROM contacts WHERE account = $1 AND folded_name = $2"
                     " AND (email = '' OR $3 = '') ORDER BY id");
    const auto key = name_key(c.name);
    return first_of(q.bind(c.account, key, email), read_contact);
}

void insert(sql::connection& db, book::contact& c, std::string_view email) {
    sql::query q(db, "INSERT INTO contacts (name, folded_name, title, account, email, phone, zone, country, owner,"
                     " do_not_contact, left_company, may_email, origin)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id");
    const auto key = name_key(c.name);
    q.bind(c.name, key, c.title, c.account, email, c.phone, c.zone, c.country, c.owner, c.do_not_contact,
           c.left_company, c.may_email, c.origin);
    q.next();
    q.read(c.id);
}

} // namespace

upserted contacts::upsert(book::contact& c) {
    auto& db = s_.db();
    const auto email = address_key(c.email);
    auto kept = same_as(db, c, email);
    if (!kept) {
        insert(db, c, email);
        return upserted::inserted;
    }
    c.id = kept->id;
    if (!merge(*kept, c))
        return upserted::unchanged;
    const auto key = name_key(kept->name);
    sql::query(db, "UPDATE contacts SET name = $1, folded_name = $2, title = $3, account = $4, email = $5, phone = $6,"
                   " zone = $7, country = $8, owner = $9, do_not_contact = $10, left_company = $11, may_email = $12,"
                   " origin = $13 WHERE id = $14")
        .bind(kept->name, key, kept->title, kept->account, kept->email, kept->phone, kept->zone, kept->country,
              kept->owner, kept->do_not_contact, kept->left_company, kept->may_email, kept->origin, kept->id)
        .run();
    return upserted::updated;
}

std::optional<book::contact> contacts::find(contact_id id) {
    sql::query q(s_.db(), "SELECT " CONTACT_COLUMNS " FROM contacts WHERE id = $1");
    return first_of(q.bind(id), read_contact);
}

std::optional<book::contact> contacts::by_email(std::string_view email) {
    const auto key = address_key(email);
    if (key.empty())
        return std::nullopt;
    sql::query q(s_.db(), "SELECT " CONTACT_COLUMNS " FROM contacts WHERE email = $1 AND email <> ''");
    return first_of(q.bind(key), read_contact);
}

std::optional<book::contact> contacts::by_name(account_id account, std::string_view name) {
    sql::query q(s_.db(),
                 "SELECT " CONTACT_COLUMNS " FROM contacts WHERE account = $1 AND folded_name = $2 ORDER BY id");
    const auto key = name_key(name);
    return first_of(q.bind(account, key), read_contact);
}

std::vector<book::contact> contacts::of_account(account_id account) {
    sql::query q(s_.db(), "SELECT " CONTACT_COLUMNS " FROM contacts WHERE account = $1 ORDER BY id");
    return all_of(q.bind(account), read_contact);
}

void contacts::close(contact_id id, bool do_not_contact) {
    sql::query(s_.db(), "UPDATE contacts SET do_not_contact = $1 WHERE id = $2").bind(do_not_contact, id).run();
}

void contacts::set_left_company(contact_id id, bool left) {
    sql::query(s_.db(), "UPDATE contacts SET left_company = $1 WHERE id = $2").bind(left, id).run();
}

bool contacts::set_email(contact_id id, std::string_view email) {
    const auto key = address_key(email);
    if (const auto other = by_email(key); other && other->id != id)
        return false;
    sql::query(s_.db(), "UPDATE contacts SET email = $1 WHERE id = $2").bind(key, id).run();
    return true;
}

bool contacts::remove(contact_id id) {
    {
        sql::query used(s_.db(), "SELECT 1 FROM cards WHERE contact = $1"
                                 " UNION ALL SELECT 1 FROM outcomes WHERE contact = $1"
                                 " UNION ALL SELECT 1 FROM facts WHERE contact = $1"
                                 " UNION ALL SELECT 1 FROM nurture WHERE contact = $1"
                                 " UNION ALL SELECT 1 FROM drafts WHERE contact = $1"
                                 " AND state IN ('approved', 'sent', 'unknown')"
                                 " UNION ALL SELECT 1 FROM referrals WHERE referrer = $1");
        if (used.bind(id).next())
            return false;
    }
    sql::query(s_.db(), "UPDATE referrals SET referred = NULL WHERE referred = $1").bind(id).run();
    sql::query(s_.db(), "UPDATE drafts SET contact = NULL WHERE contact = $1").bind(id).run();
    sql::query(s_.db(), "DELETE FROM contacts WHERE id = $1").bind(id).run();
    return true;
}

} // namespace whynow::store
