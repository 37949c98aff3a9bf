// Slack's tokens out of the store: one per installation, renewed before they end; else the one of the configuration.
#pragma once

#include "adapters/slack/oauth.hpp"
#include "adapters/slack/tokens.hpp"
#include "app/house.hpp"
#include "store/installations.hpp"

namespace whynow::app {

class slack_tokens final : public slack::token_source {
  public:
    slack_tokens(house& h, http::client& client, slack::app_identity app) : house_(h), client_(client), app_(app) {}

    boost::asio::awaitable<answer> token(std::string tenant, std::string stale) override;
    void refused(std::string tenant, std::string token, std::string_view word) override;
    boost::asio::awaitable<std::vector<std::string>> tenants() override;

    // A browser came back from Slack with this grant: it stands from now on, and what waited for it goes out.
    asio::awaitable<bool> installed(const slack::grant& g);

  private:
    house& house_;
    http::client& client_;
    slack::app_identity app_;

    asio::awaitable<std::optional<store::slack_installation>> installation(std::string tenant);
    asio::awaitable<std::optional<answer>> renewed(const store::slack_installation& i, std::string refresh_token,
                                                   bool usable);
    answer of_configuration(std::string_view why) const;
};

} // namespace whynow::app
