// The port through which the adapter gets its tokens: one per workspace, which may change from call to call.
#pragma once

#include "chat/chat.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace whynow::slack {

class token_source {
  public:
    // A token, or why there is none: one of the kinds of chat::send_result that are no success.
    using answer =
        std::variant<std::string, std::variant<chat::retry_later, chat::not_sent, chat::ambiguous, chat::rejected>>;

    virtual ~token_source() = default;
    // The bot token for this workspace or organisation; an empty `tenant` means the only one there is. `stale` (may be
    // empty) is a token that Slack called expired: another one is wanted.
    virtual boost::asio::awaitable<answer> token(std::string tenant, std::string stale) = 0;
    // Slack will not take this token any more, for good.
    virtual void refused(std::string tenant, std::string token, std::string_view word) = 0;
    // All that have a token now.
    virtual boost::asio::awaitable<std::vector<std::string>> tenants() = 0;
};

} // namespace whynow::slack
