#include "cli/coroutine.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace whynow::cli {

void run_to_end(boost::asio::io_context& io, boost::asio::awaitable<void> what) {
    std::exception_ptr failed;
    boost::asio::co_spawn(io, std::move(what), [&](std::exception_ptr e) {
        failed = std::move(e);
        io.stop();
    });
    io.run();
    if (failed)
        std::rethrow_exception(failed);
}

} // namespace whynow::cli
