// CSV as people export it (RFC 4180 and its relatives) to rows of plain cells.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::csv {

// What is wrong at one place of a file, and what to do about it.
struct problem {
    std::size_t row = 0; // the header is row 1; 0: the file as a whole
    std::string column;  // as the header names it; empty: the row as a whole
    std::string what;
    std::string cure;
    bool row_lost = false; // nothing of this row was taken
};

struct row {
    std::size_t number = 0; // counted in rows, the header is 1
    std::size_t line = 0;   // of the file, where the row begins
    std::vector<std::string> cells;
    std::size_t left_out = 0; // cells at the end that the line did not have; they are there, empty
};

struct table {
    std::string refusal; // set: this is no CSV at all; everything else is empty
    std::string cure;
    char separator = ',';
    std::vector<std::string> header;
    std::vector<row> rows; // as many cells as the header each; rows without any content are left out
    std::vector<problem> problems;
    std::vector<std::string> notes; // "read as Windows-1252": what was done without being asked
};

struct limits {
    std::size_t bytes = 256u << 20;
    std::size_t columns = 1'000;
    std::size_t cell = 64u << 10; // bytes
    std::size_t problems = 10'000;
};

// Reads UTF-8 (with or without BOM), UTF-16 with BOM, or else Windows-1252; separated by , ; tab or | (found from the
// header, or told by a first line "sep=;"); quotes, line feeds in cells, CRLF, LF or CR. A row that cannot be read (a
// quote never closed, text behind a closing quote, a NUL, more cells than the header) is a problem and left out;
// reading goes on at the next line. Cells lose the blanks around them, and the ' that spreadsheets put before = + - @.
// Pure; linear in the size.
table read_table(std::string_view bytes, const limits& within = {});

} // namespace whynow::csv
