// SQLite behind sql::connection: thin RAII over the C API.
#pragma once

#include "store/sql/connection.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

struct sqlite3;

namespace whynow::store::sqlite {

enum class access { read_write, read_only, unsafe };

class connection final : public sql::connection {
  public:
    // Opens (read_write also makes) the file: WAL, synchronous=FULL, foreign keys on. `read_only` refuses to write but
    // takes part in the file's WAL. `unsafe` has neither journal nor fsync: for a file that nobody knows of until it is
    // whole. Throws failure.
    connection(const std::string& path, access how, std::chrono::milliseconds busy);
    ~connection() override;

    void exec(std::string_view sql) override;
    void begin_write() override;
    void begin_read() override;
    void commit() override;
    void rollback() noexcept override;
    bool in_transaction() const override;
    void set_savepoint() override;
    void release_savepoint() override;
    void rollback_to_savepoint() override;
    bool has_table(std::string_view name) override;
    std::string_view identity_column() const override { return "INTEGER PRIMARY KEY AUTOINCREMENT"; }
    std::string_view skip_locked() const override { return {}; }

    // Nothing where the file is sound; else what is wrong with it. `deep` also compares indexes with their tables.
    std::string problem_of_file(bool deep);
    sqlite3* handle() const { return db_; }

  protected:
    std::unique_ptr<sql::statement> compile(std::string_view sql) override;

  private:
    void run_cached(std::string_view sql);
    sqlite3* db_ = nullptr;
};

// A consistent copy of the database behind `from` at the path `to`: temporary file beside it, fsync, rename. What stood
// at `to` before stays until the copy is whole. Throws failure.
void copy_to(connection& from, const std::string& to);

// Makes the file at `path` whole or not at all: `build` fills it under another name, then it is synced and takes the
// name, unless somebody was quicker, whose file then stays. Two fsyncs; journal and WAL would take seven. Throws failure.
void make_file(const std::string& path, const std::function<void(connection&)>& build);

// fsync of a folder, so that the names in it last.
void sync_folder_of(const std::string& path);

} // namespace whynow::store::sqlite
