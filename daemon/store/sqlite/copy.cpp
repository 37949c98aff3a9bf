#include "store/sqlite/error.hpp"
#include "store/sqlite/sqlite.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace whynow::store::sqlite {
namespace {

[[noreturn]] void raise_system(std::string_view what, const std::string& path) {
    const int cause = errno;
    const auto code = cause == ENOSPC || cause == EDQUOT || cause == EFBIG ? errc::full : errc::io;
    throw failure(code, std::string(what) + " " + path + ": " + std::strerror(cause));
}

void sync(const std::string& path, int flags) {
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
    if (fd < 0)
        raise_system("open", path);
    const int failed = ::fsync(fd);
    ::close(fd);
    if (failed)
        raise_system("fsync", path);
}

struct target {
    sqlite3* db = nullptr;
    explicit target(const std::string& path) {
        const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (made < 0)
            raise_system("open", path);
        ::close(made);
        const int code = sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
        if (code != SQLITE_OK) {
            sqlite3_close(db);
            raise(nullptr, code, path);
        }
        // The file counts only once it is whole, synced and renamed: a journal of its own would protect nothing.
        sqlite3_exec(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", nullptr, nullptr, nullptr);
    }
    target(const target&) = delete;
    target& operator=(const target&) = delete;
    ~target() { sqlite3_close(db); }
};

void copy_pages(connection& from, const std::string& to) {
    target into(to);
    auto* copying = sqlite3_backup_init(into.db, "main", from.handle(), "main");
    if (!copying)
        raise(into.db, sqlite3_errcode(into.db), to);
    // All in one step: one snapshot. In WAL mode nobody waits for it.
    const int code = sqlite3_backup_step(copying, -1);
    sqlite3_backup_finish(copying);
    if (code != SQLITE_DONE)
        raise(into.db, code, "backup to " + to);
}

} // namespace

void sync_folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    sync(slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash), O_RDONLY | O_DIRECTORY);
}

void copy_to(connection& from, const std::string& to) {
    const auto temporary = to + ".tmp-" + std::to_string(::getpid());
    ::unlink(temporary.c_str());
    try {
        copy_pages(from, temporary);
        sync(temporary, O_RDWR);
        if (::rename(temporary.c_str(), to.c_str()))
            raise_system("rename", to);
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
    sync_folder_of(to);
}

} // namespace whynow::store::sqlite
