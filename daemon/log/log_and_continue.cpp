#include "log/log_and_continue.hpp"

#include "log/log.hpp"

#include <boost/system/system_error.hpp>

namespace whynow::log {

void log_and_continue::operator()(std::exception_ptr error) const noexcept try {
    if (!error)
        return;
    try {
        std::rethrow_exception(error);
    } catch (const boost::system::system_error& e) {
        if (e.code() != boost::system::errc::operation_canceled)
            write(level::error, "coroutine_failed", {{"what", what}, {"why", e.what()}});
    } catch (const std::exception& e) {
        write(level::error, "coroutine_failed", {{"what", what}, {"why", e.what()}});
    } catch (...) {
        write(level::error, "coroutine_failed", {{"what", what}, {"why", "unknown"}});
    }
} catch (...) {
    // Only memory can be short here; losing the line is better than losing the daemon.
}

} // namespace whynow::log
