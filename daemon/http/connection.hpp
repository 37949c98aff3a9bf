// One accepted socket, with or without TLS. Reads and writes wait without holding a buffer where they can, so that
// an idle connection costs little.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/result.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct ssl_st;
struct ssl_ctx_st;

namespace whynow::http {

struct tls_deleter {
    void operator()(ssl_st* s) const;
    void operator()(ssl_ctx_st* s) const;
};
using tls_context = std::unique_ptr<ssl_ctx_st, tls_deleter>;

// TLS 1.2 or newer with this certificate chain and key (PEM files); no_such_file_or_directory where one cannot be
// read, invalid_argument where they do not belong together.
boost::system::result<tls_context> make_tls_context(const std::string& certificate, const std::string& key);

// Belongs to one coroutine; cancel() may come from elsewhere on the same thread.
class connection {
  public:
    // `tls` may be null (plain text) and must outlive the connection.
    connection(boost::asio::ip::tcp::socket socket, ssl_ctx_st* tls);
    connection(connection&&) = default;
    ~connection();

    boost::asio::awaitable<bool> handshake();
    // Waits until there is something to read, without a buffer.
    boost::asio::awaitable<bool> wait_readable();
    // At least one byte, or 0: the peer closed, the connection broke, or the read was cancelled.
    boost::asio::awaitable<std::size_t> read(char* to, std::size_t most);
    // What can be had without waiting; 0 where there is nothing.
    std::size_t read_now(char* to, std::size_t most);
    // All of it, or false.
    boost::asio::awaitable<bool> write(std::string_view bytes);

    // Ends the wait that is under way; the next operation works again.
    void cancel();
    // No more from us; the peer may still be read.
    void shutdown_send();
    void close();
    bool is_tls() const { return tls_ != nullptr; }
    std::string remote() const; // the peer's address, empty where it is gone

  private:
    boost::asio::awaitable<bool> wait_for(int tls_error);

    boost::asio::ip::tcp::socket socket_;
    std::unique_ptr<ssl_st, tls_deleter> tls_;
};

} // namespace whynow::http
