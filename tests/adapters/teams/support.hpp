// RSA keys made for one test run, tokens signed with them, and a recording fake of the network.
#pragma once

#include "adapters/teams/config.hpp"
#include "adapters/teams/token_check.hpp"
#include "http/client.hpp"

#include <boost/asio/awaitable.hpp>
#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace whynow::teams_test {

inline constexpr const char* app = "00000000-0000-0000-0000-0000000000aa";
inline constexpr const char* tenant = "22222222-2222-2222-2222-222222222222";
inline constexpr const char* service = "https://smba.trafficmanager.net/emea/22222222-2222-2222-2222-222222222222/";
inline constexpr domain::instant now{std::chrono::seconds{1'764'000'000}};

// A fresh 2048-bit key pair under a name.
struct key_pair {
    std::string kid;
    std::shared_ptr<evp_pkey_st> key;
    std::string n, e; // base64url

    static key_pair make(std::string kid, unsigned bits = 2048);
    std::string sign(std::string_view text) const; // RS256
    std::string public_pem() const;
    std::string self_signed_pem() const; // private key and certificate
    nlohmann::json jwk() const;
};
const key_pair& shared_key(); // one pair for the whole run

nlohmann::json good_header(const key_pair& k = shared_key());
nlohmann::json good_payload();
std::string token(const nlohmann::json& header, const nlohmann::json& payload, const key_pair& k = shared_key());
std::string good_token();
std::string jwks(const std::vector<nlohmann::json>& keys);
adapters::teams::config good_config();

// The text of a file below tests/, or an empty string.
std::string file(const std::string& path);

class fake_network : public http::client {
  public:
    using handler = std::function<boost::system::result<http::response>(const http::outgoing&)>;

    boost::asio::awaitable<boost::system::result<http::response>> exchange(http::outgoing what) override;

    void on(std::string method, std::string url_part, handler h);
    // One answer after another; the last one stays.
    void on(std::string method, std::string url_part, std::vector<http::response> answers);
    int count(std::string_view url_part) const;

    std::vector<http::outgoing> seen;

  private:
    struct rule {
        std::string method, part;
        handler answer;
    };
    std::vector<rule> rules_;
};

} // namespace whynow::teams_test
