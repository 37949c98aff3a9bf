// The Bot Connector's REST calls: send, edit, open a 1:1.
#pragma once

#include "adapters/teams/access_token.hpp"
#include "adapters/teams/activity.hpp"
#include "adapters/teams/send_outcome.hpp"
#include "chat/chat.hpp"
#include "http/client.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <variant>

namespace whynow::adapters::teams {

// The activity that carries one card and no text of its own, at most `most` bytes. The client refreshes the card for
// `person` ("29:…") where the message changes.
std::string card_activity_json(const chat::outgoing& what, std::string_view person, std::size_t most);
// {"bot":…,"members":[…],"tenantId":…}
std::string open_conversation_json(const route& r, const std::string& tenant, const config& c);

class connector {
  public:
    // Both outlive this. One io thread.
    connector(http::client& out, const config& c)
        : out_(out), config_(c), token_(out, c), opening_(per_conversation(), c.pace_factor) {}

    boost::asio::awaitable<chat::send_result> send(chat::outgoing what);

  private:
    using answer = std::variant<http::response, chat::send_result>; // 2xx, or what became of it
    // One call with our token; a 401 drops the token and tries once more.
    boost::asio::awaitable<answer> exchange(call what, std::string method, std::string url, std::string body,
                                            std::size_t seed);
    // The same with the card of a message; a card that is too large for somebody is sent again, smaller.
    boost::asio::awaitable<answer> exchange_card(call what, std::string method, std::string url,
                                                 const chat::outgoing& message, const route& r);
    // The 1:1 with the person of the route: its id, or why not.
    boost::asio::awaitable<std::variant<std::string, chat::send_result>> open(std::string base, route r,
                                                                              std::string tenant, std::size_t seed);
    boost::asio::awaitable<chat::send_result> post(std::string base, route r, chat::outgoing what);

    http::client& out_;
    const config& config_;
    access_token token_;
    chat::allowances opening_; // of new conversations
    int refused_in_a_row_ = 0; // for haste
};

} // namespace whynow::adapters::teams
