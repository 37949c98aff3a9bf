#include "adapters/teams/config.hpp"

#include "adapters/teams/encoding.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace whynow::adapters::teams {
namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

} // namespace

std::string token_address(const config& c) {
    if (!c.token_url.empty())
        return c.token_url;
    const bool named = !c.tenants.empty() && c.tenants.front() != "*";
    return "https://login.microsoftonline.com/" + (named ? c.tenants.front() : "botframework.com") +
           "/oauth2/v2.0/token";
}

std::string metadata_address(const config& c) {
    return c.openid_metadata_url.empty() ? "https://login.botframework.com/v1/.well-known/openidconfiguration"
                                         : c.openid_metadata_url;
}

std::string entra_metadata_address(const config& c) {
    if (!c.entra_metadata_url.empty())
        return c.entra_metadata_url;
    constexpr std::string_view tail = "/oauth2/v2.0/token";
    auto from = token_address(c);
    if (from.ends_with(tail))
        from.resize(from.size() - tail.size());
    return from + "/v2.0/.well-known/openid-configuration";
}

std::string issuer(const config& c) {
    const auto from = metadata_address(c);
    if (from.starts_with("https://login.botframework.azure.us/"))
        return "https://api.botframework.us";
    if (from.starts_with("https://login.botframework.azure.cn/"))
        return "https://api.botframework.azure.cn";
    return "https://api.botframework.com";
}

std::string token_scope(const config& c) {
    const auto from = token_address(c);
    if (contains(from, "://login.microsoftonline.us/"))
        return "https://api.botframework.us/.default";
    if (contains(from, "://login.partner.microsoftonline.cn/"))
        return "https://api.botframework.azure.cn/.default";
    return "https://api.botframework.com/.default";
}

std::vector<chat::allowance> per_conversation() {
    using namespace std::chrono_literals;
    return {{7, 1s}, {8, 2s}, {60, 30s}, {1800, 3600s}};
}

boost::asio::awaitable<void> resting(std::chrono::steady_clock::duration how_long) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, how_long);
    boost::system::error_code ec;
    co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ec));
}

bool tenant_allowed(const config& c, std::string_view tenant) {
    if (tenant.empty())
        return false;
    return std::any_of(c.tenants.begin(), c.tenants.end(),
                       [&](const std::string& t) { return t == "*" || same_ignoring_case(t, tenant); });
}

} // namespace whynow::adapters::teams
