// Installing by OAuth v2: the address a browser is sent to, the state that comes back with it, and the exchange of a
// code or a refresh token for tokens.
#pragma once

#include "adapters/slack/web_api.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::slack {

// The app as Slack knows it ("Basic Information").
struct app_identity {
    std::string client_id, client_secret;
    std::string redirect_uri; // https://…/slack/oauth
    std::string api_base_url = "https://slack.com/api";
    std::string ca_file;
    bool any_address = false;
};

// What the adapter needs of a workspace; the manifest asks for these, and an installation is checked against them.
const std::vector<std::string>& needed_scopes();
// Those of needed_scopes() that are not in Slack's list ("chat:write,commands").
std::vector<std::string> missing_scopes(std::string_view granted);

std::string authorize_url(const app_identity& app, std::string_view state);

// A state is signed, expires, and belongs to one browser: to the random word in its cookie. `nonce` makes it single:
// whoever keeps the books uses each nonce once.
std::string make_state(std::string_view nonce, std::string_view cookie, domain::instant expires,
                       std::string_view secret);
enum class state_verdict { good, unreadable, expired, another_browser };
struct state_reading {
    state_verdict verdict = state_verdict::unreadable;
    std::string nonce; // where it is good
};
state_reading read_state(std::string_view state, std::string_view cookie, domain::instant now, std::string_view secret);

// What Slack grants. `expires_in` 0: the token does not expire.
struct grant {
    std::string token, refresh_token;
    std::chrono::seconds expires_in{0};
    std::string app, bot_user, scopes;
    std::string team, team_name, enterprise, enterprise_name;
    bool whole_enterprise = false;
};
// oauth.v2.access. A code is good once: nothing here is repeated. The app's secret travels in the Authorization header.
boost::asio::awaitable<outcome_of<grant>> exchange_code(http::client& client, const app_identity& app,
                                                        std::string code);
// The same with a refresh token, which is good once, too. Rejected "invalid_refresh_token": it was used already.
boost::asio::awaitable<outcome_of<grant>> exchange_refresh_token(http::client& client, const app_identity& app,
                                                                 std::string refresh_token);

} // namespace whynow::slack
