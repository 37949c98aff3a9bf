// Slack's error words, sorted by what may be done next.
#pragma once

#include "adapters/slack/web_api.hpp"

#include <boost/system/error_code.hpp>

#include <string_view>

namespace whynow::slack {

// `ok: false` with this word. `safe`: the call may be repeated whatever happened.
failure from_error_word(std::string_view method, std::string_view word, std::string_view needed, bool safe);
// A status that is not 2xx; `retry_after` is the header, possibly empty.
failure from_status(std::string_view method, int status, std::string_view retry_after, bool safe);
// No whole answer.
failure from_transport(std::string_view method, boost::system::error_code e, bool safe);

} // namespace whynow::slack
