#include "store/writer.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace whynow::store {
namespace {

// Those who were answered by the last commit are likely to ask again at once: waiting for them this long, a fraction of
// an fsync, makes one commit of what would be two.
constexpr std::chrono::microseconds gathering{150};

// Who came first shall not wait for everybody behind.
constexpr std::size_t most_of_a_group = 1024;

std::function<void(std::string_view)>& fault_hook() {
    static std::function<void(std::string_view)> hook;
    return hook;
}

void fail_all(std::vector<job>& group, errc code) {
    for (auto& j : group)
        if (!j.thrown && !j.failed)
            j.failed = code;
}

} // namespace

void set_fault_hook(std::function<void(std::string_view point)> hook) { fault_hook() = std::move(hook); }

void reach(std::string_view point) {
    if (fault_hook())
        fault_hook()(point);
}

bool run_unit(job& j, sql::connection& db) {
    try {
        session s(db);
        j.what(s);
        return true;
    } catch (const failure& f) {
        if (f.is_infrastructure())
            j.failed = f.code();
        else
            j.thrown = std::current_exception();
    } catch (...) {
        j.thrown = std::current_exception();
    }
    return false;
}

writer::writer(std::unique_ptr<sql::connection> db) : db_(std::move(db)), thread_([this] { run(); }) {}

void writer::post(store::work what, completion done) {
    {
        const std::lock_guard lock(mutex_);
        if (!closing_) {
            waiting_.push_back({std::move(what), std::move(done)});
            if (waiting_.size() == wanted_)
                ready_.notify_one();
            return;
        }
    }
    done(errc::closed, nullptr);
}

void writer::close() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    ready_.notify_one();
    if (thread_.joinable())
        thread_.join();
}

bool writer::take(std::vector<job>& group) {
    std::unique_lock lock(mutex_);
    wanted_ = 1;
    ready_.wait(lock, [this] { return !waiting_.empty() || closing_; });
    if (waiting_.size() < last_group_ && !closing_) {
        wanted_ = last_group_;
        ready_.wait_for(lock, gathering, [this] { return waiting_.size() >= last_group_ || closing_; });
    }
    const auto taken = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), most_of_a_group));
    std::move(waiting_.begin(), taken, std::back_inserter(group));
    waiting_.erase(waiting_.begin(), taken);
    last_group_ = group.size();
    return !group.empty();
}

void writer::run() {
    std::vector<job> group;
    while (take(group)) {
        commit(group);
        for (auto& j : group)
            j.done(j.failed, std::move(j.thrown));
        group.clear();
    }
    db_.reset();
}

void writer::commit(std::vector<job>& group) {
    try {
        db_->begin_write();
        for (auto& j : group) {
            run_in_savepoint(j);
            if (!db_->in_transaction()) // the database gave the whole of it up
                return fail_all(group, j.failed ? static_cast<errc>(j.failed.value()) : errc::io);
        }
        reach("before_commit");
        db_->commit();
        reach("after_commit");
    } catch (const failure& f) {
        db_->rollback();
        fail_all(group, f.code());
    }
}

void writer::run_in_savepoint(job& j) {
    db_->set_savepoint();
    if (run_unit(j, *db_))
        db_->release_savepoint();
    else if (db_->in_transaction())
        db_->rollback_to_savepoint();
}

} // namespace whynow::store
