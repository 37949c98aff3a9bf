#include "http/curl_client.hpp"

#include "http/curl_driver.hpp"
#include "http/curl_transfer.hpp"
#include "http/redirect.hpp"
#include "http/url.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>

namespace whynow::http {
namespace asio = boost::asio;
using boost::system::result;

namespace {

class client_category final : public boost::system::error_category {
  public:
    const char* name() const noexcept override { return "whynow.http.client"; }
    std::string message(int value) const override {
        switch (static_cast<client_errc>(value)) {
        case client_errc::bad_url: return "not a usable http(s) address or request";
        case client_errc::refused_address: return "address not allowed";
        case client_errc::not_sent: return "no connection; nothing was sent";
        case client_errc::no_answer: return "sent, but no whole answer came";
        case client_errc::too_large: return "answer too large";
        case client_errc::too_many_redirects: return "too many redirects";
        }
        return "unknown";
    }
};

bool plain(const outgoing& what) {
    const auto breaks = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    for (const auto& [name, value] : what.fields.all())
        if (name.empty() || name.find_first_of(":; \t") != std::string::npos ||
            std::any_of(name.begin(), name.end(), breaks) || std::any_of(value.begin(), value.end(), breaks))
            return false;
    return !what.method.empty() &&
           std::all_of(what.method.begin(), what.method.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool redirects(const response& r) {
    return r.status == 301 || r.status == 302 || r.status == 303 || r.status == 307 || r.status == 308;
}

} // namespace

boost::system::error_code make_error_code(client_errc e) {
    static const client_category category;
    return {static_cast<int>(e), category};
}

curl_client::curl_client(asio::any_io_executor on, curl_client_settings settings)
    : on_(std::move(on)), settings_(std::move(settings)) {}

curl_client::~curl_client() = default;

std::shared_ptr<curl_driver> curl_client::made(std::shared_ptr<curl_driver>& which) {
    if (!which)
        which = std::make_shared<curl_driver>(on_, settings_.most_connections_per_host, settings_.most_connections);
    return which;
}

asio::awaitable<result<response>> curl_client::exchange(outgoing what) {
    const auto until = std::chrono::steady_clock::now() + what.deadline;
    const auto guarded = made(guarded_), open = made(open_); // the client may go while we wait
    const auto user_agent = settings_.user_agent;
    const auto on = co_await asio::this_coro::executor;
    auto at = read_url(what.url);
    if (!at || !plain(what))
        co_return client_errc::bad_url;
    what.url = at->whole;
    for (int hops = 0;; ++hops) {
        using std::chrono::milliseconds;
        const auto left = std::chrono::duration_cast<milliseconds>(until - std::chrono::steady_clock::now());
        if (left.count() <= 0)
            co_return hops == 0 ? client_errc::not_sent : client_errc::no_answer;
        curl_transfer transfer(what.any_address ? open : guarded, on, what, user_agent);
        auto got = co_await transfer.run(left);
        if (!got || what.most_redirects == 0 || !redirects(*got) || got->fields.get("Location").empty())
            co_return got;
        if (hops == what.most_redirects)
            co_return client_errc::too_many_redirects;
        const auto next = resolve_url(*at, std::string(got->fields.get("Location")));
        if (!next)
            co_return client_errc::bad_url;
        turn_to(what, *at, *next, got->status);
        at = next;
    }
}

} // namespace whynow::http
