// The table of what the daemon answers over HTTP.
#pragma once

#include "adapters/console/console_adapter.hpp"
#include "app/reception.hpp"
#include "app/slack_doors.hpp"
#include "app/sourcing.hpp"
#include "http/routes.hpp"

#include <functional>
#include <vector>

namespace whynow::app {

struct doors_of {
    house& shared;
    reception& incoming;
    sourcing& signals;
    chat::adapter* slack = nullptr; // null: off
    slack_doors* slack_install = nullptr;
    chat::adapter* teams = nullptr;
    console::console_adapter* console = nullptr;
    std::function<asio::awaitable<void>(domain::instant)> set_clock;
};

std::vector<http::route> doors(doors_of d);

} // namespace whynow::app
