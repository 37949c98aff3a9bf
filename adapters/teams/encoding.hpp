// Base64 in its two alphabets, digests, and comparing ASCII without case.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace whynow::adapters::teams {

// Strict: no white space, no foreign characters, no left-over bits. The url alphabet has no padding.
std::optional<std::string> base64url_decoded(std::string_view text);
std::optional<std::string> base64_decoded(std::string_view text);
std::string base64url(std::string_view bytes);
std::string base64(std::string_view bytes);

std::string sha256(std::string_view bytes); // 32 raw bytes
std::string hmac_sha256(std::string_view key, std::string_view bytes);
bool same_in_constant_time(std::string_view a, std::string_view b);

bool same_ignoring_case(std::string_view a, std::string_view b); // ASCII

} // namespace whynow::adapters::teams
