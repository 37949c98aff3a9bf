#include "store/sql/query.hpp"
#include "store/sqlite/error.hpp"
#include "store/sqlite/sqlite.hpp"

#include <sqlite3.h>

#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <vector>

namespace whynow::store::sqlite {
namespace {

class compiled final : public sql::statement {
  public:
    compiled(sqlite3* db, std::string_view sql) : db_(db) {
        check(
            db,
            sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw_, nullptr),
            sql);
        // SQLite numbers $1, $2, … by first appearance; the aggregates mean the digits.
        for (int i = 1; i <= sqlite3_bind_parameter_count(raw_); ++i)
            places_.push_back(sqlite3_bind_parameter_index(raw_, ("$" + std::to_string(i)).c_str()));
    }
    compiled(const compiled&) = delete;
    compiled& operator=(const compiled&) = delete;
    ~compiled() override { sqlite3_finalize(raw_); }

    void bind(int parameter, std::int64_t value) override { bound(sqlite3_bind_int64(raw_, place(parameter), value)); }
    void bind(int parameter, double value) override { bound(sqlite3_bind_double(raw_, place(parameter), value)); }
    void bind(int parameter, std::string_view value) override {
        // A null pointer would mean NULL.
        const char* data = value.data() ? value.data() : "";
        bound(sqlite3_bind_text64(raw_, place(parameter), data, value.size(), SQLITE_STATIC, SQLITE_UTF8));
    }
    void bind_null(int parameter) override { bound(sqlite3_bind_null(raw_, place(parameter))); }
    bool step() override {
        const int code = sqlite3_step(raw_);
        if (code == SQLITE_ROW)
            return true;
        if (code != SQLITE_DONE)
            raise(db_, code, sqlite3_sql(raw_));
        return false;
    }
    bool is_null(int column) override { return sqlite3_column_type(raw_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) override { return sqlite3_column_int64(raw_, column); }
    double real(int column) override { return sqlite3_column_double(raw_, column); }
    std::string_view text(int column) override {
        const void* data = sqlite3_column_blob(raw_, column); // as text, it would be copied for a zero behind it
        if (!data)
            return {};
        return {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(raw_, column))};
    }
    void reset() noexcept override {
        sqlite3_reset(raw_);
        sqlite3_clear_bindings(raw_);
    }

  private:
    int place(int parameter) const {
        if (parameter > static_cast<int>(places_.size()))
            throw failure(errc::wrong_statement, std::string("too many parameters for ") + sqlite3_sql(raw_));
        return places_[static_cast<std::size_t>(parameter - 1)];
    }
    void bound(int code) const { check(db_, code, sqlite3_sql(raw_)); }

    sqlite3* db_;
    sqlite3_stmt* raw_ = nullptr;
    std::vector<int> places_;
};

// The book is nobody else's business: the file is made for its owner only, and SQLite gives -wal and -shm its mode.
void make_private(const std::string& path) {
    const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (made >= 0)
        ::close(made);
}

} // namespace

connection::connection(const std::string& path, access how, std::chrono::milliseconds busy) {
    if (how != access::read_only)
        make_private(path);
    const int code = sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    try {
        check(db_, code, path);
        sqlite3_extended_result_codes(db_, 1);
        sqlite3_busy_timeout(db_, static_cast<int>(busy.count()));
        exec(how == access::unsafe ? "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"
                                   : "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        exec("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -8192; "
             "PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 4000");
        if (how == access::read_only)
            exec("PRAGMA query_only = ON");
    } catch (...) {
        sqlite3_close_v2(db_);
        throw;
    }
}

connection::~connection() {
    drop_statements();
    sqlite3_close_v2(db_);
}

void connection::exec(std::string_view sql) {
    check(db_, sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr), sql);
}

void connection::run_cached(std::string_view sql) {
    auto* s = take(sql);
    try {
        s->step();
    } catch (...) {
        give_back(s);
        throw;
    }
    give_back(s);
}

void connection::begin_write() { run_cached("BEGIN IMMEDIATE"); }
void connection::begin_read() { run_cached("BEGIN"); }
void connection::commit() { run_cached("COMMIT"); }

void connection::rollback() noexcept {
    if (in_transaction())
        sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
}

bool connection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
void connection::set_savepoint() { run_cached("SAVEPOINT unit"); }
void connection::release_savepoint() { run_cached("RELEASE unit"); }

void connection::rollback_to_savepoint() {
    run_cached("ROLLBACK TO unit");
    run_cached("RELEASE unit");
}

bool connection::has_table(std::string_view name) {
    sql::query q(*this, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1");
    return q.bind(name).next();
}

std::string connection::problem_of_file(bool deep) {
    auto* s = take(deep ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)");
    std::string found;
    try {
        if (s->step())
            found = s->text(0);
    } catch (const failure& f) {
        if (f.code() != errc::corrupt) {
            give_back(s);
            throw;
        }
        found = f.what();
    }
    give_back(s);
    return found == "ok" ? std::string() : found;
}

std::unique_ptr<sql::statement> connection::compile(std::string_view sql) {
    return std::make_unique<compiled>(db_, sql);
}

} // namespace whynow::store::sqlite
