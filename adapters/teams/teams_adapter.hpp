// Microsoft Teams as a chat platform: the bot endpoint, the Connector, cards and dialogs.
#pragma once

#include "adapters/teams/config.hpp"
#include "adapters/teams/connector.hpp"
#include "adapters/teams/signing_keys.hpp"
#include "adapters/teams/token_check.hpp"
#include "chat/chat.hpp"
#include "http/client.hpp"

#include <chrono>
#include <optional>

namespace whynow::adapters::teams {

// Serves POST /teams/messages (bot) and POST /teams/outgoing (Outgoing Webhook). All on the io thread.
class teams_adapter final : public chat::adapter {
  public:
    // `out` outlives the adapter.
    teams_adapter(config c, http::client& out);
    teams_adapter(const teams_adapter&) = delete;
    teams_adapter& operator=(const teams_adapter&) = delete;

    std::string_view platform() const override { return "teams"; }
    chat::limits limits() const override;
    boost::asio::awaitable<chat::inbound> receive(const http::request& what, domain::instant now) override;
    http::response answer(const chat::chat_event& e, const chat::reply& r) override;
    boost::asio::awaitable<chat::send_result> send(const chat::outgoing& what) override;
    // Teams has no lookup of what a bot sent: always cannot_tell.
    boost::asio::awaitable<chat::find_result> find(const chat::outgoing& what, domain::instant since) override;
    // Dialogs open in the answer to task/fetch: always not_sent.
    boost::asio::awaitable<chat::send_result> open_form(const chat::chat_event& e,
                                                        const domain::cards::form& f) override;

  private:
    // The keys of one issuer, and what they have proved.
    struct trust {
        signing_keys keys;
        token_cache known;
    };
    trust& trust_of(std::string_view authorization);
    boost::asio::awaitable<checked> authenticate(trust& by, std::string authorization, domain::instant now);
    chat::inbound receive_webhook(const http::request& what, domain::instant now);
    chat::inbound refused(const refusal& why, const http::request& what);

    config config_;
    trust connector_word_, entra_word_;
    connector connector_;
    std::optional<std::chrono::steady_clock::time_point> told_; // the last refusal that was logged loud
};

} // namespace whynow::adapters::teams
