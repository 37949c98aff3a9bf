#include "http/connection.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <limits>
#include <sys/socket.h>

namespace whynow::http {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

int clamped(std::size_t n) { return static_cast<int>(std::min<std::size_t>(n, std::numeric_limits<int>::max())); }

} // namespace

void tls_deleter::operator()(ssl_st* s) const { SSL_free(s); }
void tls_deleter::operator()(ssl_ctx_st* s) const { SSL_CTX_free(s); }

boost::system::result<tls_context> make_tls_context(const std::string& certificate, const std::string& key) {
    tls_context context(SSL_CTX_new(TLS_server_method()));
    if (!context)
        return boost::system::errc::make_error_code(boost::system::errc::not_enough_memory);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    // Idle connections give their record buffers back; a moved write buffer is our own business.
    SSL_CTX_set_mode(context.get(),
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF); // tickets carry the sessions
    ERR_clear_error();
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1) {
        ERR_clear_error();
        return boost::system::errc::make_error_code(boost::system::errc::no_such_file_or_directory);
    }
    if (SSL_CTX_check_private_key(context.get()) != 1) {
        ERR_clear_error();
        return boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
    }
    return context;
}

connection::connection(tcp::socket socket, ssl_ctx_st* tls) : socket_(std::move(socket)) {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    socket_.native_non_blocking(true, ignored);
    if (tls) {
        tls_.reset(SSL_new(tls));
        SSL_set_fd(tls_.get(), socket_.native_handle());
        SSL_set_accept_state(tls_.get());
    }
}

connection::~connection() { close(); }

asio::awaitable<bool> connection::wait_for(int tls_error) {
    if (tls_error != SSL_ERROR_WANT_READ && tls_error != SSL_ERROR_WANT_WRITE)
        co_return false;
    const auto what = tls_error == SSL_ERROR_WANT_READ ? tcp::socket::wait_read : tcp::socket::wait_write;
    error_code ec;
    co_await socket_.async_wait(what, asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec;
}

asio::awaitable<bool> connection::handshake() {
    for (;;) {
        ERR_clear_error();
        const int done = SSL_do_handshake(tls_.get());
        if (done == 1)
            co_return true;
        if (!co_await wait_for(SSL_get_error(tls_.get(), done)))
            co_return false;
    }
}

asio::awaitable<bool> connection::wait_readable() {
    if (tls_ && SSL_pending(tls_.get()) > 0)
        co_return true;
    error_code ec;
    co_await socket_.async_wait(tcp::socket::wait_read, asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec;
}

asio::awaitable<std::size_t> connection::read(char* to, std::size_t most) {
    if (!tls_) {
        error_code ec;
        const auto n =
            co_await socket_.async_read_some(asio::buffer(to, most), asio::redirect_error(asio::use_awaitable, ec));
        co_return ec ? 0 : n;
    }
    for (;;) {
        ERR_clear_error();
        const int n = SSL_read(tls_.get(), to, clamped(most));
        if (n > 0)
            co_return static_cast<std::size_t>(n);
        if (!co_await wait_for(SSL_get_error(tls_.get(), n)))
            co_return 0;
    }
}

std::size_t connection::read_now(char* to, std::size_t most) {
    if (!socket_.is_open())
        return 0;
    if (tls_) {
        ERR_clear_error();
        return static_cast<std::size_t>(std::max(0, SSL_read(tls_.get(), to, clamped(most))));
    }
    return static_cast<std::size_t>(std::max<ssize_t>(0, ::recv(socket_.native_handle(), to, most, MSG_DONTWAIT)));
}

asio::awaitable<bool> connection::write(std::string_view bytes) {
    while (!bytes.empty()) {
        if (tls_) {
            ERR_clear_error();
            const int n = SSL_write(tls_.get(), bytes.data(), clamped(bytes.size()));
            if (n > 0)
                bytes.remove_prefix(static_cast<std::size_t>(n));
            else if (!co_await wait_for(SSL_get_error(tls_.get(), n)))
                co_return false;
            continue;
        }
        error_code ec;
        const auto n = co_await socket_.async_write_some(asio::buffer(bytes.data(), bytes.size()),
                                                         asio::redirect_error(asio::use_awaitable, ec));
        if (ec)
            co_return false;
        bytes.remove_prefix(n);
    }
    co_return true;
}

void connection::cancel() {
    error_code ignored;
    socket_.cancel(ignored);
}

void connection::shutdown_send() {
    error_code ignored;
    if (tls_ && SSL_is_init_finished(tls_.get())) {
        ERR_clear_error();
        SSL_shutdown(tls_.get());
        ERR_clear_error();
    }
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void connection::close() {
    error_code ignored;
    if (socket_.is_open())
        socket_.close(ignored);
}

std::string connection::remote() const {
    error_code ec;
    const auto peer = socket_.remote_endpoint(ec);
    return ec ? std::string{} : peer.address().to_string();
}

} // namespace whynow::http
