// The only file that knows CLI11.
#include "cli/commands.hpp"
#include "cli/run.hpp"
#include "cli/stop.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <functional>
#include <iostream>

namespace whynow::cli {
namespace {

class command_line {
  public:
    command_line() {
        app_.require_subcommand(0, 1);
        app_.add_flag("--version", version_, "The version");
        running();
        data();
        mornings();
        outcomes();
        language();
        learn();
        proof();
        signals();
        calls();
        texts();
        platforms();
    }

    int run(int argc, char** argv) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::ParseError& e) {
            const bool help = e.get_exit_code() == int(CLI::ExitCodes::Success);
            app_.exit(e);
            return int(help ? exit_code::ok : exit_code::usage);
        }
        if (version_)
            return version();
        if (!chosen_) {
            std::cerr << app_.help();
            return int(exit_code::usage);
        }
        return chosen_();
    }

  private:
    using work = std::function<int()>;

    CLI::App app_{"whynow: few calls worth making, and why the customer would care now", "whynow"};
    bool version_ = false;
    work chosen_;
    serve_command serve_;
    demo_command demo_;
    check_config_command check_;
    import_command import_;
    brief_command brief_;
    digest_command digest_;
    explain_command explain_;
    explain_figure_command figure_;
    outcome_command outcome_;
    signal_command signal_;
    language_command language_;
    learn_command learn_;
    report_command report_;
    simulate_command simulate_;
    simulate_policy_command simulate_policy_;
    replay_command replay_;
    copy_command copy_;
    lint_command lint_;
    feed_command feed_;
    date_command date_;
    accounts_file accounts_;
    calls_command calls_;
    platform_command platform_;
    teams_test_command teams_test_;

    CLI::App& add(CLI::App& to, const char* name, const char* says, work what) {
        auto& c = *to.add_subcommand(name, says);
        c.callback([this, what = std::move(what)] { chosen_ = what; });
        return c;
    }
    CLI::App& group(const char* name, const char* says) {
        auto& g = *app_.add_subcommand(name, says);
        g.require_subcommand(1);
        return g;
    }
    static void with_config(CLI::App& c, config_option& into) {
        c.add_option("-c,--config", into.file,
                     "whynow.toml (default: $WHYNOW_CONFIG, ./whynow.toml, /etc/whynow/whynow.toml)");
    }
    static void with_format(CLI::App& c, bool& json) {
        c.add_flag("--json", json, "JSON instead of text");
        c.add_option_function<std::string>(
             "--format", [&json](const std::string& f) { json = f == "json"; }, "text or json")
            ->check(CLI::IsMember({"text", "json"}));
    }

    void running() {
        auto& s = add(app_, "serve", "Run the daemon in the foreground", [this] { return serve(serve_); });
        with_config(s, serve_.config);
        s.add_option("--listen", serve_.listen, "ADDRESS:PORT instead of [server] listen");
        s.add_option("--now", serve_.now, "Test clock: starts here and stands still (needs [testing] clock = true)");
        s.add_option("--speed", serve_.speed, "Speed of the test clock; only 0 is known")
            ->check(CLI::IsMember({"0", "0.0"}));
        auto& d = add(app_, "demo", "A sample team with mock chats; nothing leaves the machine",
                      [this] { return demo(demo_); });
        d.add_option("--port", demo_.port, "Where to listen on loopback")->check(CLI::Range(0, 65535));
        d.add_flag("--open", demo_.browser, "Open the browser");
        auto& c = add(app_, "check-config", "Every mistake of the config at once, and what is on",
                      [this] { return check_config(check_); });
        c.add_option("file,-c,--config", check_.config.file, "whynow.toml");
        with_format(c, check_.json);
        add(app_, "version", "The version", [] { return version(); });
    }

    void data() {
        auto& i = add(app_, "import", "Read reps, accounts and contacts from CSV files",
                      [this] { return import_files(import_); });
        with_config(i, import_.config);
        i.add_option("files", import_.files, "CSV files")->required();
        i.add_option("--kind", import_.kind, "What the rows are (default: guessed from the header)")
            ->check(CLI::IsMember({"reps", "accounts", "contacts"}));
        i.add_option("--preview", import_.preview, "Show the columns and so many rows; store nothing")
            ->check(CLI::PositiveNumber);
        i.add_flag("--dry-run", import_.dry_run, "Do it all, then take it back");
        with_format(i, import_.json);
        auto& b = add(app_, "backup", "A consistent copy of the database, also while the daemon runs",
                      [this] { return backup(copy_); });
        with_config(b, copy_.config);
        b.add_option("--to,file", copy_.file, "The new file")->required();
        auto& r = add(app_, "restore", "Put a copy in the place of the database; the daemon must be stopped",
                      [this] { return restore(copy_); });
        with_config(r, copy_.config);
        r.add_option("file", copy_.file, "The copy")->required();
    }

    void mornings() {
        auto& b = add(app_, "brief", "The brief of a rep (of every rep) for a day", [this] { return brief(brief_); });
        with_config(b, brief_.config);
        b.add_option("--rep", brief_.rep, "E-mail of the rep");
        b.add_option("--date", brief_.date, "Local day, 2026-03-04 (default: the rep's today)");
        b.add_option("--now", brief_.now, "As if it were now, 2026-03-04T08:00:00Z");
        auto* send = b.add_flag("--send", brief_.send, "Put it into the outbox of the daemon");
        b.add_flag("--dry-run", brief_.dry_run, "Only show it (this is the default)")->excludes(send);
        with_format(b, brief_.json);
        auto& d = add(app_, "digest", "The digest of a manager, now", [this] { return digest(digest_); });
        with_config(d, digest_.config);
        d.add_option("--manager", digest_.manager, "E-mail of the manager (default: every manager)");
        auto* week = d.add_option("--week", digest_.week, "2026-W47 (default: last week and this one so far)");
        d.add_option("--days", digest_.days, "The last so many days")->check(CLI::Range(1, 3660))->excludes(week);
        d.add_option("--now", digest_.now, "As if it were now");
        d.add_flag_callback("--json", [this] { digest_.format = "json"; }, "The same as --format json");
        d.add_option("--format", digest_.format,
                     "text, slack (Block Kit), teams (Adaptive Card), html (one page), json or csv (the figures)")
            ->check(CLI::IsMember({"text", "slack", "teams", "html", "json", "csv"}));
        auto& e = add(app_, "explain", "Why an account was in a brief or not, with the parts of its score",
                      [this] { return figure_.name.empty() ? explain(explain_) : explain_figure(figure_); });
        with_config(e, explain_.config);
        e.add_option("account", explain_.account, "Name of the account (default: all)");
        e.add_option("--rep", explain_.rep, "E-mail of the rep");
        e.add_option("--date", explain_.date, "Day of the brief (default: the latest)");
        auto& f =
            add(e, "figure", "The rows behind a figure of the digest", [this] { return explain_figure(figure_); });
        with_config(f, figure_.config);
        f.add_option("name", figure_.name, "hits, conversations, overdue … (a wrong name lists them)")->required();
        f.add_option("--manager", figure_.manager, "E-mail of the manager (default: everybody's)");
        auto* of_week = f.add_option("--week", figure_.week, "2026-W47 (default: last week and this one so far)");
        f.add_option("--days", figure_.days, "The last so many days")->check(CLI::Range(1, 3660))->excludes(of_week);
        f.add_option("--now", figure_.now, "As if it were now");
        f.add_flag_callback("--json", [this] { figure_.format = "json"; }, "JSON Lines instead of text");
    }

    void outcomes() {
        auto& g = group("outcome", "What came of calls");
        auto& p = add(g, "parse", "What would be understood; without TEXT: JSON Lines {id,now,tz,text}",
                      [this] { return outcome_parse(outcome_); });
        p.add_option("text", outcome_.text, "A rep's words");
        p.add_option("--now", outcome_.now, "As if it were now");
        p.add_option("--tz", outcome_.zone, "The rep's zone");
        auto& a = add(g, "add", "Store the outcome of a call", [this] { return outcome_add(outcome_); });
        with_config(a, outcome_.config);
        a.add_option("--rep", outcome_.rep, "E-mail of the rep")->required();
        a.add_option("--contact", outcome_.contact, "E-mail or name of the person called")->required();
        a.add_option("--account", outcome_.account, "Name of the account, where the person is named by name");
        a.add_option("--now", outcome_.now, "When it was said");
        a.add_option("text", outcome_.text, "The rep's words")->required();
        with_format(a, outcome_.json);
        auto& l = add(g, "list", "The outcomes of the last days", [this] { return outcome_list(outcome_); });
        with_config(l, outcome_.config);
        l.add_option("--rep", outcome_.rep, "E-mail of the rep");
        l.add_option("--days", outcome_.days, "So many days back")->check(CLI::Range(1, 3660));
        l.add_option("--now", outcome_.now, "As if it were now");
        with_format(l, outcome_.json);
    }

    void learn() {
        auto& g = group("learn", "What the calls of this team taught the ranker");
        auto& show = add(g, "show", "Half-lives, what weighs more or less than expected, yields: with their doubt",
                         [this] { return learn_show(learn_); });
        with_config(show, learn_.config);
        show.add_option("--days", learn_.days, "Yields are counted over so many days")->check(CLI::Range(1, 3660));
        show.add_option("--now", learn_.now, "As if it were now");
        with_format(show, learn_.json);
        auto& back = add(g, "revert", "Go back to an older version; calls learned since then stay out",
                         [this] { return learn_revert(learn_); });
        with_config(back, learn_.config);
        back.add_option("VERSION", learn_.version,
                        "A version that `whynow learn show` lists; the one before the newest");
        back.add_option("--now", learn_.now, "As if it were now");
    }

    void language() {
        auto& g = group("language", "How well whynow understands this team");
        auto& r = add(g, "report", "What was judged and corrected, by rule, and what to mend first",
                      [this] { return language_report(language_); });
        with_config(r, language_.config);
        r.add_option("--days", language_.days, "So many days back")->check(CLI::Range(1, 3660));
        r.add_option("--examples", language_.examples, "Also write the labelled examples here, as JSON Lines");
        r.add_option("--now", language_.now, "As if it were now");
        with_format(r, language_.json);
    }

    void proof() {
        auto& g = group("report", "What was shown, and what was not");
        auto& r = add(g, "experiment", "The experiment of [experiment]: n, interval, and what would be needed",
                      [this] { return report_experiment(report_); });
        with_config(r, report_.config);
        r.add_option("--lang", report_.language, "en, de, fr or es (default: the team's)")
            ->check(CLI::IsMember({"en", "de", "fr", "es"}));
        r.add_option("--now", report_.now, "As if it were now");
        with_format(r, report_.json);
        auto& s = group("simulate", "Markets of which everything is known, to check the proof in");
        auto& e = add(s, "experiments", "How often an experiment stops for nothing, and how often its interval holds",
                      [this] { return simulate_experiments(simulate_); });
        e.add_option("--runs", simulate_.runs, "So many experiments for each effect and size")
            ->check(CLI::Range(1, 10'000'000));
        e.add_option("--weeks", simulate_.weeks, "Weeks of each")->check(CLI::Range(2, 104));
        e.add_option("--reps", simulate_.reps, "Sizes of teams, 2,8,20")->delimiter(',')->check(CLI::Range(1, 500));
        e.add_option("--design", simulate_.design, "crossover or parallel")
            ->check(CLI::IsMember({"crossover", "parallel"}));
        e.add_option("--seed", simulate_.seed, "The same seed, the same figures");
        with_format(e, simulate_.json);
        auto& p = add(s, "policy", "How many of the hits that could be had the ranking gets, week by week",
                      [this] { return simulate_policy(simulate_policy_); });
        p.add_option("--weeks", simulate_policy_.weeks, "Weeks")->check(CLI::Range(2, 520));
        p.add_option("--markets", simulate_policy_.markets, "Markets of which the figures are the mean")
            ->check(CLI::Range(1, 10'000));
        p.add_option("--reps", simulate_policy_.reps, "Sizes of teams, 2,8,20")
            ->delimiter(',')
            ->check(CLI::Range(1, 200));
        p.add_option("--policy", simulate_policy_.policy, "A ranking.toml instead of the built-in one");
        p.add_option("--seed", simulate_policy_.seed, "The same seed, the same figures");
        with_format(p, simulate_policy_.json);
        auto& y =
            add(app_, "replay", "What other settings of the ranking would have given, from the calls that were made",
                [this] { return replay(replay_); });
        with_config(y, replay_.config);
        y.add_option("--policy", replay_.policy, "The other ranking.toml")->required();
        y.add_option("--days", replay_.days, "So many days back")->check(CLI::Range(1, 3660));
        y.add_option("--now", replay_.now, "As if it were now");
        with_format(y, replay_.json);
    }

    void signals() {
        auto& g = group("signal", "Signals in the store");
        auto& a = add(g, "add", "Take signals from a JSON file (one object or a list)",
                      [this] { return signal_add(signal_); });
        with_config(a, signal_.config);
        a.add_option("--json", signal_.file, "The file, - for stdin")->required();
        auto& l = add(g, "list", "The newest signals", [this] { return signal_list(signal_); });
        with_config(l, signal_.config);
        l.add_option("--most", signal_.most, "At most so many")->check(CLI::Range(1, 100000));
        with_format(l, signal_.json);
        auto& s = group("signals", "Reading signals");
        auto& c = add(s, "classify", "JSON Lines {id,title,summary,published} to events",
                      [this] { return signals_classify(accounts_); });
        c.add_option("--accounts", accounts_.file, "Names of accounts, one a line")->required();
        auto& n = group("companies", "Reading names");
        auto& m = add(n, "match", "JSON Lines {id,text} to the accounts named",
                      [this] { return companies_match(accounts_); });
        m.add_option("--accounts", accounts_.file, "JSON list of {id,name,ticker,aliases,domain}")->required();
    }

    void told_of_columns(CLI::App& c) {
        c.add_option("--outcome", calls_.outcome, "Column with what came: yes or no");
        c.add_option("--key", calls_.key, "Column that tells the calls apart");
        c.add_option("--day", calls_.day, "Columns in which calls of one day agree (default: a file is a day)")
            ->delimiter(',');
        c.add_option("--after-call", calls_.after_call, "Columns known only after the call: never looked at")
            ->delimiter(',');
        c.add_option("--before-call", calls_.before_call,
                     "Columns known before the call, however well they foretell it")
            ->delimiter(',');
        c.add_option("--success", calls_.success, "The outcome that counts (default: yes, 1, true, won …)");
        c.add_option("--seed", calls_.seed, "Decides between equals and draws lots; the same seed, the same answer");
    }
    void how_many_calls(CLI::App& c) {
        c.add_option("--budget", calls_.budget, "Share of each day's calls to make")->check(CLI::Range(0.0, 1.0));
        c.add_option("--explore", calls_.explore, "Share of the calls drawn by lot, so that the rest is known too")
            ->check(CLI::Range(0.0, 1.0));
    }
    void calls() {
        auto& g = group("calls", "Any table of calls with features and outcomes: whom to call next");
        auto& l = add(g, "learn", "Learn calls whose outcome is known", [this] { return calls_learn(calls_); });
        auto& r = add(g, "rank", "Probability of each call, and which to make", [this] { return calls_rank(calls_); });
        auto& h = add(g, "rehearse", "Walk calls that were made, day by day: would half of them have been enough?",
                      [this] { return calls_rehearse(calls_); });
        for (auto* c : {&l, &r, &h}) {
            c->add_option("file", calls_.file, "CSV with a header, separated by ; or ,")->required();
            told_of_columns(*c);
        }
        r.add_option("out", calls_.out, "Where to write row;p;call (-: stdout)")->required();
        for (auto* c : {&l, &r})
            c->add_option("--state", calls_.state, "What was learned; learn makes and renews this file")->required();
        for (auto* c : {&r, &h})
            how_many_calls(*c);
        l.add_flag("--columns", calls_.columns, "Say which columns are looked at, and why others are not");
        r.add_flag("--why", calls_.why, "One more column: the three weightiest reasons, in log-odds");
        h.add_option("--history", calls_.history, "Share of the calls that is learned first")
            ->check(CLI::Range(0.0, 1.0));
        h.add_flag("--all-outcomes", calls_.all_outcomes, "Also those of the calls not made become known");
        for (const auto* column : {"--outcome", "--key"})
            h.get_option(column)->required();
    }

    void texts() {
        auto& l = group("lint", "May this be said or sent to a customer?");
        for (const bool mail : {false, true}) {
            auto& c = add(l, mail ? "mail" : "opener", "JSON Lines {id,text,facts?}; with FILE: one plain text",
                          [this, mail] {
                              lint_.mail = mail;
                              return lint(lint_);
                          });
            c.add_option("file", lint_.file, "A text, - for stdin");
        }
        auto& g = group("feed", "Reading feeds");
        auto& f = add(g, "read", "The entries of a feed; --jsonl: JSON Lines {file,content_type,base}",
                      [this] { return feed_read(feed_); });
        f.add_option("file", feed_.file, "RSS, Atom, RDF or CDF; - for stdin");
        f.add_flag("--jsonl", feed_.jsonl, "Files named on stdin");
        f.add_option("--content-type", feed_.content_type, "As the server sent it");
        f.add_option("--base", feed_.base, "Address it came from");
        auto& t = group("date", "Reading dates");
        auto& d = add(t, "parse", "The day a text names; without TEXT: JSON Lines {id,now,tz,text,day_first,lang}",
                      [this] { return date_parse(date_); });
        d.add_option("text", date_.text, "A phrase: \"in 6 months\"");
        d.add_option("--now", date_.now, "As if it were now");
        d.add_option("--tz", date_.zone, "Zone of the reader");
        d.add_option("--lang", date_.language, "en, de, fr or es");
        d.add_flag("--day-first", date_.day_first, "5/1 is 5 January");
    }

    void platforms() {
        auto& g = group("slack", "Setting up Slack");
        auto& m =
            add(g, "manifest", "The app manifest to paste into Slack", [this] { return slack_manifest(platform_); });
        m.add_option("--url", platform_.url,
                     "Where Slack reaches the daemon: https://… (not needed with --socket-mode)");
        m.add_flag("--socket-mode", platform_.socket_mode, "Events over connections that the daemon opens");
        m.add_flag("--rotate-tokens", platform_.rotation, "Tokens that live twelve hours; Slack cannot take this back");
        m.add_flag("--organisation", platform_.organisation, "May be installed for a whole Enterprise organisation");
        m.add_option("--name", platform_.name, "Name of the app");
        auto& s = add(g, "test", "Is everything right at Slack? Each line says ok or what to do",
                      [this] { return slack_test(platform_); });
        with_config(s, platform_.config);
        s.add_option("--to", platform_.to, "E-mail of a colleague (yourself) who gets a test message");
        auto& t = group("teams", "Setting up Microsoft Teams");
        auto& p =
            add(t, "package", "The app package: a zip to upload to Teams", [this] { return teams_package(platform_); });
        with_config(p, platform_.config);
        p.add_option("--url", platform_.url, "Where Teams reaches the daemon: https://…")->required();
        p.add_option("--app-id", platform_.app_id, "Id of the app registration (default: [teams] app_id)");
        p.add_option("-o,--out", platform_.out, "Where to write it (default: whynow-teams.zip; -: stdout)");
        p.add_option("--package-version", platform_.package_version, "Teams wants a higher one for every update");
        p.add_flag("--manifest", platform_.manifest, "Only print manifest.json");
        p.add_option("--package-id", platform_.package_id, "Id of the package (default: the app's)");
        p.add_option("--developer", platform_.developer, "Who runs it");
        auto& e = add(t, "test", "Token, keys, door and a message to oneself: each ok, or what to do",
                      [this] { return teams_test(teams_test_); });
        with_config(e, teams_test_.config);
        e.add_option("--to", teams_test_.to, "E-mail of a rep who gets a test message");
        e.add_option("--url", teams_test_.url, "Where Teams reaches the daemon (default: [server] public_url)");
    }
};

} // namespace

int run(int argc, char** argv) {
    try {
        return command_line().run(argc, argv);
    } catch (const stop& s) {
        std::cerr << "whynow: " << s.what() << '\n';
        return int(s.code());
    } catch (const std::exception& e) {
        std::cerr << "whynow: " << e.what() << '\n';
        return int(exit_code::problem);
    }
}

} // namespace whynow::cli
