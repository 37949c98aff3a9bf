// The Connector's public keys: fetched from its OpenID metadata, kept a day, asked for again when a token names a key
// we do not know, but never more than once a minute, whatever strangers send.
#pragma once

#include "adapters/teams/flight.hpp"
#include "adapters/teams/token_check.hpp"
#include "http/client.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace whynow::adapters::teams {

// The usable RSA signing keys of a JWKS; nothing where the text is no JWKS or holds none.
std::optional<key_set> read_keys(std::string_view jwks);
// `jwks_uri` of an OpenID configuration.
std::optional<std::string> read_keys_address(std::string_view metadata);

// When to fetch: decided without a socket or a clock.
class key_pace {
  public:
    using time_point = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::hours freshness{24};
    static constexpr std::chrono::seconds floor{60};       // between two fetches once there are keys
    static constexpr std::chrono::seconds first_floor{10}; // while there are none

    // Should somebody who needs a key (`known`: it is in the set) fetch now?
    bool fetch_now(bool known, time_point now) const;
    void began(time_point now) { tried_ = now; }
    void loaded(time_point now) { loaded_ = now; }

  private:
    std::optional<time_point> tried_;
    std::optional<time_point> loaded_;
};

class signing_keys {
  public:
    // `out` and `c` outlive this. `metadata` is the address of the OpenID configuration.
    signing_keys(http::client& out, const config& c, std::string metadata)
        : out_(out), config_(c), metadata_(std::move(metadata)) {}

    // The present set, never null; does not wait.
    std::shared_ptr<const key_set> present() const { return keys_; }
    // The set after an attempt to have `kid` in it. Old keys stay when the fetch fails.
    boost::asio::awaitable<std::shared_ptr<const key_set>> with(std::string kid);

  private:
    boost::asio::awaitable<void> fetch();
    boost::asio::awaitable<std::optional<std::string>> get(std::string url);

    http::client& out_;
    const config& config_;
    std::string metadata_;
    std::shared_ptr<const key_set> keys_ = std::make_shared<key_set>();
    key_pace pace_;
    flight flight_;
};

} // namespace whynow::adapters::teams
