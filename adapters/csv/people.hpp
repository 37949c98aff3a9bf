// Rows to the values of the book.
#pragma once

#include "adapters/csv/mapping.hpp"
#include "adapters/csv/table.hpp"
#include "domain/book/book.hpp"
#include "domain/core/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace whynow::csv {

struct read_rep {
    std::size_t row = 0;
    domain::book::rep value;
    bool role_told = false; // the file says the role
};
struct read_account {
    std::size_t row = 0;
    domain::book::account value;
    std::string owner; // e-mail or name as written; empty: not told
};
struct read_contact {
    std::size_t row = 0;
    domain::book::contact value;
    std::string account;        // name as written; empty: by the domain
    std::string account_domain; // told, or of the e-mail where that is a company's
    std::string owner;
};

struct people {
    std::vector<read_rep> reps;
    std::vector<read_account> accounts;
    std::vector<read_contact> contacts;
    std::vector<problem> problems; // in the order of the rows
};

// A cell that cannot be read (bad e-mail, unknown zone, no number, no country) is a problem and counts as empty; a row
// that then lacks what it cannot be without is lost. A do_not_contact that cannot be read counts as yes. Lists inside a
// cell are parted by ';', in a ';'-separated file by '|'. Pure; `clocks` knows the zones.
people read_people(const table& t, const mapping& m, const vocabulary& words, const domain::zones& clocks);

// Is this an address mail could go to? (one @, a host with a dot, no blanks)
bool is_email(std::string_view text);
// "https://www.Acme.example/en?x=1" → "acme.example"; empty where it is no host.
std::string domain_of(std::string_view text);

} // namespace whynow::csv
