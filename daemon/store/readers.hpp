// A few threads that read, each on a connection of its own and each unit of work on one consistent snapshot.
#pragma once

#include "store/writer.hpp"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace whynow::store {

class readers {
  public:
    explicit readers(std::vector<std::unique_ptr<sql::connection>> connections);
    ~readers() { close(); }

    void post(store::work what, completion done); // after close(): `done` is called at once with errc::closed
    void close();                                 // runs what waits, ends the threads
    bool is_one_of_them() const;

  private:
    void run(sql::connection& db);

    std::vector<std::unique_ptr<sql::connection>> connections_;
    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<job> waiting_;
    bool closing_ = false;
    std::vector<std::thread> threads_;
};

} // namespace whynow::store
