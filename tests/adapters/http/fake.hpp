// A server that says exactly what a test wants it to say.
#pragma once

#include "peer.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <zlib.h>

namespace wire {

// Accepts connections and lets `script` play each; counts them.
class fake {
  public:
    using script = std::function<asio::awaitable<void>(peer&, int nth)>;

    fake(asio::io_context& io, script s) : acceptor_(io, {asio::ip::address_v4::loopback(), 0}) {
        asio::co_spawn(io, serve(std::move(s)), [](std::exception_ptr) {});
    }
    std::string url(std::string_view path = "/") const {
        return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + std::string(path);
    }
    std::string port() const { return std::to_string(acceptor_.local_endpoint().port()); }
    int connections = 0;
    int requests = 0;

  private:
    asio::awaitable<void> serve(script s) {
        for (;;) {
            peer p(co_await acceptor_.async_accept(asio::use_awaitable));
            asio::co_spawn(acceptor_.get_executor(), play(s, std::move(p), connections++), [](std::exception_ptr) {});
        }
    }
    static asio::awaitable<void> play(script s, peer p, int nth) { co_await s(p, nth); }
    wire::tcp::acceptor acceptor_;
};

inline std::string ok(std::string_view body, std::string_view more = {}) {
    return "HTTP/1.1 200 OK\r\n" + std::string(more) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
}

// A gzip stream.
inline std::string gzipped(std::string_view plain) {
    z_stream z{};
    REQUIRE(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&z, plain.size()), '\0');
    z.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(plain.data()));
    z.avail_in = static_cast<unsigned>(plain.size());
    z.next_out = reinterpret_cast<unsigned char*>(out.data());
    z.avail_out = static_cast<unsigned>(out.size());
    REQUIRE(deflate(&z, Z_FINISH) == Z_STREAM_END);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

} // namespace wire
