// The token of POST /unsubscribe/{token}: an address with our signature, opaque to everybody else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace whynow::app {

std::string unsubscribe_token(std::string_view email, std::string_view secret);
// The address, where the signature is ours. Compared in constant time.
std::optional<std::string> unsubscribed_address(std::string_view token, std::string_view secret);
// 32 random bytes as hex.
std::string random_secret();

} // namespace whynow::app
