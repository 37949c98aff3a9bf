// The page /try and its JSON: both chats side by side, the mailbox, the clock.
#pragma once

#include "demo/sandbox_mail.hpp"
#include "demo/sandbox_slack.hpp"
#include "demo/sandbox_teams.hpp"

#include <functional>
#include <vector>

namespace whynow::demo {

struct theatre {
    stage& on;
    slack_sandbox& slack;
    teams_sandbox& teams;
    mail_sandbox& mail;
    // Lets the clock run to the morning of the first working day on or after `day`, in every rep's zone.
    std::function<asio::awaitable<void>(domain::local_date day)> morning_of;
};

// For the daemon's own table. Everything in `t` outlives them.
std::vector<http::route> try_routes(theatre t);

} // namespace whynow::demo
