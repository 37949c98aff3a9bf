// GET /slack/install and GET /slack/oauth: a browser goes to Slack and comes back with a code.
#pragma once

#include "app/slack_tokens.hpp"
#include "http/message.hpp"

namespace whynow::app {

class slack_doors {
  public:
    slack_doors(house& h, http::client& client, slack::app_identity app, slack_tokens& tokens)
        : house_(h), client_(client), app_(std::move(app)), tokens_(tokens) {}

    // 302 to Slack, with a state that only this browser can bring back, once, within ten minutes.
    asio::awaitable<http::response> install();
    // Back from Slack: the code becomes an installation, and a page says so. Without a good state nothing happens.
    asio::awaitable<http::response> come_back(http::request q);

  private:
    house& house_;
    http::client& client_;
    slack::app_identity app_;
    slack_tokens& tokens_;

    http::response page(int status, std::string_view what, std::string_view team = {}) const;
};

} // namespace whynow::app
