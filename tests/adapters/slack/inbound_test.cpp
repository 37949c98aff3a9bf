#include "adapters/slack/inbound.hpp"
#include "tests/adapters/slack/test_data.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace whynow;
using namespace slack_test;
using chat::event_kind;
using slack::reading;

namespace {

reading read(const std::string& body) { return slack::read_body(body, "U0BOT0001", noon); }

chat::chat_event one(const std::string& body) {
    auto r = read(body);
    REQUIRE(r.what == reading::kind::events);
    REQUIRE(r.events.size() == 1);
    return r.events.front();
}

void ignored(const std::string& name) {
    const auto r = read(data(name));
    CHECK_MESSAGE(r.what == reading::kind::nothing, name);
    CHECK_MESSAGE(r.events.empty(), name);
}

} // namespace

TEST_CASE("a line in the direct conversation") {
    const auto e = one(data("message_main_line.json"));
    CHECK(e.kind == event_kind::message);
    CHECK(e.id == "Ev0001");
    CHECK(e.business_key == "slack|T0HOUSE01|D0DANA001|1764000000.000300");
    CHECK(e.from == chat::address{"slack", "T0HOUSE01", "U0DANA001", "D0DANA001", ""});
    CHECK(e.text == "spoke with Jerry & Ann <ops>, he works on it in 6 months, write ann.lee@northwind.example or "
                    "206-555-0134, see northwind.example");
    CHECK(e.about == chat::message_ref{});
    CHECK(e.self == chat::message_ref{"D0DANA001", "1764000000.000300"});
    CHECK(e.at == noon);
}

TEST_CASE("an answer in the thread is about the parent") {
    const auto e = one(data("message_thread.json"));
    CHECK(e.kind == event_kind::message);
    CHECK(e.about == chat::message_ref{"D0DANA001", "1763990000.000200"});
}

TEST_CASE("a voice clip is a message without words") {
    const auto e = one(data("message_file_share.json"));
    CHECK(e.kind == event_kind::message);
    CHECK(e.text.empty());
}

TEST_CASE("a person from a connected company belongs to the tenant that authorised us") {
    CHECK(one(data("message_foreign_team.json")).from.tenant == "T0HOUSE01");
    const auto e = one(data("message_enterprise.json"));
    CHECK(e.from.tenant == "E0GROUP01");
    CHECK(e.from.user == "W0DANA001");
}

TEST_CASE("a person's edit") {
    const auto e = one(data("message_changed_by_human.json"));
    CHECK(e.kind == event_kind::edited);
    CHECK(e.text == "spoke with Jerry, in 7 months");
    CHECK(e.about == chat::message_ref{"D0DANA001", "1764000000.000300"});
    CHECK(e.business_key == "slack|T0HOUSE01|D0DANA001|1764000000.000300|1764000059.000000");
    CHECK(e.from.user == "U0DANA001");
    CHECK(e.at == noon + std::chrono::seconds{59});
}

TEST_CASE("a deletion") {
    const auto e = one(data("message_deleted.json"));
    CHECK(e.kind == event_kind::deleted);
    CHECK(e.about == chat::message_ref{"D0DANA001", "1764000000.000300"});
    CHECK(e.from.user == "U0DANA001");
}

TEST_CASE("a mention in a channel is a command") {
    const auto e = one(data("app_mention.json"));
    CHECK(e.kind == event_kind::command);
    CHECK(e.text == "Northwind");
}

TEST_CASE("Home, uninstalled, revoked, left") {
    const auto opened = one(data("app_home_opened.json"));
    CHECK(opened.kind == event_kind::home_opened);
    CHECK(opened.from.conversation == "D0DANA001");
    for (const char* name : {"app_uninstalled.json", "tokens_revoked.json"}) {
        const auto e = one(data(name));
        CHECK(e.kind == event_kind::gone);
        CHECK(e.from.user.empty());
        CHECK(e.from.tenant == "T0HOUSE01");
        CHECK(e.at == noon);
    }
    const auto left = one(data("user_deleted.json"));
    CHECK(left.kind == event_kind::gone);
    CHECK(left.from.user == "U0DANA001");
}

TEST_CASE("echoes, unfurls, joins and other people's talk are nothing") {
    for (const char* name : {"message_from_bot.json", "message_joined.json", "message_channel_talk.json",
                             "message_changed_by_unfurl.json", "message_changed_by_us.json", "app_home_messages.json",
                             "tokens_revoked_user_only.json", "app_rate_limited.json"})
        ignored(name);
    CHECK(read(interaction("view_closed.json")).what == reading::kind::nothing);
    CHECK(read(interaction("block_actions_link.json")).what == reading::kind::nothing);
    CHECK(read(data("app_rate_limited.json")).note == "app_rate_limited");
}

TEST_CASE("the address check") {
    const auto r = read(data("url_verification.json"));
    CHECK(r.what == reading::kind::challenge);
    CHECK(r.challenge == "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P");
}

TEST_CASE("a click") {
    const auto e = one(interaction("block_actions.json"));
    CHECK(e.kind == event_kind::action);
    CHECK(e.action == "no_answer");
    CHECK(e.value == "card:1");
    CHECK(e.business_key == "slack|T0HOUSE01|U0DANA001|1763990000.000200|no_answer|card:1");
    CHECK(e.about == chat::message_ref{"D0DANA001", "1763990000.000200"});
    CHECK(e.from == chat::address{"slack", "T0HOUSE01", "U0DANA001", "D0DANA001", ""});
    CHECK(e.sender_name == "dana");
    CHECK(e.trigger == "9814.47.803a0bc887a14d10d2c447fce8b6703c");
    CHECK(e.respond_to == "https://hooks.slack.com/actions/T0HOUSE01/1/xyz");
    CHECK(e.at == noon + std::chrono::seconds{1});
    CHECK(e.fields.empty());
}

TEST_CASE("a click that wants a dialog, one on Home, one with inputs") {
    const auto form = one(interaction("block_actions_form.json"));
    CHECK(form.kind == event_kind::form_wanted);
    CHECK(form.action == "log");
    const auto at_home = one(interaction("block_actions_home.json"));
    CHECK(at_home.about == chat::message_ref{"home", "V0HOME"});
    const auto inputs = one(interaction("block_actions_inputs.json"));
    CHECK(inputs.fields == std::map<std::string, std::string>{{"when", "2026-05-03"}, {"note", ""}});
}

TEST_CASE("a submitted dialog") {
    auto r = read(interaction("view_submission.json"));
    CHECK(r.wants_effect);
    REQUIRE(r.events.size() == 1);
    const auto& e = r.events.front();
    CHECK(e.kind == event_kind::form_submitted);
    CHECK(e.form == "outcome");
    CHECK(e.context == "card:17");
    CHECK(e.about == chat::message_ref{"D0DANA001", "1763990000.000200"});
    CHECK(e.from.conversation == "D0DANA001");
    const std::map<std::string, std::string> expected{
        {"result", "spoke"}, {"none", ""},          {"empty", ""},     {"note", "Ann <Lee> & \"ops\""},
        {"blank", ""},       {"day", "2026-05-03"}, {"hour", "09:30"}, {"may", "false"},
        {"told", "true"},    {"topics", "a,b"}};
    CHECK(e.fields == expected);
    auto corrected = interaction("view_submission.json");
    corrected.replace(corrected.find("09%3A30"), 7, "10%3A30");
    CHECK(one(corrected).business_key != e.business_key);
}

TEST_CASE("a slash command") {
    const auto e = one(data("slash_command.form"));
    CHECK(e.kind == event_kind::command);
    CHECK(e.text == "Northwind & Sons @ann");
    CHECK(e.from.user == "U0DANA001");
    CHECK(e.from.conversation == "C0SALES01");
    CHECK(e.from.route == "https://hooks.slack.com/commands/T0HOUSE01/1/abc");
    CHECK(e.respond_to == e.from.route);
    CHECK(e.trigger == "9816.47.cd");
    CHECK(e.at == noon);
    CHECK(slack::is_ssl_check("ssl_check=1&token=x&command=%2Fwhynow"));
    CHECK_FALSE(slack::is_ssl_check(data("slash_command.form")));
}

TEST_CASE("rubbish is rubbish, whatever its shape") {
    for (const std::string body :
         {"", "{}", "{", "[]", "null", "payload=", "payload={}", "payload=%7B%22type%22%3A5%7D", "command=%2Fwhynow",
          "hello", "{\"type\":\"event_callback\"}", "{\"type\":\"event_callback\",\"event\":[]}",
          "{\"type\":\"event_callback\",\"event\":{\"type\":\"message\"", "{\"type\":\"url_verification\"}",
          "payload=%7B%22type%22%3A%22block_actions%22%7D", "%zz&&=&payload"})
        CHECK_MESSAGE(read(body).what == reading::kind::rubbish, body);
}

TEST_CASE("cut anywhere, a body never gives a half event") {
    for (const char* name : {"message_thread.json", "message_changed_by_human.json"}) {
        const auto whole = data(name);
        const auto end = whole.find_last_of('}');
        for (std::size_t n = 0; n < end; ++n)
            CHECK(read(whole.substr(0, n)).what != reading::kind::challenge);
    }
    const auto whole = data("message_thread.json");
    for (std::size_t n = 0; n < whole.find_last_of('}'); n += 7)
        CHECK_MESSAGE(read(whole.substr(0, n)).what == reading::kind::rubbish, n);
}

TEST_CASE("bytes that are no UTF-8 are repaired") {
    auto body = data("message_main_line.json");
    body.replace(body.find("Jerry"), 5,
                 "J\xff\xc3"
                 "rry");
    CHECK(one(body).text.starts_with("spoke with J\xef\xbf\xbd\xef\xbf\xbdrry"));
}

TEST_CASE("deep nesting is passed over or refused, never a crash") {
    std::string deep = "{\"type\":\"event_callback\",\"event_id\":\"E\",\"x\":";
    deep += std::string(100'000, '[') + std::string(100'000, ']') + "}";
    CHECK(read(deep).what != reading::kind::events);
}

TEST_CASE("typed text") {
    CHECK(slack::typed_text("&amp;lt; &lt;b&gt;", "") == "&lt; <b>");
    CHECK(slack::typed_text("<@UBOT>, <@U2|ann> <@U3>", "UBOT") == ", @ann @U3");
    CHECK(slack::typed_text("<#C1|sales> <!here> <!subteam^S1|@ops> <!date^1^{date}|3 May>", "") ==
          "#sales @here @ops 3 May");
    CHECK(slack::typed_text("<https://a.example/?a=1&amp;b=2> <mailto:x@y.example>", "") ==
          "https://a.example/?a=1&b=2 x@y.example");
    CHECK(slack::typed_text("  2 < 3 and <unclosed", "") == "2 < 3 and <unclosed");
}

TEST_CASE("action ids go there and back") {
    for (const bool form : {false, true})
        for (const int repeat : {1, 2, 11}) {
            const auto id = slack::make_action_id("not_a_reason", form, repeat);
            const auto back = slack::read_action_id(id);
            CHECK(back.action == "not_a_reason");
            CHECK(back.opens_form == form);
        }
}

TEST_CASE("a click is read in microseconds") {
    const auto body = interaction("block_actions.json");
    const auto event = data("message_thread.json");
    const auto per_call = [](const std::string& b) {
        const auto from = std::chrono::steady_clock::now();
        for (int i = 0; i < 2000; ++i)
            CHECK_FALSE(slack::read_body(b, "U0BOT0001", noon).events.empty());
        const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - from;
        return took.count() / 2000;
    };
    MESSAGE("block_actions, " << body.size() << " bytes: " << per_call(body) << " us");
    MESSAGE("event, " << event.size() << " bytes: " << per_call(event) << " us");
}
