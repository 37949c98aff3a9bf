#include "support.hpp"

#include "adapters/teams/encoding.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace whynow::teams_test {

using adapters::teams::base64url;
using nlohmann::json;

namespace {

std::string number_of(EVP_PKEY* key, const char* name) {
    BIGNUM* n = nullptr;
    EVP_PKEY_get_bn_param(key, name, &n);
    std::string out(static_cast<std::size_t>(BN_num_bytes(n)), '\0');
    BN_bn2bin(n, reinterpret_cast<unsigned char*>(out.data()));
    BN_free(n);
    return base64url(out);
}

std::string text_in(BIO* memory) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(memory, &data);
    std::string out(data, static_cast<std::size_t>(size));
    BIO_free(memory);
    return out;
}

} // namespace

key_pair key_pair::make(std::string kid, unsigned bits) {
    key_pair out;
    out.kid = std::move(kid);
    out.key = {EVP_RSA_gen(bits), EVP_PKEY_free};
    out.n = number_of(out.key.get(), OSSL_PKEY_PARAM_RSA_N);
    out.e = number_of(out.key.get(), OSSL_PKEY_PARAM_RSA_E);
    return out;
}

std::string key_pair::sign(std::string_view text) const {
    auto* context = EVP_MD_CTX_new();
    std::size_t length = 512;
    std::string out(length, '\0');
    EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key.get());
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(out.data()), &length,
                   reinterpret_cast<const unsigned char*>(text.data()), text.size());
    EVP_MD_CTX_free(context);
    out.resize(length);
    return out;
}

std::string key_pair::public_pem() const {
    auto* memory = BIO_new(BIO_s_mem());
    PEM_write_bio_PUBKEY(memory, key.get());
    return text_in(memory);
}

std::string key_pair::self_signed_pem() const {
    auto* x = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
    X509_gmtime_adj(X509_getm_notBefore(x), 0);
    X509_gmtime_adj(X509_getm_notAfter(x), 3600);
    X509_set_pubkey(x, key.get());
    X509_sign(x, key.get(), EVP_sha256());
    auto* memory = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(memory, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    PEM_write_bio_X509(memory, x);
    X509_free(x);
    return text_in(memory);
}

json key_pair::jwk() const {
    return {{"kty", "RSA"}, {"use", "sig"}, {"kid", kid}, {"n", n}, {"e", e}, {"endorsements", {"msteams", "skype"}}};
}

const key_pair& shared_key() {
    static const auto key = key_pair::make("key-1");
    return key;
}

json good_header(const key_pair& k) { return {{"alg", "RS256"}, {"typ", "JWT"}, {"kid", k.kid}, {"x5t", k.kid}}; }

json good_payload() {
    const auto at = now.time_since_epoch().count();
    return {{"iss", "https://api.botframework.com"},
            {"aud", app},
            {"exp", at + 3600},
            {"nbf", at - 60},
            {"serviceurl", service}};
}

std::string token(const json& header, const json& payload, const key_pair& k) {
    const auto text = base64url(header.dump()) + "." + base64url(payload.dump());
    return "Bearer " + text + "." + base64url(k.sign(text));
}

std::string good_token() { return token(good_header(), good_payload()); }

std::string jwks(const std::vector<json>& keys) { return json{{"keys", keys}}.dump(); }

adapters::teams::config good_config() {
    adapters::teams::config c;
    c.app_id = app;
    c.app_secret = "s3cret&";
    c.tenants = {tenant};
    return c;
}

std::string file(const std::string& path) {
    std::ifstream in(std::string(WHYNOW_SOURCE_DIR "/tests/") + path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

boost::asio::awaitable<boost::system::result<http::response>> fake_network::exchange(http::outgoing what) {
    co_await boost::asio::post(boost::asio::use_awaitable); // as the real one: never at once
    seen.push_back(what);
    for (const auto& r : rules_)
        if (r.method == what.method && what.url.find(r.part) != std::string::npos)
            co_return r.answer(what);
    co_return http::make_error_code(http::client_errc::not_sent);
}

void fake_network::on(std::string method, std::string part, handler h) {
    rules_.insert(rules_.begin(), {std::move(method), std::move(part), std::move(h)});
}

void fake_network::on(std::string method, std::string part, std::vector<http::response> answers) {
    auto next = std::make_shared<std::size_t>(0);
    on(std::move(method), std::move(part), [answers = std::move(answers), next](const http::outgoing&) {
        return answers[std::min((*next)++, answers.size() - 1)];
    });
}

int fake_network::count(std::string_view part) const {
    return static_cast<int>(
        std::count_if(seen.begin(), seen.end(), [&](const auto& x) { return x.url.find(part) != std::string::npos; }));
}

} // namespace whynow::teams_test
