#include "cli/import_report.hpp"
#include "cli/opened.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"
#include "embedded/embedded.hpp"
#include "schedule/system_zones.hpp"
#include "settings/toml.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <span>

namespace whynow::cli {
namespace {

constexpr std::size_t rows_of_a_unit = 5'000;

csv::vocabulary words_of(const std::string& own_folder) {
    constexpr std::string_view path = "config/import.toml";
    const auto own = own_folder.empty() ? std::nullopt : file_if_readable(own_folder + "/" + std::string(path));
    const auto parsed = settings::read_toml(own ? std::string_view(*own) : embedded::find(path).value_or(""), path);
    if (const auto* error = std::get_if<settings::toml_error>(&parsed))
        throw stop(exit_code::usage, std::string(path) + ":" + std::to_string(error->at.line) + ": " + error->why);
    return csv::vocabulary(std::get<rules::node>(parsed));
}

import_file read_file(const std::string& name, const csv::vocabulary& words, const std::string& kind) {
    import_file f{.name = name,
                  .table = csv::read_table(whole_file(name)),
                  .mapping = {},
                  .people = {},
                  .counts = {},
                  .unknown_owners = {}};
    f.mapping = csv::guess(f.table.header, words, csv::kind_from(kind));
    f.people = csv::read_people(f.table, f.mapping, words, schedule::system_zones());
    return f;
}

// All rows in units of 5,000, each durable before the next begins; a rehearsal is one unit, taken back.
template <class Row>
void put_rows(store::store& s, std::vector<Row>& rows, bookkeeper& books) {
    for (std::size_t from = 0; from < rows.size(); from += rows_of_a_unit) {
        const auto unit = std::span(rows).subspan(from, std::min(rows_of_a_unit, rows.size() - from));
        write(s, [&](store::session& session) {
            for (auto& r : unit)
                books.put(session, r);
        });
    }
}

// Each file in its own numbers; what was learned of reps and accounts goes on to the next.
void settle(import_file& f, bookkeeper& books) {
    f.counts = std::exchange(books.counts, {});
    f.unknown_owners = std::exchange(books.unknown_owners, {});
}

void store_all(store::store& s, std::vector<import_file>& files) {
    bookkeeper books;
    for (auto& f : files) {
        put_rows(s, f.people.reps, books);
        put_rows(s, f.people.accounts, books);
        put_rows(s, f.people.contacts, books);
        settle(f, books);
    }
}

void rehearse_all(store::store& s, std::vector<import_file>& files) {
    bookkeeper books;
    rehearse(s, [&](store::session& session) {
        const auto put = [&](auto& rows) { std::ranges::for_each(rows, [&](auto& r) { books.put(session, r); }); };
        for (auto& f : files) {
            put(f.people.reps);
            put(f.people.accounts);
            put(f.people.contacts);
            settle(f, books);
        }
    });
}

int report(const std::vector<import_file>& files, const import_command& c, std::string_view stored) {
    for (const auto& f : files) {
        if (c.json)
            std::cout << dumped(as_json(f, stored, c.preview)) << '\n';
        else
            std::cout << as_text(f, stored, c.preview);
    }
    return std::ranges::all_of(files, &import_file::good) ? int(exit_code::ok) : int(exit_code::problem);
}

} // namespace

int import_files(const import_command& c) {
    // A preview needs no house: it is the first thing a person tries.
    const auto settings = c.preview > 0 && c.config.file.empty() ? settings::config{} : read_settings(c.config);
    const auto words = words_of(settings.own_folder);
    std::vector<import_file> given, files;
    for (const auto& name : c.files)
        given.push_back(read_file(name, words, c.kind));
    // Reps own accounts, accounts hold contacts.
    for (const auto kind : {csv::kind::reps, csv::kind::accounts, csv::kind::contacts})
        for (auto& f : given)
            if (f.mapping.kind == kind)
                files.push_back(std::move(f));
    if (c.preview > 0)
        return report(files, c, "preview, nothing stored");
    const auto store = open_store(settings);
    if (c.dry_run)
        rehearse_all(*store, files);
    else
        store_all(*store, files);
    return report(files, c, c.dry_run ? "dry run, nothing stored" : "stored");
}

} // namespace whynow::cli
