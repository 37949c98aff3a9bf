// Our own token for the Connector: client credentials with a secret or a certificate, kept until shortly before it
// expires, fetched once for everybody who waits.
#pragma once

#include "adapters/teams/config.hpp"
#include "adapters/teams/flight.hpp"
#include "http/client.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace whynow::adapters::teams {

// The form of a token request. Nothing where there is neither a secret nor a usable certificate.
std::optional<std::string> token_request_body(const config& c);
// A signed client assertion (PS256, x5t#S256) of the PEM in `certificate`, valid ten minutes from `now`.
std::optional<std::string> client_assertion(const config& c, domain::instant now, std::string_view unique);

class access_token {
  public:
    struct failure {
        std::string why; // the provider's error word, never a secret
    };
    using result = std::variant<std::string, failure>;

    // Both outlive this. One io thread.
    access_token(http::client& out, const config& c) : out_(out), config_(c) {}

    boost::asio::awaitable<result> get();
    // The peer refused this token; the next get() fetches. A newer token stays.
    void drop(std::string_view refused);

  private:
    using time_point = std::chrono::steady_clock::time_point;
    boost::asio::awaitable<void> fetch();

    http::client& out_;
    const config& config_;
    std::string token_;
    time_point until_{};
    std::string failed_; // why the last fetch failed
    flight flight_;
};

} // namespace whynow::adapters::teams
