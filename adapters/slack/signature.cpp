#include "adapters/slack/signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>

namespace whynow::slack {

namespace {

constexpr std::string_view stamp_header = "X-Slack-Request-Timestamp";
constexpr std::string_view signature_header = "X-Slack-Signature";
constexpr std::chrono::seconds window{300};
constexpr std::size_t signature_length = 3 + 64;

std::optional<domain::instant> read_stamp(std::string_view text) {
    if (text.empty() || text.size() > 12)
        return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    long long seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    return domain::instant{std::chrono::seconds{seconds}};
}

bool well_formed(std::string_view signature) {
    return signature.size() == signature_length && signature.starts_with("v0=") &&
           std::all_of(signature.begin() + 3, signature.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

struct free_mac {
    void operator()(EVP_MAC* m) const { EVP_MAC_free(m); }
    void operator()(EVP_MAC_CTX* c) const { EVP_MAC_CTX_free(c); }
};

// OpenSSL 3 looks algorithms up by name, which costs more than the hash of a small body: done once per thread.
EVP_MAC_CTX* hmac_sha256() {
    thread_local const std::unique_ptr<EVP_MAC, free_mac> mac{EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
    thread_local const std::unique_ptr<EVP_MAC_CTX, free_mac> context = [] {
        std::unique_ptr<EVP_MAC_CTX, free_mac> c{mac ? EVP_MAC_CTX_new(mac.get()) : nullptr};
        char digest[] = "SHA256";
        const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0),
                                         OSSL_PARAM_construct_end()};
        if (c && EVP_MAC_CTX_set_params(c.get(), parameters) != 1)
            c.reset();
        return c;
    }();
    return context.get();
}

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string signed_with(std::string_view secret, std::string_view stamp, std::string_view body) {
    return "v0=" + hmac_hex(secret, {"v0:", stamp, ":", body});
}

} // namespace

std::string_view to_string(verdict v) {
    constexpr std::string_view names[] = {"good",  "missing",  "repeated", "bad_stamp",
                                          "stale", "bad_form", "mismatch", "unconfigured"};
    return names[static_cast<std::size_t>(v)];
}

std::string hmac_hex(std::string_view secret, std::initializer_list<std::string_view> parts) {
    auto* const mac = hmac_sha256();
    std::array<unsigned char, 32> result{};
    std::size_t length = 0;
    if (!mac || EVP_MAC_init(mac, bytes(secret), secret.size(), nullptr) != 1)
        return {};
    for (const std::string_view part : parts)
        if (EVP_MAC_update(mac, bytes(part), part.size()) != 1)
            return {};
    if (EVP_MAC_final(mac, result.data(), &length, result.size()) != 1 || length != result.size())
        return {};
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const auto byte : result) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

verdict verify(std::string_view body, const http::fields& fields, std::span<const std::string> secrets,
               domain::instant now) {
    const int stamps = fields.count(stamp_header);
    const int signatures = fields.count(signature_header);
    if (stamps == 0 || signatures == 0)
        return verdict::missing;
    if (stamps > 1 || signatures > 1)
        return verdict::repeated;
    const auto stamp = fields.get(stamp_header);
    const auto at = read_stamp(stamp);
    if (!at)
        return verdict::bad_stamp;
    if (*at - now > window || now - *at > window)
        return verdict::stale;
    const auto given = fields.get(signature_header);
    if (!well_formed(given))
        return verdict::bad_form;
    bool good = false;
    bool any = false;
    for (const auto& secret : secrets) {
        if (secret.empty())
            continue;
        any = true;
        const auto ours = signed_with(secret, stamp, body);
        good |= ours.size() == given.size() && CRYPTO_memcmp(ours.data(), given.data(), given.size()) == 0;
    }
    if (!any)
        return verdict::unconfigured;
    return good ? verdict::good : verdict::mismatch;
}

domain::instant stamp_of(const http::fields& fields) {
    return read_stamp(fields.get(stamp_header)).value_or(domain::instant{});
}

std::string sign(std::string_view body, domain::instant at, std::string_view secret) {
    return signed_with(secret, std::to_string(at.time_since_epoch().count()), body);
}

} // namespace whynow::slack
