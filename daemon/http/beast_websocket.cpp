#include "http/beast_websocket.hpp"

#include "http/address.hpp"
#include "http/client.hpp"
#include "http/url.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <deque>
#include <exception>

namespace whynow::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using boost::system::result;

namespace {

template <class Layer>
class beast_websocket final : public websocket, public std::enable_shared_from_this<beast_websocket<Layer>> {
  public:
    using stream = beast::websocket::stream<Layer>;

    beast_websocket(stream s, std::shared_ptr<asio::ssl::context> trust)
        : trust_(std::move(trust)), stream_(std::move(s)), written_(stream_.get_executor()) {}

    asio::awaitable<result<websocket_message>> read() override {
        const auto self = this->shared_from_this();
        websocket_message out;
        auto buffer = asio::dynamic_buffer(out.bytes);
        error_code ec;
        co_await stream_.async_read(buffer, asio::redirect_error(asio::use_awaitable, ec));
        if (ec) {
            over_ = true;
            co_return ec;
        }
        out.text = stream_.got_text();
        co_return out;
    }

    void send(std::string text) override {
        if (over_ || closing_)
            return;
        waiting_.push_back(std::move(text));
        if (!writing_) {
            writing_ = true;
            asio::co_spawn(stream_.get_executor(), write_all(), [self = this->shared_from_this()](std::exception_ptr) {
                self->writing_ = false;
                self->written_.cancel();
            });
        }
    }

    asio::awaitable<void> close(std::chrono::milliseconds most) override {
        const auto self = this->shared_from_this();
        if (over_ || closing_)
            co_return;
        closing_ = true;
        asio::steady_timer limit(stream_.get_executor(), most);
        limit.async_wait([self](error_code e) {
            if (!e)
                self->cut();
        });
        error_code ec;
        while (writing_ && !over_) {
            written_.expires_after(std::chrono::hours{1});
            co_await written_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        }
        if (!over_)
            co_await stream_.async_close(beast::websocket::close_code::normal,
                                         asio::redirect_error(asio::use_awaitable, ec));
        cut();
    }

    void cut() override {
        over_ = true;
        error_code ignored;
        auto& socket = beast::get_lowest_layer(stream_).socket();
        socket.cancel(ignored);
        socket.close(ignored);
        written_.cancel();
    }

  private:
    std::shared_ptr<asio::ssl::context> trust_; // outlives the stream
    stream stream_;
    asio::steady_timer written_;
    std::deque<std::string> waiting_;
    bool writing_ = false;
    bool closing_ = false;
    bool over_ = false;

    asio::awaitable<void> write_all() {
        while (!waiting_.empty() && !over_) {
            const auto text = std::move(waiting_.front());
            waiting_.pop_front();
            error_code ec;
            stream_.text(true);
            co_await stream_.async_write(asio::buffer(text), asio::redirect_error(asio::use_awaitable, ec));
            if (ec) {
                cut();
                co_return;
            }
        }
    }
};

using result_type = result<std::shared_ptr<websocket>>;

template <class Stream>
void set_up(Stream& s, const websocket_address& to) {
    beast::get_lowest_layer(s).expires_never(); // the stream keeps its own deadlines from here on
    beast::websocket::stream_base::timeout t{};
    t.handshake_timeout = to.deadline;
    t.idle_timeout = to.silence;
    t.keep_alive_pings = true;
    s.set_option(t);
    s.set_option(beast::websocket::stream_base::decorator(
        [](beast::websocket::request_type& r) { r.set(beast::http::field::user_agent, "whynow"); }));
    s.read_message_max(to.most_bytes);
}

// A URL of ours: ws and wss are http and https to the reader of addresses.
std::optional<url_parts> read_socket_url(const std::string& url) {
    if (url.starts_with("wss://"))
        return read_url("https://" + url.substr(6));
    return url.starts_with("ws://") ? read_url("http://" + url.substr(5)) : std::nullopt;
}

asio::awaitable<result_type> failed(client_errc e) { co_return make_error_code(e); }

asio::awaitable<result_type> plain(beast::tcp_stream socket, const websocket_address& to, const url_parts& url) {
    beast::websocket::stream<beast::tcp_stream> s(std::move(socket));
    set_up(s, to);
    error_code ec;
    co_await s.async_handshake(url.host + ":" + url.port, url.path, asio::redirect_error(asio::use_awaitable, ec));
    if (ec)
        co_return make_error_code(client_errc::not_sent);
    co_return std::make_shared<beast_websocket<beast::tcp_stream>>(std::move(s), nullptr);
}

std::shared_ptr<asio::ssl::context> trust_for(const websocket_address& to) {
    auto trust = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    error_code ec;
    SSL_CTX_set_min_proto_version(trust->native_handle(), TLS1_2_VERSION);
    trust->set_default_verify_paths(ec);
    if (!to.ca_file.empty())
        trust->load_verify_file(to.ca_file, ec);
    return trust;
}

asio::awaitable<result_type> over_tls(beast::tcp_stream socket, const websocket_address& to, const url_parts& url) {
    using secure = beast::ssl_stream<beast::tcp_stream>;
    auto trust = trust_for(to);
    beast::websocket::stream<secure> s(std::move(socket), *trust);
    auto& tls = s.next_layer();
    tls.set_verify_mode(asio::ssl::verify_peer);
    tls.set_verify_callback(asio::ssl::host_name_verification(url.host));
    error_code ec;
    static_cast<void>(SSL_set_tlsext_host_name(tls.native_handle(), url.host.c_str()));
    co_await tls.async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, ec));
    if (ec)
        co_return make_error_code(client_errc::not_sent);
    set_up(s, to);
    co_await s.async_handshake(url.port == "443" ? url.host : url.host + ":" + url.port, url.path,
                               asio::redirect_error(asio::use_awaitable, ec));
    if (ec)
        co_return make_error_code(client_errc::not_sent);
    co_return std::make_shared<beast_websocket<secure>>(std::move(s), std::move(trust));
}

} // namespace

asio::awaitable<result_type> beast_websocket_client::connect(websocket_address to) {
    const auto url = read_socket_url(to.url);
    if (!url)
        co_return co_await failed(client_errc::bad_url);
    const bool open = url->scheme == "http";
    auto host = url->host;
    if (host.starts_with('['))
        host = host.substr(1, host.size() - 2);
    const auto on = co_await asio::this_coro::executor;
    beast::tcp_stream socket(on);
    socket.expires_after(to.deadline);
    const auto names = std::make_shared<tcp::resolver>(on);
    asio::steady_timer limit(on, to.deadline);
    limit.async_wait([names](error_code e) {
        if (!e)
            names->cancel();
    });
    error_code ec;
    const auto found = co_await names->async_resolve(host, url->port, asio::redirect_error(asio::use_awaitable, ec));
    limit.cancel();
    if (ec)
        co_return co_await failed(client_errc::not_sent);
    bool refused = false;
    for (const auto& place : found) {
        const auto& address = place.endpoint().address();
        // Without TLS only to this machine.
        if (open ? !(to.any_address && address.is_loopback()) : !(to.any_address || public_address(address))) {
            refused = true;
            continue;
        }
        socket.expires_after(to.deadline);
        co_await socket.async_connect(place.endpoint(), asio::redirect_error(asio::use_awaitable, ec));
        if (ec)
            continue;
        socket.socket().set_option(tcp::no_delay(true), ec);
        socket.expires_after(to.deadline);
        if (open)
            co_return co_await plain(std::move(socket), to, *url);
        co_return co_await over_tls(std::move(socket), to, *url);
    }
    co_return co_await failed(refused ? client_errc::refused_address : client_errc::not_sent);
}

} // namespace whynow::http
