// Runs an awaitable to its end on an io_context of its own.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace whynow::teams_test {

template <class T>
T run(boost::asio::awaitable<T> what) {
    boost::asio::io_context io;
    std::optional<T> out;
    boost::asio::co_spawn(io, std::move(what), [&](std::exception_ptr e, T value) {
        if (e)
            std::rethrow_exception(e);
        out = std::move(value);
    });
    io.run();
    return std::move(*out);
}

} // namespace whynow::teams_test
