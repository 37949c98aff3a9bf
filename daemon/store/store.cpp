#include "store/store.hpp"

#include "store/migrations/migrations.hpp"
#include "store/readers.hpp"
#include "store/sqlite/sqlite.hpp"
#include "store/writer.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace whynow::store {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// A coroutine that waits for a unit of work: resumed on its own executor, which is kept running meanwhile.
template <class Handler>
struct waiting_coroutine {
    explicit waiting_coroutine(Handler h) : handler(std::move(h)), work(asio::get_associated_executor(handler)) {}
    Handler handler;
    asio::executor_work_guard<asio::associated_executor_t<Handler>> work;
};

template <class Place>
struct start_on {
    Place* place;

    template <class Handler>
    void operator()(Handler handler, store::work what) const {
        auto waiting = std::make_shared<waiting_coroutine<Handler>>(std::move(handler));
        place->post(std::move(what), [waiting](error_code failed, std::exception_ptr thrown) {
            asio::post(waiting->work.get_executor(), [waiting, failed, thrown = std::move(thrown)]() mutable {
                auto handler_now = std::move(waiting->handler);
                waiting->work.reset();
                std::move(handler_now)(std::move(thrown), failed);
            });
        });
    }
};

template <class Place>
asio::awaitable<boost::system::result<void>> run_on(Place& place, store::work what) {
    const error_code failed =
        co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr, error_code)>(
            start_on<Place>{&place}, asio::use_awaitable, std::move(what));
    if (failed)
        co_return failed;
    co_return boost::system::result<void>();
}

// What a blocked thread waits for. No std::future: its state would share the exception between two threads.
class answer {
  public:
    void give(error_code failed, std::exception_ptr thrown) {
        const std::lock_guard lock(mutex_);
        failed_ = failed;
        thrown_ = std::move(thrown);
        given_ = true;
        ready_.notify_one();
    }
    boost::system::result<void> wait() {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [this] { return given_; });
        if (thrown_)
            std::rethrow_exception(std::move(thrown_));
        if (failed_)
            return failed_;
        return {};
    }

  private:
    std::mutex mutex_;
    std::condition_variable ready_;
    bool given_ = false;
    error_code failed_;
    std::exception_ptr thrown_;
};

template <class Place>
boost::system::result<void> run_now(Place& place, store::work what) {
    // Shared: the asker may be gone before the other thread has left give().
    const auto asked = std::make_shared<answer>();
    place.post(std::move(what),
               [asked](error_code failed, std::exception_ptr thrown) { asked->give(failed, std::move(thrown)); });
    return asked->wait();
}

class sqlite_store final : public store {
  public:
    sqlite_store(options how, int version, std::unique_ptr<sql::connection> db,
                 std::vector<std::unique_ptr<sql::connection>> reading)
        : how_(std::move(how)), version_(version), writer_(std::move(db)), readers_(std::move(reading)) {}
    ~sqlite_store() override { sqlite_store::close(); }

    asio::awaitable<boost::system::result<void>> write(work what) override { return run_on(writer_, std::move(what)); }
    asio::awaitable<boost::system::result<void>> read(work what) override { return run_on(readers_, std::move(what)); }
    void post_write(work what, completion done) override { writer_.post(std::move(what), std::move(done)); }

    boost::system::result<void> write_now(work what) override {
        if (writer_.is_this_thread())
            throw std::logic_error("write_now() inside a unit of work would wait for itself");
        return run_now(writer_, std::move(what));
    }
    boost::system::result<void> read_now(work what) override {
        if (readers_.is_one_of_them())
            throw std::logic_error("read_now() inside a unit of work would wait for itself");
        return run_now(readers_, std::move(what));
    }

    boost::system::result<void> backup(const std::string& to) override {
        try {
            sqlite::connection from(how_.path, sqlite::access::read_only, how_.busy);
            sqlite::copy_to(from, to);
            return {};
        } catch (const failure& f) {
            return f.code();
        }
    }
    int schema_version() const override { return version_; }
    void close() override {
        writer_.close();
        readers_.close();
    }

  private:
    options how_;
    int version_;
    writer writer_;
    readers readers_;
};

void migrate(sqlite::connection& db, const std::string& path) {
    const int present = migrations::version_of(db);
    const int newest = migrations::newest();
    if (present > newest)
        throw failure(errc::newer_schema, path + " has schema " + std::to_string(present));
    if (present > 0 && present < newest)
        sqlite::copy_to(db, path + ".before-v" + std::to_string(newest));
    if (present < newest)
        migrations::run(db);
}

} // namespace

boost::system::result<std::unique_ptr<store>> store::open(options how) {
    try {
        if (std::error_code unknown; !std::filesystem::exists(how.path, unknown))
            sqlite::make_file(how.path, [](sqlite::connection& fresh) { migrations::run(fresh); });
        auto db = std::make_unique<sqlite::connection>(how.path, sqlite::access::read_write, how.busy);
        const bool taken_as_sound = !how.look_for_damage && migrations::version_of(*db) == migrations::newest();
        if (!taken_as_sound && !db->problem_of_file(false).empty())
            return errc::corrupt;
        migrate(*db, how.path);
        std::vector<std::unique_ptr<sql::connection>> reading;
        for (int i = 0; i < std::max(1, how.readers); ++i)
            reading.push_back(std::make_unique<sqlite::connection>(how.path, sqlite::access::read_only, how.busy));
        const int version = migrations::version_of(*db);
        return std::unique_ptr<store>(new sqlite_store(std::move(how), version, std::move(db), std::move(reading)));
    } catch (const failure& f) {
        return f.code();
    }
}

} // namespace whynow::store
