#include "adapters/slack/blocks.hpp"
#include "adapters/slack/limits.hpp"
#include "adapters/slack/slack_adapter.hpp"
#include "tests/adapters/slack/sample.hpp"
#include "tests/adapters/slack/test_data.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace whynow;
using namespace slack_test;
using nlohmann::json;

namespace {

chat::outgoing page(std::string user = "U0DANA001") {
    chat::outgoing o;
    o.what = chat::outgoing::operation::update;
    o.to = {"slack", "T1", std::move(user), "", ""};
    o.target = {std::string(slack::home), std::string(slack::home)};
    o.body = sample_brief();
    return o;
}

struct house {
    recorded_client client;
    slack::slack_adapter slack{client, {"xoxb-canary", {"s"}, "https://slack.example/api", "", "U0BOT0001"}};
    json body(std::size_t i) const { return json::parse(client.asked.at(i).body); }
};

} // namespace

TEST_CASE("the Home page is published for the person, each time in the place of the one before") {
    house h;
    h.client.says(R"({"ok":true,"view":{"id":"V1","hash":"h1"}})");
    h.client.says(R"({"ok":true,"view":{"id":"V1","hash":"h2"}})");
    h.client.says(R"({"ok":true,"view":{"id":"V2","hash":"other"}})");
    h.client.says(R"({"ok":true,"view":{"id":"V1","hash":"h3"}})");
    const auto first = run(h.slack.send(page()));
    REQUIRE(std::holds_alternative<chat::sent>(first));
    CHECK(std::get<chat::sent>(first).at == chat::message_ref{"home", "V1"});
    CHECK(std::get<chat::sent>(first).to.conversation.empty()); // a page is no conversation
    run(h.slack.send(page()));
    run(h.slack.send(page("U0MAX")));
    run(h.slack.send(page()));
    CHECK(h.client.asked[0].url.ends_with("/views.publish"));
    CHECK(h.body(0)["user_id"] == "U0DANA001");
    CHECK(h.body(0)["view"]["type"] == "home");
    CHECK_FALSE(h.body(0)["view"].contains("text"));
    CHECK_FALSE(h.body(0).contains("hash"));
    CHECK(h.body(1)["hash"] == "h1");
    CHECK_FALSE(h.body(2).contains("hash")); // another person's page
    CHECK(h.body(3)["hash"] == "h2");
}

TEST_CASE("somebody else's newer page: ours is made anew and tried again, without the old hash") {
    house h;
    h.client.says(R"({"ok":true,"view":{"id":"V1","hash":"h1"}})");
    h.client.says(R"({"ok":false,"error":"hash_conflict"})");
    h.client.says(R"({"ok":true,"view":{"id":"V1","hash":"h9"}})");
    run(h.slack.send(page()));
    const auto lost = run(h.slack.send(page()));
    REQUIRE(std::holds_alternative<chat::not_sent>(lost)); // the outbox renders it again
    run(h.slack.send(page()));
    CHECK_FALSE(h.body(2).contains("hash"));
}

TEST_CASE("a Home tab that is switched off says nothing about the person") {
    house h;
    h.client.says(R"({"ok":false,"error":"not_enabled"})");
    const auto no = run(h.slack.send(page()));
    REQUIRE(std::holds_alternative<chat::rejected>(no));
    CHECK_FALSE(std::get<chat::rejected>(no).person_gone);
    CHECK_FALSE(std::get<chat::rejected>(no).tenant_gone);
}

TEST_CASE("a page takes a hundred blocks, a message fifty") {
    domain::cards::message m{"Today", {}};
    for (int i = 0; i < 300; ++i)
        m.blocks.emplace_back(domain::cards::paragraph{{{"line " + std::to_string(i), "", false, false}}});
    CHECK(json::parse(slack::render(m).blocks).size() == slack::most::blocks_of_message);
    CHECK(json::parse(slack::render(m, {.blocks = slack::most::blocks_of_view}).blocks).size() ==
          slack::most::blocks_of_view);
}
