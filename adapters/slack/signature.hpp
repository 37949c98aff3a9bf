// Slack's request signing, version v0. Pure: no clock, no I/O.
#pragma once

#include "domain/core/time.hpp"
#include "http/message.hpp"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace whynow::slack {

enum class verdict {
    good,
    missing,     // a header is not there
    repeated,    // a header stands twice
    bad_stamp,   // not 1..12 digits
    stale,       // more than 300 s away from `now`, before or after
    bad_form,    // not "v0=" and 64 lower-case hex digits
    mismatch,    // none of the secrets made this signature
    unconfigured // no secret to check with
};
std::string_view to_string(verdict v); // one word, for logs

// Checks X-Slack-Signature over the raw body. Any of the secrets may have signed (rotation: new and old side by
// side); each is tried and compared in constant time.
verdict verify(std::string_view body, const http::fields& fields, std::span<const std::string> secrets,
               domain::instant now);

// The header's stamp, for a request that verify() found good.
domain::instant stamp_of(const http::fields& fields);

// HMAC-SHA256 of the parts one after the other, in lower-case hex. Empty where the library fails: that equals no
// signature.
std::string hmac_hex(std::string_view secret, std::initializer_list<std::string_view> parts);

// The header value for a body: for tests and for whatever plays Slack on loopback.
std::string sign(std::string_view body, domain::instant at, std::string_view secret);

} // namespace whynow::slack
