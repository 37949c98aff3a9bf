// A table of calls as it was read, what is told of its columns, and what can be wrong with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::calls {

struct sheet_row {
    std::size_t line = 0; // of the file
    std::vector<std::string> cells;
};

struct sheet {
    std::vector<std::string> header;
    std::vector<sheet_row> rows; // as many cells as the header each
};

// What is wrong at one place of a table, and what to do about it.
struct problem {
    std::size_t line = 0; // 0: the table as a whole
    std::string column;   // empty: the row as a whole
    std::string what, cure;
};

// What the person says of the columns. Only outcome and key must be named.
struct purpose {
    std::string outcome, key;
    std::vector<std::string> day; // rows in a row that agree in these are calls of one day; empty: the whole file
    std::vector<std::string> after_call;  // known only after the call: never looked at
    std::vector<std::string> before_call; // known before the call, however well they foretell it
    std::string success;                  // the outcome that counts; empty: yes, 1, true, won … in several languages
    bool operator==(const purpose&) const = default;
};

constexpr std::size_t nowhere = std::size_t(-1);
std::size_t position(std::span<const std::string> header, std::string_view name);

// Rows of one day, [first, last).
struct day_rows {
    std::size_t first = 0, last = 0;
    std::string label; // the cells of the day columns; empty without day columns
    std::size_t size() const { return last - first; }
};
std::vector<day_rows> days_of(const sheet& s, std::span<const std::string> day_columns);

// The same for the same bytes on every machine (FNV-1a).
std::uint64_t fingerprint(std::string_view text, std::uint64_t from = 14695981039346656037U);

// Every key must be there once, and every column that is told of must exist; `outcome_wanted`: the outcome too.
std::vector<problem> misfits(const sheet& s, const purpose& told, bool outcome_wanted);

} // namespace whynow::domain::calls
