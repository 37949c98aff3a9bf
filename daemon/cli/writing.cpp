#include "cli/writing.hpp"

#include "cli/stop.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <iostream>
#include <system_error>
#include <unistd.h>

namespace whynow::cli {
namespace {

[[noreturn]] void cannot_write(const std::string& file) {
    const auto why = std::error_code(errno, std::generic_category()).message();
    throw stop(exit_code::usage, file + ": cannot be written (" + why + "); nothing was changed");
}

} // namespace

void write_whole(const std::string& file, std::string_view bytes, lasting kept) {
    if (file == "-") {
        std::cout << bytes << std::flush;
        if (!std::cout)
            throw stop(exit_code::usage, "stdout: cannot be written");
        return;
    }
    const auto beside = file + ".new-" + std::to_string(::getpid());
    const int to = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (to < 0)
        cannot_write(file);
    const auto give_up = [&] {
        const auto why = errno;
        ::close(to);
        ::unlink(beside.c_str());
        errno = why;
        cannot_write(file);
    };
    for (auto left = bytes; !left.empty();) {
        const auto n = ::write(to, left.data(), left.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            give_up();
        left.remove_prefix(std::size_t(n));
    }
    if ((kept == lasting::yes && ::fdatasync(to) != 0) || ::rename(beside.c_str(), file.c_str()) != 0)
        give_up();
    ::close(to);
}

void add_behind(const std::string& file, std::string_view bytes) {
    if (bytes.empty())
        return;
    const int to = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (to < 0)
        cannot_write(file);
    const auto n = ::write(to, bytes.data(), bytes.size());
    const auto why = errno;
    ::close(to);
    if (n < 0 || std::size_t(n) != bytes.size()) {
        errno = n < 0 ? why : ENOSPC;
        cannot_write(file);
    }
}

} // namespace whynow::cli
