// Puts imported rows into the store: who owns what, which company a person belongs to.
#pragma once

#include "adapters/csv/people.hpp"
#include "store/aggregates.hpp"

#include <map>
#include <string>
#include <unordered_map>

namespace whynow::cli {

struct import_counts {
    int inserted = 0, updated = 0, unchanged = 0;
    int accounts_made = 0; // for contacts of companies nobody knew
};

// Belongs to one import, across its units of work: what it remembers of a unit that was rolled back is wrong.
class bookkeeper {
  public:
    void put(store::session& s, csv::read_rep& r);
    void put(store::session& s, csv::read_account& a);
    void put(store::session& s, csv::read_contact& c);

    import_counts counts;
    std::map<std::string, int> unknown_owners; // as written; in how many rows

  private:
    bool warm_ = false;
    std::unordered_map<std::string, domain::rep_id> reps_;         // by e-mail and by name
    std::unordered_map<std::string, domain::account_id> accounts_; // by name, alias and former name
    std::unordered_map<std::string, domain::account_id> domains_;

    void warm(store::session& s);
    void remember(const domain::book::rep& r);
    void remember(const domain::book::account& a);
    domain::rep_id owner(const std::string& written);
    domain::account_id company(store::session& s, const csv::read_contact& c);
    void count(store::upserted how);
};

} // namespace whynow::cli
