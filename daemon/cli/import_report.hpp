// What `whynow import` says about a file.
#pragma once

#include "adapters/csv/people.hpp"
#include "cli/bookkeeper.hpp"
#include "cli/jsonl.hpp"

#include <string>

namespace whynow::cli {

struct import_file {
    std::string name;
    csv::table table;
    csv::mapping mapping;
    csv::people people;
    import_counts counts;
    std::map<std::string, int> unknown_owners;

    std::vector<csv::problem> problems() const; // the table's and the people's, by row
    bool good() const;
};

// `stored`: "stored", "dry run, nothing stored" or "preview, nothing stored"; `rows`: so many rows are shown.
std::string as_text(const import_file& f, std::string_view stored, int rows);
json as_json(const import_file& f, std::string_view stored, int rows);

} // namespace whynow::cli
