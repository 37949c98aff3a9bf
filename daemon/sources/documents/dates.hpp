// Dates as feeds write them.
#pragma once

#include "domain/core/time.hpp"

#include <optional>
#include <string_view>

namespace whynow::sources::documents {

// RFC 822/2822 with named or numeric zones and all its misspellings, ISO 8601 / W3CDTF whole or partial, asctime,
// US and European orders with month names in some twenty languages, Unix seconds. Without a zone: UTC. Without a day or
// month: the first; without a time: midnight. Seconds' fractions are dropped. Nothing for what is no date or names a
// day that does not exist.
std::optional<domain::instant> parse_feed_date(std::string_view text);

} // namespace whynow::sources::documents
