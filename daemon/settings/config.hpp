// whynow.toml: typed, validated at once, every mistake named with its place and its cure. Immutable once read.
#pragma once

#include "domain/core/rules.hpp"
#include "domain/core/time.hpp"
#include "domain/experiments/plan.hpp"

#include <bitset>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace whynow::settings {

using namespace whynow::domain;

// A value that is never printed. Its text is reached by name only.
class secret {
  public:
    secret() = default;
    explicit secret(std::string value) : value_(std::move(value)) {}
    const std::string& reveal() const { return value_; }
    bool empty() const { return value_.empty(); }
    friend bool operator==(const secret&, const secret&) = default;

  private:
    std::string value_;
};

struct server {
    std::string listen = "127.0.0.1:8080";
    std::string public_url;
    std::string tls_certificate, tls_key;
    secret pages_password; // of the web pages; without it they are served to loopback only
};
struct store {
    std::string kind = "sqlite";
    std::string path = "whynow.db";
    secret dsn;
    friend bool operator==(const store&, const store&) = default;
};
struct slack {
    bool on = false;
    secret bot_token, signing_secret, app_token, client_secret;
    std::string client_id;
    int connections = 2; // of Socket Mode
    std::string api_base_url = "https://slack.com/api";
    std::string ca_file;
    friend bool operator==(const slack&, const slack&) = default;
};
struct teams {
    bool on = false;
    std::string app_id;
    secret app_secret, outgoing_secret, workflow_url;
    std::string certificate; // PEM text, out of the file that was named
    std::vector<std::string> tenants;
    std::string token_url;
    std::string openid_metadata_url = "https://login.botframework.com/v1/.well-known/openidconfiguration";
    std::vector<std::string> service_hosts;
    bool brief_on_install = false;
    bool entra_tokens = false;
    std::vector<std::string> entra_callers;
    std::string entra_metadata_url;
    std::string ca_file;
    // A webhook or a workflow alone is no bot: nobody can be written to.
    bool bot() const { return on && !app_id.empty(); }
    friend bool operator==(const teams&, const teams&) = default;
};
struct mail {
    bool on = false;
    std::string smtp; // host:port
    std::string user;
    secret password;
    std::string from;
    std::string approve = "always"; // or "thank_you_auto"
    std::string ca_file;
    friend bool operator==(const mail&, const mail&) = default;
};
struct source {
    std::string kind; // rss, edgar, jobs, webhook
    std::string name; // unique; from kind and place where not given
    std::string url;
    std::chrono::seconds every{900};
    secret token; // of the webhook
    rules::place at;
};
struct team {
    std::string zone = "UTC";
    minute_of_day brief_at{480};
    std::bitset<7> workdays{0b0011111}; // bit 0 is Monday
    std::set<local_date> holidays;
    std::string holidays_file;
    double call_budget = 0.5;
    std::string language = "en";
    std::string company, product, postal_address;
    std::vector<std::string> our_customers;
    int lead_weeks = 3;
    minute_of_day own_week_at{960};
    bool rank_people = false;
};
struct drafter {
    std::string kind = "template"; // or "openai"
    std::string base_url, model;
    secret key;
};
struct privacy {
    int keep_months = 24;
};
struct experiment {
    bool on = false;
    experiments::plan plan;
};
struct testing {
    bool clock = false;
    bool allow_private_addresses = false;
    double pace = 1; // of the chat limits; below 1 only with the test clock
    friend bool operator==(const testing&, const testing&) = default;
};

struct config {
    settings::server server;
    settings::store store;
    settings::slack slack;
    settings::teams teams;
    settings::mail mail;
    bool console = true;
    std::vector<settings::source> sources;
    settings::team team;
    settings::drafter drafter;
    settings::privacy privacy;
    settings::experiment experiment;
    settings::testing testing;
    std::string own_folder; // [paths] own: the admin's config/ and templates/
};

// One mistake: where it stands, which key, what is wrong, what to do.
struct mistake {
    rules::place at;
    std::string key; // "[team] brief_at"
    std::string what;
    std::string cure;
};
std::string to_string(const mistake& m); // "whynow.toml:12:5: [team] brief_at: … — cure"

using environment = std::map<std::string, std::string, std::less<>>; // the WHYNOW_… variables
environment environment_of_process();

struct config_result {
    settings::config config;
    std::vector<mistake> mistakes;  // all of them; the config is good only where there is none
    std::vector<std::string> notes; // what is on, what is off
};
// `text` is the file's content, `file` its name for messages and for relative *_file paths. `clocks` knows the zones.
config_result read_config(std::string_view text, std::string_view file, const environment& env, const zones& clocks);

} // namespace whynow::settings
