// Where the Slack app is installed, and the tokens that came with it. Tokens leave this port only to be used.
#pragma once

#include "store/aggregates.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::store {

struct slack_installation {
    std::string tenant; // the enterprise's id for an installation of a whole organisation, else the team's
    std::string team, team_name;
    std::string enterprise; // kept for a team of an organisation, too
    bool whole_enterprise = false;
    std::string app, bot_user, scopes;
    std::string token, refresh_token; // the latter only where tokens rotate
    std::optional<instant> expires_at;
    instant installed_at{};
    std::string gone; // why it is over: app_uninstalled, token_revoked … ; empty: it stands
    bool stands() const { return gone.empty(); }
};

class slack_installations {
  public:
    explicit slack_installations(session& s) : s_(s) {}
    // A new installation, or the same one again: its tokens take the place of the old ones, and it stands.
    void put(const slack_installation& i);
    std::optional<slack_installation> find(std::string_view tenant);
    std::vector<slack_installation> all(); // by tenant
    // Over since `at`. False where it was installed (again) after that: an event that came late changes nothing. An
    // event in the second of the installation is late, too: Slack tells of the end of the old one then.
    bool close(std::string_view tenant, std::string_view why, instant at);
    // The same for one token: false where another has taken its place.
    bool close_token(std::string_view tenant, std::string_view token, std::string_view why);

    // One refresh at a time, whatever process it is in: the refresh token, where `token` is still the present one and
    // nobody else has taken the lease, which then holds until `until`.
    std::optional<std::string> lease(std::string_view tenant, std::string_view token, instant now, instant until);
    // The lease ends with two new tokens at once …
    void renewed(std::string_view tenant, std::string_view old, std::string_view token, std::string_view refresh_token,
                 std::optional<instant> expires_at);
    // … or without any.
    void give_back(std::string_view tenant, std::string_view token);

  private:
    session& s_;
};

} // namespace whynow::store
