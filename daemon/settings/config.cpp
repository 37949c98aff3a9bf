#include "settings/config.hpp"

#include "domain/core/languages.hpp"
#include "settings/config_reader.hpp"
#include "settings/experiment.hpp"
#include "settings/toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <unistd.h>

namespace whynow::settings {
namespace {

using namespace std::chrono_literals;

bool is_host_port(std::string_view t) {
    const auto colon = t.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == t.size() || t.size() - colon > 6)
        return false;
    int port = 0;
    for (const char c : t.substr(colon + 1)) {
        if (c < '0' || c > '9')
            return false;
        port = port * 10 + (c - '0');
    }
    return port <= 65535;
}

class reading {
  public:
    reading(const rules::node& root, std::string_view file, const environment& env, const zones& clocks,
            config_result& out)
        : root_(root), r_(root, file, env, out.mistakes), clocks_(clocks), out_(out), c_(out.config) {}

    void all() {
        r_.unknown_sections({"server", "store", "slack", "teams", "mail", "console", "source", "team", "drafter",
                             "privacy", "experiment", "testing", "paths"});
        server();
        store();
        slack();
        teams();
        mail();
        sources();
        team();
        read_experiment(r_, c_.experiment);
        if (c_.experiment.on)
            note("experiment", true);
        rest();
    }

  private:
    const rules::node& root_;
    config_reader r_;
    const zones& clocks_;
    config_result& out_;
    config& c_;

    void note(std::string_view what, bool on) {
        out_.notes.push_back(fmt::format("{}: {}", what, on ? "on" : "off (no section)"));
    }

    void server() {
        auto& s = c_.server;
        r_.enter("server");
        r_.text("listen", s.listen);
        if (!is_host_port(s.listen))
            r_.wrong("listen", fmt::format("\"{}\" is not an address and a port", s.listen),
                     "write \"127.0.0.1:8080\"");
        r_.url("public_url", s.public_url);
        while (s.public_url.ends_with('/'))
            s.public_url.pop_back();
        r_.file("tls_certificate", s.tls_certificate);
        r_.file("tls_key", s.tls_key);
        r_.hidden("pages_password", s.pages_password);
        if (s.tls_certificate.empty() != s.tls_key.empty())
            r_.wrong(s.tls_key.empty() ? "tls_certificate" : "tls_key", "a certificate and its key belong together",
                     "give both tls_certificate and tls_key, or none");
        r_.leave();
    }

    void store() {
        auto& s = c_.store;
        r_.enter("store");
        r_.choice("kind", s.kind, {"sqlite", "postgres"});
        r_.text("path", s.path);
        r_.hidden("dsn", s.dsn);
        if (s.kind == "postgres")
            r_.wrong("kind", "this build keeps its store in SQLite only", "use kind = \"sqlite\"");
        if (s.path.empty())
            r_.wrong("path", "the path is empty", "name a file, like \"/var/lib/whynow/whynow.db\"");
        r_.leave();
    }

    void slack() {
        auto& s = c_.slack;
        s.on = r_.has("slack");
        note("slack", s.on);
        r_.enter("slack");
        r_.hidden("bot_token", s.bot_token);
        r_.hidden("signing_secret", s.signing_secret);
        r_.hidden("app_token", s.app_token);
        r_.text("client_id", s.client_id);
        r_.hidden("client_secret", s.client_secret);
        r_.whole("connections", s.connections, 1, 10);
        r_.url("api_base_url", s.api_base_url);
        r_.file("ca_file", s.ca_file);
        r_.leave();
        if (!s.on)
            return;
        const bool installs = !s.client_id.empty() || !s.client_secret.empty();
        if (s.bot_token.empty() && !installs)
            r_.missing("bot_token", "the bot token is missing",
                       "copy the xoxb-… token from \"OAuth & Permissions\" of your Slack app");
        else if (!s.bot_token.empty() && !s.bot_token.reveal().starts_with("xoxb-") &&
                 !s.bot_token.reveal().starts_with("xoxe"))
            r_.wrong("bot_token", "this does not look like a bot token",
                     "bot tokens begin with xoxb-; the one beginning with xapp- belongs into app_token");
        if (!s.app_token.empty() && !s.app_token.reveal().starts_with("xapp-"))
            r_.wrong("app_token", "this does not look like an app-level token",
                     "make one with connections:write under \"Basic Information\"; it begins with xapp-");
        if (installs && (s.client_id.empty() || s.client_secret.empty()))
            r_.missing(s.client_id.empty() ? "client_id" : "client_secret",
                       "client_id and client_secret belong together",
                       "copy both from \"Basic Information\" of your Slack app, or leave both out");
        if (installs && c_.server.public_url.empty())
            r_.missing("client_id", "installing by a link needs an address that browsers can reach",
                       "write [server] public_url = \"https://whynow.example.com\"");
        if (s.signing_secret.empty() && s.app_token.empty())
            r_.missing(
                "signing_secret", "the signing secret is missing, and no app_token is given",
                "copy the signing secret from \"Basic Information\" of your Slack app (events over HTTP), or make "
                "an app-level token there (Socket Mode)");
    }

    void teams() {
        auto& t = c_.teams;
        t.on = r_.has("teams");
        note("teams", t.on);
        r_.enter("teams");
        r_.text("app_id", t.app_id);
        r_.hidden("app_secret", t.app_secret);
        const auto pem = r_.file("certificate", t.certificate);
        r_.texts("tenants", t.tenants);
        r_.url("token_url", t.token_url);
        r_.url("openid_metadata_url", t.openid_metadata_url);
        r_.texts("service_hosts", t.service_hosts);
        r_.truth("brief_on_install", t.brief_on_install);
        r_.truth("entra_tokens", t.entra_tokens);
        r_.texts("entra_callers", t.entra_callers);
        r_.url("entra_metadata_url", t.entra_metadata_url);
        r_.hidden("outgoing_secret", t.outgoing_secret);
        r_.hidden("workflow_url", t.workflow_url);
        r_.file("ca_file", t.ca_file);
        r_.leave();
        if (!t.on)
            return;
        if (!pem.empty())
            t.certificate = pem;
        if (!pem.empty() && (pem.find("PRIVATE KEY-----") == std::string::npos ||
                             pem.find("-----BEGIN CERTIFICATE-----") == std::string::npos))
            r_.wrong("certificate", "it lacks the private key or the certificate",
                     "put both into one PEM file: cat key.pem certificate.pem > teams.pem");
        const auto& flow = t.workflow_url.reveal();
        if (!flow.empty() && !flow.starts_with("https://") && !flow.starts_with("http://127.0.0.1:"))
            r_.wrong("workflow_url", "the address of a workflow is an https address",
                     "copy the whole address that the workflow shows, from https:// to the end");
        const bool alone = !flow.empty() || !t.outgoing_secret.empty();
        if (t.app_id.empty() && !(alone && t.app_secret.empty() && t.certificate.empty()))
            r_.missing("app_id", "the bot's app id is missing", "copy the \"Microsoft App ID\" of your Azure Bot");
        if (!t.app_id.empty() && t.app_secret.empty() && t.certificate.empty())
            r_.missing("app_secret", "neither app_secret nor certificate is given",
                       "create a client secret for the app registration and put it into app_secret_file");
        if (t.tenants.empty() && (!t.app_id.empty() || !t.outgoing_secret.empty()))
            r_.missing("tenants", "the list of tenants is missing",
                       "write tenants = [\"your tenant id\"]; only these may talk to the bot");
    }

    void mail() {
        auto& m = c_.mail;
        m.on = r_.has("mail");
        note("mail", m.on);
        r_.enter("mail");
        r_.text("smtp", m.smtp);
        r_.text("user", m.user);
        r_.hidden("password", m.password);
        r_.text("from", m.from);
        r_.choice("approve", m.approve, {"always", "thank_you_auto"});
        r_.file("ca_file", m.ca_file);
        r_.leave();
        if (!m.on)
            return;
        if (!is_host_port(m.smtp))
            r_.missing("smtp",
                       m.smtp.empty() ? "the mail server is missing"
                                      : fmt::format("\"{}\" is not a host and a port", m.smtp),
                       "write smtp = \"submission.example.com:587\"");
        if (!is_address(m.from))
            r_.missing("from",
                       m.from.empty() ? "the sender's address is missing"
                                      : fmt::format("\"{}\" is not an address", m.from),
                       "write from = \"sales@example.com\"");
        if (m.user.empty() != m.password.empty())
            r_.missing(m.user.empty() ? "user" : "password", "user and password belong together", "give both, or none");
    }

    void sources() {
        const auto& list = root_["source"];
        if (!list.missing() && !std::holds_alternative<rules::list>(list.value())) {
            out_.mistakes.push_back({list.at(), "[source]", "a source is one of many",
                                     "write [[source]] with two brackets, once per source"});
            return;
        }
        std::set<std::string> names;
        std::size_t n = 0;
        for (const auto& table : list.items()) {
            settings::source s;
            s.at = table.at();
            r_.enter("source", table, ++n);
            const auto before = out_.mistakes.size();
            r_.choice("kind", s.kind, {"rss", "edgar", "jobs", "webhook"});
            r_.text("name", s.name);
            r_.url("url", s.url);
            r_.span("every", s.every, 60s);
            r_.hidden("token", s.token);
            r_.leave();
            if (s.kind.empty() && out_.mistakes.size() == before)
                r_.wrong("kind", "the kind is missing", "use one of: rss, edgar, jobs, webhook");
            if ((s.kind == "rss" || s.kind == "jobs") && s.url.empty() && table["url"].missing())
                r_.missing("url", "the address is missing", "write url = \"https://…\"");
            if (s.kind == "webhook" && s.token.empty())
                r_.missing("token", "the token is missing",
                           "write token_file = \"…\" with a long random word; senders give it as a bearer token");
            if (s.name.empty())
                s.name = s.kind + (s.url.empty() ? "" : ":" + s.url);
            if (!names.insert(s.name).second)
                r_.wrong("name", fmt::format("two sources are called {}", s.name), "give each a name of its own");
            c_.sources.push_back(std::move(s));
        }
        out_.notes.push_back(fmt::format("sources: {}", c_.sources.size()));
    }

    void team() {
        auto& t = c_.team;
        r_.enter("team");
        r_.zone("zone", t.zone, clocks_);
        r_.clock("brief_at", t.brief_at);
        r_.days("workdays", t.workdays);
        r_.share("call_budget", t.call_budget);
        r_.choice("language", t.language, languages);
        r_.text("company", t.company);
        r_.text("product", t.product);
        r_.text("postal_address", t.postal_address);
        r_.texts("our_customers", t.our_customers);
        r_.whole("lead_weeks", t.lead_weeks, 0, 26);
        r_.clock("own_week_at", t.own_week_at);
        r_.truth("rank_people", t.rank_people);
        std::vector<std::string> days;
        r_.texts("holidays", days);
        for (const auto& d : days) {
            if (const auto day = parse_iso_date(d.substr(0, 10)))
                t.holidays.insert(*day);
            else if (!d.empty() && d.front() != '#')
                r_.wrong("holidays", fmt::format("\"{}\" is not a day", d), "write days as \"2026-12-25\"");
        }
        r_.leave();
    }

    void rest() {
        r_.enter("console");
        r_.truth("on", c_.console);
        r_.leave();
        r_.enter("drafter");
        r_.choice("kind", c_.drafter.kind, {"template", "openai"});
        r_.url("base_url", c_.drafter.base_url);
        r_.text("model", c_.drafter.model);
        r_.hidden("key", c_.drafter.key);
        r_.leave();
        if (c_.drafter.kind == "openai")
            r_.wrong("kind", "this build drafts from templates only", "use kind = \"template\"");
        r_.enter("privacy");
        r_.whole("keep_months", c_.privacy.keep_months, 1, 240);
        r_.leave();
        r_.enter("testing");
        r_.truth("clock", c_.testing.clock);
        r_.truth("allow_private_addresses", c_.testing.allow_private_addresses);
        r_.number("pace", c_.testing.pace, 0, 1);
        if (c_.testing.pace < 1 && !c_.testing.clock)
            r_.wrong("pace", "the platforms' limits may be shortened under the test clock only", "leave pace out");
        r_.leave();
        r_.enter("paths");
        r_.text("own", c_.own_folder);
        if (!c_.own_folder.empty())
            c_.own_folder = r_.beside(c_.own_folder);
        r_.leave();
    }
};

} // namespace

std::string to_string(const mistake& m) {
    return fmt::format("{}:{}:{}: {}: {} — {}", m.at.file, m.at.line, m.at.column, m.key, m.what, m.cure);
}

environment environment_of_process() {
    environment out;
    for (char** e = environ; *e; ++e) {
        const std::string_view entry(*e);
        const auto equals = entry.find('=');
        if (entry.starts_with("WHYNOW_") && equals != std::string_view::npos)
            out.emplace(entry.substr(0, equals), entry.substr(equals + 1));
    }
    return out;
}

config_result read_config(std::string_view text, std::string_view file, const environment& env, const zones& clocks) {
    config_result out;
    auto parsed = read_toml(text, file);
    if (const auto* error = std::get_if<toml_error>(&parsed)) {
        out.mistakes.push_back(
            {error->at, "the file", error->why,
             "strings stand in double quotes, tables in [brackets]; see config/whynow.toml for every key"});
        return out;
    }
    const auto& root = std::get<rules::node>(parsed);
    reading(root, file, env, clocks, out).all();
    std::ranges::sort(out.mistakes, {},
                      [](const mistake& m) { return std::tuple(m.at.line, m.at.column, m.key, m.what); });
    return out;
}

} // namespace whynow::settings
