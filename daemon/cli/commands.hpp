// Every command as a function of its options; command_line.cpp reads the options, one .cpp per command does the work.
// Each returns the exit code; each may throw cli::stop.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace whynow::cli {

// Where a command finds whynow.toml: empty = $WHYNOW_CONFIG, ./whynow.toml, /etc/whynow/whynow.toml, the first there
// is.
struct config_option {
    std::string file;
};

struct serve_command {
    config_option config;
    std::string listen, now;
    double speed = 1;
};
int serve(const serve_command& c);

struct demo_command {
    int port = 8080;
    bool browser = false;
};
int demo(const demo_command& c);

struct check_config_command {
    config_option config;
    bool json = false;
};
int check_config(const check_config_command& c);

struct import_command {
    config_option config;
    std::vector<std::string> files;
    std::string kind; // empty: guessed
    int preview = 0;  // so many rows are shown, nothing is stored
    bool dry_run = false;
    bool json = false;
};
int import_files(const import_command& c);

struct brief_command {
    config_option config;
    std::string rep, date, now;
    bool send = false;
    bool dry_run = false; // the same as not to send
    bool json = false;
};
int brief(const brief_command& c);

struct digest_command {
    config_option config;
    std::string manager, week, now;
    int days = 0;                // instead of a week: so many, up to today
    std::string format = "text"; // slack, teams, html, json, csv
};
int digest(const digest_command& c);

struct explain_figure_command {
    config_option config;
    std::string name, manager, week, now;
    int days = 0;
    std::string format = "text"; // json
};
int explain_figure(const explain_figure_command& c);

struct explain_command {
    config_option config;
    std::string account, rep, date;
};
int explain(const explain_command& c);

struct outcome_command {
    config_option config;
    std::string text, now, zone;
    std::string rep, contact, account; // add
    int days = 7;                      // list
    bool json = false;
};
int outcome_parse(const outcome_command& c); // without text: JSON Lines
int outcome_add(const outcome_command& c);
int outcome_list(const outcome_command& c);

struct signal_command {
    config_option config;
    std::string file; // "-" is stdin
    int most = 50;
    bool json = false;
};
int signal_add(const signal_command& c);
int signal_list(const signal_command& c);

struct copy_command {
    config_option config;
    std::string file;
};
int backup(const copy_command& c);
int restore(const copy_command& c);

struct language_command {
    config_option config;
    int days = 92;
    std::string now, examples; // a file for the labelled examples
    bool json = false;
};
int language_report(const language_command& c);

// `whynow learn show` and `whynow learn revert`: what the calls of this team taught the ranker.
struct learn_command {
    config_option config;
    std::string now;
    std::int64_t version = 0; // to revert to
    int days = 365;           // of briefs that yields are counted from
    bool json = false;
};
int learn_show(const learn_command& c);
int learn_revert(const learn_command& c);

struct report_command {
    config_option config;
    std::string now, language; // language empty: the team's
    bool json = false;
};
int report_experiment(const report_command& c);

struct simulate_command {
    int runs = 10'000, weeks = 12;
    std::vector<int> reps{8};
    std::string design = "crossover";
    std::uint64_t seed = 1;
    bool json = false;
};
int simulate_experiments(const simulate_command& c);

struct simulate_policy_command {
    int weeks = 26, markets = 10;
    std::vector<int> reps{8};
    std::string policy; // a ranking.toml; empty: the built-in one
    std::uint64_t seed = 1;
    bool json = false;
};
int simulate_policy(const simulate_policy_command& c);

struct replay_command {
    config_option config;
    std::string policy, now; // policy: a ranking.toml
    int days = 90;
    bool json = false;
};
int replay(const replay_command& c);

struct lint_command {
    bool mail = false;
    std::string file; // empty: JSON Lines on stdin; "-" or a name: one plain text
};
int lint(const lint_command& c);

struct feed_command {
    std::string file, content_type, base;
    bool jsonl = false;
};
int feed_read(const feed_command& c);

struct date_command {
    std::string text, now, zone, language; // text empty: JSON Lines
    bool day_first = false;
};
int date_parse(const date_command& c);

struct accounts_file {
    std::string file;
};
int signals_classify(const accounts_file& c);
int companies_match(const accounts_file& c);

struct calls_command {
    std::string file, out, state;
    std::string outcome, key, success; // names of columns, the outcome that counts
    std::vector<std::string> day, after_call, before_call;
    double budget = 0.5, explore = 0;
    std::uint64_t seed = 0;
    bool why = false, columns = false;
    double history = 0.7; // rehearse
    bool all_outcomes = false;
};
int calls_learn(const calls_command& c);
int calls_rank(const calls_command& c);
int calls_rehearse(const calls_command& c);

struct platform_command {
    config_option config;
    bool socket_mode = false, rotation = false, organisation = false;
    std::string to; // e-mail of who gets the test message
    std::string url, name, out, app_id, package_id, package_version, developer;
    bool manifest = false;
};
int slack_manifest(const platform_command& c);
int slack_test(const platform_command& c);
int teams_package(const platform_command& c);

struct teams_test_command {
    config_option config;
    std::string to, url;
};
int teams_test(const teams_test_command& c);

int version();

} // namespace whynow::cli
