#include "adapters/teams/token_check.hpp"

#include "adapters/teams/encoding.hpp"
#include "adapters/teams/service_url.hpp"

#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace whynow::adapters::teams {

using nlohmann::json;

namespace {

constexpr std::string_view channel_name = "msteams";
constexpr std::size_t most_tokens = 1024;

template <auto Free>
struct freed_by {
    template <class T>
    void operator()(T* p) const {
        Free(p);
    }
};
using bignum = std::unique_ptr<BIGNUM, freed_by<BN_free>>;
using key_context = std::unique_ptr<EVP_PKEY_CTX, freed_by<EVP_PKEY_CTX_free>>;
using digest_context = std::unique_ptr<EVP_MD_CTX, freed_by<EVP_MD_CTX_free>>;

const unsigned char* octets(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

bignum number(std::string_view base64url_text) {
    const auto bytes = base64url_decoded(base64url_text);
    if (!bytes || bytes->empty() || bytes->size() > 1024)
        return nullptr;
    return bignum(BN_bin2bn(octets(*bytes), static_cast<int>(bytes->size()), nullptr));
}

struct parts {
    std::string_view signed_part; // header.payload
    std::string_view header, payload, signature;
};

std::optional<std::string_view> bearer(std::string_view authorization) {
    if (authorization.size() < 8 || !same_ignoring_case(authorization.substr(0, 7), "Bearer "))
        return std::nullopt;
    return authorization.substr(7);
}

std::optional<parts> split(std::string_view token) {
    if (token.size() > longest_token || std::count(token.begin(), token.end(), '.') != 2)
        return std::nullopt;
    const auto first = token.find('.');
    const auto second = token.find('.', first + 1);
    parts p{token.substr(0, second), token.substr(0, first), token.substr(first + 1, second - first - 1),
            token.substr(second + 1)};
    if (p.header.empty() || p.payload.empty() || p.signature.empty())
        return std::nullopt;
    return p;
}

std::optional<json> object_in(std::string_view part) {
    const auto text = base64url_decoded(part);
    if (!text)
        return std::nullopt;
    auto j = json::parse(*text, nullptr, false);
    if (!j.is_object())
        return std::nullopt;
    return j;
}

std::string text_of(const json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

std::optional<instant> date_of(const json& j, const char* key) {
    const auto it = j.find(key);
    if (it == j.end() || !it->is_number())
        return std::nullopt;
    const double seconds = it->get<double>();
    if (!std::isfinite(seconds) || seconds < 0 || seconds > 253402300799.0) // the year 9999
        return std::nullopt;
    return instant{std::chrono::seconds{static_cast<std::int64_t>(seconds)}};
}

// Microsoft's "Messaging Bot API Application", which speaks for the Connector where Entra issues its tokens.
constexpr std::string_view messaging_bot_api = "5a807f24-c9de-44ee-a3a7-329e88a00ffc";

bool for_us(const json& payload, const config& c, family whose) {
    const auto it = payload.find("aud");
    if (it == payload.end() || c.app_id.empty())
        return false;
    const auto* one = &*it;
    if (it->is_array()) {
        if (it->size() != 1)
            return false;
        one = &it->front();
    }
    if (!one->is_string())
        return false;
    const auto& name = one->get_ref<const std::string&>();
    if (same_ignoring_case(name, c.app_id))
        return true;
    return whose == family::entra &&
           (same_ignoring_case(name, "api://" + c.app_id) || same_ignoring_case(name, "api://botid-" + c.app_id));
}

// "https://sts.windows.net/<tenant>/" and "https://login.microsoftonline.com/<tenant>/v2.0" name the tenant whose word
// the token is. Entra's keys are one set for all tenants, so only this tells ours from a stranger's.
std::optional<std::string> entra_tenant(std::string_view issuer) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> shapes{
        {{"https://sts.windows.net/", "/"},
         {"https://login.microsoftonline.com/", "/v2.0"},
         {"https://login.microsoftonline.us/", "/v2.0"},
         {"https://sts.chinacloudapi.cn/", "/"},
         {"https://login.partner.microsoftonline.cn/", "/v2.0"}}};
    for (const auto& [front, back] : shapes)
        if (issuer.size() > front.size() + back.size() && issuer.starts_with(front) && issuer.ends_with(back)) {
            auto tenant = issuer.substr(front.size(), issuer.size() - front.size() - back.size());
            if (tenant.find('/') == std::string_view::npos)
                return std::string(tenant);
        }
    return std::nullopt;
}

bool trusted_caller(const json& payload, const config& c) {
    auto caller = text_of(payload, "azp");
    if (caller.empty())
        caller = text_of(payload, "appid");
    if (caller.empty())
        return false;
    return same_ignoring_case(caller, c.app_id) || same_ignoring_case(caller, messaging_bot_api) ||
           std::any_of(c.entra_callers.begin(), c.entra_callers.end(),
                       [&](const std::string& x) { return same_ignoring_case(x, caller); });
}

std::optional<refusal> check_entra(const json& payload, const config& c) {
    const auto tenant = entra_tenant(text_of(payload, "iss"));
    // A tenant of the list by name: "any tenant" would be any tenant of the world here.
    if (!tenant || std::none_of(c.tenants.begin(), c.tenants.end(),
                                [&](const std::string& t) { return same_ignoring_case(t, *tenant); }))
        return refusal{401, "issuer"};
    if (!same_ignoring_case(text_of(payload, "tid"), *tenant))
        return refusal{401, "issuer of another tenant"};
    if (!trusted_caller(payload, c))
        return refusal{401, "caller"};
    return std::nullopt;
}

family family_in(const json& payload, const config& c) {
    return c.entra_tokens && entra_tenant(text_of(payload, "iss")) ? family::entra : family::connector;
}

std::optional<refusal> check_claims(const json& payload, const config& c, instant now) {
    const auto whose = family_in(payload, c);
    if (whose == family::entra) {
        if (auto bad = check_entra(payload, c))
            return bad;
    } else if (text_of(payload, "iss") != issuer(c)) {
        return refusal{401, "issuer"};
    }
    if (!for_us(payload, c, whose))
        return refusal{401, "audience"};
    const auto expires = date_of(payload, "exp");
    if (!expires)
        return refusal{401, "no expiry"};
    if (*expires + clock_skew <= now)
        return refusal{401, "expired"};
    if (payload.contains("nbf")) {
        const auto from = date_of(payload, "nbf");
        if (!from || *from - clock_skew > now)
            return refusal{401, "not yet valid"};
    }
    return std::nullopt;
}

bool signature_holds(const signing_key& key, std::string_view text, std::string_view signature) {
    const digest_context context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* padding = nullptr; // owned by the digest context
    return context && EVP_DigestVerifyInit(context.get(), &padding, EVP_sha256(), nullptr, key.key.get()) == 1 &&
           EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PADDING) == 1 &&
           EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(text), text.size()) == 1;
}

} // namespace

std::shared_ptr<evp_pkey_st> rsa_public_key(std::string_view n_text, std::string_view e_text) {
    const auto n = number(n_text);
    const auto e = number(e_text);
    if (!n || !e || BN_num_bits(n.get()) < 2048 || !BN_is_odd(n.get()) || !BN_is_odd(e.get()) ||
        BN_num_bits(e.get()) < 2 || BN_num_bits(e.get()) > 64)
        return nullptr;
    const std::unique_ptr<OSSL_PARAM_BLD, freed_by<OSSL_PARAM_BLD_free>> builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return nullptr;
    const std::unique_ptr<OSSL_PARAM, freed_by<OSSL_PARAM_free>> values(OSSL_PARAM_BLD_to_param(builder.get()));
    const key_context context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* key = nullptr;
    if (!values || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, values.get()) != 1)
        return nullptr;
    return {key, EVP_PKEY_free};
}

family family_of(std::string_view authorization, const config& c) {
    const auto token = c.entra_tokens ? bearer(authorization) : std::nullopt;
    const auto p = token ? split(*token) : std::nullopt;
    const auto payload = p ? object_in(p->payload) : std::nullopt;
    return payload ? family_in(*payload, c) : family::connector;
}

checked check_token(std::string_view authorization, const key_set& keys, const config& c, instant now) {
    const auto token = bearer(authorization);
    if (!token)
        return refusal{401, "no bearer token"};
    const auto p = split(*token);
    if (!p)
        return refusal{401, "shape of the token"};
    const auto header = object_in(p->header);
    const auto payload = object_in(p->payload);
    const auto signature = base64url_decoded(p->signature);
    if (!header || !payload || !signature)
        return refusal{401, "unreadable token"};
    // The header names a key of ours and nothing else: jwk, jku, x5u and x5c are never followed.
    if (text_of(*header, "alg") != "RS256" || header->contains("crit"))
        return refusal{401, "algorithm"};
    if (auto bad = check_claims(*payload, c, now))
        return *std::move(bad);
    auto kid = text_of(*header, "kid");
    if (kid.empty() || kid.size() > 256)
        return refusal{401, "no key named"};
    const auto key = keys.find(kid);
    if (key == keys.end())
        return unknown_key{std::move(kid)};
    if (!signature_holds(key->second, p->signed_part, *signature))
        return refusal{401, "signature"};
    if (family_in(*payload, c) == family::entra)
        return claims{std::move(kid), {}, text_of(*payload, "tid"), *date_of(*payload, "exp")};
    return claims{std::move(kid), text_of(*payload, "serviceurl"), {}, *date_of(*payload, "exp")};
}

std::optional<refusal> admit(const claims& token, const key_set& keys, const activity_facts& said, const config& c) {
    const auto key = keys.find(token.kid);
    if (key == keys.end())
        return refusal{401, "key withdrawn"};
    if (said.channel != channel_name)
        return refusal{403, "channel"};
    const auto& endorsed = key->second.endorsements;
    if (!endorsed.empty() && std::find(endorsed.begin(), endorsed.end(), said.channel) == endorsed.end())
        return refusal{403, "key not endorsed for the channel"};
    const bool by_entra = !token.tenant.empty();
    if (!by_entra && (token.service_url.empty() || !same_service_url(token.service_url, said.service_url)))
        return refusal{403, "service address differs from the token's"};
    if (!allowed_service_url(said.service_url, c))
        return refusal{403, "service host"};
    const auto& tenant = said.tenant.empty() ? said.channel_tenant : said.tenant;
    if (!said.tenant.empty() && !said.channel_tenant.empty() && !same_ignoring_case(said.tenant, said.channel_tenant))
        return refusal{403, "two tenants"};
    if (by_entra && !same_ignoring_case(token.tenant, tenant))
        return refusal{403, "tenant differs from the token's"};
    if (!tenant_allowed(c, tenant))
        return refusal{403, "tenant"};
    return std::nullopt;
}

std::optional<refusal> verify(std::string_view authorization, const key_set& keys, const activity_facts& said,
                              const config& c, instant now) {
    const auto result = check_token(authorization, keys, c, now);
    if (const auto* bad = std::get_if<refusal>(&result))
        return *bad;
    if (std::holds_alternative<unknown_key>(result))
        return refusal{401, "unknown key"};
    return admit(std::get<claims>(result), keys, said, c);
}

std::optional<claims> token_cache::find(std::string_view authorization, const key_set& keys, instant now) const {
    if (authorization.size() > longest_token + 7)
        return std::nullopt;
    const auto it = known_.find(sha256(authorization));
    if (it == known_.end() || it->second.expires + clock_skew <= now || !keys.contains(it->second.kid))
        return std::nullopt;
    return it->second;
}

void token_cache::keep(std::string_view authorization, const claims& token, instant now) {
    if (known_.size() >= most_tokens)
        std::erase_if(known_, [&](const auto& entry) { return entry.second.expires + clock_skew <= now; });
    if (known_.size() >= most_tokens)
        known_.clear();
    known_[sha256(authorization)] = token;
}

} // namespace whynow::adapters::teams
