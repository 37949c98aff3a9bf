#include "adapters/teams/workflow.hpp"
#include "card_rules.hpp"
#include "run.hpp"
#include "samples.hpp"
#include "support.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace whynow;
using namespace whynow::adapters::teams;
using namespace whynow::teams_test;
using nlohmann::json;

namespace {

// Old and new shapes of the address; the new one names its port.
constexpr const char* flow =
    "https://x.17.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/1/triggers/manual/"
    "paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=s3cret";

struct bench {
    fake_network net;
    workflow it{net, {flow, "", false}};

    chat::send_result with(http::response r) {
        net.on("POST", "/workflows/", {std::move(r)});
        return run(it.post(sample_digest()));
    }
};

} // namespace

TEST_CASE("a digest in the envelope a workflow takes") {
    bench b;
    CHECK(std::holds_alternative<chat::sent>(b.with({202, {}, ""})));
    const auto& asked = b.net.seen.back();
    CHECK(asked.url == flow);
    CHECK_FALSE(asked.any_address);
    const auto j = json::parse(asked.body);
    CHECK(j["type"] == "message");
    REQUIRE(j["attachments"].size() == 1);
    CHECK(j["attachments"][0]["contentUrl"].is_null());
    CHECK(card_faults(j["attachments"][0]["content"].dump()).empty());
    CHECK(asked.body.size() <= workflow_budget);
}

TEST_CASE("no buttons: they would lead to the flow") {
    const auto body = workflow_body(sample_brief());
    CHECK(body.find("Action.Execute") == std::string::npos);
    CHECK(body.find("Action.Submit") == std::string::npos);
    CHECK(workflow_body(sample_digest(), 3000).size() <= 3000);
}

TEST_CASE("what a workflow answers") {
    bench b;
    CHECK(std::holds_alternative<chat::sent>(b.with({200, {}, ""})));
    http::response slow{429, {}, ""};
    slow.fields.add("Retry-After", "9");
    CHECK(std::get<chat::retry_later>(b.with(slow)).after == std::chrono::seconds(9));
    for (const int status : {400, 401, 403, 404, 410})
        CHECK(std::holds_alternative<chat::rejected>(b.with({status, {}, ""})));
    for (const int status : {408, 500, 502, 504})
        CHECK(std::holds_alternative<chat::ambiguous>(b.with({status, {}, ""})));
    const auto before = b.net.count("/workflows/");
    CHECK(std::holds_alternative<chat::rejected>(b.with({413, {}, ""})));
    CHECK(b.net.count("/workflows/") - before == 3);
    for (const auto& asked : b.net.seen)
        CHECK(asked.body.find("s3cret") == std::string::npos);
    b.net.on("POST", "/workflows/", [](const auto&) { return http::make_error_code(http::client_errc::no_answer); });
    CHECK(std::holds_alternative<chat::ambiguous>(run(b.it.post(sample_digest()))));
    b.net.on("POST", "/workflows/", [](const auto&) { return http::make_error_code(http::client_errc::not_sent); });
    CHECK(std::holds_alternative<chat::not_sent>(run(b.it.post(sample_digest()))));
}

TEST_CASE("why something failed never holds the address") {
    bench b;
    for (const int status : {400, 404, 413, 500}) {
        const auto r = b.with({status, {}, "https://x/?sig=s3cret"});
        const auto* no = std::get_if<chat::rejected>(&r);
        const auto* unsure = std::get_if<chat::ambiguous>(&r);
        CHECK((no ? no->why : unsure->why).find("s3cret") == std::string::npos);
    }
}
