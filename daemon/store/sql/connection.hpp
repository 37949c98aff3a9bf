// One connection to a database, whichever it is. SQLite is the first implementation; a second one (PostgreSQL) derives
// from the two classes below and nothing above them changes. The aggregates keep to the SQL both understand:
// parameters are $1, $2, …; ON CONFLICT and RETURNING; times as bigint epoch seconds, days as ISO text, truths as
// smallint, lists as JSON text. Not safe for use by two threads at once.
#pragma once

#include "store/sql/failure.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::store::sql {

// A compiled statement. Parameters count from 1, columns from 0. A text read from a column lives until the next step().
class statement {
  public:
    virtual ~statement() = default;
    virtual void bind(int parameter, std::int64_t value) = 0;
    virtual void bind(int parameter, double value) = 0;
    virtual void bind(int parameter, std::string_view value) = 0; // the bytes are borrowed until reset()
    virtual void bind_null(int parameter) = 0;
    // True: there is a row to read. Throws failure.
    virtual bool step() = 0;
    virtual bool is_null(int column) = 0;
    virtual std::int64_t integer(int column) = 0;
    virtual double real(int column) = 0;
    virtual std::string_view text(int column) = 0;
    // Ready to be run again, with no parameter bound. Never throws.
    virtual void reset() noexcept = 0;

  private:
    friend class connection;
    bool taken_ = false;
};

class connection {
  public:
    connection() = default;
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;
    virtual ~connection() = default;

    // A statement of that text, from the cache where one is free. Give it back with give_back().
    statement* take(std::string_view sql);
    void give_back(statement* used) noexcept;

    // Several statements, no parameters, nothing cached: for schemas and settings.
    virtual void exec(std::string_view sql) = 0;

    virtual void begin_write() = 0; // takes the write lock at once, waiting as long as the connection was told
    virtual void begin_read() = 0;  // one consistent snapshot from the first row read
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0; // also where there is nothing to roll back
    virtual bool in_transaction() const = 0;
    // One savepoint at a time.
    virtual void set_savepoint() = 0;
    virtual void release_savepoint() = 0;
    virtual void rollback_to_savepoint() = 0;

    // What the dialects say differently.
    virtual bool has_table(std::string_view name) = 0;
    virtual std::string_view identity_column() const = 0; // type of an id column that numbers itself
    virtual std::string_view skip_locked() const = 0;     // behind a SELECT of rows that this transaction takes

  protected:
    virtual std::unique_ptr<statement> compile(std::string_view sql) = 0;
    void drop_statements() { cache_.clear(); }

  private:
    std::map<std::string, std::vector<std::unique_ptr<statement>>, std::less<>> cache_;
};

} // namespace whynow::store::sql
