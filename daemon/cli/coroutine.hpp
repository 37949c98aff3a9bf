// A command that speaks to a platform is a coroutine; here it runs.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace whynow::cli {

// Runs `what` on `io` until it is over and throws what it threw. What else was begun on `io` is left where it stands.
void run_to_end(boost::asio::io_context& io, boost::asio::awaitable<void> what);

} // namespace whynow::cli
