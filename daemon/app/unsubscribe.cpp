#include "app/unsubscribe.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include <stdexcept>
#include <unistd.h>

namespace whynow::app {
namespace {

std::string hex(std::string_view bytes) {
    std::string out;
    for (const char c : bytes)
        out += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return out;
}

std::optional<std::string> unhex(std::string_view text) {
    if (text.size() % 2)
        return std::nullopt;
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digit(text[i]), low = digit(text[i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        out += char(high * 16 + low);
    }
    return out;
}

std::string sign(std::string_view email, std::string_view secret) {
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), secret.data(), int(secret.size()), reinterpret_cast<const unsigned char*>(email.data()),
         email.size(), mac, &size);
    return hex({reinterpret_cast<const char*>(mac), 16});
}

} // namespace

std::string unsubscribe_token(std::string_view email, std::string_view secret) {
    return hex(email) + "-" + sign(email, secret);
}

std::optional<std::string> unsubscribed_address(std::string_view token, std::string_view secret) {
    const auto dash = token.find('-');
    if (dash == std::string_view::npos || token.size() > 1024)
        return std::nullopt;
    auto email = unhex(token.substr(0, dash));
    if (!email)
        return std::nullopt;
    const auto good = sign(*email, secret), given = std::string(token.substr(dash + 1));
    if (good.size() != given.size() || CRYPTO_memcmp(good.data(), given.data(), good.size()) != 0)
        return std::nullopt;
    return email;
}

std::string random_secret() {
    unsigned char bytes[32];
    if (::getentropy(bytes, sizeof bytes) != 0) // the kernel's; OpenSSL's generator takes 10 ms to set up
        throw std::runtime_error("no random numbers to be had");
    return hex({reinterpret_cast<const char*>(bytes), sizeof bytes});
}

} // namespace whynow::app
