#include "store/aggregates.hpp"
#include "store/rows.hpp"

namespace whynow::store {
namespace {

#define REFERRAL_COLUMNS                                                                                               \
    "r.id, r.outcome, r.referrer, r.referred, r.account, r.rep, r.name, r.title, r.contact, r.words, r.may_name, "     \
    "r.generation, r.named_on, r.withdrawn"

referral read_referral(sql::query& q) {
    referral r;
    q.read(r.id, r.outcome, r.referrer, r.referred, r.account, r.rep, r.name, r.title, r.contact, r.words, r.may_name,
           r.generation, r.on, r.withdrawn);
    return r;
}

#define NURTURE_COLUMNS "id, contact, account, rep, outcome, due, promised, at_minute, words, state"

nurture_step read_step(sql::query& q) {
    nurture_step n;
    q.read(n.id, n.contact, n.account, n.rep, n.outcome, n.due, n.promised, n.at, n.words, n.state);
    return n;
}

} // namespace

referral_id referrals::add(const referral& r) {
    sql::query q(s_.db(),
                 "INSERT INTO referrals (outcome, referrer, referred, account, rep, name, title, contact, words,"
                 " may_name, generation, named_on, withdrawn)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id");
    q.bind(r.outcome, r.referrer, r.referred, r.account, r.rep, r.name, r.title, r.contact, r.words, r.may_name,
           r.generation, r.on, r.withdrawn);
    q.next();
    return q.value<referral_id>();
}

void referrals::update(const referral& r) {
    sql::query(s_.db(),
               "UPDATE referrals SET outcome = $1, referrer = $2, referred = $3, account = $4, rep = $5, name = $6,"
               " title = $7, contact = $8, words = $9, may_name = $10, generation = $11, named_on = $12,"
               " withdrawn = $13 WHERE id = $14")
        .bind(r.outcome, r.referrer, r.referred, r.account, r.rep, r.name, r.title, r.contact, r.words, r.may_name,
              r.generation, r.on, r.withdrawn, r.id)
        .run();
}

std::optional<referral> referrals::find(referral_id id) {
    sql::query q(s_.db(), "SELECT " REFERRAL_COLUMNS " FROM referrals r WHERE r.id = $1");
    return first_of(q.bind(id), read_referral);
}

std::vector<referral> referrals::of_outcome(outcome_id outcome) {
    sql::query q(s_.db(), "SELECT " REFERRAL_COLUMNS " FROM referrals r WHERE r.outcome = $1 AND r.withdrawn = 0"
                          " ORDER BY r.id");
    return all_of(q.bind(outcome), read_referral);
}

std::optional<referral> referrals::to_contact(contact_id referred) {
    sql::query q(s_.db(), "SELECT " REFERRAL_COLUMNS " FROM referrals r WHERE r.referred = $1 AND r.withdrawn = 0"
                          " ORDER BY r.named_on DESC, r.id DESC LIMIT 1");
    return first_of(q.bind(referred), read_referral);
}

std::vector<referral> referrals::open_of(rep_id rep) {
    sql::query q(s_.db(),
                 "SELECT " REFERRAL_COLUMNS " FROM referrals r WHERE r.rep = $1 AND r.withdrawn = 0"
                 " AND r.referred IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.contact = r.referred"
                 " AND o.undone = 0 AND o.disposition <> 'not_called') ORDER BY r.named_on, r.id");
    return all_of(q.bind(rep), read_referral);
}

std::vector<referral> referrals::between(local_date from, local_date to) {
    sql::query q(s_.db(), "SELECT " REFERRAL_COLUMNS " FROM referrals r WHERE r.named_on >= $1 AND r.named_on <= $2"
                          " AND r.withdrawn = 0 ORDER BY r.named_on, r.id");
    return all_of(q.bind(from, to), read_referral);
}

nurture_id nurture::schedule(const nurture_step& n) {
    sql::query q(s_.db(), "INSERT INTO nurture (contact, account, rep, outcome, due, promised, at_minute, words, state)"
                          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id");
    const std::string_view state = n.state.empty() ? std::string_view("waiting") : n.state;
    q.bind(n.contact, n.account, n.rep, n.outcome, n.due, n.promised, n.at, n.words, state);
    q.next();
    return q.value<nurture_id>();
}

std::vector<nurture_step> nurture::due(rep_id rep, local_date up_to) {
    sql::query q(s_.db(), "SELECT " NURTURE_COLUMNS " FROM nurture WHERE rep = $1 AND state = 'waiting' AND due <= $2"
                          " ORDER BY due, id");
    return all_of(q.bind(rep, up_to), read_step);
}

std::vector<nurture_step> nurture::overdue(local_date before) {
    sql::query q(s_.db(),
                 "SELECT " NURTURE_COLUMNS " FROM nurture WHERE state IN ('waiting', 'shown') AND promised < $1"
                 " ORDER BY promised, id");
    return all_of(q.bind(before), read_step);
}

std::vector<nurture_step> nurture::of_outcome(outcome_id outcome) {
    sql::query q(s_.db(), "SELECT " NURTURE_COLUMNS " FROM nurture WHERE outcome = $1 ORDER BY id");
    return all_of(q.bind(outcome), read_step);
}

std::optional<nurture_step> nurture::find(nurture_id id) {
    sql::query q(s_.db(), "SELECT " NURTURE_COLUMNS " FROM nurture WHERE id = $1");
    return first_of(q.bind(id), read_step);
}

void nurture::set_state(nurture_id id, std::string_view state) {
    sql::query(s_.db(), "UPDATE nurture SET state = $1 WHERE id = $2").bind(state, id).run();
}

void nurture::move(nurture_id id, local_date due) {
    sql::query(s_.db(), "UPDATE nurture SET due = $1 WHERE id = $2").bind(due, id).run();
}

} // namespace whynow::store
