#include "adapters/teams/access_token.hpp"

#include "adapters/teams/encoding.hpp"
#include "log/log.hpp"

#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>

namespace whynow::adapters::teams {

using nlohmann::json;

namespace {

constexpr std::chrono::minutes early{5};

template <auto Free>
struct freed_by {
    template <class T>
    void operator()(T* p) const {
        Free(p);
    }
};
using memory = std::unique_ptr<BIO, freed_by<BIO_free>>;
using private_key = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using certificate = std::unique_ptr<X509, freed_by<X509_free>>;

memory over(const std::string& pem) { return memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))); }

std::optional<std::string> signed_pss(const private_key& key, const std::string& text) {
    const std::unique_ptr<EVP_MD_CTX, freed_by<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* padding = nullptr;
    if (!context || EVP_DigestSignInit(context.get(), &padding, EVP_sha256(), nullptr, key.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) != 1 ||
        EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST) != 1)
        return std::nullopt;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t length = 0;
    if (EVP_DigestSign(context.get(), nullptr, &length, bytes, text.size()) != 1)
        return std::nullopt;
    std::string out(length, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &length, bytes, text.size()) != 1)
        return std::nullopt;
    out.resize(length);
    return out;
}

std::optional<std::string> thumbprint(const certificate& x) {
    std::string out(EVP_MAX_MD_SIZE, '\0');
    unsigned length = 0;
    if (X509_digest(x.get(), EVP_sha256(), reinterpret_cast<unsigned char*>(out.data()), &length) != 1)
        return std::nullopt;
    out.resize(length);
    return out;
}

std::string random_word() {
    std::string out(16, '\0');
    RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size()));
    return base64url(out);
}

std::string text_of(const json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

// "invalid_client (AADSTS7000215)": the word and the number, not the prose that may quote what we sent.
std::string provider_word(const http::response& r) {
    const auto j = json::parse(r.body, nullptr, false);
    if (!j.is_object())
        return fmt::format("status {}", r.status);
    const auto prose = text_of(j, "error_description");
    const auto at = prose.find("AADSTS");
    const auto end = at == std::string::npos ? at : prose.find_first_not_of("0123456789", at + 6);
    return fmt::format("status {} {} {}", r.status, text_of(j, "error").substr(0, 60),
                       at == std::string::npos ? "" : prose.substr(at, std::min<std::size_t>(end - at, 20)));
}

} // namespace

std::optional<std::string> client_assertion(const config& c, domain::instant now, std::string_view unique) {
    const private_key key(PEM_read_bio_PrivateKey(over(c.certificate).get(), nullptr, nullptr, nullptr));
    const certificate x(PEM_read_bio_X509(over(c.certificate).get(), nullptr, nullptr, nullptr));
    if (!key || !x || EVP_PKEY_base_id(key.get()) != EVP_PKEY_RSA)
        return std::nullopt;
    const auto print = thumbprint(x);
    if (!print)
        return std::nullopt;
    const auto seconds = now.time_since_epoch().count();
    const json header{{"alg", "PS256"}, {"typ", "JWT"}, {"x5t#S256", base64url(*print)}};
    const json payload{{"aud", token_address(c)}, {"iss", c.app_id},     {"sub", c.app_id},
                       {"jti", unique},           {"nbf", seconds - 60}, {"exp", seconds + 600}};
    const auto text = base64url(header.dump()) + "." + base64url(payload.dump());
    const auto signature = signed_pss(key, text);
    if (!signature)
        return std::nullopt;
    return text + "." + base64url(*signature);
}

std::optional<std::string> token_request_body(const config& c) {
    auto body = "grant_type=client_credentials&client_id=" + http::percent_encoded(c.app_id) +
                "&scope=" + http::percent_encoded(token_scope(c));
    if (!c.app_secret.empty())
        return body + "&client_secret=" + http::percent_encoded(c.app_secret);
    if (c.certificate.empty())
        return std::nullopt;
    const auto assertion = client_assertion(c, c.wall(), random_word());
    if (!assertion)
        return std::nullopt;
    return body + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer" +
           "&client_assertion=" + *assertion;
}

boost::asio::awaitable<access_token::result> access_token::get() {
    if (!token_.empty() && config_.pace() < until_)
        co_return token_;
    if (flight_.under_way())
        co_await flight_.landing();
    else
        co_await fetch();
    if (!token_.empty() && config_.pace() < until_)
        co_return token_;
    co_return failure{failed_};
}

void access_token::drop(std::string_view refused) {
    if (token_ == refused)
        token_.clear();
}

boost::asio::awaitable<void> access_token::fetch() {
    auto where = co_await boost::asio::this_coro::executor;
    const flight::pilot aboard(flight_, std::move(where));
    failed_.clear();
    token_.clear();
    auto body = token_request_body(config_);
    if (!body) {
        failed_ = "no app secret and no usable certificate";
        co_return;
    }
    http::outgoing what;
    what.method = "POST";
    what.url = token_address(config_);
    what.fields.add("Content-Type", "application/x-www-form-urlencoded");
    what.fields.add("Accept", "application/json");
    what.body = std::move(*body);
    what.any_address = config_.any_address;
    what.ca_file = config_.ca_file;
    what.most_bytes = 256u << 10;
    const auto asked = config_.pace();
    const auto answer = co_await out_.exchange(std::move(what));
    if (!answer) {
        failed_ = answer.error().message();
    } else if (answer->status != 200) {
        failed_ = provider_word(*answer);
    } else {
        const auto j = json::parse(answer->body, nullptr, false);
        token_ = j.is_object() ? text_of(j, "access_token") : std::string{};
        const auto it = token_.empty() ? json::const_iterator{} : j.find("expires_in");
        const double seconds = !token_.empty() && it != j.end() && it->is_number() ? it->get<double>() : 3600.0;
        const auto life = std::chrono::seconds(static_cast<std::int64_t>(std::clamp(seconds, 0.0, 86400.0)));
        // A token that lives shorter than the margin is used for half its life.
        until_ = asked + (life > 2 * early ? life - early : life / 2);
        if (token_.empty())
            failed_ = "answer without a token";
    }
    if (!failed_.empty())
        log::warn("teams_token_refused", {{"why", failed_}});
}

} // namespace whynow::adapters::teams
