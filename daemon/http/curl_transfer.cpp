#include "http/curl_transfer.hpp"

#include "http/address.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace whynow::http {
namespace asio = boost::asio;
using boost::system::error_code;
using boost::system::result;

namespace {

constexpr std::size_t most_header_bytes = 256u << 10;
constexpr std::chrono::milliseconds most_connecting{10'000};

std::string_view trimmed(std::string_view s) {
    while (!s.empty() && (s.back() == '\r' || s.back() == '\n' || s.back() == ' ' || s.back() == '\t'))
        s.remove_suffix(1);
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t'))
        s.remove_prefix(1);
    return s;
}

bool open_to_all(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &address, sizeof four);
        return public_address(asio::ip::address_v4(ntohl(four.sin_addr.s_addr)));
    }
    if (address.sa_family != AF_INET6)
        return false;
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    asio::ip::address_v6::bytes_type bytes;
    std::memcpy(bytes.data(), &six.sin6_addr, bytes.size());
    return public_address(asio::ip::address_v6(bytes));
}

} // namespace

curl_transfer::curl_transfer(std::shared_ptr<curl_driver> driver, asio::any_io_executor on, const outgoing& what,
                             const std::string& user_agent)
    : driver_(std::move(driver)), what_(what), easy_(curl().easy_init()), woken_(std::move(on)) {
    if (!easy_)
        throw std::bad_alloc();
    prepare(user_agent);
}

curl_transfer::~curl_transfer() {
    driver_->remove(easy_);
    curl().easy_cleanup(easy_);
    curl().slist_free_all(lines_);
}

bool curl_transfer::idempotent() const {
    return what_.method == "GET" || what_.method == "HEAD" || what_.method == "PUT" || what_.method == "DELETE";
}

void curl_transfer::prepare(const std::string& user_agent) {
    const auto set = [this](CURLoption option, auto value) { curl().easy_setopt(easy_, option, value); };
    set(CURLOPT_URL, what_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L); // a name server that hangs must not hold the io thread past the deadline
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br");
    set(CURLOPT_MAXAGE_CONN, 30L); // most servers close idle connections; a stale one costs an answer
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_USERAGENT, user_agent.c_str());
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(what_.most_bytes));
    set(CURLOPT_WRITEFUNCTION, &curl_transfer::on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &curl_transfer::on_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_OPENSOCKETFUNCTION, &curl_transfer::on_open);
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_CLOSESOCKETFUNCTION, &curl_driver::close_socket);
    set(CURLOPT_CLOSESOCKETDATA, driver_.get());
    if (!what_.ca_file.empty())
        set(CURLOPT_CAINFO, what_.ca_file.c_str()); // the system's folder of authorities stays in force beside it
    prepare_method();
    prepare_fields();
}

void curl_transfer::prepare_method() {
    const auto set = [this](CURLoption option, auto value) { curl().easy_setopt(easy_, option, value); };
    if (what_.method == "HEAD") {
        set(CURLOPT_NOBODY, 1L);
        return;
    }
    const bool with_body = what_.method == "POST" || !what_.body.empty();
    if (with_body) {
        // libcurl repeats a request by itself when a kept connection breaks. It must ask us to rewind for that, and
        // where a second sending could do something twice the answer is no.
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(what_.body.size()));
        set(CURLOPT_READFUNCTION, &curl_transfer::on_send);
        set(CURLOPT_READDATA, this);
        set(CURLOPT_SEEKFUNCTION, &curl_transfer::on_rewind);
        set(CURLOPT_SEEKDATA, this);
    }
    if (!idempotent() && what_.body.empty())
        set(CURLOPT_FRESH_CONNECT, 1L);
    if (what_.method != "GET" || with_body)
        set(CURLOPT_CUSTOMREQUEST, what_.method.c_str());
}

void curl_transfer::prepare_fields() {
    const auto add = [this](const std::string& line) {
        curl_slist* const longer = curl().slist_append(lines_, line.c_str());
        if (!longer)
            throw std::bad_alloc();
        lines_ = longer;
    };
    for (const auto& [name, value] : what_.fields.all())
        add(value.empty() ? name + ";" : name + ": " + value);
    if (what_.fields.count("Content-Type") == 0)
        add("Content-Type:");
    if (what_.fields.count("Expect") == 0)
        add("Expect:");
    curl().easy_setopt(easy_, CURLOPT_HTTPHEADER, lines_);
}

asio::awaitable<result<response>> curl_transfer::run(std::chrono::milliseconds most) {
    const auto connecting = std::min(most, most_connecting);
    curl().easy_setopt(easy_, CURLOPT_TIMEOUT_MS, static_cast<long>(most.count()));
    curl().easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connecting.count()));
    driver_->start(easy_, [this](CURLcode code) {
        code_ = code;
        done_ = true;
        woken_.cancel();
    });
    woken_.expires_at(std::chrono::steady_clock::time_point::max());
    while (!done_) {
        error_code ec;
        co_await woken_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    }
    co_return outcome();
}

result<response> curl_transfer::outcome() {
    if (code_ == CURLE_OK) {
        long status = 0;
        curl().easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
        answer_.status = static_cast<int>(status);
        return std::move(answer_);
    }
    if (too_large_ || code_ == CURLE_FILESIZE_EXCEEDED)
        return client_errc::too_large;
    long sent = 0; // bytes of the request given to the connection
    curl().easy_getinfo(easy_, CURLINFO_REQUEST_SIZE, &sent);
    if (sent > 0)
        return client_errc::no_answer; // libcurl's "unsupported protocol" too: what answered speaks no HTTP
    if (code_ == CURLE_URL_MALFORMAT || code_ == CURLE_UNSUPPORTED_PROTOCOL)
        return client_errc::bad_url;
    return refused_ && code_ == CURLE_COULDNT_CONNECT ? client_errc::refused_address : client_errc::not_sent;
}

std::size_t curl_transfer::on_body(char* bytes, std::size_t one, std::size_t n, void* self) {
    auto* t = static_cast<curl_transfer*>(self);
    if (n * one > t->what_.most_bytes - t->answer_.body.size()) {
        t->too_large_ = true;
        return 0;
    }
    t->answer_.body.append(bytes, n * one);
    return n * one;
}

std::size_t curl_transfer::on_header(char* bytes, std::size_t one, std::size_t n, void* self) {
    auto* t = static_cast<curl_transfer*>(self);
    t->header_bytes_ += n * one;
    if (t->header_bytes_ > most_header_bytes) {
        t->too_large_ = true;
        return 0;
    }
    const std::string_view line(bytes, n * one);
    if (line.starts_with("HTTP/"))
        t->answer_.fields = {}; // an interim answer's fields are not the answer's
    else if (const auto colon = line.find(':'); colon != std::string_view::npos)
        t->answer_.fields.add(std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1))));
    return n * one;
}

std::size_t curl_transfer::on_send(char* to, std::size_t one, std::size_t n, void* self) {
    auto* t = static_cast<curl_transfer*>(self);
    const auto part = std::min(n * one, t->what_.body.size() - t->sent_);
    std::memcpy(to, t->what_.body.data() + t->sent_, part);
    t->sent_ += part;
    return part;
}

int curl_transfer::on_rewind(void* self, curl_off_t offset, int origin) {
    auto* t = static_cast<curl_transfer*>(self);
    if (!t->idempotent() || origin != SEEK_SET || offset < 0 || static_cast<std::size_t>(offset) > t->what_.body.size())
        return CURL_SEEKFUNC_FAIL;
    t->sent_ = static_cast<std::size_t>(offset);
    return CURL_SEEKFUNC_OK;
}

curl_socket_t curl_transfer::on_open(void* self, curlsocktype, curl_sockaddr* address) {
    auto* t = static_cast<curl_transfer*>(self);
    if (!t->what_.any_address && !open_to_all(address->addr)) {
        t->refused_ = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

} // namespace whynow::http
