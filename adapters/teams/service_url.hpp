// The address the Connector says it wants to be called at. It is chosen by whoever sent the activity, so our token
// goes there only when the host stands in the list, to the letter.
#pragma once

#include "adapters/teams/config.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace whynow::adapters::teams {

// The address without a trailing slash, or nothing where the scheme, host, port or shape is not allowed (https only,
// no user part, no query, plain host characters; http and any port only with `any_address`).
std::optional<std::string> allowed_service_url(std::string_view url, const config& c);
// Equal but for case and one trailing slash.
bool same_service_url(std::string_view a, std::string_view b);

} // namespace whynow::adapters::teams
