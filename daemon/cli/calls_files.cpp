#include "cli/calls_files.hpp"

#include "adapters/csv/table.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"
#include "embedded/embedded.hpp"
#include "settings/toml.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>

namespace whynow::cli {
namespace {

std::vector<calls::problem> unreadable(const csv::table& t, std::string_view outcome) {
    std::vector<calls::problem> out;
    for (const auto& p : t.problems)
        out.push_back({p.row, p.column, p.what, p.cure});
    for (const auto& r : t.rows)
        if (r.left_out > (t.header.back() == outcome ? 1U : 0U))
            out.push_back({r.line,
                           {},
                           fmt::format("has {} cells, the header {}", r.cells.size() - r.left_out, t.header.size()),
                           "write every cell, also the empty ones"});
    return out;
}

} // namespace

calls::table_rules rules_of_tables() {
    constexpr std::string_view path = "config/ranking.toml";
    const auto parsed = settings::read_toml(embedded::find(path).value_or(""), path);
    if (const auto* error = std::get_if<settings::toml_error>(&parsed))
        throw stop(exit_code::usage, fmt::format("{}:{}: {}", path, error->at.line, error->why));
    return calls::read_table_rules(std::get<domain::rules::node>(parsed));
}

calls::sheet sheet_in(const std::string& file, std::string_view outcome) {
    auto table = csv::read_table(whole_file(file));
    if (!table.refusal.empty())
        throw stop(exit_code::usage, file + ": " + table.refusal + "; " + table.cure);
    stop_for(unreadable(table, outcome), file, "not read");
    calls::sheet out;
    out.header = std::move(table.header);
    out.rows.reserve(table.rows.size());
    for (auto& r : table.rows)
        out.rows.push_back({r.line, std::move(r.cells)});
    return out;
}

std::optional<calls::table_learner> learner_in(const std::string& file) {
    if (std::error_code none; !std::filesystem::exists(file, none))
        return std::nullopt;
    auto restored = calls::table_learner::restore(whole_file(file), rules_of_tables());
    if (const auto* why = std::get_if<std::string>(&restored))
        throw stop(exit_code::usage, file + ": this file " + *why +
                                         "; take it from a copy, or name a new file and learn all calls again");
    return std::get<calls::table_learner>(std::move(restored));
}

void stop_for(const std::vector<calls::problem>& problems, const std::string& file, std::string_view so) {
    constexpr std::size_t shown = 20;
    if (problems.empty())
        return;
    auto text = fmt::format("{} {}:", file, so);
    for (std::size_t i = 0; i < std::min(problems.size(), shown); ++i) {
        const auto& p = problems[i];
        text += fmt::format("\n  {}{}: ", file, p.line > 0 ? fmt::format(":{}", p.line) : std::string());
        if (!p.column.empty())
            text += fmt::format("column \"{}\": ", p.column);
        text += p.what + "; " + p.cure;
    }
    if (problems.size() > shown)
        text += fmt::format("\n  and {} more", problems.size() - shown);
    throw stop(exit_code::usage, text);
}

} // namespace whynow::cli
