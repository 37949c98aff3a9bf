#include "adapters/slack/signature.hpp"
#include "adapters/slack/slack_adapter.hpp"
#include "tests/adapters/slack/block_checker.hpp"
#include "tests/adapters/slack/sample.hpp"
#include "tests/adapters/slack/test_data.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace whynow;
using namespace slack_test;
using nlohmann::json;
using operation = chat::outgoing::operation;

namespace {

struct house {
    recorded_client client;
    slack::slack_adapter slack{client,
                               {"xoxb-canary", {"secret-canary"}, "https://slack.example/api/", "", "U0BOT0001"}};

    chat::inbound receive(const std::string& body, const std::string& secret = "secret-canary") {
        http::request r;
        r.method = "POST";
        r.body = body;
        r.fields.add("X-Slack-Request-Timestamp", std::to_string(noon.time_since_epoch().count()));
        r.fields.add("X-Slack-Signature", slack::sign(body, noon, secret));
        return run(slack.receive(r, noon + std::chrono::seconds{2}));
    }
    json body(std::size_t i) const { return json::parse(client.asked.at(i).body); }
    std::string method(std::size_t i) const {
        const auto& url = client.asked.at(i).url;
        return url.substr(url.rfind('/') + 1);
    }
};

chat::outgoing brief(operation what = operation::post) {
    chat::outgoing o;
    o.what = what;
    o.key = "outbox:17";
    o.to = {"slack", "T0HOUSE01", "U0DANA001", "D0DANA001", ""};
    o.body = sample_brief();
    return o;
}

template <class T>
T as(const chat::send_result& r) {
    REQUIRE(std::holds_alternative<T>(r));
    return std::get<T>(r);
}

} // namespace

TEST_CASE("receive: good, forged, unsigned, rubbish") {
    house h;
    const auto good = h.receive(interaction("block_actions.json"));
    CHECK_FALSE(good.refuse);
    CHECK(good.events.size() == 1);
    CHECK_FALSE(good.wants_effect);
    CHECK(h.receive(data("message_main_line.json"), "another").refuse->status == 401);
    CHECK(h.receive("rubbish").refuse->status == 400);
    CHECK(h.receive(data("message_from_bot.json")).refuse->status == 200);
    const auto challenge = h.receive(data("url_verification.json"));
    CHECK(challenge.refuse->status == 200);
    CHECK(challenge.refuse->body == "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P");
    CHECK(h.receive(interaction("view_submission.json")).wants_effect);
    http::request unsigned_probe;
    unsigned_probe.body = "ssl_check=1&token=x&command=%2Fwhynow&user_id=U1&team_id=T1";
    const auto probe = run(h.slack.receive(unsigned_probe, noon));
    CHECK(probe.refuse->status == 200);
    CHECK(probe.events.empty());
    http::request unsigned_event;
    unsigned_event.body = data("message_main_line.json");
    CHECK(run(h.slack.receive(unsigned_event, noon)).refuse->status == 401);
}

TEST_CASE("a post carries blocks, key and no previews") {
    house h;
    h.client.says(R"({"ok":true,"channel":"D0DANA001","ts":"1764000100.000100"})");
    const auto s = as<chat::sent>(run(h.slack.send(brief())));
    CHECK(s.at == chat::message_ref{"D0DANA001", "1764000100.000100"});
    CHECK(s.to.conversation == "D0DANA001");
    CHECK(h.client.asked[0].url == "https://slack.example/api/chat.postMessage");
    CHECK(h.client.asked[0].fields.get("Authorization") == "Bearer xoxb-canary");
    CHECK(h.client.asked[0].fields.get("Content-Type") == "application/json; charset=utf-8");
    const auto b = h.body(0);
    CHECK(b["channel"] == "D0DANA001");
    CHECK(b["metadata"]["event_type"] == "whynow");
    CHECK(b["metadata"]["event_payload"]["key"] == "outbox:17");
    CHECK(b["unfurl_links"] == false);
    CHECK(b["unfurl_media"] == false);
    CHECK_FALSE(b.contains("thread_ts"));
    CHECK(findings_in_blocks(b["blocks"].dump()).empty());
}

TEST_CASE("without a conversation one is opened first, once") {
    house h;
    auto o = brief();
    o.to.conversation.clear();
    h.client.says(R"({"ok":true,"channel":{"id":"D0NEW0001"}})");
    h.client.says(R"({"ok":true,"channel":"D0NEW0001","ts":"1.2"})");
    CHECK(as<chat::sent>(run(h.slack.send(o))).to.conversation == "D0NEW0001");
    CHECK(h.method(0) == "conversations.open");
    CHECK(h.body(0)["users"] == "U0DANA001");
    CHECK(h.body(1)["channel"] == "D0NEW0001");
    run(h.slack.send(o));
    CHECK(h.method(2) == "chat.postMessage");
}

TEST_CASE("where opening is limited, the post goes to the person's own id") {
    house h;
    auto o = brief();
    o.to.conversation.clear();
    h.client.says(R"({"ok":false,"error":"ratelimited"})", 429, "30");
    h.client.says(R"({"ok":true,"channel":"D0NEW0001","ts":"1.2"})");
    CHECK(as<chat::sent>(run(h.slack.send(o))).at.conversation == "D0NEW0001");
    CHECK(h.body(1)["channel"] == "U0DANA001");
}

TEST_CASE("a stale conversation is opened anew, once") {
    house h;
    h.client.says(R"({"ok":false,"error":"channel_not_found"})");
    h.client.says(R"({"ok":true,"channel":{"id":"D0NEW0001"}})");
    h.client.says(R"({"ok":true,"channel":"D0NEW0001","ts":"1.2"})");
    CHECK(as<chat::sent>(run(h.slack.send(brief()))).to.conversation == "D0NEW0001");
    house same;
    same.client.says(R"({"ok":false,"error":"channel_not_found"})");
    same.client.says(R"({"ok":true,"channel":{"id":"D0DANA001"}})");
    CHECK(as<chat::rejected>(run(same.slack.send(brief()))).person_gone);
    CHECK(same.client.asked.size() == 2);
}

TEST_CASE("thread, update, whisper, Home") {
    house h;
    h.client.says(R"({"ok":true,"channel":"D0DANA001","ts":"1.2","message_ts":"1.3","view":{"id":"V1"}})");
    auto reply = brief();
    reply.target = {"D0DANA001", "1763990000.000200"};
    run(h.slack.send(reply));
    CHECK(h.body(0)["thread_ts"] == "1763990000.000200");

    auto update = brief(operation::update);
    update.target = {"D0DANA001", "1763990000.000200"};
    CHECK(as<chat::sent>(run(h.slack.send(update))).at == update.target);
    CHECK(h.method(1) == "chat.update");
    CHECK(h.body(1)["ts"] == "1763990000.000200");
    CHECK(h.body(1)["blocks"].size() > 3);
    CHECK_FALSE(h.body(1)["text"].get<std::string>().empty());

    run(h.slack.send(brief(operation::whisper)));
    CHECK(h.method(2) == "chat.postMessage");
    auto in_channel = brief(operation::whisper);
    in_channel.to.conversation = "C0SALES01";
    run(h.slack.send(in_channel));
    CHECK(h.method(3) == "chat.postEphemeral");
    CHECK(h.body(3)["user"] == "U0DANA001");
    in_channel.to.route = "https://hooks.slack.example/commands/1/abc";
    run(h.slack.send(in_channel));
    CHECK(h.client.asked[4].url == in_channel.to.route);
    CHECK(h.client.asked[4].fields.get("Authorization").empty());
    CHECK(h.body(4)["response_type"] == "ephemeral");

    auto home = brief(operation::update);
    home.target = {"home", ""};
    const auto s = as<chat::sent>(run(h.slack.send(home)));
    CHECK(h.method(5) == "views.publish");
    CHECK(h.body(5)["user_id"] == "U0DANA001");
    CHECK(h.body(5)["view"]["type"] == "home");
    CHECK(s.to.conversation == "D0DANA001");
}

TEST_CASE("a used-up response_url falls back to an ephemeral post") {
    house h;
    auto o = brief(operation::whisper);
    o.to.conversation = "C0SALES01";
    o.to.route = "https://hooks.slack.example/commands/1/abc";
    h.client.says("used_url", 404);
    h.client.says(R"({"ok":true,"message_ts":"1.3"})");
    as<chat::sent>(run(h.slack.send(o)));
    CHECK(h.method(1) == "chat.postEphemeral");
}

TEST_CASE("error words of a post") {
    struct row {
        const char* word;
        enum { rejected, person, tenant, later, unclear } what;
    };
    for (const auto& r :
         {row{"invalid_blocks", row::rejected}, row{"msg_too_long", row::rejected}, row{"missing_scope", row::rejected},
          row{"messages_tab_disabled", row::rejected}, row{"restricted_action", row::rejected},
          row{"something_new", row::rejected}, row{"user_not_found", row::person}, row{"user_disabled", row::person},
          row{"is_archived", row::person}, row{"token_revoked", row::tenant}, row{"account_inactive", row::tenant},
          row{"invalid_auth", row::tenant}, row{"service_unavailable", row::later},
          row{"team_added_to_org", row::later}, row{"request_timeout", row::later}, row{"ratelimited", row::later},
          row{"rate_limited", row::later}, row{"internal_error", row::unclear}, row{"fatal_error", row::unclear}}) {
        CAPTURE(r.word);
        house h;
        h.client.says(std::string(R"({"ok":false,"error":")") + r.word + "\"}");
        const auto got = run(h.slack.send(brief()));
        if (r.what == row::later) {
            CHECK(as<chat::retry_later>(got).after >= std::chrono::seconds{1});
        } else if (r.what == row::unclear) {
            as<chat::ambiguous>(got);
        } else {
            const auto refused = as<chat::rejected>(got);
            CHECK(refused.person_gone == (r.what == row::person));
            CHECK(refused.tenant_gone == (r.what == row::tenant));
            CHECK(refused.why == std::string("chat.postMessage: ") + r.word);
        }
    }
}

TEST_CASE("statuses and broken exchanges of a post") {
    using http::client_errc;
    house h;
    h.client.says("{}", 429, "17");
    const auto wait = as<chat::retry_later>(run(h.slack.send(brief())));
    CHECK(wait.after == std::chrono::seconds{17});
    CHECK(wait.whole_tenant);
    for (const char* odd : {"", "soon", "-5", "0", "99999999999999999999"}) {
        house o;
        o.client.says("{}", 429, odd);
        const auto w = as<chat::retry_later>(run(o.slack.send(brief()))).after;
        CHECK(w >= std::chrono::seconds{1});
        CHECK(w <= std::chrono::seconds{3600});
    }
    for (const int status : {500, 502, 503, 504}) {
        house o;
        o.client.says("<html>", status);
        as<chat::ambiguous>(run(o.slack.send(brief())));
    }
    for (const int status : {301, 400, 404, 413}) {
        house o;
        o.client.says("<html>", status);
        as<chat::rejected>(run(o.slack.send(brief())));
    }
    for (const char* body : {"", "<html>ok</html>", "[]", "{}", R"({"ok":true})"}) {
        house o;
        o.client.says(body);
        as<chat::ambiguous>(run(o.slack.send(brief())));
    }
    const auto broken = [](client_errc e, operation what) {
        house o;
        o.client.breaks(e);
        auto b = brief(what);
        b.target = what == operation::update ? chat::message_ref{"D0DANA001", "1.2"} : chat::message_ref{};
        return run(o.slack.send(b));
    };
    as<chat::not_sent>(broken(client_errc::not_sent, operation::post));
    as<chat::ambiguous>(broken(client_errc::no_answer, operation::post));
    as<chat::ambiguous>(broken(client_errc::too_large, operation::post));
    as<chat::rejected>(broken(client_errc::refused_address, operation::post));
    as<chat::rejected>(broken(client_errc::bad_url, operation::post));
    as<chat::not_sent>(broken(client_errc::no_answer, operation::update)); // the same update again does no harm
}

TEST_CASE("an update that is refused says nothing about the person") {
    house h;
    h.client.says(R"({"ok":false,"error":"channel_not_found"})");
    auto u = brief(operation::update);
    u.target = {"D0DANA001", "1.2"};
    CHECK_FALSE(as<chat::rejected>(run(h.slack.send(u))).person_gone);
}

TEST_CASE("no secret leaves through `why`") {
    house h;
    h.client.says(R"({"ok":false,"error":"xoxb-canary <b>Dana</b>","needed":"im:history"})");
    const auto why = as<chat::rejected>(run(h.slack.send(brief()))).why;
    CHECK(why.find("<b>") == std::string::npos);
    CHECK(why.find("xoxb-canary") == std::string::npos);
    CHECK(why.find("im:history") != std::string::npos);
}

TEST_CASE("find looks for the key, page after page") {
    house h;
    h.client.says(R"({"ok":true,"messages":[{"ts":"3.0","text":"x"},{"ts":"2.0","metadata":{"event_type":"whynow",
        "event_payload":{"key":"outbox:16"}}}],"has_more":true,"response_metadata":{"next_cursor":"abc="}})");
    h.client.says(R"({"ok":true,"messages":[{"ts":"1.0","metadata":{"event_type":"whynow","event_payload":{"key":
        "outbox:17"}}}],"has_more":false,"response_metadata":{"next_cursor":""}})");
    const auto r = run(h.slack.find(brief(), noon));
    REQUIRE(std::holds_alternative<chat::found>(r));
    CHECK(std::get<chat::found>(r).at == chat::message_ref{"D0DANA001", "1.0"});
    CHECK(h.method(0) == "conversations.history");
    CHECK(h.client.asked[0].body.find("include_all_metadata=true") != std::string::npos);
    CHECK(h.client.asked[0].body.find("oldest=1763999940.000000") != std::string::npos);
    CHECK(h.client.asked[1].body.find("cursor=abc%3D") != std::string::npos);
}

TEST_CASE("find: absent, and cannot tell") {
    house none;
    none.client.says(R"({"ok":true,"messages":[],"has_more":false})");
    CHECK(std::holds_alternative<chat::absent>(run(none.slack.find(brief(), noon))));
    house scope;
    scope.client.says(R"({"ok":false,"error":"missing_scope","needed":"im:history"})");
    CHECK(std::holds_alternative<chat::cannot_tell>(run(scope.slack.find(brief(), noon))));
    house broken;
    broken.client.breaks(http::client_errc::no_answer);
    CHECK(std::holds_alternative<chat::cannot_tell>(run(broken.slack.find(brief(), noon))));
    house endless;
    endless.client.says(R"({"ok":true,"messages":[],"response_metadata":{"next_cursor":"x"}})");
    CHECK(std::holds_alternative<chat::cannot_tell>(run(endless.slack.find(brief(), noon))));
    house thread;
    thread.client.says(R"({"ok":true,"messages":[]})");
    auto reply = brief();
    reply.target = {"D0DANA001", "1.0"};
    run(thread.slack.find(reply, noon));
    CHECK(thread.method(0) == "conversations.replies");
}

TEST_CASE("a dialog opens, or comes too late") {
    house h;
    const auto e = h.receive(interaction("block_actions_form.json")).events.front();
    h.client.says(R"({"ok":true,"view":{"id":"V1"}})");
    as<chat::sent>(run(h.slack.open_form(e, sample_form())));
    CHECK(h.method(0) == "views.open");
    CHECK(h.body(0)["trigger_id"] == e.trigger);
    const auto metadata = json::parse(h.body(0)["view"]["private_metadata"].get<std::string>());
    CHECK(metadata["id"] == "1763990000.000200");
    house late;
    late.client.says(R"({"ok":false,"error":"expired_trigger_id"})");
    CHECK(as<chat::rejected>(run(late.slack.open_form(e, sample_form()))).why == "expired_trigger_id");
    auto huge = sample_form();
    huge.context = std::string(3000, 'x');
    as<chat::rejected>(run(late.slack.open_form(e, huge)));
    as<chat::rejected>(run(late.slack.open_form({}, sample_form())));
}

TEST_CASE("answers") {
    house h;
    const auto submitted = h.receive(interaction("view_submission.json")).events.front();
    CHECK(h.slack.answer(submitted, {}).body.empty());
    chat::reply wrong;
    wrong.errors = {{"day", "That day is over"}};
    CHECK(json::parse(h.slack.answer(submitted, wrong).body)["errors"]["day"] == "That day is over");
    chat::reply next;
    next.open = sample_form();
    CHECK(json::parse(h.slack.answer(submitted, next).body)["response_action"] == "update");
    const auto command = h.receive(data("slash_command.form")).events.front();
    CHECK(h.slack.answer(command, {}).body.empty());
    chat::reply card;
    card.replace = sample_brief();
    const auto j = json::parse(h.slack.answer(command, card).body);
    CHECK(j["response_type"] == "ephemeral");
    CHECK(findings_in_blocks(j["blocks"].dump()).empty());
    const auto click = h.receive(interaction("block_actions.json")).events.front();
    CHECK(h.slack.answer(click, card).body.empty());
    CHECK(h.slack.answer(click, card).status == 200);
}

TEST_CASE("who we are, who they are") {
    house h;
    h.client.says(R"({"ok":true,"team_id":"T0HOUSE01","team":"House","user_id":"U0BOT0001"})");
    h.client.says(R"({"ok":true,"user":{"id":"U0DANA001","tz":"Europe/Berlin","is_bot":false,"deleted":false,
        "profile":{"real_name":"Dana","email":"dana@house.example"}}})");
    h.client.says(R"({"ok":false,"error":"users_not_found"})");
    const auto me = run(h.slack.start());
    CHECK(std::get<slack::identity>(me).team == "T0HOUSE01");
    const auto dana = std::get<slack::person>(run(h.slack.api().user_info("U0DANA001")));
    CHECK(dana.zone == "Europe/Berlin");
    CHECK(dana.email == "dana@house.example");
    CHECK(dana.human);
    CHECK(h.client.asked[1].body == "user=U0DANA001");
    CHECK(std::holds_alternative<slack::failure>(run(h.slack.api().user_by_email("x@y.example"))));
}
