// `whynow slack test`: each thing that can be wrong at Slack, tried for real, with what to do about it.
#include "adapters/slack/blocks.hpp"
#include "adapters/slack/oauth.hpp"
#include "adapters/slack/web_api.hpp"
#include "cli/commands.hpp"
#include "cli/coroutine.hpp"
#include "cli/opened.hpp"
#include "cli/stop.hpp"
#include "http/curl_client.hpp"
#include "store/installations.hpp"

#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include <iostream>

namespace whynow::cli {
namespace {

namespace asio = boost::asio;

struct account {
    std::string name; // what the token is of, for the reader
    std::string token;
};

// The error word at the end of "chat.postMessage: missing_scope needs im:write".
std::string cure_of(std::string_view why) {
    const auto has = [&](std::string_view word) { return why.find(word) != std::string_view::npos; };
    if (has("missing_scope"))
        return "reinstall the app with the manifest of `whynow slack manifest`";
    if (has("not_allowed_token_type"))
        return "this is another kind of token: bot_token begins with xoxb-, app_token with xapp-";
    if (has("invalid_auth") || has("not_authed") || has("token_revoked") || has("account_inactive"))
        return "the token is wrong or no longer good: copy it again from the page of your app at api.slack.com/apps";
    if (has("token_expired"))
        return "tokens rotate: install by /slack/install, so that the daemon can renew them";
    if (has("users_not_found"))
        return "nobody in this workspace has that e-mail address";
    if (has("messages_tab_disabled"))
        return "turn on the Messages tab under \"App Home\" of your app";
    if (has("no connection") || has("no answer"))
        return "this machine cannot reach Slack: allow HTTPS to slack.com (and wss-primary.slack.com for Socket Mode)";
    if (has("refused address"))
        return "[slack] api_base_url leads to a private address";
    if (has("status 429") || has("ratelimited"))
        return "Slack asks to wait: try again in a minute";
    return "see docs/connect-slack.md";
}

class testing {
  public:
    testing(const settings::config& c, std::vector<account> accounts, std::shared_ptr<const workday::rulebook> rules,
            std::string to, asio::io_context& io)
        : config_(c), accounts_(std::move(accounts)), rules_(std::move(rules)), to_(std::move(to)),
          client_(io.get_executor()) {}

    asio::awaitable<void> all() {
        for (const auto& a : accounts_)
            co_await one(a);
        if (!config_.slack.app_token.empty()) {
            auto url = co_await api({}).open_socket(config_.slack.app_token.reveal());
            if (const auto* f = std::get_if<slack::failure>(&url))
                fail("Socket Mode", slack::why(*f));
            else
                ok("Socket Mode", "a connection was offered");
        } else if (!config_.slack.signing_secret.empty()) {
            ok("events over HTTP",
               "the signing secret is checked when Slack first calls: \"Event Subscriptions\" must say Verified");
        }
    }
    bool good() const { return good_; }

  private:
    slack::web_api api(std::string token) {
        return {client_,
                {std::move(token),
                 config_.slack.api_base_url,
                 config_.slack.ca_file,
                 config_.testing.allow_private_addresses,
                 nullptr,
                 {}}};
    }
    static void ok(std::string_view what, std::string_view says) {
        std::cout << fmt::format("ok    {}: {}\n", what, says);
    }
    void fail(std::string_view what, std::string_view why) {
        good_ = false;
        std::cout << fmt::format("fail  {}: {} — {}\n", what, why, cure_of(why));
    }

    asio::awaitable<void> one(const account& a) {
        auto with = api(a.token);
        auto who = co_await with.auth_test();
        if (const auto* f = std::get_if<slack::failure>(&who)) {
            fail(a.name, slack::why(*f));
            co_return;
        }
        const auto& me = std::get<slack::identity>(who);
        ok(a.name, fmt::format("workspace {} ({}), bot user {}", me.team_name, me.team, me.bot_user));
        const auto missing = slack::missing_scopes(me.scopes);
        if (me.scopes.empty())
            ok("scopes", "Slack did not list them");
        else if (missing.empty())
            ok("scopes", "all that are needed");
        else
            fail("scopes", fmt::format("missing_scope: {}", fmt::join(missing, ", ")));
        co_await message(with);
    }

    asio::awaitable<void> message(slack::web_api& with) {
        if (to_.empty()) {
            std::cout << "      no message was sent: add --to your.name@example.com\n";
            co_return;
        }
        auto found = co_await with.user_by_email(to_);
        if (const auto* f = std::get_if<slack::failure>(&found))
            co_return fail("person", slack::why(*f));
        const auto& person = std::get<slack::person>(found);
        ok("person", fmt::format("{} is {} (slack_user in the reps file), {}", to_, person.user,
                                 person.zone.empty() ? "no time zone set" : person.zone));
        auto place = co_await with.open_conversation(person.user);
        if (const auto* f = std::get_if<slack::failure>(&place))
            co_return fail("direct message", slack::why(*f));
        auto sent = co_await with.post(std::get<std::string>(place), shown("connection.test"), {}, {});
        if (const auto* f = std::get_if<slack::failure>(&sent))
            co_return fail("direct message", slack::why(*f));
        ok("direct message", "sent");
        auto changed = co_await with.update(std::get<chat::message_ref>(sent), shown("connection.edited"));
        if (const auto* f = std::get_if<slack::failure>(&changed))
            co_return fail("change of a message", slack::why(*f));
        ok("change of a message", "done");
    }

    slack::rendered shown(std::string_view key) const {
        const auto words = rules_->say(config_.team.language, key);
        return slack::render({words, {domain::cards::paragraph{{{words, "", false, false}}}}});
    }

    const settings::config& config_;
    std::vector<account> accounts_;
    std::shared_ptr<const workday::rulebook> rules_;
    std::string to_;
    http::curl_client client_;
    bool good_ = true;
};

std::vector<account> accounts_of(opened& house) {
    std::vector<account> out;
    if (!house.config.slack.bot_token.empty())
        out.push_back({"bot token", house.config.slack.bot_token.reveal()});
    read(*house.store, [&](store::session& s) {
        for (const auto& i : store::slack_installations(s).all())
            if (i.stands())
                out.push_back(
                    {fmt::format("installation of {}", i.team_name.empty() ? i.tenant : i.team_name), i.token});
    });
    return out;
}

} // namespace

int slack_test(const platform_command& c) {
    auto house = open_house(c.config);
    if (!house.config.slack.on)
        throw stop(exit_code::usage, "the configuration has no [slack] section");
    auto accounts = accounts_of(house);
    if (accounts.empty())
        throw stop(exit_code::problem, "the app is installed nowhere yet: open " + house.config.server.public_url +
                                           "/slack/install in a browser");
    asio::io_context io(1);
    testing all(house.config, std::move(accounts), house.rules, c.to, io);
    run_to_end(io, all.all());
    return int(all.good() ? exit_code::ok : exit_code::provider);
}

} // namespace whynow::cli
