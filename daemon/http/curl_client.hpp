// http::client over libcurl.
#pragma once

#include "http/client.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <string>

namespace whynow::http {

class curl_driver;

struct curl_client_settings {
    std::string user_agent = "whynow";
    long most_connections_per_host = 8; // more wait for their turn; their deadline runs
    long most_connections = 64;
};

// Keeps connections alive, decodes gzip, deflate and brotli, follows redirects itself: each target is checked like
// the first one, Authorization and Cookie do not travel to another origin, and `any_address` holds for the first
// origin only. Addresses are checked when connecting, after the name is resolved. Connections opened with
// `any_address` are never used for requests without it. Proxies of the environment are ignored: they would hide the
// address. A request that is not idempotent is never sent twice.
//
// All calls from the io thread of the executor. Exchanges under way keep what they need when the client goes; a
// cancelled exchange is taken back at once. A field with a line break is bad_url.
class curl_client final : public client {
  public:
    explicit curl_client(boost::asio::any_io_executor on, curl_client_settings settings = {});
    ~curl_client() override;

    boost::asio::awaitable<boost::system::result<response>> exchange(outgoing what) override;

  private:
    boost::asio::any_io_executor on_;
    curl_client_settings settings_;
    std::shared_ptr<curl_driver> guarded_, open_; // made for the first request; guarded: public addresses only
    std::shared_ptr<curl_driver> made(std::shared_ptr<curl_driver>& which);
};

} // namespace whynow::http
