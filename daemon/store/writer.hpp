// The one thread that writes: gathers whatever waits into one transaction, each unit of work in a savepoint of its own,
// and tells all of them after the one commit.
#pragma once

#include "store/sql/connection.hpp"
#include "store/store.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace whynow::store {

using completion = std::function<void(boost::system::error_code, std::exception_ptr)>;

// One unit of work that waits, then what became of it.
struct job {
    store::work what;
    completion done;
    boost::system::error_code failed{};
    std::exception_ptr thrown{};
};

// Runs the unit of a job: a failure of the infrastructure ends in `failed`, everything else it throws in `thrown`.
// False where it threw.
bool run_unit(job& j, sql::connection& db);

// What set_fault_hook() was told, at a numbered point of the writer.
void reach(std::string_view point);

class writer {
  public:
    explicit writer(std::unique_ptr<sql::connection> db);
    ~writer() { close(); }

    void post(store::work what, completion done); // after close(): `done` is called at once with errc::closed
    void close();                                 // commits what waits, ends the thread
    bool is_this_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

  private:
    void run();
    bool take(std::vector<job>& group);
    void commit(std::vector<job>& group);
    void run_in_savepoint(job& j);

    std::unique_ptr<sql::connection> db_; // used by the thread only
    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<job> waiting_;
    std::size_t wanted_ = 1; // the thread wants to be woken when so many wait
    bool closing_ = false;
    std::size_t last_group_ = 1; // the thread's own
    std::thread thread_;
};

} // namespace whynow::store
