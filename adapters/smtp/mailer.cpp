#include "adapters/smtp/mailer.hpp"

#include "adapters/smtp/dialogue.hpp"
#include "adapters/smtp/message.hpp"
#include "http/libcurl.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <cstring>
#include <mutex>
#include <new>
#include <string_view>
#include <sys/socket.h>
#include <vector>

namespace whynow::smtp {
namespace asio = boost::asio;

namespace {

// libcurl says goodbye when a connection is dropped and would wait for the answer, minutes if need be. With our
// reading end shut the goodbye still goes out and the wait ends at once.
struct free_easy {
    void operator()(CURL* easy) const {
        curl_socket_t fd = CURL_SOCKET_BAD;
        if (http::curl().easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK && fd != CURL_SOCKET_BAD)
            ::shutdown(fd, SHUT_RD);
        http::curl().easy_setopt(easy, CURLOPT_VERBOSE, 0L); // nobody listens any more
        http::curl().easy_cleanup(easy);
    }
};
using easy_handle = std::unique_ptr<CURL, free_easy>;

// A handle between two mails, with its connection.
struct resting {
    easy_handle easy;
    std::chrono::steady_clock::time_point since;
};

constexpr std::chrono::seconds most_rest{15}; // servers hang up on idle clients

struct free_list {
    void operator()(curl_slist* list) const { http::curl().slist_free_all(list); }
};

struct address {
    std::string url; // without a path
    bool loopback = false;
};

address read_server(std::string_view text) {
    std::string_view scheme = "smtp";
    if (const auto at = text.find("://"); at != std::string_view::npos) {
        scheme = text.substr(0, at);
        text.remove_prefix(at + 3);
    }
    text = text.substr(0, text.find('/'));
    const auto colon = text.rfind(':');
    const bool port = colon != std::string_view::npos && text.find(']', colon) == std::string_view::npos;
    const auto host = text.substr(0, port ? colon : text.size());
    std::string url = std::string(scheme) + "://" + std::string(text);
    if (!port)
        url += scheme == "smtps" ? ":465" : ":587";
    return {url, host == "localhost" || host == "[::1]" || host.starts_with("127.")};
}

std::string_view domain_of(std::string_view mail_address) { return mail_address.substr(mail_address.find('@') + 1); }

std::string_view trouble_of(CURLcode code) {
    switch (code) {
    case CURLE_OK: return {};
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT: return "connect";
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM: return "tls";
    case CURLE_LOGIN_DENIED: return "login";
    case CURLE_ABORTED_BY_CALLBACK: return "stopped";
    default: return "broken";
    }
}

// One mail's transfer: what the callbacks see.
struct transfer {
    std::string_view left; // of the mail's bytes
    dialogue talk;
    const std::atomic<bool>& stopping;
};

std::size_t on_send(char* to, std::size_t one, std::size_t n, void* self) {
    auto* t = static_cast<transfer*>(self);
    const auto part = std::min(one * n, t->left.size());
    if (part == 0)
        return 0;
    t->talk.body_began();
    std::memcpy(to, t->left.data(), part);
    t->left.remove_prefix(part);
    // libcurl knows the size and may never ask again: from here on the mail may arrive.
    if (t->left.empty())
        t->talk.body_whole();
    return part;
}

int on_talk(CURL*, curl_infotype kind, char* bytes, std::size_t n, void* self) {
    auto* t = static_cast<transfer*>(self);
    if (kind == CURLINFO_HEADER_OUT)
        t->talk.said({bytes, n});
    else if (kind == CURLINFO_HEADER_IN)
        t->talk.heard({bytes, n});
    return 0;
}

int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<transfer*>(self)->stopping.load() ? 1 : 0;
}

std::size_t swallow(char*, std::size_t one, std::size_t n, void*) { return one * n; }

} // namespace

struct smtp_mailer::parts {
    explicit parts(smtp_settings s)
        : settings(std::move(s)), server(read_server(settings.server)), pool(settings.threads) {}

    smtp_settings settings;
    address server;
    std::atomic<bool> stopping{false};
    std::mutex lock; // guards idle
    std::vector<resting> idle;
    asio::thread_pool pool;

    easy_handle take();
    void give_back(easy_handle easy);
    void prepare(CURL* easy, const envelope& what, transfer& t) const;
    mail_result perform(const envelope& what);
};

easy_handle smtp_mailer::parts::take() {
    std::vector<resting> stale; // dropped without the lock
    {
        const std::lock_guard hold(lock);
        while (!idle.empty()) {
            auto last = std::move(idle.back());
            idle.pop_back();
            if (std::chrono::steady_clock::now() - last.since < most_rest)
                return std::move(last.easy);
            stale.push_back(std::move(last));
        }
    }
    easy_handle easy(http::curl().easy_init());
    if (!easy)
        throw std::bad_alloc();
    return easy;
}

void smtp_mailer::parts::give_back(easy_handle easy) {
    const std::lock_guard hold(lock);
    idle.push_back({std::move(easy), std::chrono::steady_clock::now()});
}

void smtp_mailer::parts::prepare(CURL* easy, const envelope& what, transfer& t) const {
    const auto set = [easy](CURLoption option, auto value) { http::curl().easy_setopt(easy, option, value); };
    const bool may_be_plain = settings.plain_on_loopback && server.loopback;
    // The path is the name we greet with: the sender's domain, never this machine's name.
    set(CURLOPT_URL, (server.url + "/" + std::string(domain_of(what.from))).c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_USE_SSL, static_cast<long>(may_be_plain ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!settings.ca_file.empty())
        set(CURLOPT_CAINFO, settings.ca_file.c_str());
    if (!settings.user.empty()) {
        set(CURLOPT_USERNAME, settings.user.c_str());
        set(CURLOPT_PASSWORD, settings.password.c_str());
    }
    set(CURLOPT_MAIL_FROM, what.from.c_str());
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(what.bytes.size()));
    set(CURLOPT_READFUNCTION, &on_send);
    set(CURLOPT_READDATA, &t);
    set(CURLOPT_WRITEFUNCTION, &swallow);
    set(CURLOPT_VERBOSE, 1L); // for on_talk; nothing is printed
    set(CURLOPT_DEBUGFUNCTION, &on_talk);
    set(CURLOPT_DEBUGDATA, &t);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &on_progress);
    set(CURLOPT_XFERINFODATA, &t);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(settings.deadline.count()));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_deadline.count()));
}

mail_result smtp_mailer::parts::perform(const envelope& what) {
    if (stopping)
        return not_sent{0, {}, "stopped"};
    auto easy = take();
    transfer t{what.bytes, {}, stopping};
    prepare(easy.get(), what, t);
    const std::unique_ptr<curl_slist, free_list> to(http::curl().slist_append(nullptr, what.to.c_str()));
    http::curl().easy_setopt(easy.get(), CURLOPT_MAIL_RCPT, to.get());
    const CURLcode code = http::curl().easy_perform(easy.get());
    const auto result = t.talk.outcome(trouble_of(code));
    if (code == CURLE_OK) {
        http::curl().easy_setopt(easy.get(), CURLOPT_VERBOSE, 0L); // until prepare() there is nobody to tell
        give_back(std::move(easy));
    }
    return result;
}

smtp_mailer::smtp_mailer(smtp_settings settings) : parts_(std::make_unique<parts>(std::move(settings))) {}

smtp_mailer::~smtp_mailer() {
    parts_->stopping = true;
    parts_->pool.join();
}

asio::awaitable<mail_result> smtp_mailer::send(envelope what) {
    if (!valid_address(what.from) || !valid_address(what.to))
        co_return rejected{0, {}, false, "not one plain address"};
    auto* const p = parts_.get();
    auto work = [p, w = std::move(what)]() -> asio::awaitable<mail_result> { co_return p->perform(w); };
    co_return co_await asio::co_spawn(p->pool, std::move(work), asio::use_awaitable);
}

} // namespace whynow::smtp
