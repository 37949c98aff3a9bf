#include "adapters/slack/oauth.hpp"
#include "adapters/slack/slack_adapter.hpp"
#include "adapters/slack/tokens.hpp"
#include "tests/adapters/slack/sample.hpp"
#include "tests/adapters/slack/test_data.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace whynow;
using namespace slack_test;
using namespace std::chrono_literals;

namespace {

const slack::app_identity app{
    "1.2", "client&secret", "https://whynow.example.com/slack/oauth", "https://slack.example/api", "", false};

// Tokens by workspace, as the daemon's store would give them.
class listed_tokens final : public slack::token_source {
  public:
    std::map<std::string, std::string> by_tenant;
    std::map<std::string, std::string> renewed; // stale → fresh
    std::vector<std::string> refused_tokens;

    boost::asio::awaitable<answer> token(std::string tenant, std::string stale) override {
        if (tenant.empty() && by_tenant.size() == 1)
            tenant = by_tenant.begin()->first;
        if (!by_tenant.contains(tenant))
            co_return slack::failure{chat::rejected{"no installation for this workspace", false, true}};
        if (!stale.empty())
            by_tenant[tenant] = renewed[stale];
        co_return by_tenant[tenant];
    }
    void refused(std::string tenant, std::string token, std::string_view word) override {
        refused_tokens.push_back(tenant + " " + token + " " + std::string(word));
    }
    boost::asio::awaitable<std::vector<std::string>> tenants() override {
        std::vector<std::string> out;
        for (const auto& [tenant, token] : by_tenant)
            out.push_back(tenant);
        co_return out;
    }
};

struct house {
    recorded_client client;
    listed_tokens tokens;
    slack::slack_adapter adapter{client, settings()};

    slack::settings settings() {
        slack::settings s;
        s.api_base_url = "https://slack.example/api";
        s.tokens = &tokens;
        return s;
    }
    chat::send_result post(std::string tenant, std::string user = "U1", std::string conversation = "D1") {
        chat::outgoing o;
        o.key = "k";
        o.to = {"slack", std::move(tenant), std::move(user), std::move(conversation), ""};
        o.body = sample_brief();
        return run(adapter.send(o));
    }
    std::string bearer(std::size_t i) const { return std::string(client.asked.at(i).fields.get("Authorization")); }
};

const std::string posted = R"({"ok":true,"channel":"D1","ts":"1.2"})";

} // namespace

TEST_CASE("the browser is sent to Slack with what the app needs, and nothing secret") {
    const auto url = slack::authorize_url(app, "n.1.s");
    CHECK(url.starts_with("https://slack.example/oauth/v2/authorize?client_id=1.2&scope=chat%3Awrite%2Ccommands"));
    CHECK(url.find("redirect_uri=https%3A%2F%2Fwhynow.example.com%2Fslack%2Foauth") != std::string::npos);
    CHECK(url.find("state=n.1.s") != std::string::npos);
    CHECK(url.find("secret") == std::string::npos);
    CHECK(slack::missing_scopes("chat:write,commands,im:history, im:write,users:read").size() == 1);
    CHECK(slack::missing_scopes("").size() == slack::needed_scopes().size());
}

TEST_CASE("a state is signed, short-lived, and its browser's own") {
    using v = slack::state_verdict;
    const auto state = slack::make_state("nonce", "cookie", noon + 10min, "key");
    const auto read = [&](std::string_view s, std::string_view cookie, domain::instant now, std::string_view key) {
        return slack::read_state(s, cookie, now, key).verdict;
    };
    CHECK(slack::read_state(state, "cookie", noon, "key").nonce == "nonce");
    CHECK(read(state, "cookie", noon + 10min, "key") == v::good);
    CHECK(read(state, "cookie", noon + 10min + 1s, "key") == v::expired);
    CHECK(read(state, "another", noon, "key") == v::another_browser);
    CHECK(read(state, "", noon, "key") == v::another_browser);
    CHECK(read(state, "cookie", noon, "another") == v::another_browser);
    auto later = state;
    later.replace(later.find('.') + 1, 1, "9");
    CHECK(read(later, "cookie", noon, "key") != v::good);
    for (const std::string s : {"", ".", "..", "a.b", "a.b.c", "nonce.1x.c"})
        CHECK_MESSAGE(read(s, "cookie", noon, "key") != v::good, s);
    CHECK(read(std::string(5000, '.'), "cookie", noon, "key") == v::unreadable);
}

TEST_CASE("a code becomes a grant; the secret travels in a header only") {
    recorded_client client;
    client.says(R"({"ok":true,"access_token":"xoxe.xoxb-1","refresh_token":"xoxe-1","expires_in":43200,
        "token_type":"bot","scope":"chat:write,commands","bot_user_id":"U0BOT","app_id":"A1",
        "team":{"id":"T1","name":"Acme"},"enterprise":{"id":"E1","name":"Big"},"is_enterprise_install":false,
        "authed_user":{"id":"U1"}})");
    client.says(R"({"ok":true,"access_token":"xoxb-2","team":null,"enterprise":{"id":"E2","name":"Big"},
        "is_enterprise_install":true})");
    client.says(R"({"ok":false,"error":"invalid_code"})");
    client.breaks(http::client_errc::no_answer);
    const auto got = run(slack::exchange_code(client, app, "co de"));
    const auto& g = std::get<slack::grant>(got);
    CHECK(g.token == "xoxe.xoxb-1");
    CHECK(g.refresh_token == "xoxe-1");
    CHECK(g.expires_in == 12h);
    CHECK(g.team == "T1");
    CHECK(g.enterprise == "E1");
    CHECK_FALSE(g.whole_enterprise);
    CHECK(client.asked[0].fields.get("Authorization") == "Basic MS4yOmNsaWVudCUyNnNlY3JldA==");
    CHECK(client.asked[0].body == "code=co%20de&redirect_uri=https%3A%2F%2Fwhynow.example.com%2Fslack%2Foauth");
    const auto whole = run(slack::exchange_code(client, app, "c"));
    CHECK(std::get<slack::grant>(whole).whole_enterprise);
    CHECK(std::get<slack::grant>(whole).team.empty());
    CHECK(std::get<slack::grant>(whole).expires_in == 0s);
    const auto bad = run(slack::exchange_refresh_token(client, app, "xoxe-1"));
    CHECK(client.asked[2].body == "grant_type=refresh_token&refresh_token=xoxe-1");
    CHECK(std::holds_alternative<chat::rejected>(std::get<slack::failure>(bad)));
    const auto unseen = run(slack::exchange_code(client, app, "c"));
    CHECK(std::holds_alternative<chat::ambiguous>(std::get<slack::failure>(unseen)));
}

TEST_CASE("each workspace is spoken to with its own token") {
    house h;
    h.tokens.by_tenant = {{"T1", "xoxb-one"}, {"E2", "xoxb-two"}};
    h.client.says(posted);
    h.post("T1");
    h.post("E2");
    CHECK(h.bearer(0) == "Bearer xoxb-one");
    CHECK(h.bearer(1) == "Bearer xoxb-two");
    const auto nobody = h.post("T9");
    REQUIRE(std::holds_alternative<chat::rejected>(nobody));
    CHECK(std::get<chat::rejected>(nobody).tenant_gone);
    CHECK(h.client.asked.size() == 2);
}

TEST_CASE("a person whose workspace is not known yet is looked for in each, once") {
    house h;
    h.tokens.by_tenant = {{"T1", "xoxb-one"}, {"T2", "xoxb-two"}};
    h.client.says(R"({"ok":false,"error":"user_not_found"})");
    h.client.says(R"({"ok":true,"user":{"id":"U7","tz":"Europe/Berlin","profile":{}}})");
    h.client.says(posted);
    const auto sent = h.post("", "U7");
    REQUIRE(std::holds_alternative<chat::sent>(sent));
    CHECK(std::get<chat::sent>(sent).to.tenant == "T2");
    CHECK(h.bearer(2) == "Bearer xoxb-two");
    h.post("", "U7");
    CHECK(h.client.asked.size() == 4);
    house one;
    one.tokens.by_tenant = {{"T1", "xoxb-one"}};
    one.client.says(posted);
    one.post("", "U7");
    CHECK(one.client.asked.size() == 1);
}

TEST_CASE("an expired token is renewed once and the call repeated") {
    house h;
    h.tokens.by_tenant = {{"T1", "xoxe.xoxb-1"}};
    h.tokens.renewed = {{"xoxe.xoxb-1", "xoxe.xoxb-2"}};
    h.client.says(R"({"ok":false,"error":"token_expired"})");
    h.client.says(posted);
    CHECK(std::holds_alternative<chat::sent>(h.post("T1")));
    CHECK(h.bearer(0) == "Bearer xoxe.xoxb-1");
    CHECK(h.bearer(1) == "Bearer xoxe.xoxb-2");
    CHECK(h.tokens.refused_tokens.empty());
    house twice;
    twice.tokens = h.tokens;
    twice.tokens.by_tenant = {{"T1", "xoxe.xoxb-1"}};
    twice.client.says(R"({"ok":false,"error":"token_expired"})");
    CHECK(std::holds_alternative<chat::retry_later>(twice.post("T1")));
    CHECK(twice.client.asked.size() == 2);
}

TEST_CASE("a token that Slack refuses for good is reported, with its own workspace") {
    for (const std::string word : {"invalid_auth", "token_revoked", "account_inactive", "app_uninstalled"}) {
        house h;
        h.tokens.by_tenant = {{"T1", "xoxb-one"}};
        h.client.says(R"({"ok":false,"error":")" + word + R"("})");
        const auto got = h.post("T1");
        REQUIRE(std::holds_alternative<chat::rejected>(got));
        CHECK(std::get<chat::rejected>(got).tenant_gone);
        REQUIRE(h.tokens.refused_tokens.size() == 1);
        CHECK(h.tokens.refused_tokens[0] == "T1 xoxb-one chat.postMessage: " + word);
    }
    house h;
    h.tokens.by_tenant = {{"T1", "xoxb-one"}};
    h.client.says(R"({"ok":false,"error":"channel_not_found"})");
    h.client.says(R"({"ok":true,"channel":{"id":"D1"}})");
    h.post("T1");
    CHECK(h.tokens.refused_tokens.empty());
}
