#include "adapters/slack/signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <charconv>
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

std::string signed_with(std::string_view secret, std::string_view stamp, std::string_view body) {
    std::string base;
    base.reserve(4 + stamp.size() + body.size());
    base.append("v0:").append(stamp).append(":").append(body);
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned int length = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(base.data()), base.size(), mac.data(), &length);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "v0=";
    for (unsigned int i = 0; i < length; ++i) {
        out += digits[mac[i] >> 4];
        out += digits[mac[i] & 15];
    }
    return out;
}

} // namespace

std::string_view to_string(verdict v) {
    constexpr std::string_view names[] = {"good",  "missing",  "repeated", "bad_stamp",
                                          "stale", "bad_form", "mismatch", "unconfigured"};
    return names[static_cast<std::size_t>(v)];
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
