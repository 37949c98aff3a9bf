#include "cli/bookkeeper.hpp"

namespace whynow::cli {

using namespace domain;

void bookkeeper::put(store::session& s, csv::read_rep& r) {
    warm(s);
    store::reps reps(s);
    if (!r.role_told)
        if (const auto kept = reps.by_email(r.value.email))
            r.value.role = kept->role;
    count(reps.upsert(r.value));
    remember(r.value);
}

void bookkeeper::put(store::session& s, csv::read_account& a) {
    warm(s);
    a.value.owner = owner(a.owner);
    count(store::accounts(s).upsert(a.value));
    remember(a.value);
}

void bookkeeper::put(store::session& s, csv::read_contact& c) {
    warm(s);
    c.value.owner = owner(c.owner);
    c.value.account = company(s, c);
    count(store::contacts(s).upsert(c.value));
}

void bookkeeper::warm(store::session& s) {
    if (std::exchange(warm_, true))
        return;
    for (const auto& r : store::reps(s).all())
        remember(r);
    for (const auto& a : store::accounts(s).all())
        remember(a);
}

void bookkeeper::remember(const book::rep& r) {
    reps_[csv::header_key(r.email)] = r.id;
    reps_.try_emplace(csv::header_key(r.name), r.id);
}

void bookkeeper::remember(const book::account& a) {
    accounts_.try_emplace(csv::header_key(a.name), a.id);
    for (const auto* names : {&a.aliases, &a.former_names})
        for (const auto& name : *names)
            accounts_.try_emplace(csv::header_key(name), a.id);
    if (!a.domain.empty())
        domains_.try_emplace(a.domain, a.id);
}

rep_id bookkeeper::owner(const std::string& written) {
    if (written.empty())
        return {};
    if (const auto found = reps_.find(csv::header_key(written)); found != reps_.end())
        return found->second;
    ++unknown_owners[written];
    return {};
}

account_id bookkeeper::company(store::session& s, const csv::read_contact& c) {
    if (!c.account.empty())
        if (const auto found = accounts_.find(csv::header_key(c.account)); found != accounts_.end())
            return found->second;
    if (!c.account_domain.empty())
        if (const auto found = domains_.find(c.account_domain); found != domains_.end())
            return found->second;
    book::account made;
    made.name = c.account.empty() ? c.account_domain : c.account;
    made.domain = c.account_domain;
    made.owner = c.value.owner;
    counts.accounts_made += store::accounts(s).upsert(made) == store::upserted::inserted;
    remember(made);
    return made.id;
}

void bookkeeper::count(store::upserted how) {
    ++(how == store::upserted::inserted  ? counts.inserted
       : how == store::upserted::updated ? counts.updated
                                         : counts.unchanged);
}

} // namespace whynow::cli
