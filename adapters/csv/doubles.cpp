#include "adapters/csv/doubles.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace whynow::csv {
namespace {

using rows_by_key = std::unordered_map<std::string, std::size_t>;

// The row that had this key before, if any; an empty key never had.
std::size_t before(rows_by_key& seen, const std::string& key, std::size_t row) {
    if (key.empty())
        return 0;
    const auto [at, is_new] = seen.try_emplace(key, row);
    return is_new ? 0 : at->second;
}

problem lost(std::size_t row, std::string_view what, std::size_t first) {
    return {row, {}, std::string(what) + " as row " + std::to_string(first), "keep one row for each", true};
}

void reps(people& p) {
    rows_by_key emails;
    std::erase_if(p.reps, [&](const read_rep& r) {
        const auto first = before(emails, r.value.email, r.row);
        if (first)
            p.problems.push_back(lost(r.row, "the same e-mail address", first));
        return first != 0;
    });
}

void accounts(people& p) {
    rows_by_key names, domains;
    std::erase_if(p.accounts, [&](read_account& a) {
        if (const auto first = before(names, header_key(a.value.name), a.row)) {
            p.problems.push_back(lost(a.row, "the same name", first));
            return true;
        }
        if (const auto first = before(domains, a.value.domain, a.row)) {
            p.problems.push_back({a.row, "domain", "the same domain as row " + std::to_string(first),
                                  "one domain for each account, or one account; the cell counts as empty", false});
            a.value.domain.clear();
        }
        return false;
    });
}

void contacts(people& p) {
    rows_by_key emails, names, names_without;
    std::erase_if(p.contacts, [&](const read_contact& c) {
        const auto& mail = c.value.email;
        if (const auto first = before(emails, mail, c.row)) {
            p.problems.push_back(lost(c.row, "the same e-mail address", first));
            return true;
        }
        const auto key =
            header_key(c.value.name) + "\n" + (c.account.empty() ? c.account_domain : header_key(c.account));
        const auto same = before(names, key, c.row);
        const auto same_without = mail.empty()                  ? before(names_without, key, c.row)
                                  : names_without.contains(key) ? names_without[key]
                                                                : 0;
        const auto first = mail.empty() ? same : same_without;
        if (first)
            p.problems.push_back(
                lost(c.row, "the same name at the same company, one of them without e-mail address,", first));
        return first != 0;
    });
}

} // namespace

void drop_doubles(people& p) {
    reps(p);
    accounts(p);
    contacts(p);
    std::ranges::sort(p.problems, {}, [](const problem& one) { return std::tie(one.row, one.column, one.what); });
}

} // namespace whynow::csv
