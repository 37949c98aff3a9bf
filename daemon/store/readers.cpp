#include "store/readers.hpp"

#include <algorithm>
#include <utility>

namespace whynow::store {
namespace {

void run_on_snapshot(job& j, sql::connection& db) {
    try {
        db.begin_read();
        run_unit(j, db);
    } catch (const failure& f) {
        j.failed = f.code();
    }
    db.rollback(); // nothing was written
}

} // namespace

readers::readers(std::vector<std::unique_ptr<sql::connection>> connections) : connections_(std::move(connections)) {
    threads_.reserve(connections_.size());
    for (auto& db : connections_)
        threads_.emplace_back([this, &db] { run(*db); });
}

void readers::post(store::work what, completion done) {
    {
        const std::lock_guard lock(mutex_);
        if (!closing_) {
            waiting_.push_back({std::move(what), std::move(done)});
            ready_.notify_one();
            return;
        }
    }
    done(errc::closed, nullptr);
}

void readers::close() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    ready_.notify_all();
    for (auto& t : threads_)
        if (t.joinable())
            t.join();
    connections_.clear();
}

bool readers::is_one_of_them() const {
    return std::any_of(threads_.begin(), threads_.end(),
                       [me = std::this_thread::get_id()](const auto& t) { return t.get_id() == me; });
}

void readers::run(sql::connection& db) {
    for (;;) {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [this] { return !waiting_.empty() || closing_; });
        if (waiting_.empty())
            return;
        auto next = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        run_on_snapshot(next, db);
        next.done(next.failed, std::move(next.thrown));
    }
}

} // namespace whynow::store
