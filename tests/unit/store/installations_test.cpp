#include "store/installations.hpp"
#include "support.hpp"

using namespace whynow::tests;
using namespace std::chrono_literals;

namespace {

const instant noon{std::chrono::seconds{1764000000}};

slack_installation sample(std::string token = "xoxe.xoxb-1", std::string refresh = "xoxe-1") {
    slack_installation i;
    i.tenant = i.team = "T1";
    i.team_name = "Acme";
    i.enterprise = "E1";
    i.app = "A1";
    i.bot_user = "U0BOT";
    i.scopes = "chat:write";
    i.token = std::move(token);
    i.refresh_token = std::move(refresh);
    i.expires_at = noon + 12h;
    i.installed_at = noon;
    return i;
}

} // namespace

TEST_CASE("an installation is kept whole, and a new one takes its place") {
    database f;
    f.write([](session& s) {
        slack_installations all(s);
        all.put(sample());
        auto other = sample("xoxb-2", "");
        other.tenant = "E2";
        other.enterprise = "E2";
        other.team.clear();
        other.whole_enterprise = true;
        other.expires_at.reset();
        all.put(other);
        const auto one = all.find("T1");
        REQUIRE(one);
        CHECK(one->stands());
        CHECK(one->enterprise == "E1");
        CHECK(one->token == "xoxe.xoxb-1");
        CHECK(one->refresh_token == "xoxe-1");
        CHECK(one->expires_at == noon + 12h);
        CHECK(all.find("E2")->whole_enterprise);
        CHECK_FALSE(all.find("E2")->expires_at);
        CHECK(all.all().size() == 2);
        CHECK_FALSE(all.find("T2"));
    });
}

TEST_CASE("the end of an installation, in any order and late, never ends the one after it") {
    database f;
    f.write([](session& s) {
        slack_installations all(s);
        CHECK(all.close("T1", "app_uninstalled", noon)); // nothing to compare with
        all.put(sample());
        CHECK_FALSE(all.close("T1", "app_uninstalled", noon));
        CHECK_FALSE(all.close("T1", "app_uninstalled", noon - 60s));
        CHECK(all.find("T1")->stands());
        CHECK(all.close("T1", "app_uninstalled", noon + 60s));
        CHECK(all.close("T1", "app_uninstalled", noon + 61s)); // tokens_revoked follows
        CHECK_FALSE(all.find("T1")->stands());
        CHECK(all.find("T1")->token.empty());
        CHECK(all.find("T1")->refresh_token.empty());
        auto again = sample("xoxb-new", "xoxe-new");
        again.installed_at = noon + 120s;
        all.put(again);
        CHECK_FALSE(all.close("T1", "app_uninstalled", noon + 60s)); // the retry of the old event
        CHECK(all.find("T1")->stands());
        CHECK_FALSE(all.close_token("T1", "xoxe.xoxb-1", "invalid_auth")); // an answer to the old token
        CHECK(all.find("T1")->stands());
        CHECK(all.close_token("T1", "xoxb-new", "invalid_auth"));
        CHECK(all.find("T1")->gone == "invalid_auth");
        CHECK_FALSE(all.close_token("T1", "", "invalid_auth"));
    });
}

TEST_CASE("one refreshes at a time, and both tokens change at once") {
    database f;
    f.write([](session& s) {
        slack_installations all(s);
        all.put(sample());
        CHECK_FALSE(all.lease("T1", "another token", noon, noon + 60s));
        CHECK(all.lease("T1", "xoxe.xoxb-1", noon, noon + 60s) == "xoxe-1");
        CHECK_FALSE(all.lease("T1", "xoxe.xoxb-1", noon + 59s, noon + 120s));
        CHECK(all.lease("T1", "xoxe.xoxb-1", noon + 60s, noon + 120s)); // the first one died
        all.give_back("T1", "xoxe.xoxb-1");
        CHECK(all.lease("T1", "xoxe.xoxb-1", noon + 61s, noon + 121s));
        all.renewed("T1", "xoxe.xoxb-1", "xoxe.xoxb-2", "xoxe-2", noon + 24h);
        const auto now = all.find("T1");
        CHECK(now->token == "xoxe.xoxb-2");
        CHECK(now->refresh_token == "xoxe-2");
        CHECK(now->expires_at == noon + 24h);
        CHECK(all.lease("T1", "xoxe.xoxb-2", noon + 62s, noon + 122s) == "xoxe-2");
        all.renewed("T1", "xoxe.xoxb-1", "xoxe.xoxb-0", "xoxe-0", noon); // somebody who slept
        CHECK(all.find("T1")->token == "xoxe.xoxb-2");
        all.put(sample("xoxb-plain", ""));
        CHECK_FALSE(all.lease("T1", "xoxb-plain", noon, noon + 60s)); // nothing to refresh with
    });
}
