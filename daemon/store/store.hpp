// The store of record. One unit of work = a session on one connection; the aggregates below are its ports.
// SQLite is the first implementation of sql::connection, PostgreSQL the second: the aggregates' SQL is the subset both
// understand and is written once.
#pragma once

#include "store/aggregates.hpp"
#include "store/records.hpp"
#include "store/sql/failure.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace whynow::store {

struct options {
    std::string path; // of the SQLite file
    std::chrono::milliseconds busy{5000};
    int readers = 2; // read connections
    // Read the whole file once and refuse it where it is damaged: right for who serves from it, or changes its schema.
    // Without, damage shows where it is read (errc::corrupt).
    bool look_for_damage = true;
};

// Opens, checks, backs up and migrates (a copy `PATH.before-vN` is made before the first changed step), then runs one
// writer thread that gathers whatever waits into one commit (WAL, synchronous=FULL) and `readers` reading threads.
class store {
  public:
    static boost::system::result<std::unique_ptr<store>> open(options how);
    virtual ~store() = default;

    using work = std::function<void(session&)>;

    // Runs `what` on the writer thread inside the current group commit, in a savepoint of its own, and resumes on the
    // caller's executor when the commit is durable. An exception thrown by `what` rolls back its own unit only and is
    // rethrown here; a failure of the disk, a lock or the file (failure::is_infrastructure) comes as the result's error
    // instead. An error of the commit itself means: nothing of it is stored.
    virtual boost::asio::awaitable<boost::system::result<void>> write(work what) = 0;
    // The same on a reading thread, on one consistent snapshot; writing in it is an error of the program.
    virtual boost::asio::awaitable<boost::system::result<void>> read(work what) = 0;
    // The same without coroutines: `done` runs on the writer thread after the commit. The webhooks' hot path.
    virtual void post_write(work what, std::function<void(boost::system::error_code, std::exception_ptr)> done) = 0;
    // Blocking twins for the command line and tests; never from inside a unit of work.
    virtual boost::system::result<void> write_now(work what) = 0;
    virtual boost::system::result<void> read_now(work what) = 0;

    // A consistent copy while others read and write: temporary file, fsync, a look for damage, rename. Blocks the
    // calling thread.
    virtual boost::system::result<void> backup(const std::string& to) = 0;
    virtual int schema_version() const = 0;
    // Ends the threads after what waits is committed. Executors of waiting coroutines must outlive this.
    virtual void close() = 0;
};

// Checks the copy (integrity, schema not newer), keeps the present file as PATH.before-restore, puts the copy in place.
// busy: a daemon still has the present file open.
boost::system::result<void> restore(const std::string& from, const std::string& path);

// For tests of crashes: called on the writer thread at the points "before_commit" and "after_commit" of every group.
// Set it while no store is open.
void set_fault_hook(std::function<void(std::string_view point)> hook);

} // namespace whynow::store
