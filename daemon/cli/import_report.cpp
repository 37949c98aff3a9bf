#include "cli/import_report.hpp"

#include "domain/text/utf8.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace whynow::cli {
namespace {

constexpr std::size_t most_lines = 200;

std::string padded(std::string_view text, std::size_t width) {
    auto out = domain::text::shortened(text, width);
    out.append(width - std::min(width, domain::text::count_code_points(out)), ' ');
    return out;
}

std::string separator(char c) { return c == '\t' ? "tabs" : fmt::format("\"{}\"", c); }

void add_columns(std::string& out, const import_file& f) {
    for (std::size_t i = 0; i < f.mapping.columns.size(); ++i) {
        const auto& c = f.mapping.columns[i];
        const auto of = f.mapping.columns_of(c.field);
        const bool spare = !c.field.empty() && of.front() != i;
        out += fmt::format("  {} -> {}\n", padded(c.header, 32),
                           c.field.empty() ? "(not used)"
                           : spare         ? c.field + " (where the other is empty)"
                                           : c.field);
    }
    for (const auto& m : f.mapping.missing)
        out += fmt::format("  no column for {}: {} cannot be read without it\n", m, csv::to_string(f.mapping.kind));
}

void add_rows(std::string& out, const import_file& f, int rows) {
    for (int i = 0; i < rows && std::size_t(i) < f.table.rows.size(); ++i) {
        const auto& r = f.table.rows[std::size_t(i)];
        out += fmt::format("  row {}:", r.number);
        for (std::size_t c = 0; c < r.cells.size(); ++c)
            if (!r.cells[c].empty() && c < f.mapping.columns.size() && !f.mapping.columns[c].field.empty())
                out += fmt::format(" {}=\"{}\"", f.mapping.columns[c].field, domain::text::shortened(r.cells[c], 60));
        out += '\n';
    }
}

void add_problems(std::string& out, const std::vector<csv::problem>& all) {
    for (std::size_t i = 0; i < std::min(all.size(), most_lines); ++i) {
        const auto& p = all[i];
        out += fmt::format("  row {}{}{}: {}{} ({})\n", p.row, p.column.empty() ? "" : ", ", p.column, p.what,
                           p.row_lost ? "; left out" : "", p.cure);
    }
    if (all.size() > most_lines)
        out += fmt::format("  and {} more; --json lists them all\n", all.size() - most_lines);
}

} // namespace

std::vector<csv::problem> import_file::problems() const {
    std::vector<csv::problem> all;
    std::ranges::merge(table.problems, people.problems, std::back_inserter(all), {}, &csv::problem::row,
                       &csv::problem::row);
    return all;
}

bool import_file::good() const {
    return table.refusal.empty() && mapping.missing.empty() && table.problems.empty() && people.problems.empty() &&
           unknown_owners.empty();
}

std::string as_text(const import_file& f, std::string_view stored, int rows) {
    if (!f.table.refusal.empty())
        return fmt::format("{}: {} ({})\n", f.name, f.table.refusal, f.table.cure);
    auto out = fmt::format("{}: {}, parted by {}, {} rows\n", f.name, csv::to_string(f.mapping.kind),
                           separator(f.table.separator), f.table.rows.size());
    for (const auto& note : f.table.notes)
        out += fmt::format("  {}\n", note);
    add_columns(out, f);
    add_rows(out, f, rows);
    const auto problems = f.problems();
    add_problems(out, problems);
    const auto lost = std::ranges::count_if(problems, &csv::problem::row_lost);
    if (rows > 0)
        out += fmt::format("  {} rows can be read, {} left out ({})\n",
                           f.people.reps.size() + f.people.accounts.size() + f.people.contacts.size(), lost, stored);
    else
        out += fmt::format("  {} inserted, {} updated, {} unchanged, {} left out ({})\n", f.counts.inserted,
                           f.counts.updated, f.counts.unchanged, lost, stored);
    if (f.counts.accounts_made > 0)
        out +=
            fmt::format("  {} accounts made for contacts of companies that were not known\n", f.counts.accounts_made);
    for (const auto& [owner, times] : f.unknown_owners)
        out += fmt::format("  unknown owner {} in {} rows (import the reps first, or mend the column)\n", owner, times);
    return out;
}

json as_json(const import_file& f, std::string_view stored, int rows) {
    if (!f.table.refusal.empty())
        return {{"file", f.name}, {"error", f.table.refusal}, {"cure", f.table.cure}};
    auto columns = json::array(), problems = json::array(), preview = json::array();
    for (const auto& c : f.mapping.columns)
        columns.push_back({{"header", c.header}, {"field", c.field.empty() ? json(nullptr) : json(c.field)}});
    for (const auto& p : f.problems())
        problems.push_back(
            {{"row", p.row}, {"column", p.column}, {"what", p.what}, {"cure", p.cure}, {"left_out", p.row_lost}});
    for (int i = 0; i < rows && std::size_t(i) < f.table.rows.size(); ++i)
        preview.push_back(
            {{"row", f.table.rows[std::size_t(i)].number}, {"cells", f.table.rows[std::size_t(i)].cells}});
    json out{{"file", f.name},
             {"kind", csv::to_string(f.mapping.kind)},
             {"status", stored},
             {"columns", std::move(columns)},
             {"missing", f.mapping.missing},
             {"rows", f.table.rows.size()},
             {"inserted", f.counts.inserted},
             {"updated", f.counts.updated},
             {"unchanged", f.counts.unchanged},
             {"accounts_made", f.counts.accounts_made},
             {"problems", std::move(problems)},
             {"unknown_owners", f.unknown_owners},
             {"notes", f.table.notes}};
    if (rows > 0)
        out["preview"] = std::move(preview);
    return out;
}

} // namespace whynow::cli
