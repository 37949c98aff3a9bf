// What becomes of a request that is sent elsewhere. Pure.
#pragma once

#include "http/client.hpp"
#include "http/url.hpp"

namespace whynow::http {

// Turns the request that was answered `status` (301, 302, 303, 307, 308) into the one that goes to `next`. Another
// origin gets no Authorization and no Cookie, and must be a public address.
void turn_to(outgoing& what, const url_parts& from, const url_parts& next, int status);

} // namespace whynow::http
