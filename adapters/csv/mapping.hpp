// What the rows of a file are and what its columns mean: guessed from the header, shown before anything is stored.
#pragma once

#include "adapters/csv/vocabulary.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::csv {

struct column {
    std::string header;
    std::string field;    // empty: not used
    std::size_t rank = 0; // of several columns with one field the least is asked first
};

struct mapping {
    csv::kind kind = kind::contacts;
    std::vector<column> columns;      // one per header cell
    std::vector<std::string> missing; // what rows of this kind cannot be without ("email", "name or first_name")

    // The columns of a field, the first to be asked first.
    std::vector<std::size_t> columns_of(std::string_view field) const;
    bool has(std::string_view field) const;
};

// `told` is the kind where the person says it. Never throws; a mapping with something in `missing` reads no row.
mapping guess(const std::vector<std::string>& header, const vocabulary& words, std::optional<kind> told = std::nullopt);

} // namespace whynow::csv
