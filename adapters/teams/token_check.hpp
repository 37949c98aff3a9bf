// Is this request from the Bot Connector? The checks of a bearer token, as values in and values out.
#pragma once

#include "adapters/teams/config.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

struct evp_pkey_st; // OpenSSL's EVP_PKEY

namespace whynow::adapters::teams {

using domain::instant;

struct signing_key {
    std::shared_ptr<evp_pkey_st> key;
    std::vector<std::string> endorsements; // channels the key may speak for; empty: any
};
using key_set = std::map<std::string, signing_key, std::less<>>; // by kid

// An RSA key of at least 2048 bits from the base64url numbers of a JWK; nothing where they are unusable.
std::shared_ptr<evp_pkey_st> rsa_public_key(std::string_view n, std::string_view e);

// Whose word a token is: the Connector's, or Entra's (where the configuration takes those).
enum class family { connector, entra };
// What the token itself claims; decides only which keys and which checks it has to face.
family family_of(std::string_view authorization, const config& c);

// What an authentic token says.
struct claims {
    std::string kid;
    std::string service_url; // the Connector's only
    std::string tenant;      // Entra's only
    instant expires{};
};
struct refusal {
    int status = 401; // 401: the token is bad; 403: the token is good and the caller is not let in
    std::string why;  // for the log, never for the caller
};
struct unknown_key {
    std::string kid;
}; // all else looks right: worth asking for newer keys
using checked = std::variant<claims, refusal, unknown_key>;

// What the body says about itself.
struct activity_facts {
    std::string channel;
    std::string service_url;
    std::string tenant;         // conversation.tenantId
    std::string channel_tenant; // channelData.tenant.id
};

inline constexpr std::size_t longest_token = 16 * 1024;
inline constexpr std::chrono::seconds clock_skew{300};

// The value of an Authorization field: "Bearer", three parts, RS256, issuer, audience, times, key, signature. `keys`
// are those of the token's family.
checked check_token(std::string_view authorization, const key_set& keys, const config& c, instant now);
// May this token bring this activity: endorsement of the channel, service address, allowed host, tenant. A token of
// Entra names no service address, but a tenant.
std::optional<refusal> admit(const claims& token, const key_set& keys, const activity_facts& said, const config& c);
// Both in one. Nothing is a yes.
std::optional<refusal> verify(std::string_view authorization, const key_set& keys, const activity_facts& said,
                              const config& c, instant now);

// The Connector sends one token many times: what was verified once is remembered, by its digest, until it expires or
// its key leaves the set. Not for several threads.
class token_cache {
  public:
    std::optional<claims> find(std::string_view authorization, const key_set& keys, instant now) const;
    void keep(std::string_view authorization, const claims& token, instant now);
    std::size_t size() const { return known_.size(); }

  private:
    std::unordered_map<std::string, claims> known_;
};

} // namespace whynow::adapters::teams
