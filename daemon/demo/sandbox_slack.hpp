// Slack as far as one direct message needs it: the Web API that the daemon calls, and the signed webhooks that a
// person's taps and words become.
#pragma once

#include "demo/sandbox.hpp"

#include <nlohmann/json_fwd.hpp>

#include <memory>

namespace whynow::demo {

class slack_sandbox {
  public:
    explicit slack_sandbox(stage& on);
    ~slack_sandbox();

    std::string signing_secret() const;
    std::string bot_token() const;
    static std::string_view user();    // of the rep who uses Slack
    std::vector<http::route> routes(); // below /slack/api

    // {"messages":[{ts,thread_ts,mine,text,blocks,edited,at}],"view":{…}|null,"notice":""}
    nlohmann::json state() const;
    // What the person does. Each becomes a signed request to the daemon; the answer says how it went.
    asio::awaitable<nlohmann::json> tap(nlohmann::json what);    // {"ts","action":{the button}}
    asio::awaitable<nlohmann::json> say(nlohmann::json what);    // {"text","thread_ts"?}
    asio::awaitable<nlohmann::json> submit(nlohmann::json what); // {"values":{…state.values…}}
    void close_view();

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace whynow::demo
