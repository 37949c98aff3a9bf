// What an administrator says about the Teams bot, and the addresses that follow from it.
#pragma once

#include "chat/allowance.hpp"
#include "domain/core/time.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace whynow::adapters::teams {

// Waits on a timer of the executor.
boost::asio::awaitable<void> resting(std::chrono::steady_clock::duration how_long);

struct config {
    std::string app_id;      // the bot's app registration (GUID): audience of what comes in, client of what goes out
    std::string app_secret;  // this, or
    std::string certificate; // PEM text: private key and certificate
    // Tenant GUIDs whose people may talk to the bot. Empty lets nobody in; "*" is any tenant.
    std::vector<std::string> tenants;
    std::string token_url;           // empty: Microsoft's, for the first of `tenants`
    std::string openid_metadata_url; // empty: Microsoft's public cloud
    // Exact hosts ("host" or "host:port") our token may be sent to. Empty: the hosts of Microsoft's clouds.
    std::vector<std::string> service_hosts;
    // Tokens that Entra issued for the bot, not the Connector: off unless a tenant really gets them. Any app of the
    // tenant can ask Entra for one, so only these callers count: the bot itself, Microsoft's own, and `entra_callers`.
    bool entra_tokens = false;
    std::vector<std::string> entra_callers; // app ids
    std::string entra_metadata_url;         // empty: beside the token address
    std::string outgoing_secret;            // base64, as Teams shows it; empty: /teams/outgoing is shut
    std::string ca_file;                    // additional trust, for providers behind a private authority
    // Fakes on loopback: plain http and private addresses are allowed for the configured providers and service hosts.
    bool any_address = false;

    // Clocks of the network side, so that tests can move them: pace for caches, wall for signed assertions.
    std::function<std::chrono::steady_clock::time_point()> pace = [] { return std::chrono::steady_clock::now(); };
    // How to wait, and how long in relation to the real limits (below 1 only with the test clock).
    std::function<boost::asio::awaitable<void>(std::chrono::steady_clock::duration)> rest = resting;
    double pace_factor = 1;
    std::function<domain::instant()> wall = [] {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    };
};

std::string token_address(const config& c);
std::string metadata_address(const config& c);
std::string entra_metadata_address(const config& c);
// The issuer of the Connector's tokens and the scope of ours, in the cloud of the addresses above.
std::string issuer(const config& c);
std::string token_scope(const config& c);
// Microsoft's limits for what a bot does in one conversation; the same hold for opening conversations, per bot.
std::vector<chat::allowance> per_conversation();
bool tenant_allowed(const config& c, std::string_view tenant);

} // namespace whynow::adapters::teams
