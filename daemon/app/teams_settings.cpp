#include "app/teams_settings.hpp"

#include <fstream>
#include <sstream>

namespace whynow::app {
namespace {

std::string whole_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

} // namespace

adapters::teams::config teams_settings(const settings::config& c, std::function<domain::instant()> wall) {
    adapters::teams::config t;
    t.app_id = c.teams.app_id;
    t.app_secret = c.teams.app_secret.reveal();
    if (c.teams.certificate.starts_with("-----BEGIN"))
        t.certificate = c.teams.certificate;
    else if (!c.teams.certificate.empty())
        t.certificate = whole_file(c.teams.certificate);
    t.entra_tokens = c.teams.entra_tokens;
    t.entra_callers = c.teams.entra_callers;
    t.entra_metadata_url = c.teams.entra_metadata_url;
    t.pace_factor = c.testing.pace;
    t.tenants = c.teams.tenants;
    t.token_url = c.teams.token_url;
    t.openid_metadata_url = c.teams.openid_metadata_url;
    t.service_hosts = c.teams.service_hosts;
    t.outgoing_secret = c.teams.outgoing_secret.reveal();
    t.ca_file = c.teams.ca_file;
    t.any_address = c.testing.allow_private_addresses;
    t.wall = std::move(wall);
    return t;
}

} // namespace whynow::app
