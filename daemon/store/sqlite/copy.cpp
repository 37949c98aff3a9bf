#include "store/sqlite/error.hpp"
#include "store/sqlite/sqlite.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <chrono>
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

// The file counts only once it is whole, synced and named: a journal of its own would protect nothing.
connection unsafe(const std::string& path) { return {path, access::unsafe, std::chrono::milliseconds{0}}; }

void copy_pages(connection& from, const std::string& to) {
    auto into = unsafe(to);
    auto* copying = sqlite3_backup_init(into.handle(), "main", from.handle(), "main");
    if (!copying)
        raise(into.handle(), sqlite3_errcode(into.handle()), to);
    // All in one step: one snapshot. In WAL mode nobody waits for it.
    const int code = sqlite3_backup_step(copying, -1);
    sqlite3_backup_finish(copying);
    if (code != SQLITE_DONE)
        raise(into.handle(), code, "backup to " + to);
}

// Runs `make` on a name beside `path`, syncs what it made and gives it its name by `name`; leaves nothing behind.
template <class Make, class Name>
void beside(const std::string& path, Make make, Name name) {
    const auto temporary = path + ".tmp-" + std::to_string(::getpid());
    ::unlink(temporary.c_str());
    try {
        make(temporary);
        sync(temporary, O_RDWR);
        name(temporary.c_str(), path.c_str());
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
    sync_folder_of(path);
}

} // namespace

void sync_folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    sync(slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash), O_RDONLY | O_DIRECTORY);
}

void copy_to(connection& from, const std::string& to) {
    beside(
        to,
        [&](const std::string& temporary) {
            copy_pages(from, temporary);
            if (const auto damage = unsafe(temporary).problem_of_file(false); !damage.empty())
                throw failure(errc::corrupt, "backup to " + to + ": " + damage);
        },
        [](const char* temporary, const char* path) {
            if (::rename(temporary, path))
                raise_system("rename", path);
        });
}

void make_file(const std::string& path, const std::function<void(connection&)>& build) {
    beside(
        path,
        [&](const std::string& temporary) {
            auto fresh = unsafe(temporary);
            build(fresh);
            fresh.exec("PRAGMA journal_mode = WAL"); // kept in the file
        },
        [](const char* temporary, const char* path) {
            const int refused = ::link(temporary, path) ? errno : 0;
            if (refused && refused != EEXIST && ::rename(temporary, path)) // a file system without links
                raise_system("rename", path);
            ::unlink(temporary);
        });
}

} // namespace whynow::store::sqlite
