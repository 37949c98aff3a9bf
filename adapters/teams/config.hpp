// What an administrator says about the Teams bot, and the addresses that follow from it.
#pragma once

#include "domain/core/time.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace whynow::adapters::teams {

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
    std::string outgoing_secret; // base64, as Teams shows it; empty: /teams/outgoing is shut
    std::string ca_file;         // additional trust, for providers behind a private authority
    // Fakes on loopback: plain http and private addresses are allowed for the configured providers and service hosts.
    bool any_address = false;

    // Clocks of the network side, so that tests can move them: pace for caches, wall for signed assertions.
    std::function<std::chrono::steady_clock::time_point()> pace = [] { return std::chrono::steady_clock::now(); };
    std::function<domain::instant()> wall = [] {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    };
};

std::string token_address(const config& c);
std::string metadata_address(const config& c);
// The issuer of the Connector's tokens and the scope of ours, in the cloud of the addresses above.
std::string issuer(const config& c);
std::string token_scope(const config& c);
bool tenant_allowed(const config& c, std::string_view tenant);

} // namespace whynow::adapters::teams
