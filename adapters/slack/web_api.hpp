// Slack's Web API, as far as whynow needs it. Every call is one exchange over http::client: no retry in here, the
// outbox decides. Tokens go into the Authorization header and nowhere else; `why` holds the method and Slack's error
// word, never a text, a token or an address.
#pragma once

#include "adapters/slack/blocks.hpp"
#include "adapters/slack/tokens.hpp"
#include "chat/chat.hpp"
#include "http/client.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace whynow::slack {

struct api_settings {
    std::string bot_token;
    std::string base_url = "https://slack.com/api"; // without a slash at the end
    std::string ca_file;                            // additional trust, for a stand-in behind a private authority
    bool any_address = false;                       // true: loopback allowed, for a stand-in
    token_source* tokens = nullptr;                 // null: the bot token above for everybody; else it outlives this
    std::string tenant;                             // whose token is asked for
};

// What Slack knows of a person.
struct person {
    std::string user;
    std::string name;
    std::string email;
    std::string zone;    // IANA; empty where Slack has none
    bool human = false;  // neither a bot nor deactivated
    bool insider = true; // a full member: no guest, no stranger from another company
};

// Who we are, by auth.test.
struct identity {
    std::string team, team_name, bot_user;
    std::string scopes; // what the token may do, as Slack lists it ("chat:write,commands"); empty where it did not say
};

// Why a call gave nothing: one of the kinds of chat::send_result that are no success.
using failure = std::variant<chat::retry_later, chat::not_sent, chat::ambiguous, chat::rejected>;
chat::send_result as_result(const failure& f);
std::string_view why(const failure& f);

template <class T>
using outcome_of = std::variant<T, failure>;

class web_api {
  public:
    // `client` outlives this. All calls on the io thread. With a token source: where Slack calls a token expired, it is
    // renewed and the call repeated, once (nothing had happened); where Slack refuses one for good, the source is told.
    web_api(http::client& client, api_settings settings) : client_(client), settings_(std::move(settings)) {}

    template <class T>
    using task = boost::asio::awaitable<T>;

    // chat.postMessage; `thread` (a parent's ts) may be empty. The key goes into the message's metadata, where
    // find_key() looks for it. A success names the conversation Slack used.
    task<outcome_of<chat::message_ref>> post(std::string channel, rendered what, std::string thread, std::string key);
    // chat.update, always with blocks. Safe to repeat: an unseen answer is not_sent.
    task<outcome_of<chat::message_ref>> update(chat::message_ref target, rendered what);
    task<outcome_of<chat::message_ref>> post_ephemeral(std::string channel, std::string user, rendered what,
                                                       std::string thread);
    // POST to a response_url: five times within 30 minutes, no token.
    task<outcome_of<chat::message_ref>> respond(std::string response_url, rendered what);
    task<outcome_of<chat::message_ref>> open_view(std::string trigger, std::string view_json);
    // The person's Home page. Safe to repeat. `hash` (may be empty) is that of the page this one shall take the place
    // of; another one stands there: not_sent with "hash_conflict".
    struct published {
        std::string view, hash;
    };
    task<outcome_of<published>> publish_home(std::string user, rendered what, std::string hash);
    // conversations.open: the id of the direct conversation. Safe to repeat.
    task<outcome_of<std::string>> open_conversation(std::string user);
    // Looks for a message of ours with this key, posted at `since` or later (a minute of tolerance), in the
    // conversation's main line or in the thread.
    task<chat::find_result> find_key(std::string channel, std::string thread, std::string key, domain::instant since);

    task<outcome_of<person>> user_info(std::string user);
    task<outcome_of<person>> user_by_email(std::string email); // rejected with "users_not_found" when there is none
    task<outcome_of<identity>> auth_test();

    // apps.connections.open, with the app-level token: the address of a new Socket Mode connection, good once and soon.
    task<outcome_of<std::string>> open_socket(std::string app_token);

  private:
    // How a broken exchange counts.
    enum class repeat { safe, unsafe };
    struct answer;
    task<outcome_of<answer>> call(std::string_view method, std::string body, bool form, repeat again,
                                  std::string token = {});
    task<outcome_of<answer>> once(std::string_view method, const std::string& body, bool form, repeat again,
                                  const std::string& token);
    task<outcome_of<answer>> exchange(http::outgoing what, std::string_view method, repeat again);

    http::client& client_;
    api_settings settings_;
};

} // namespace whynow::slack
