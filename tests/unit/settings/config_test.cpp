// whynow.toml: every mistake is named with its line, its key and its cure, all at once, and no secret is ever shown.
#include "schedule/system_zones.hpp"
#include "settings/config.hpp"
#include "settings/config_reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace whynow::settings;
using namespace std::chrono_literals;
using whynow::domain::minute_of_day;
using whynow::domain::parse_iso_date;

namespace {

config_result read(std::string_view text, const environment& env = {}, std::string_view file = "whynow.toml") {
    return read_config(text, file, env, whynow::schedule::system_zones());
}

std::string file_text(const std::string& path) {
    std::ifstream in(std::string(WHYNOW_SOURCE_DIR) + "/" + path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string all_of(const std::vector<mistake>& mistakes) {
    std::string out;
    for (const auto& m : mistakes)
        out += to_string(m) + "\n";
    return out;
}

struct single {
    const char* text;
    unsigned line;
    const char* key;
    const char* what; // a part of it
    const char* cure; // a part of it
};

const single mistakes[] = {
    // sections and keys
    {"[teem]\nzone = \"UTC\"\n", 1, "[teem]", "no such section", "did you mean [team]?"},
    {"[zebra]\n", 1, "[zebra]", "no such section", "the sections are: server"},
    {"team = 3\n", 1, "[team]", "not a section", "[team]"},
    {"[team]\nzone = \"UTC\"\nbrief_a = \"08:00\"\n", 3, "[team] brief_a", "no such key", "did you mean brief_at?"},
    {"[store]\nqqqqqqqqqqqq = 1\n", 2, "[store] qqqqqqqqqqqq", "no such key", "the keys here are: kind, path, dsn"},
    {"[[source]]\nkind = \"rss\"\nurl = \"https://a.example/f\"\nevry = \"5m\"\n", 4, "[[source]] evry", "no such key",
     "did you mean every?"},
    // experiment
    {"[experiment]\nreps = [\"d@a.example\"]\n", 1, "[experiment] name", "has no name", "write name ="},
    {"[experiment]\nname = \"x\"\n", 1, "[experiment] reps", "none is named", "dana@example.com"},
    {"[experiment]\nname = \"x\"\nreps = [\"dana\"]\n", 3, "[experiment] reps", "not an e-mail", "reps file"},
    {"[experiment]\nname = \"x\"\nstage = \"team\"\n", 1, "[experiment] team", "needs the team's name", "team ="},
    {"[experiment]\nname = \"x\"\nstage = \"organisation\"\nteam = \"west\"\n", 4, "[experiment] team",
     "stage is \"organisation\"", "leave team out"},
    {"[experiment]\nname = \"x\"\nstage = \"organisation\"\nreps = [\"d@a.example\"]\n", 4, "[experiment] reps",
     "takes all of its reps", "leave reps out"},
    {"[experiment]\nname = \"x\"\nstage = \"company\"\nreps = [\"d@a.example\"]\n", 3, "[experiment] stage",
     "\"company\"", "rep, team, organisation"},
    {"[experiment]\nname = \"x\"\nreps = [\"d@a.example\"]\ndesign = \"parallel\"\n", 4, "[experiment] design",
     "can show nothing", "crossover"},
    {"[experiment]\nname = \"x\"\nreps = [\"d@a.example\"]\nweeks = 7\n", 4, "[experiment] weeks", "no whole cycles",
     "write 6 or 8"},
    {"[experiment]\nname = \"x\"\nreps = [\"d@a.example\"]\nstarts = \"March\"\n", 4, "[experiment] starts",
     "not a day", "2026-03-02"},
    {"[experiment]\nname = \"x\"\nreps = [\"d@a.example\"]\nbudget = 0.5\n", 4, "[experiment] budget", "no such key",
     "the keys here are"},
    // server
    {"[server]\nlisten = \"8080\"\n", 2, "[server] listen", "not an address and a port", "127.0.0.1:8080"},
    {"[server]\nlisten = \"127.0.0.1:99999\"\n", 2, "[server] listen", "not an address and a port", "127.0.0.1:8080"},
    {"[server]\nlisten = 8080\n", 2, "[server] listen", "integer", "listen = "},
    {"[server]\npublic_url = \"whynow.example\"\n", 2, "[server] public_url", "not an address", "https://"},
    {"[server]\ntls_certificate = \"/nowhere/c.pem\"\ntls_key = \"/nowhere/k.pem\"\n", 2, "[server] tls_certificate",
     "cannot be read", "permissions"},
    {"[server]\n\ntls_key = \"config/lint.toml\"\n", 3, "[server] tls_key", "belong together", "both"},
    // store
    {"[store]\nkind = \"mysql\"\n", 2, "[store] kind", "\"mysql\"", "sqlite, postgres"},
    {"[store]\nkind = \"postgres\"\n", 2, "[store] kind", "SQLite only", "sqlite"},
    {"[store]\npath = \"\"\n", 2, "[store] path", "empty", "whynow.db"},
    {"[store]\ndsn = \"\"\n", 2, "[store] dsn", "secret is empty", "leave dsn out"},
    // slack
    {"[slack]\nsigning_secret = \"s\"\n", 1, "[slack] bot_token", "missing", "xoxb-"},
    {"[slack]\nsigning_secret = \"s\"\nbot_token = \"xapp-1-A\"\n", 3, "[slack] bot_token", "does not look like",
     "app_token"},
    {"[slack]\nbot_token = \"xoxb-1\"\n", 1, "[slack] signing_secret", "missing", "Basic Information"},
    {"[slack]\nbot_token = \"xoxb-1\"\napp_token = \"xoxb-1\"\n", 3, "[slack] app_token", "does not look like",
     "xapp-"},
    {"[slack]\nclient_id = \"1.2\"\nsigning_secret = \"s\"\n[server]\npublic_url = \"https://a.example\"\n", 1,
     "[slack] client_secret", "belong together", "Basic Information"},
    {"[slack]\nclient_id = \"1.2\"\nclient_secret = \"c\"\nsigning_secret = \"s\"\n", 2, "[slack] client_id",
     "browsers", "public_url"},
    {"[slack]\nbot_token = \"xoxb-1\"\nsigning_secret = \"s\"\nbot_token_file = \"t\"\n", 4, "[slack] bot_token_file",
     "both", "keep one"},
    {"[slack]\nbot_token = \"xoxb-1\"\nsigning_secret_file = \"no-such-file\"\n", 3, "[slack] signing_secret_file",
     "cannot be read", "path"},
    {"[slack]\nbot_token = \"xoxb-1\"\nsigning_secret_file = 7\n", 3, "[slack] signing_secret_file", "must be a path",
     "signing_secret_file = "},
    {"[slack]\nbot_token = \"xoxb-1\"\nsigning_secret = 7\n", 3, "[slack] signing_secret", "integer", "must be"},
    // teams
    {"[teams]\napp_secret = \"s\"\ntenants = [\"t\"]\n", 1, "[teams] app_id", "missing", "Microsoft App ID"},
    {"[teams]\napp_id = \"a\"\ntenants = [\"t\"]\n", 1, "[teams] app_secret", "neither", "client secret"},
    {"[teams]\napp_id = \"a\"\napp_secret = \"s\"\n", 1, "[teams] tenants", "missing", "tenant"},
    {"[teams]\napp_id = \"a\"\ncertificate = \"no-such.pem\"\ntenants = [\"t\"]\n", 3, "[teams] certificate",
     "cannot be read", "permissions"},
    {"[teams]\napp_id = \"a\"\ncertificate = \"config/lint.toml\"\ntenants = [\"t\"]\n", 3, "[teams] certificate",
     "private key", "one PEM file"},
    {"[teams]\napp_id = \"a\"\napp_secret = \"s\"\ntenants = [\"t\"]\nca_file = \"no-such.pem\"\n", 5,
     "[teams] ca_file", "cannot be read", "permissions"},
    {"[teams]\napp_id = \"a\"\napp_secret = \"s\"\ntenants = [\"t\"]\nservice_hosts = [1]\n", 5,
     "[teams] service_hosts", "list of other things", "[\"…\""},
    // mail
    {"[mail]\nfrom = \"a@b.example\"\n", 1, "[mail] smtp", "missing", "587"},
    {"[mail]\nfrom = \"a@b.example\"\nsmtp = \"mail.example\"\n", 3, "[mail] smtp", "not a host and a port", "587"},
    {"[mail]\nsmtp = \"m:25\"\nfrom = \"nobody\"\n", 3, "[mail] from", "not an address", "@"},
    {"[mail]\nsmtp = \"m:25\"\nfrom = \"a@b.example\"\nuser = \"u\"\n", 1, "[mail] password", "belong together",
     "both"},
    {"[mail]\nsmtp = \"m:25\"\nfrom = \"a@b.example\"\napprove = \"never\"\n", 4, "[mail] approve", "\"never\"",
     "always, thank_you_auto"},
    // sources
    {"[source]\nkind = \"rss\"\n", 1, "[source]", "one of many", "[[source]]"},
    {"[[source]]\nurl = \"https://a.example/f\"\n", 1, "[[source]] kind", "missing", "rss, edgar, jobs, webhook"},
    {"[[source]]\nkind = \"rsss\"\nurl = \"https://a.example/f\"\n", 2, "[[source]] kind", "\"rsss\"", "rss, edgar"},
    {"[[source]]\nkind = \"rss\"\n", 1, "[[source]] url", "missing", "https://"},
    {"[[source]]\nkind = \"rss\"\nurl = \"ftp://a.example/f\"\n", 3, "[[source]] url", "not an address", "https://"},
    {"[[source]]\nkind = \"webhook\"\n", 1, "[[source]] token", "missing", "token_file"},
    {"[[source]]\nkind = \"edgar\"\nevery = \"5 minutes\"\n", 3, "[[source]] every", "not a length of time", "15m"},
    {"[[source]]\nkind = \"edgar\"\nevery = \"10s\"\n", 3, "[[source]] every", "too short", "60"},
    {"[[source]]\nkind = \"edgar\"\n[[source]]\nkind = \"edgar\"\n", 3, "[[source]] name", "two sources",
     "name of its own"},
    // team
    {"[team]\nzone = \"Europe/Berln\"\n", 2, "[team] zone", "no time zone", "Europe/Berlin"},
    {"[team]\nbrief_at = \"8 o'clock\"\n", 2, "[team] brief_at", "not a time of day", "08:00"},
    {"[team]\nworkdays = \"Moon-Fri\"\n", 2, "[team] workdays", "not days of the week", "Mon-Fri"},
    {"[team]\ncall_budget = \"150%\"\n", 2, "[team] call_budget", "out of range", "100%"},
    {"[team]\ncall_budget = \"half\"\n", 2, "[team] call_budget", "not a share", "50%"},
    {"[team]\ncall_budget = 0\n", 2, "[team] call_budget", "out of range", "0.05"},
    {"[team]\nlanguage = \"it\"\n", 2, "[team] language", "\"it\"", "en, de, fr, es"},
    {"[team]\nlead_weeks = 2.5\n", 2, "[team] lead_weeks", "whole number", "26"},
    {"[team]\nlead_weeks = 90\n", 2, "[team] lead_weeks", "out of range", "26"},
    {"[team]\nholidays = [\"Christmas\"]\n", 2, "[team] holidays", "not a day", "2026-12-25"},
    {"[team]\nour_customers = \"Contoso\"\n", 2, "[team] our_customers", "string", "our_customers = ["},
    // the rest
    {"[console]\non = \"yes\"\n", 2, "[console] on", "true or false", "without quotes"},
    {"[drafter]\nkind = \"openai\"\n", 2, "[drafter] kind", "templates only", "template"},
    {"[privacy]\nkeep_months = 0\n", 2, "[privacy] keep_months", "out of range", "240"},
    {"[testing]\npace = 0.5\n", 2, "[testing] pace", "test clock", "leave pace out"},
    // not TOML
    {"[team]\nzone = Europe/Berlin\n", 2, "the file", "", "double quotes"},
    {"[team]\nzone = \"UTC\"\nzone = \"UTC\"\n", 3, "the file", "", "config/whynow.toml"},
};

} // namespace

TEST_CASE("each single mistake: its line, its key, its cure, and nothing else") {
    CHECK(std::size(mistakes) >= 30);
    for (const auto& m : mistakes) {
        const auto got = read(m.text);
        INFO(m.text, "\n", all_of(got.mistakes));
        REQUIRE_FALSE(got.mistakes.empty());
        const auto it = std::ranges::find(got.mistakes, std::string(m.key), &mistake::key);
        REQUIRE(it != got.mistakes.end());
        CHECK(it->at.file == "whynow.toml");
        CHECK(it->at.line == m.line);
        CHECK(it->what.find(m.what) != std::string::npos);
        CHECK((it->cure.find(m.cure) != std::string::npos || it->what.find(m.cure) != std::string::npos));
        const bool two_files = std::string_view(m.text).find("/nowhere/") != std::string_view::npos;
        if (!two_files)
            CHECK(got.mistakes.size() == 1);
    }
}

TEST_CASE("all mistakes of a file at once, from top to bottom") {
    const auto got = read("[server]\nlisten = \"x\"\n[team]\nzone = \"Mars/Base\"\nbrief_at = \"25:00\"\nbudget = "
                          "3\n[privacy]\nkeep_months = -1\n[nothing]\n");
    REQUIRE(got.mistakes.size() == 6);
    const char* keys[] = {"[server] listen", "[team] zone",           "[team] brief_at",
                          "[team] budget",   "[privacy] keep_months", "[nothing]"};
    for (std::size_t i = 0; i < 6; ++i)
        CHECK(got.mistakes[i].key == keys[i]);
    CHECK(std::ranges::is_sorted(got.mistakes, {}, [](const auto& m) { return m.at.line; }));
    CHECK(to_string(got.mistakes[1]).starts_with("whynow.toml:4:1: [team] zone: there is no time zone \"Mars/Base\""));
}

TEST_CASE("secrets never stand in a message") {
    const char* const words = "S3cr3tW0rd";
    const std::string texts[] = {
        "[slack]\nbot_token = \"S3cr3tW0rd\"\nsigning_secret = \"S3cr3tW0rd\"\n",
        "[slack]\nbot_token = \"S3cr3tW0rd\nsigning_secret = \"x\"\n",
        "[slack]\nbot_token = S3cr3tW0rd\n",
        "[slack]\nbot_token = \"S3cr3tW0rd\"\nbot_token = \"S3cr3tW0rd\"\n",
        "[slack]\nbot_tokn = \"S3cr3tW0rd\"\n",
        "[slack]\nbot_token = \"S3cr3tW0rd\"\nbot_token_file = \"f\"\n",
        "[slack]\nbot_token = [\"S3cr3tW0rd\"]\n",
        "[teams]\napp_secret = \"S3cr3tW0rd\"\nworkflow_url = \"S3cr3tW0rd\"\noutgoing_secret = \"S3cr3tW0rd\"\n",
        "[mail]\npassword = \"S3cr3tW0rd\"\n",
        "[[source]]\nkind = \"webhook\"\ntoken = \"S3cr3tW0rd\"\nevery = \"1s\"\n",
        "[store]\nkind = \"postgres\"\ndsn = \"postgres://u:S3cr3tW0rd@h/db\"\n",
        "[server]\npages_password = \"S3cr3tW0rd\"\nlisten = \"x\"\n",
        "[drafter]\nkind = \"openai\"\nkey = \"S3cr3tW0rd\"\n",
    };
    for (const auto& t : texts) {
        const auto got = read(t);
        INFO(t);
        const auto said = all_of(got.mistakes);
        CHECK_FALSE(said.empty());
        INFO(said);
        CHECK(said.find(words) == std::string::npos);
        for (const auto& n : got.notes)
            CHECK(n.find(words) == std::string::npos);
    }
    const auto from_env = read("", {{"WHYNOW_SLACK__BOT_TOKEN", words}});
    CHECK(all_of(from_env.mistakes).find(words) == std::string::npos);
}

TEST_CASE("the environment stands above the file") {
    const auto got = read("[team]\nzone = \"UTC\"\n[slack]\nbot_token = \"xoxb-file\"\nsigning_secret = \"s\"\n",
                          {{"WHYNOW_TEAM__ZONE", "Europe/Berlin"},
                           {"WHYNOW_TEAM__CALL_BUDGET", "40%"},
                           {"WHYNOW_TEAM__LEAD_WEEKS", "2"},
                           {"WHYNOW_TEAM__OUR_CUSTOMERS", "Contoso, Fabrikam"},
                           {"WHYNOW_CONSOLE__ON", "false"},
                           {"WHYNOW_SLACK__BOT_TOKEN", "xoxb-env"}});
    INFO(all_of(got.mistakes));
    CHECK(got.mistakes.empty());
    CHECK(got.config.team.zone == "Europe/Berlin");
    CHECK(got.config.team.call_budget == doctest::Approx(0.4));
    CHECK(got.config.team.lead_weeks == 2);
    CHECK(got.config.team.our_customers == std::vector<std::string>{"Contoso", "Fabrikam"});
    CHECK_FALSE(got.config.console);
    CHECK(got.config.slack.bot_token.reveal() == "xoxb-env");
    // a section that stands only in the environment is on
    CHECK(read("", {{"WHYNOW_MAIL__SMTP", "m:25"}, {"WHYNOW_MAIL__FROM", "a@b.example"}}).config.mail.on);
    CHECK_FALSE(read("", {{"WHYNOW_FAULT", "x"}}).config.mail.on);
    // mistakes of the environment are named by the key
    for (const auto& [name, value, key] : {std::tuple{"WHYNOW_TEAM__ZONE", "Nowhere", "[team] zone"},
                                           std::tuple{"WHYNOW_CONSOLE__ON", "1", "[console] on"},
                                           std::tuple{"WHYNOW_TEAM__LEAD_WEEKS", "many", "[team] lead_weeks"},
                                           std::tuple{"WHYNOW_TEAM__CALL_BUDGET", "lots", "[team] call_budget"},
                                           std::tuple{"WHYNOW_STORE__DSN_FILE", "/nowhere/dsn", "[store] dsn"}}) {
        const auto bad = read("", {{name, value}});
        INFO(name);
        REQUIRE(bad.mistakes.size() == 1);
        CHECK(bad.mistakes[0].key == key);
    }
}

TEST_CASE("values from files: beside the config file, without their last line feed") {
    const auto folder = std::filesystem::temp_directory_path() / "whynow-settings-test";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "token") << "xoxb-from-file\n";
    std::ofstream(folder / "secret") << "s\r\n";
    std::ofstream(folder / "holidays.txt") << "# our days\n2026-12-25 # Christmas\n2026-12-26\n\n2027-01-01\n";
    const auto file = (folder / "whynow.toml").string();
    const auto got = read("[slack]\nbot_token_file = \"token\"\nsigning_secret_file = "
                          "\"secret\"\n[team]\nholidays_file = \"holidays.txt\"\n",
                          {}, file);
    INFO(all_of(got.mistakes));
    CHECK(got.mistakes.empty());
    CHECK(got.config.slack.bot_token.reveal() == "xoxb-from-file");
    CHECK(got.config.slack.signing_secret.reveal() == "s");
    CHECK(got.config.team.holidays ==
          std::set{*parse_iso_date("2026-12-25"), *parse_iso_date("2026-12-26"), *parse_iso_date("2027-01-01")});
    const auto env = read(
        "", {{"WHYNOW_SLACK__BOT_TOKEN_FILE", (folder / "token").string()}, {"WHYNOW_SLACK__SIGNING_SECRET", "s"}});
    CHECK(env.mistakes.empty());
    CHECK(env.config.slack.bot_token.reveal() == "xoxb-from-file");
    std::filesystem::remove_all(folder);
}

TEST_CASE("every value of a full file arrives") {
    const auto file = std::string(WHYNOW_SOURCE_DIR) + "/tests/data/config/full.toml";
    const auto got = read(file_text("tests/data/config/full.toml"), {}, file);
    INFO(all_of(got.mistakes));
    REQUIRE(got.mistakes.empty());
    const auto& c = got.config;
    CHECK(c.server.listen == "0.0.0.0:8443");
    CHECK(c.server.public_url == "https://whynow.example.com");
    CHECK(c.server.pages_password.reveal() == "open");
    CHECK(c.store.path == "/var/lib/whynow/whynow.db");
    CHECK(c.slack.on);
    CHECK(c.slack.app_token.reveal() == "xapp-1");
    CHECK(c.slack.api_base_url == "http://127.0.0.1:1/api");
    CHECK(c.slack.ca_file == std::string(WHYNOW_SOURCE_DIR) + "/tests/data/config/ca.pem");
    CHECK(c.teams.on);
    CHECK(c.teams.tenants == std::vector<std::string>{"t1", "t2"});
    CHECK(c.teams.service_hosts == std::vector<std::string>{"127.0.0.1:2"});
    CHECK(c.mail.on);
    CHECK(c.mail.approve == "thank_you_auto");
    REQUIRE(c.sources.size() == 4);
    CHECK(c.sources[0].every == 300s);
    CHECK(c.sources[1].name == "edgar");
    CHECK(c.sources[2].every == 6h);
    CHECK(c.sources[3].token.reveal() == "signals");
    CHECK(c.team.brief_at == minute_of_day{450});
    CHECK(c.team.workdays == std::bitset<7>{0b1001111});
    CHECK(c.team.call_budget == doctest::Approx(0.4));
    CHECK(c.team.language == "de");
    CHECK(c.team.company == "Acme Tools");
    CHECK(c.team.product == "Renewal Desk");
    CHECK(c.team.postal_address == "1 Main St, Springfield");
    CHECK(c.team.our_customers == std::vector<std::string>{"Contoso", "Fabrikam"});
    CHECK(c.team.lead_weeks == 2);
    CHECK(c.team.holidays.size() == 2);
    CHECK_FALSE(c.console);
    CHECK(c.privacy.keep_months == 12);
    CHECK(c.own_folder == "/etc/whynow/own");
    CHECK(c.testing.clock);
    CHECK(c.testing.allow_private_addresses);
    CHECK(c.testing.pace == 0);
}

TEST_CASE("the files we hand out read without a mistake") {
    for (const auto* path : {"config/whynow.toml", "config/minimal.toml"}) {
        const auto got = read(file_text(path), {}, path);
        INFO(all_of(got.mistakes));
        CHECK(got.mistakes.empty());
    }
    CHECK(read("").mistakes.empty());
}

TEST_CASE("the manual shows the defaults, and every key of the reader") {
    const auto manual = file_text("config/whynow.toml");
    const auto c = read(manual).config, d = read("").config;
    CHECK(c.server.listen == d.server.listen);
    CHECK(c.store.path == d.store.path);
    CHECK(c.console == d.console);
    CHECK(c.sources.at(0).every == source{}.every);
    CHECK(c.team.zone == d.team.zone);
    CHECK(c.team.brief_at == d.team.brief_at);
    CHECK(c.team.workdays == d.team.workdays);
    CHECK(c.team.call_budget == d.team.call_budget);
    CHECK(c.team.lead_weeks == d.team.lead_weeks);
    CHECK(c.privacy.keep_months == d.privacy.keep_months);
    CHECK(c.testing.clock == d.testing.clock);
    CHECK(c.testing.pace == d.testing.pace);
    for (const auto* section :
         {"server", "store", "slack", "teams", "mail", "console", "team", "drafter", "privacy", "paths", "testing"}) {
        const auto got = read(std::string("[") + section + "]\nzzzzzzzzzzzzzzzzzzzzzzzz = 1\n");
        const auto it =
            std::ranges::find_if(got.mistakes, [](const auto& m) { return m.what == "there is no such key"; });
        REQUIRE(it != got.mistakes.end());
        const auto at = manual.find(std::string("[") + section + "]");
        REQUIRE(at != std::string::npos);
        const auto next = manual.find("\n[", at + 1), next_off = manual.find("\n# [", at + 1);
        const auto part = manual.substr(at, std::min(next, next_off) - at);
        std::string_view keys(it->cure);
        keys.remove_prefix(keys.find(": ") + 2);
        while (!keys.empty()) {
            const auto key = keys.substr(0, keys.find(", "));
            keys.remove_prefix(std::min(key.size() + 2, keys.size()));
            INFO(section, " ", key);
            const auto plain = "\n" + std::string(key), off = "\n# " + std::string(key);
            CHECK((part.find(plain + " = ") != std::string::npos || part.find(off + " = ") != std::string::npos ||
                   part.find(off + "_file = ") != std::string::npos));
        }
    }
}

TEST_CASE("nearest word") {
    CHECK(nearest("brief_a", {"zone", "brief_at"}) == "brief_at");
    CHECK(nearest("xyzzy", {"zone", "brief_at"}).empty());
    CHECK(nearest("zonee", {"zone"}) == "zone");
}
