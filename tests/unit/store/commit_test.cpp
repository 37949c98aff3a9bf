#include "support.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <future>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

using namespace whynow::tests;
namespace asio = boost::asio;

namespace {

// Holds the writer until it is let go, so that what is posted meanwhile becomes one group.
struct gate {
    std::promise<void> opened;
    std::shared_future<void> open = opened.get_future().share();
    explicit gate(engine& db) {
        std::promise<void> entered;
        auto inside = entered.get_future();
        db.post_write([f = open, &entered](session&) { entered.set_value(), f.wait(); }, [](auto, auto) {});
        inside.wait();
    }
    void let_go() { opened.set_value(); }
};

void put(session& s, const std::string& name) { documents(s).put(name, "x"); }

bool stored(database& d, const std::string& name) {
    bool there = false;
    d.read([&](session& s) { there = documents(s).get(name).has_value(); });
    return there;
}

} // namespace

TEST_CASE("fifty ask for the same brief at once: one is made, and all learn which") {
    asio::io_context io; // outlives the threads that post to it
    database d;
    const cast who(d);
    std::atomic<int> made = 0;
    std::set<std::int64_t> ids;
    for (int i = 0; i < 50; ++i)
        asio::co_spawn(
            io,
            [&]() -> asio::awaitable<void> {
                brief_id id;
                const auto written = co_await d.db->write([&](session& s) {
                    brief b;
                    b.rep = who.dana.id;
                    b.date = day("2026-11-23");
                    const auto mine = briefs(s).create(b);
                    made += mine ? 1 : 0;
                    id = mine ? *mine : briefs(s).of(b.rep, b.date)->id;
                });
                CHECK(written);
                ids.insert(id.value);
            },
            asio::detached);
    io.run();
    CHECK(made == 1);
    CHECK(ids.size() == 1);
}

TEST_CASE("a unit that throws undoes itself only, and its exception comes to who asked") {
    database d;
    gate held(*d.db);
    std::vector<std::exception_ptr> thrown(3);
    std::atomic<int> finished = 0;
    for (int i = 0; i < 3; ++i)
        d.db->post_write(
            [i](session& s) {
                put(s, "unit" + std::to_string(i));
                if (i == 1)
                    throw std::runtime_error("not today");
            },
            [&, i](boost::system::error_code failed, std::exception_ptr e) {
                CHECK_FALSE(failed);
                thrown[static_cast<std::size_t>(i)] = e;
                ++finished;
            });
    held.let_go();
    d.write([](session&) {});
    CHECK(finished == 3);
    CHECK_FALSE(thrown[0]);
    CHECK_THROWS_WITH(std::rethrow_exception(thrown[1]), "not today");
    CHECK_FALSE(thrown[2]);
    CHECK(stored(d, "unit0"));
    CHECK_FALSE(stored(d, "unit1"));
    CHECK(stored(d, "unit2"));
    CHECK_THROWS_AS((void)d.db->write_now([](session&) { throw std::out_of_range("x"); }), std::out_of_range);
}

TEST_CASE("a broken rule of the database is the unit's own fault") {
    database d;
    try {
        (void)d.db->write_now([](session& s) { facts(s).add({.account = account_id{99}}); });
        FAIL("a fact about nobody was stored");
    } catch (const failure& f) {
        CHECK(f.code() == errc::conflict);
    }
    CHECK_THROWS_AS((void)d.db->read_now([](session& s) { put(s, "in a read"); }), failure);
    CHECK_THROWS_AS((void)d.db->write_now([&](session&) { (void)d.db->write_now([](session&) {}); }), std::logic_error);
}

TEST_CASE("what waits is gathered into one commit, in the order it came, and told after it") {
    folder where;
    std::atomic<int> commits = 0;
    set_fault_hook([&](std::string_view point) { commits += point == "after_commit" ? 1 : 0; });
    auto db = opened(where / "w.db");
    gate held(*db);
    std::vector<int> ran, told;
    for (int i = 0; i < 100; ++i)
        db->post_write([&, i](session&) { ran.push_back(i); },
                       [&, i](auto, auto) {
                           CHECK(commits == 2);
                           told.push_back(i);
                       });
    held.let_go();
    db->close();
    set_fault_hook(nullptr);
    CHECK(commits == 2); // the gate's and everybody else's
    CHECK(ran.size() == 100);
    CHECK(std::is_sorted(ran.begin(), ran.end()));
    CHECK(ran == told);
}

TEST_CASE("a coroutine goes on upon its own executor, with its exception") {
    asio::io_context io;
    database d;
    bool done = false;
    asio::co_spawn(
        io,
        [&]() -> asio::awaitable<void> {
            const auto me = std::this_thread::get_id();
            std::thread::id there{};
            CHECK(co_await d.db->write([&](session& s) {
                there = std::this_thread::get_id();
                put(s, "a");
            }));
            CHECK(std::this_thread::get_id() == me);
            CHECK(there != me);
            std::optional<std::string> seen;
            CHECK(co_await d.db->read([&](session& s) { seen = documents(s).get("a"); }));
            CHECK(seen);
            bool caught = false;
            try {
                (void)co_await d.db->write([](session&) { throw std::runtime_error("no"); });
            } catch (const std::runtime_error&) {
                caught = true;
            }
            CHECK(caught);
            d.db->close();
            CHECK((co_await d.db->write([](session&) {})).error() == errc::closed);
            CHECK((co_await d.db->read([](session&) {})).error() == errc::closed);
            done = true;
        },
        asio::detached);
    io.run();
    CHECK(done);
    CHECK(d.db->write_now([](session&) {}).error() == errc::closed);
}

TEST_CASE("a read sees one snapshot, whatever is written meanwhile") {
    database d;
    d.write([](session& s) { put(s, "old"); });
    d.read([&](session& s) {
        CHECK(documents(s).get("old"));
        CHECK(d.db->write_now([](session& w) { put(w, "new"); }));
        CHECK_FALSE(documents(s).get("new"));
    });
    CHECK(stored(d, "new"));
}
