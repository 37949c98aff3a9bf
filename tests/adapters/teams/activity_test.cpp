#include "adapters/teams/activity.hpp"
#include "adapters/teams/encoding.hpp"
#include "adapters/teams/outgoing_webhook.hpp"
#include "support.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace whynow;
using namespace whynow::adapters::teams;
using namespace whynow::teams_test;
using chat::event_kind;

namespace {

constexpr const char* rita = "11111111-1111-1111-1111-111111111111";

activity read(const std::string& name) {
    const auto out = read_activity(file("data/teams/" + name + ".json"));
    REQUIRE_MESSAGE(out, name);
    return *out;
}

} // namespace

TEST_CASE("a message is its words, its sender and where to reach him") {
    const auto a = read("message");
    CHECK(a.event.kind == event_kind::message);
    CHECK_FALSE(a.wants_effect);
    CHECK(a.event.text == "spoke with Jerry & Ann, working on it in 6 months");
    CHECK(a.event.from.platform == "teams");
    CHECK(a.event.from.tenant == tenant);
    CHECK(a.event.from.user == rita);
    CHECK(a.event.from.conversation == "a:1xyz/with+signs");
    const auto r = route_from_json(a.event.from.route);
    REQUIRE(r);
    CHECK(r->service_url == service);
    CHECK(r->user == "29:1abcRita");
    CHECK(r->bot == "28:00000000-0000-0000-0000-0000000000aa");
    CHECK(a.event.zone == "Europe/Berlin");
    CHECK(a.event.sender_name == "Rita Rep");
    CHECK(domain::to_iso(a.event.at) == "2026-11-24T16:20:02Z");
    CHECK(a.event.self == chat::message_ref{"a:1xyz/with+signs", "1764000000123"});
    CHECK(a.event.id == "a:1xyz/with+signs|1764000000123");
    CHECK(a.facts.channel == "msteams");
    CHECK(a.facts.service_url == service);
    CHECK(a.facts.tenant == tenant);
    CHECK(a.facts.channel_tenant == tenant);
}

TEST_CASE("a mention in a channel is a command, answered in private") {
    const auto a = read("mention_in_channel");
    CHECK(a.event.kind == event_kind::command);
    CHECK(a.event.text == "Northwind Ann Lee");
    CHECK(a.event.from.conversation.empty());
    CHECK(a.event.self.conversation == "19:general@thread.tacv2;messageid=1763999999000");
}

TEST_CASE("a button comes as a message or as an invoke, with one business key") {
    const auto submit = read("submit_button");
    CHECK(submit.event.kind == event_kind::action);
    CHECK_FALSE(submit.wants_effect);
    const auto execute = read("execute");
    CHECK(execute.event.kind == event_kind::action);
    CHECK(execute.wants_effect);
    CHECK(execute.event.action == "no_answer");
    CHECK(execute.event.value == "card:17");
    CHECK(execute.event.about == chat::message_ref{"a:1xyz/with+signs", "1763990000001"});
    CHECK(execute.event.business_key ==
          std::string("teams|") + tenant + "|" + rita + "|1763990000001|no_answer|card:17");
    CHECK(submit.event.business_key == execute.event.business_key);
    CHECK(submit.event.id != execute.event.id);
}

TEST_CASE("dialogs") {
    const auto fetch = read("task_fetch");
    CHECK(fetch.event.kind == event_kind::form_wanted);
    CHECK(fetch.wants_effect);
    CHECK(fetch.event.action == "log");
    CHECK(fetch.event.value == "card:17");
    CHECK(fetch.event.fields.empty());
    const auto submit = read("task_submit");
    CHECK(submit.event.kind == event_kind::form_submitted);
    CHECK(submit.wants_effect);
    CHECK(submit.event.form == "outcome");
    CHECK(submit.event.context == "card:17");
    CHECK(submit.event.respond_to == "2");
    CHECK(submit.event.fields == std::map<std::string, std::string>{{"disposition", "conversation"},
                                                                    {"note", "in 6 months"},
                                                                    {"may_name", "true"},
                                                                    {"results", "later,referral"}});
}

TEST_CASE("coming and going") {
    const auto installed = read("installed");
    CHECK(installed.event.kind == event_kind::reached);
    CHECK(installed.event.from.conversation == "a:1xyz/with+signs");
    CHECK(read("bot_added").event.kind == event_kind::reached);
    CHECK(read("uninstalled").event.kind == event_kind::gone);
    CHECK(read("uninstalled").event.from.user == rita);
    CHECK(read("upgraded").event.kind == event_kind::nothing);
    CHECK(read("person_added").event.kind == event_kind::nothing);
    CHECK(read("bot_removed_from_team").event.kind == event_kind::nothing);
    CHECK(read("installed").event.business_key != read("uninstalled").event.business_key);
}

TEST_CASE("edits are events of their own") {
    const auto edited = read("edited");
    CHECK(edited.event.kind == event_kind::edited);
    CHECK(edited.event.text == "spoke with Jerry, in 9 months");
    CHECK(edited.event.about == read("message").event.self);
    CHECK(edited.event.id != read("message").event.id);
    CHECK(edited.event.business_key == read("message").event.business_key);
    const auto deleted = read("deleted");
    CHECK(deleted.event.kind == event_kind::deleted);
    CHECK(deleted.event.about == edited.event.about);
    CHECK(deleted.event.id != edited.event.id);
}

TEST_CASE("what is not ours") {
    for (const char* name : {"reaction", "typing", "meeting_event"})
        CHECK(read(name).event.kind == event_kind::nothing);
    CHECK(read("search_invoke").unknown_invoke);
    CHECK(read("refresh").event.kind == event_kind::card_wanted);
}

TEST_CASE("among others we answer to our name only, and to no bot") {
    auto with = [](const char* name, auto change) {
        auto j = nlohmann::json::parse(file(std::string("data/teams/") + name + ".json"));
        change(j);
        return read_activity(j.dump())->event;
    };
    // What a tenant with wider rights lets us hear: words in a channel or a group that do not name us.
    for (const char* kind : {"channel", "groupChat"}) {
        const auto e = with("mention_in_channel", [&](auto& j) {
            j["conversation"]["conversationType"] = kind;
            j["entities"].erase(1);
            j["text"] = "spoke with Jerry, no fit <at>whynow</at>"; // looks like a mention, is none
        });
        CHECK(e.kind == event_kind::nothing);
        CHECK(with("mention_in_channel", [&](auto& j) { j["conversation"]["conversationType"] = kind; }).kind ==
              event_kind::command);
    }
    // The mention is what the entity says, whatever the bot is called there.
    const auto renamed = with("mention_in_channel", [](auto& j) {
        j["entities"][1]["text"] = "<at>Sales Helper</at>";
        j["text"] = "Northwind <at>Sales Helper</at> <at>Ann Lee</at>";
    });
    CHECK(renamed.kind == event_kind::command);
    CHECK(renamed.text == "Northwind   Ann Lee");
    CHECK(with("message", [](auto& j) { j["from"]["id"] = j["recipient"]["id"]; }).kind == event_kind::nothing);
    CHECK(with("message", [](auto& j) { j["from"]["id"] = "28:another-bot"; }).kind == event_kind::nothing);
    CHECK(with("message", [](auto& j) { j["from"]["role"] = "bot"; }).kind == event_kind::nothing);
    CHECK(with("message", [](auto& j) { j["from"]["role"] = "user"; }).kind == event_kind::message);
}

TEST_CASE("an upgrade keeps the reference, a deleted message may come back") {
    auto with = [](const char* name, auto change) {
        auto j = nlohmann::json::parse(file(std::string("data/teams/") + name + ".json"));
        change(j);
        return read_activity(j.dump())->event;
    };
    CHECK(with("installed", [](auto& j) { j["action"] = "add-upgrade"; }).kind == event_kind::reached);
    CHECK(with("installed", [](auto& j) { j["action"] = "remove-upgrade"; }).kind == event_kind::nothing);
    CHECK(with("installed", [](auto& j) { j["action"] = "something-new"; }).kind == event_kind::nothing);
    const auto back = with("edited", [](auto& j) { j["channelData"]["eventType"] = "undeleteMessage"; });
    CHECK(back.kind == event_kind::edited);
    CHECK(back.about == read("edited").event.about);
    CHECK(with("edited", [](auto& j) { j["channelData"]["eventType"] = "somethingElse"; }).kind == event_kind::nothing);
}

TEST_CASE("rubbish is nothing, and half an activity does no harm") {
    for (const char* text :
         {"", "null", "[]", "{}", "{\"type\":7}", "{\"type\":\"message\"", "\"message\"", "{\"type\":\"message\"}x"})
        CHECK_FALSE(read_activity(text));
    for (const char* text :
         {R"({"type":"message"})", R"({"type":"invoke"})",
          R"({"type":"invoke","name":"adaptiveCard/action","value":7})",
          R"({"type":"invoke","name":"adaptiveCard/action","value":{"action":[]}})",
          R"({"type":"invoke","name":"task/submit","value":{"data":"x"},"from":{"aadObjectId":"u"}})",
          R"({"type":"conversationUpdate","membersAdded":[1,null,{}]})",
          R"({"type":"message","entities":[1,{}],"from":3})", R"({"type":"messageUpdate","channelData":null})",
          R"({"type":"installationUpdate","action":"remove","from":{"id":"29:x"}})"}) {
        const auto a = read_activity(text);
        REQUIRE_MESSAGE(a, text);
        if (a->event.from.user.empty())
            CHECK(a->event.kind == event_kind::nothing);
    }
    CHECK_FALSE(read_activity("{\"type\":\"message\",\"text\":\"" + std::string(600 * 1024, 'x') + "\"}"));
    CHECK_FALSE(read_activity(std::string(100000, '[')));
}

TEST_CASE("every prefix of a payload is refused without a crash") {
    const auto whole = file("data/teams/task_submit.json");
    REQUIRE(whole.size() > 100);
    for (std::size_t n = 0; n + 2 < whole.size(); ++n)
        CHECK_FALSE(read_activity(std::string_view(whole).substr(0, n)));
}

TEST_CASE("the Outgoing Webhook: signature over the raw bytes, a window of five minutes") {
    auto c = good_config();
    const std::string key = "0123456789abcdef0123456789abcdef";
    c.outgoing_secret = base64(key);
    const auto body = file("data/teams/outgoing_webhook.json");
    const auto good = "HMAC " + base64(hmac_sha256(key, body));
    CHECK(webhook_signature_holds(good, body, c));
    CHECK_FALSE(webhook_signature_holds(good, body + " ", c));
    CHECK_FALSE(webhook_signature_holds("HMAC " + base64(hmac_sha256(c.outgoing_secret, body)), body, c));
    CHECK_FALSE(webhook_signature_holds("HMAC ", body, c));
    CHECK_FALSE(webhook_signature_holds("Bearer " + base64(hmac_sha256(key, body)), body, c));
    CHECK_FALSE(webhook_signature_holds(good, body, good_config())); // no secret: shut
    const auto at = *domain::parse_iso_instant("2026-11-24T16:20:02Z");
    const auto e = read_webhook(body, c, at);
    REQUIRE(e);
    CHECK(e->kind == event_kind::command);
    CHECK(e->text == "why now Northwind?");
    CHECK(e->from.route.empty());
    CHECK(e->from.user == rita);
    CHECK(read_webhook(body, c, at + std::chrono::minutes(5)));
    CHECK_FALSE(read_webhook(body, c, at + std::chrono::seconds(301)));
    CHECK_FALSE(read_webhook(body, c, at - std::chrono::seconds(301)));
    c.tenants = {"other"};
    CHECK_FALSE(read_webhook(body, c, at));
    chat::reply r;
    r.toast = "Nothing *new*";
    CHECK(webhook_answer_json(r) == R"({"type":"message","text":"Nothing \\*new\\*"})");
}
