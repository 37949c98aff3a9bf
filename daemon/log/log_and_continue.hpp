// The completion handler of every co_spawn: what escapes a coroutine is logged, the daemon goes on.
#pragma once

#include <exception>
#include <string_view>

namespace whynow::log {

// `what` names the coroutine in the log line and must outlive it (a literal). A cancelled operation is silent.
struct log_and_continue {
    std::string_view what;
    void operator()(std::exception_ptr error) const noexcept;

    // For coroutines with a value nobody waits for.
    template <class T>
    void operator()(std::exception_ptr error, const T&) const noexcept {
        (*this)(error);
    }
};

} // namespace whynow::log
