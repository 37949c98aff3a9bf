// Slack as a chat platform: signed webhooks in, Web API out.
#pragma once

#include "adapters/slack/charts.hpp"
#include "adapters/slack/inbound.hpp"
#include "adapters/slack/socket_frames.hpp"
#include "adapters/slack/web_api.hpp"
#include "chat/chat.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace whynow::slack {

struct settings {
    std::string bot_token;
    std::vector<std::string> signing_secrets; // more than one while a secret is being rotated
    std::string api_base_url = "https://slack.com/api";
    std::string ca_file;                // additional trust for a stand-in
    std::string bot_user_id;            // may be empty: start() learns it, and each event names it
    bool any_address = false;           // true: loopback allowed, for a stand-in
    token_source* tokens = nullptr;     // one token per workspace; null: bot_token for all. Outlives the adapter
    chart_refusals* charts = nullptr;   // null: remembered until the end of the process. Outlives the adapter
    std::function<void()> rate_limited; // Slack has left out events (app_rate_limited); for the figures
};

// The conversation name of a person's Home page: an update to {"home", …} publishes it for `to.user`.
inline constexpr std::string_view home = "home";

// All on the io thread. `client` outlives the adapter.
class slack_adapter final : public chat::adapter {
  public:
    slack_adapter(http::client& client, settings s);

    // Asks who we are; the adapter works without, but then cannot strip its own mention from slash commands.
    boost::asio::awaitable<outcome_of<identity>> start();
    // users.info, users.lookupByEmail and the like; with a token source, in the name of this workspace.
    web_api api(std::string tenant = {}) const;

    std::string_view platform() const override { return "slack"; }
    // One post a second to one conversation (documented). For the workspace Slack publishes no figure, older pages
    // "several hundred a minute"; four a second is 240 a minute: 2,000 briefs in under nine minutes.
    chat::limits limits() const override { return {std::chrono::milliseconds{1000}, 4.0}; }

    // The body says what it is (event, interaction, command), the path is not looked at. No event of interest:
    // `refuse` is an empty 200.
    boost::asio::awaitable<chat::inbound> receive(const http::request& what, domain::instant now) override;
    // The same for the payload of a Socket Mode envelope: the connection itself proves who sent it.
    chat::inbound receive_envelope(const socket_frame& envelope, domain::instant now);
    // A form: errors, another dialog in its place, or it closes. A command: toast or card, shown to the one who
    // typed. Everything else: an empty 200 (Slack shows nothing of an answer to a click; send an update instead).
    http::response answer(const chat::chat_event& e, const chat::reply& r) override;
    // post: a new message, in the thread of `target` where it is set. update: `target`, or the Home page (above).
    // whisper: in a direct conversation a plain post; elsewhere by the response_url that came as `to.route`, or
    // chat.postEphemeral. `loud` has no counterpart here: every post to a person notifies.
    boost::asio::awaitable<chat::send_result> send(const chat::outgoing& what) override;
    boost::asio::awaitable<chat::find_result> find(const chat::outgoing& what, domain::instant since) override;
    // Must come within three seconds of the click; too late is rejected{"expired_trigger_id"}.
    boost::asio::awaitable<chat::send_result> open_form(const chat::chat_event& e,
                                                        const domain::cards::form& f) override;

  private:
    chat::inbound taken(reading read, std::string_view request, std::size_t bytes);
    // The workspace of a person whose address does not say it: looked for in each, and remembered.
    boost::asio::awaitable<chat::address> placed(chat::address who);
    boost::asio::awaitable<outcome_of<std::string>> conversation_with(const chat::address& who);
    boost::asio::awaitable<chat::send_result> send_placed(const chat::outgoing& what);
    boost::asio::awaitable<chat::send_result> post(const chat::outgoing& what);
    boost::asio::awaitable<chat::send_result> post_shown(const chat::outgoing& what, const rendered& shown);
    boost::asio::awaitable<chat::send_result> update(const chat::outgoing& what);
    // `send` of the message laid out, with Slack's own charts where the workspace takes them.
    template <class Send>
    boost::asio::awaitable<chat::send_result> drawn(const chat::outgoing& what, Send send);
    boost::asio::awaitable<chat::send_result> publish(const chat::outgoing& what);
    boost::asio::awaitable<chat::send_result> whisper(const chat::outgoing& what);

    http::client& client_;
    settings settings_;
    std::map<std::string, std::string> conversations_; // tenant|user → D…, so that a repeated try asks once
    std::map<std::string, std::string> tenants_;       // user → tenant
    chart_refusals until_the_end_;
    chart_refusals& charts_refused_;
    std::map<std::string, std::string> pages_; // tenant|user → hash of the Home page that we put there
};

} // namespace whynow::slack
