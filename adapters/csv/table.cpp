#include "adapters/csv/table.hpp"

#include "adapters/csv/encoding.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace whynow::csv {
namespace {

constexpr std::string_view save_as = "save it as \"CSV UTF-8\"";

// The cells of one record, read strictly; where that fails, why.
class scanner {
  public:
    scanner(std::string_view text, char separator, std::size_t longest)
        : text_(text), separator_(separator), longest_(longest) {}

    bool at_end() const { return at_ >= text_.size(); }
    std::size_t line() const { return line_; }

    // The next record. `why` is set where it cannot be read; the scanner then stands behind the record's first line.
    std::vector<std::string> record(std::string& why) {
        const auto from = at_, from_line = line_;
        std::vector<std::string> cells;
        cells.reserve(usual_);
        for (bool more = true; more;) {
            cells.emplace_back();
            more = cell(cells.back(), why);
            if (why.empty())
                continue;
            at_ = from;
            line_ = from_line;
            pass_line();
            return {};
        }
        usual_ = cells.size();
        return cells;
    }

    // Behind the next line end, whatever stands before it.
    void pass_line() {
        at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
        line_end();
    }

  private:
    std::string_view text_;
    char separator_;
    std::size_t longest_;
    std::size_t at_ = 0, line_ = 1;
    std::size_t usual_ = 0; // cells of the record before

    bool line_end() {
        if (at_end())
            return true;
        if (text_[at_] != '\r' && text_[at_] != '\n')
            return false;
        at_ += text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1;
        ++line_;
        return true;
    }

    // True where another cell follows in the record.
    bool cell(std::string& into, std::string& why) {
        auto blank = at_;
        while (blank < text_.size() && text_[blank] == ' ' && separator_ != ' ')
            ++blank;
        if (blank < text_.size() && text_[blank] == '"') {
            at_ = blank + 1;
            quoted(into, why);
        } else {
            const std::array<char, 3> ends{separator_, '\r', '\n'};
            const auto end =
                std::min(text_.find_first_of(std::string_view(ends.data(), ends.size()), at_), text_.size());
            if (end - at_ > longest_)
                why = "a cell is too long";
            else
                into = text_.substr(at_, end - at_);
            at_ = end;
        }
        if (!why.empty())
            return false;
        if (into.find('\0') != std::string::npos)
            why = "a NUL byte stands in a cell";
        if (!at_end() && text_[at_] == separator_) {
            ++at_;
            return why.empty();
        }
        line_end();
        return false;
    }

    void quoted(std::string& into, std::string& why) {
        const auto opened = at_;
        for (;;) {
            const auto quote = text_.find('"', at_);
            if (quote == text_.npos || quote - opened > longest_) {
                why = quote == text_.npos ? "a quote is never closed" : "a cell is too long (is a quote left open?)";
                return;
            }
            const auto piece = text_.substr(at_, quote - at_);
            into += piece;
            line_ += count_lines(piece);
            at_ = quote + 1;
            if (at_end() || text_[at_] != '"')
                break;
            into += '"';
            ++at_;
        }
        while (!at_end() && text_[at_] == ' ')
            ++at_;
        if (!at_end() && text_[at_] != separator_ && text_[at_] != '\r' && text_[at_] != '\n')
            why = "text stands behind a closing quote";
    }

    static std::size_t count_lines(std::string_view piece) {
        std::size_t n = 0;
        for (std::size_t i = 0; i < piece.size(); ++i)
            n += piece[i] == '\n' || (piece[i] == '\r' && (i + 1 == piece.size() || piece[i + 1] != '\n'));
        return n;
    }
};

// Blanks around (no-break spaces too) go, and the ' that keeps a spreadsheet from reading a formula.
void tidy(std::string& cell) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto is_nbsp = [&](std::size_t i) { return cell.compare(i, 2, "\xC2\xA0") == 0; };
    std::size_t from = 0, to = cell.size();
    while (from < to && (blanks.find(cell[from]) != blanks.npos || is_nbsp(from)))
        from += is_nbsp(from) ? 2 : 1;
    while (to > from && (blanks.find(cell[to - 1]) != blanks.npos || (to - from >= 2 && is_nbsp(to - 2))))
        to -= blanks.find(cell[to - 1]) != blanks.npos ? 1 : 2;
    if (to - from >= 2 && cell[from] == '\'' && std::string_view("=+-@").find(cell[from + 1]) != std::string_view::npos)
        ++from;
    if (from > 0 || to < cell.size())
        cell = cell.substr(from, to - from);
}

char separator_of(std::string_view first_line) {
    constexpr std::string_view known = ",;\t|";
    std::array<std::size_t, 4> seen{};
    bool inside = false;
    for (const char c : first_line) {
        if (c == '"')
            inside = !inside;
        else if (const auto i = known.find(c); !inside && i != known.npos)
            ++seen[i];
    }
    const auto most = std::ranges::max_element(seen);
    return *most == 0 ? ',' : known[std::size_t(most - seen.begin())];
}

bool blank(const std::vector<std::string>& cells) {
    return std::ranges::all_of(cells, [](const std::string& c) { return c.empty(); });
}

std::string cure_of(std::string_view why) {
    if (why.starts_with("a NUL"))
        return "take the NUL byte out, or export the file again";
    return "put a quote at both ends of the cell and write a quote inside it twice";
}

class reading {
  public:
    reading(table& out, const limits& within) : out_(out), within_(within) {}

    void rows(scanner& in) {
        for (std::size_t number = 2; !in.at_end(); ++number) {
            row r{number, in.line(), {}, 0};
            std::string why;
            r.cells = in.record(why);
            if (!why.empty()) {
                add({number, {}, why + " (line " + std::to_string(r.line) + ")", cure_of(why), true});
                continue;
            }
            std::ranges::for_each(r.cells, tidy);
            if (!blank(r.cells) && fits(r))
                out_.rows.push_back(std::move(r));
        }
    }

  private:
    table& out_;
    const limits& within_;

    void add(problem p) {
        if (out_.problems.size() < within_.problems)
            out_.problems.push_back(std::move(p));
    }

    bool fits(row& r) {
        const auto wanted = out_.header.size();
        while (r.cells.size() > wanted && r.cells.back().empty())
            r.cells.pop_back();
        if (r.cells.size() > wanted) {
            add({r.number,
                 {},
                 "has " + std::to_string(r.cells.size()) + " cells, the header " + std::to_string(wanted),
                 std::string("put cells that hold a ") +
                     (out_.separator == '\t' ? "tab" : std::string(1, out_.separator)) + " in quotes",
                 true});
            return false;
        }
        // Spreadsheets leave out empty cells at the end of a row.
        r.left_out = wanted - r.cells.size();
        r.cells.resize(wanted);
        return true;
    }
};

} // namespace

table read_table(std::string_view bytes, const limits& within) {
    table out;
    if (bytes.size() > within.bytes)
        return {.refusal = "the file is too large",
                .cure = "split it; at most " + std::to_string(within.bytes >> 20) + " MiB each"};
    const auto [text, note, refusal] = decode(bytes);
    if (!refusal.empty())
        return {.refusal = refusal, .cure = std::string(save_as)};
    if (!note.empty())
        out.notes.push_back(note);
    auto first_line = std::string_view(text).substr(0, text.find_first_of("\r\n"));
    const bool told = first_line.size() == 5 && (first_line.starts_with("sep=") || first_line.starts_with("SEP="));
    out.separator = told ? first_line[4] : separator_of(first_line);
    scanner in(text, out.separator, within.cell);
    if (told)
        in.pass_line();
    std::string why;
    while (!in.at_end() && out.header.empty() && why.empty()) {
        out.header = in.record(why);
        std::ranges::for_each(out.header, tidy);
        if (blank(out.header))
            out.header.clear();
    }
    if (out.header.empty() || out.header.size() > within.columns)
        return {.refusal = !why.empty()         ? "the header cannot be read: " + why
                           : out.header.empty() ? "the file is empty"
                                                : "the header has too many columns",
                .cure = "the first row must name the columns"};
    while (out.header.size() > 1 && out.header.back().empty())
        out.header.pop_back();
    reading(out, within).rows(in);
    return out;
}

} // namespace whynow::csv
