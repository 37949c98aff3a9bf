#include "store/migrations/migrations.hpp"
#include "store/sqlite/sqlite.hpp"
#include "store/store.hpp"

#include <filesystem>
#include <optional>

namespace whynow::store {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr milliseconds patience{1000};

void check_copy(sqlite::connection& copy, const std::string& path) {
    if (const auto problem = copy.problem_of_file(true); !problem.empty())
        throw failure(errc::corrupt, path + ": " + problem);
    const int version = migrations::version_of(copy);
    if (version == 0)
        throw failure(errc::corrupt, path + " is no database of whynow");
    if (version > migrations::newest())
        throw failure(errc::newer_schema, path);
}

// Brings what the write-ahead log of the present file still holds into the file and holds everybody else off. Nothing
// where the present file is too damaged for that.
std::unique_ptr<sqlite::connection> hold(const std::string& path) {
    try {
        auto present = std::make_unique<sqlite::connection>(path, sqlite::access::read_write, patience);
        present->exec("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");
        return present;
    } catch (const failure& f) {
        if (f.code() != errc::corrupt)
            throw;
        return nullptr;
    }
}

void move_aside(const std::string& path, const std::string& aside) {
    for (const char* part : {"", "-wal", "-shm"})
        fs::remove(aside + part);
    // A log left behind would be played into the new file; the present file's name is never missing.
    if (fs::exists(path + "-wal"))
        fs::rename(path + "-wal", aside + "-wal");
    fs::remove(path + "-shm");
    std::error_code not_possible;
    fs::create_hard_link(path, aside, not_possible);
    if (not_possible)
        fs::copy_file(path, aside);
}

void put_in_place(const std::string& from, const std::string& path) {
    const auto fresh = path + ".restored";
    {
        sqlite::connection copy(from, sqlite::access::read_only, patience);
        check_copy(copy, from);
        sqlite::copy_to(copy, fresh);
    }
    if (fs::exists(path)) {
        hold(path).reset(); // closing it, the last one, also removes its log
        move_aside(path, path + ".before-restore");
    }
    fs::rename(fresh, path);
    sqlite::sync_folder_of(path);
}

} // namespace

boost::system::result<void> restore(const std::string& from, const std::string& path) {
    try {
        put_in_place(from, path);
        return {};
    } catch (const failure& f) {
        return f.code();
    } catch (const fs::filesystem_error& e) {
        return e.code() == std::errc::no_space_on_device ? errc::full : errc::io;
    }
}

} // namespace whynow::store
