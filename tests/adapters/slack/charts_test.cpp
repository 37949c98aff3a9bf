#include "adapters/slack/blocks.hpp"
#include "adapters/slack/charts.hpp"
#include "adapters/slack/limits.hpp"
#include "adapters/slack/slack_adapter.hpp"
#include "tests/adapters/slack/test_data.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <set>

using namespace whynow;
using namespace slack_test;
using nlohmann::json;
namespace cards = domain::cards;

namespace {

cards::bars funnel(std::string title = "From call to conversation") {
    return {std::move(title), {{"Suggested", 40, "40"}, {"Called", 31, "31 (78 %)"}, {"Reached", 12, "12 (39 %)"}}};
}

cards::message digest(int charts = 1) {
    cards::message m{"The week in figures.", {cards::heading{"The week"}}};
    for (int i = 0; i < charts; ++i)
        m.blocks.emplace_back(funnel("Figure " + std::to_string(i + 1)));
    return m;
}

std::vector<json> charts_in(const std::string& blocks) {
    std::vector<json> out;
    for (auto& b : json::parse(blocks))
        if (b["type"] == "data_visualization")
            out.push_back(b);
    return out;
}

chat::outgoing to(std::string tenant, cards::message m = digest()) {
    chat::outgoing o;
    o.key = "k";
    o.to = {"slack", std::move(tenant), "U1", "D1", ""};
    o.body = std::move(m);
    return o;
}

struct house {
    recorded_client client;
    slack::slack_adapter slack{client, {"xoxb-canary", {"s"}, "https://slack.example/api", "", "U0BOT0001"}};
    std::size_t charts(std::size_t i) const {
        return charts_in(json::parse(client.asked.at(i).body)["blocks"].dump()).size();
    }
};

} // namespace

TEST_CASE("bars become a chart of Slack's own, with the numbers in words beneath") {
    const auto blocks = slack::render(digest(), {.charts = true}).blocks;
    const auto charts = charts_in(blocks);
    REQUIRE(charts.size() == 1);
    const auto& c = charts[0];
    CHECK(c["title"] == "Figure 1");
    CHECK(c["chart"]["type"] == "bar");
    CHECK(c["chart"]["series"].size() == 1);
    CHECK(c["chart"]["series"][0]["data"][1] == json({{"label", "Called"}, {"value", 31.0}}));
    CHECK(c["chart"]["axis_config"]["categories"] == json({"Suggested", "Called", "Reached"}));
    CHECK(blocks.find("Reached 12 (39 %)") != std::string::npos);
    CHECK(charts_in(slack::render(digest()).blocks).empty()); // only where they are wanted
    CHECK(slack::has_charts(digest()));
    CHECK_FALSE(slack::has_charts({"x", {cards::heading{"x"}}}));
}

TEST_CASE("what does not fit into Slack's limits is drawn in characters") {
    CHECK(charts_in(slack::render(digest(3), {.charts = true}).blocks).size() == 2);
    auto many = funnel();
    for (int i = 0; i < 21; ++i)
        many.rows.push_back({"row " + std::to_string(i), 1, "1"});
    auto alike = funnel();
    alike.rows = {{"A label of more than twenty characters, one", 1, "1"},
                  {"A label of more than twenty characters, two", 2, "2"}};
    auto nameless = funnel();
    nameless.rows[0].label = " ";
    auto untitled = funnel("");
    for (const auto& b : {many, alike, nameless, untitled, cards::bars{"None", {}}}) {
        const cards::message m{"x", {b}};
        CHECK_FALSE(slack::has_charts(m));
        CHECK(charts_in(slack::render(m, {.charts = true}).blocks).empty());
    }
    auto hostile = funnel(std::string(200, 'T'));
    hostile.rows[0].label = "<!channel> & a very long label\nin two lines";
    const auto c = charts_in(slack::render({"x", {hostile}}, {.charts = true}).blocks);
    REQUIRE(c.size() == 1);
    CHECK(c[0]["title"].get<std::string>().size() <= 52); // 50 characters, "…" is three bytes
    const auto label = c[0]["chart"]["axis_config"]["categories"][0].get<std::string>();
    CHECK(label.size() <= 22);
    CHECK(label.find('\n') == std::string::npos);
}

TEST_CASE("where charts are refused, characters draw them, in that workspace and from then on") {
    house h;
    h.client.says(R"({"ok":false,"error":"invalid_blocks"})");
    h.client.says(R"({"ok":true,"channel":"D1","ts":"1.2"})");
    CHECK(std::holds_alternative<chat::sent>(run(h.slack.send(to("T1")))));
    CHECK(h.charts(0) == 1);
    CHECK(h.charts(1) == 0);
    run(h.slack.send(to("T1")));
    CHECK(h.charts(2) == 0);
    run(h.slack.send(to("T2"))); // another workspace may have them
    CHECK(h.charts(3) == 1);
    auto change = to("T2");
    change.what = chat::outgoing::operation::update;
    change.target = {"D1", "1.2"};
    run(h.slack.send(change));
    CHECK(h.charts(4) == 1);
}

TEST_CASE("a message that is refused for another reason is not tried without charts") {
    house h;
    h.client.says(R"({"ok":false,"error":"msg_too_long"})");
    CHECK(std::holds_alternative<chat::rejected>(run(h.slack.send(to("T1")))));
    CHECK(h.client.asked.size() == 1);
    house plain;
    plain.client.says(R"({"ok":false,"error":"invalid_blocks"})");
    run(plain.slack.send(to("T1", {"x", {cards::heading{"x"}}})));
    CHECK(plain.client.asked.size() == 1);
    house twice;
    twice.client.says(R"({"ok":false,"error":"invalid_blocks"})");
    CHECK(std::holds_alternative<chat::rejected>(run(twice.slack.send(to("T1")))));
    CHECK(twice.client.asked.size() == 2);
}
