#include "store/migrations/migrations.hpp"
#include "store/sql/query.hpp"
#include "store/sqlite/sqlite.hpp"
#include "support.hpp"

#include <atomic>
#include <fstream>
#include <sys/wait.h>
#include <thread>

using namespace whynow::tests;
namespace fs = std::filesystem;

namespace {

using std::chrono::milliseconds;

void put(session& s, int number) { documents(s).put("n" + std::to_string(number), std::string(500, 'x')); }

// Everything the copy holds, as text.
std::string content(const std::string& path) {
    auto db = opened(path);
    std::string out;
    (void)db->read_now([&](session& s) {
        for (int i = 0; documents(s).get("n" + std::to_string(i)); ++i)
            out += std::to_string(i) + ";";
    });
    return out;
}

void damage(const std::string& path) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    const auto size = fs::file_size(path);
    for (std::uintmax_t at = 4096; at + 64 < size; at += 512) {
        file.seekp(static_cast<std::streamoff>(at));
        file.write("damage damage damage damage damage damage", 40);
    }
}

} // namespace

TEST_CASE("a process that is killed keeps every acknowledged row") {
    for (int round = 0; round < 5; ++round) {
        folder where;
        const auto path = where / "w.db";
        int channel[2];
        REQUIRE(::pipe(channel) == 0);
        const auto child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            ::close(channel[0]);
            auto made = engine::open({.path = path});
            for (int i = 0; made; ++i)
                (*made)->post_write([i](session& s) { put(s, i); },
                                    [i, out = channel[1]](boost::system::error_code failed, std::exception_ptr) {
                                        if (!failed && ::write(out, &i, sizeof i) < 0)
                                            ::_exit(1);
                                    });
            ::_exit(1);
        }
        ::close(channel[1]);
        int acknowledged = -1, seen = 0;
        while (seen < 500 + 777 * round &&
               ::read(channel[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged)
            ++seen;
        ::kill(child, SIGKILL);
        while (::read(channel[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged)
            ++seen;
        ::close(channel[0]);
        ::waitpid(child, nullptr, 0);
        CHECK(seen == acknowledged + 1);
        auto db = opened(path);
        int missing = 0;
        REQUIRE(db->read_now([&](session& s) {
            for (int i = 0; i <= acknowledged; ++i)
                missing += documents(s).get("n" + std::to_string(i)) ? 0 : 1;
        }));
        CHECK(missing == 0);
        sqlite::connection look(path, sqlite::access::read_only, milliseconds{100});
        CHECK(look.problem_of_file(true).empty());
    }
}

TEST_CASE("a schema of a newer whynow is refused and left alone") {
    database d;
    d.write([](session& s) {
        sql::query(s.db(), "INSERT INTO schema_version (version, name) VALUES ($1, 'later')").bind(9999).run();
    });
    d.db.reset();
    CHECK(engine::open({.path = d.path}).error() == errc::newer_schema);
    CHECK(restore(d.path, d.where / "other.db").error() == errc::newer_schema);
}

TEST_CASE("every older schema migrates, with a copy made before") {
    for (int version = 1; version < migrations::newest(); ++version) {
        folder where;
        const auto path = where / "w.db";
        {
            sqlite::connection old(path, sqlite::access::read_write, milliseconds{100});
            migrations::run(old, version);
            old.exec("INSERT INTO revisions (part, value) VALUES ('fixture', 7)");
            CHECK(migrations::version_of(old) == version);
        }
        auto db = opened(path);
        CHECK(db->schema_version() == migrations::newest());
        sqlite::connection now(path, sqlite::access::read_only, milliseconds{100});
        sql::query kept(now, "SELECT value FROM revisions WHERE part = 'fixture'");
        REQUIRE(kept.next());
        CHECK(kept.value<int>() == 7);
        sqlite::connection before(path + ".before-v" + std::to_string(migrations::newest()), sqlite::access::read_only,
                                  milliseconds{100});
        CHECK(migrations::version_of(before) == version);
    }
    database fresh;
    CHECK_FALSE(fs::exists(fresh.path + ".before-v" + std::to_string(migrations::newest())));
}

TEST_CASE("a migration that fails changes nothing") {
    folder where;
    const auto path = where / "w.db";
    {
        sqlite::connection old(path, sqlite::access::read_write, milliseconds{100});
        migrations::run(old, 2);
        old.exec("CREATE TABLE outbox (id integer)"); // in the way of the last step
    }
    CHECK_THROWS_AS((void)engine::open({.path = path}).value(), boost::system::system_error);
    sqlite::connection now(path, sqlite::access::read_only, milliseconds{100});
    CHECK(migrations::version_of(now) == 2);
    CHECK_FALSE(now.has_table("briefs"));
}

TEST_CASE("a backup under load is whole and restores to what it held") {
    database d;
    std::atomic<bool> stop = false;
    std::thread load([&] {
        for (int i = 0; !stop; ++i)
            (void)d.db->write_now([i](session& s) { put(s, i); });
    });
    for (int round = 0; round < 10; ++round) {
        std::this_thread::sleep_for(milliseconds{20});
        const auto copy = d.where / "copy.db";
        CHECK(d.db->backup(copy));
        CHECK(restore(copy, d.where / "restored.db"));
        sqlite::connection look(d.where / "restored.db", sqlite::access::read_only, milliseconds{100});
        CHECK(look.problem_of_file(true).empty());
        CHECK(content(copy) == content(d.where / "restored.db"));
    }
    stop = true;
    load.join();
    CHECK(d.db->backup(d.where / "no such folder/copy.db").error() == errc::io);
    for (const auto& entry : fs::directory_iterator(d.where / ""))
        CHECK(entry.path().string().find(".tmp-") == std::string::npos);
}

TEST_CASE("restore keeps the present file, and refuses a damaged or foreign copy and a database in use") {
    database d;
    d.write([](session& s) { put(s, 0); });
    const auto copy = d.where / "copy.db";
    REQUIRE(d.db->backup(copy));
    d.write([](session& s) { put(s, 1); });
    CHECK(restore(copy, d.path).error() == errc::busy);
    d.db.reset();
    REQUIRE(restore(copy, d.path));
    CHECK(content(d.path) == "0;");
    CHECK(content(d.path + ".before-restore") == "0;1;");

    for (int i = 0; i < 50; ++i)
        (void)opened(d.path)->write_now([i](session& s) { put(s, i); });
    const auto before = content(d.path);
    damage(copy);
    CHECK(restore(copy, d.path).error() == errc::corrupt);
    std::ofstream(d.where / "text.db") << "this is no database, just some text that somebody wrote down one day";
    CHECK(restore(d.where / "text.db", d.path).error() == errc::corrupt);
    CHECK(restore(d.where / "missing.db", d.path).error() == errc::io);
    CHECK(content(d.path) == before);
}

TEST_CASE("a damaged file is found when it is opened, and a good copy takes its place") {
    database d;
    d.write([](session& s) {
        for (int i = 0; i < 500; ++i)
            put(s, i);
    });
    REQUIRE(d.db->backup(d.where / "copy.db"));
    d.db.reset();
    damage(d.path);
    CHECK(engine::open({.path = d.path}).error() == errc::corrupt);
    const auto unlooked = engine::open({.path = d.path, .look_for_damage = false});
    CHECK((!unlooked || (*unlooked)->backup(d.where / "copy.db").error() == errc::corrupt));
    REQUIRE(restore(d.where / "copy.db", d.path));
    CHECK_FALSE(content(d.path).empty());
    std::ofstream(d.where / "junk.db") << std::string(8192, 'j');
    CHECK(engine::open({.path = d.where / "junk.db"}).error() == errc::corrupt);
    CHECK(engine::open({.path = d.where / "no/such/folder.db"}).error() == errc::io);
}

TEST_CASE("a lock held elsewhere is busy after the time-out, and the store goes on when it is gone") {
    folder where;
    auto made = engine::open({.path = where / "w.db", .busy = milliseconds{50}});
    REQUIRE(made);
    auto& db = **made;
    sqlite::connection other(where / "w.db", sqlite::access::read_write, milliseconds{50});
    other.begin_write();
    CHECK(db.write_now([](session& s) { put(s, 0); }).error() == errc::busy);
    CHECK(db.read_now([](session& s) { CHECK_FALSE(documents(s).get("n0")); }));
    other.rollback();
    CHECK(db.write_now([](session& s) { put(s, 0); }));
}

TEST_CASE("a full database refuses, keeps what it acknowledged, and goes on when there is room") {
    folder where;
    auto db = opened(where / "w.db");
    const auto limit = [&](const char* pages) {
        REQUIRE(db->write_now([&](session& s) { s.db().exec(std::string("PRAGMA max_page_count = ") + pages); }));
    };
    limit("150");
    int kept = 0;
    boost::system::result<void> last;
    while ((last = db->write_now([&](session& s) { put(s, kept); })))
        ++kept;
    CHECK(last.error() == errc::full);
    CHECK(kept > 10);
    CHECK(db->write_now([&](session& s) {
                for (int i = 0; i < 100; ++i)
                    put(s, 10'000 + i);
            }).error() == errc::full);
    limit("1000000");
    CHECK(db->write_now([&](session& s) { put(s, kept); }));
    ++kept;
    db.reset();
    std::string all;
    for (int i = 0; i < kept; ++i)
        all += std::to_string(i) + ";";
    CHECK(content(where / "w.db") == all);
}

TEST_CASE("the file is its owner's only") {
    database d;
    CHECK((fs::status(d.path).permissions() & fs::perms::mask) == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("a new store appears whole, for its owner, and in its mode") {
    folder where;
    const auto path = where / "w.db";
    opened(path)->close();
    CHECK((fs::status(path).permissions() & fs::perms::mask) == (fs::perms::owner_read | fs::perms::owner_write));
    std::ifstream file(path, std::ios::binary);
    std::string head(20, '\0');
    file.read(head.data(), 20);
    CHECK(head.starts_with("SQLite format 3"));
    CHECK(head[18] == 2); // WAL, from the first byte on (https://www.sqlite.org/fileformat2.html, 1.3.3)
    CHECK(head[19] == 2);
    for (const auto& e : fs::directory_iterator(fs::path(path).parent_path()))
        CHECK(e.path().filename().string().find(".tmp-") == std::string::npos);
    CHECK_FALSE(engine::open({.path = where / "no such folder/w.db"}));
}

TEST_CASE("of two that make the same file at once one wins, and the other finds it") {
    folder where;
    const auto path = where / "w.db";
    sqlite::make_file(path, [&](sqlite::connection& late) {
        migrations::run(late, 1);
        auto quicker = opened(path + ".quick");
        REQUIRE(quicker->write_now([](session& s) { put(s, 0); }));
        quicker->close();
        fs::rename(path + ".quick", path);
    });
    CHECK(content(path) == "0;");
}
