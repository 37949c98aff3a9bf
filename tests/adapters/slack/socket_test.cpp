#include "adapters/slack/socket_mode.hpp"
#include "log/log.hpp"
#include "tests/adapters/slack/test_data.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <deque>

using namespace whynow;
using namespace slack_test;
using nlohmann::json;
namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// One end of a connection, played by the test.
class fake_socket final : public http::websocket, public std::enable_shared_from_this<fake_socket> {
  public:
    explicit fake_socket(asio::any_io_executor io) : bell_(io) {}
    std::vector<json> sent;
    bool said_goodbye = false, over = false;
    void says(std::string text, bool is_text = true) {
        coming_.push_back({is_text, std::move(text)});
        bell_.cancel();
    }
    void hello(int lifetime = 18060) {
        says(R"({"type":"hello","num_connections":1,"debug_info":{"host":"x","approximate_connection_time":)" +
             std::to_string(lifetime) + R"(},"connection_info":{"app_id":"A1"}})");
    }
    asio::awaitable<boost::system::result<http::websocket_message>> read() override {
        const auto self = shared_from_this();
        while (coming_.empty() && !over) {
            bell_.expires_after(1h);
            boost::system::error_code ec;
            co_await bell_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        }
        if (over)
            co_return boost::system::errc::make_error_code(boost::system::errc::connection_reset);
        auto out = std::move(coming_.front());
        coming_.pop_front();
        co_return out;
    }
    void send(std::string text) override { sent.push_back(json::parse(text)); }
    asio::awaitable<void> close(std::chrono::milliseconds) override {
        said_goodbye = true;
        cut();
        co_return;
    }
    void cut() override {
        over = true;
        bell_.cancel();
    }

  private:
    asio::steady_timer bell_;
    std::deque<http::websocket_message> coming_;
};

class fake_sockets final : public http::websocket_client {
  public:
    explicit fake_sockets(asio::io_context& io) : io_(io) {}
    std::vector<std::shared_ptr<fake_socket>> opened;
    std::vector<http::websocket_address> asked;
    std::deque<http::client_errc> failures;
    std::function<void(fake_socket&, std::size_t)> greet = [](fake_socket& s, std::size_t) { s.hello(); };

    asio::awaitable<boost::system::result<std::shared_ptr<http::websocket>>>
    connect(http::websocket_address to) override {
        asked.push_back(std::move(to));
        if (!failures.empty()) {
            const auto e = failures.front();
            failures.pop_front();
            co_return http::make_error_code(e);
        }
        auto s = std::make_shared<fake_socket>(io_.get_executor());
        opened.push_back(s);
        greet(*s, opened.size() - 1);
        co_return s;
    }

  private:
    asio::io_context& io_;
};

const std::string opened_url = R"({"ok":true,"url":"wss://wss.slack.example/link/?ticket=t"})";

struct world {
    asio::io_context io;
    recorded_client client;
    fake_sockets sockets{io};
    log::metrics metrics;
    slack::slack_adapter adapter{client, {"xoxb-canary", {}, "https://slack.example/api", "", "U0BOT0001"}};
    std::vector<chat::chat_event> taken;
    int answer_status = 200;
    std::string answer_body;
    std::chrono::milliseconds work{0};
    slack::socket_settings settings;
    std::unique_ptr<slack::socket_mode> mode;

    world() {
        settings.app_token = "xapp-canary";
        settings.connections = 1;
        settings.first_pause = 2ms;
        settings.longest_pause = 20ms;
        settings.slow_pause = 30ms;
        settings.greeting = 200ms;
        settings.goodbye = 20ms;
    }
    // Plays until `enough`, then stops in the daemon's way.
    void play(std::function<bool()> enough, std::function<void()> then = [] {}) {
        mode = std::make_unique<slack::socket_mode>(
            io.get_executor(), adapter, sockets, settings,
            [this](chat::inbound in) -> asio::awaitable<http::response> {
                for (auto& e : in.events)
                    taken.push_back(std::move(e));
                asio::steady_timer t(io, work);
                co_await t.async_wait(asio::use_awaitable);
                http::response r;
                r.status = answer_status;
                r.body = answer_body;
                co_return r;
            },
            [] { return noon; }, metrics);
        bool ended = false;
        asio::co_spawn(io, mode->run(), [&](std::exception_ptr e) {
            ended = true;
            CHECK_FALSE(e);
        });
        const auto until = std::chrono::steady_clock::now() + 5s;
        const auto turn = [&](auto done) {
            while (!done() && std::chrono::steady_clock::now() < until) {
                io.run_one_for(10ms);
                io.restart();
            }
            CHECK(done());
        };
        turn(enough);
        then();
        bool stopped = false;
        asio::co_spawn(io, mode->stop(1s), [&](std::exception_ptr) { stopped = true; });
        turn([&] { return stopped && ended; });
        CHECK(mode->open() == 0);
        for (const auto& s : sockets.opened)
            CHECK(s->over);
    }
    bool counted(const std::string& line) { return metrics.text().find(line) != std::string::npos; }
};

std::string envelope(const std::string& id, const std::string& type, const std::string& payload, bool accepts = false) {
    return R"({"envelope_id":")" + id + R"(","type":")" + type + R"(","accepts_response_payload":)" +
           (accepts ? "true" : "false") + R"(,"retry_attempt":0,"retry_reason":"","payload":)" + payload + "}";
}

} // namespace

TEST_CASE("frames: hello, envelope, disconnect, rubbish") {
    using kind = slack::socket_frame::kind;
    CHECK(slack::read_socket_frame(R"({"type":"hello","debug_info":{"approximate_connection_time":18060}})").lifetime ==
          18060s);
    const auto e = slack::read_socket_frame(envelope("e-1", "events_api", R"({"a":{"b":"}"}})", true));
    CHECK(e.what == kind::envelope);
    CHECK(e.type == "events_api");
    CHECK(e.payload == R"({"a":{"b":"}"}})");
    CHECK(e.accepts_payload);
    CHECK(slack::read_socket_frame(R"({"type":"disconnect","reason":"warning"})").reason == "warning");
    for (const std::string text :
         {"", "x", "[]", "{", "null", R"({"envelope_id":"e","payload":{"a")", R"({"payload":{}})", "{}"})
        CHECK_MESSAGE(slack::read_socket_frame(text).what == kind::broken, text);
    CHECK(slack::acknowledgement(e, "") == R"({"envelope_id":"e-1"})");
    CHECK(slack::acknowledgement(e, R"({"text":"x"})") == R"({"envelope_id":"e-1","payload":{"text":"x"}})");
    CHECK(slack::acknowledgement(e, "no JSON") == R"({"envelope_id":"e-1"})");
    const auto silent = slack::read_socket_frame(envelope("e-2", "interactive", "{}"));
    CHECK(slack::acknowledgement(silent, R"({"text":"x"})") == R"({"envelope_id":"e-2"})");
}

TEST_CASE("a payload is read as over HTTP, whatever its kind") {
    const auto http = slack::read_body(data("message_main_line.json"), "U0BOT0001", noon);
    const auto over = slack::read_envelope("events_api", data("message_main_line.json"), "U0BOT0001", noon);
    REQUIRE(http.events.size() == 1);
    REQUIRE(over.events.size() == 1);
    CHECK(chat::to_json(http.events[0]) == chat::to_json(over.events[0]));
    const auto click = slack::read_envelope("interactive", data("block_actions.json"), "U0BOT0001", noon);
    CHECK(chat::to_json(click.events.at(0)) ==
          chat::to_json(slack::read_body(interaction("block_actions.json"), "U0BOT0001", noon).events.at(0)));
    CHECK(slack::read_envelope("interactive", data("view_submission.json"), "", noon).wants_effect);
    const auto by_form = slack::read_body("command=%2Fwhynow&text=Northwind+%26amp%3B+Co&team_id=T1&user_id=U1&"
                                          "channel_id=C1&trigger_id=1.2&response_url=https%3A%2F%2Fh.example%2F1&"
                                          "enterprise_id=E1&is_enterprise_install=true",
                                          "", noon);
    const auto by_object = slack::read_envelope(
        "slash_commands",
        R"({"command":"/whynow","text":"Northwind &amp; Co","team_id":"T1","user_id":"U1","channel_id":"C1",
            "trigger_id":"1.2","response_url":"https://h.example/1","enterprise_id":"E1","is_enterprise_install":true})",
        "", noon);
    CHECK(by_object.events.at(0).from.tenant == "E1");
    CHECK(chat::to_json(by_form.events.at(0)) == chat::to_json(by_object.events.at(0)));
    CHECK(slack::read_envelope("slash_commands", "[]", "", noon).what == slack::reading::kind::rubbish);
    CHECK(slack::read_envelope("options", "{}", "", noon).what == slack::reading::kind::nothing);
}

TEST_CASE("an envelope is acknowledged when it is kept, and answered where an answer is taken") {
    world w;
    w.client.says(opened_url);
    w.answer_body = R"({"response_action":"clear"})";
    w.sockets.greet = [](fake_socket& s, std::size_t) {
        s.hello();
        s.says(envelope("e-1", "events_api", data("message_main_line.json")));
        s.says(envelope("e-2", "interactive", data("view_submission.json"), true));
        s.says(envelope("e-3", "events_api", data("message_from_bot.json")));  // nothing to keep
        s.says(envelope("e-4", "interactive", R"({"type":"block_actions"})")); // unreadable: would only come again
    };
    w.play([&] { return w.sockets.opened.size() == 1 && w.sockets.opened[0]->sent.size() == 4; });
    CHECK(w.client.asked[0].url == "https://slack.example/api/apps.connections.open");
    CHECK(w.client.asked[0].fields.get("Authorization") == "Bearer xapp-canary");
    CHECK(w.client.asked[0].body.find("xapp") == std::string::npos);
    CHECK(w.sockets.asked[0].url == "wss://wss.slack.example/link/?ticket=t");
    CHECK_FALSE(w.sockets.asked[0].any_address);
    CHECK(w.taken.size() == 2);
    std::map<std::string, json> by_id;
    for (const auto& s : w.sockets.opened[0]->sent)
        by_id[s["envelope_id"]] = s;
    CHECK(by_id["e-2"]["payload"]["response_action"] == "clear");
    CHECK_FALSE(by_id["e-1"].contains("payload"));
    CHECK(by_id.count("e-3"));
    CHECK(by_id.count("e-4"));
    CHECK(w.sockets.opened[0]->said_goodbye);
}

TEST_CASE("what could not be kept is not acknowledged") {
    world w;
    w.client.says(opened_url);
    w.answer_status = 503;
    w.sockets.greet = [](fake_socket& s, std::size_t) {
        s.hello();
        s.says(envelope("e-1", "events_api", data("message_main_line.json")));
    };
    w.play([&] { return w.taken.size() == 1; });
    CHECK(w.sockets.opened[0]->sent.empty());
}

TEST_CASE("frames that cannot be used are counted, and the connection goes on") {
    world w;
    w.client.says(opened_url);
    w.sockets.greet = [](fake_socket& s, std::size_t) {
        s.says("rubbish");
        s.says(std::string("\x01\x02", 2), false);
        s.hello();
        s.says(R"({"type":"events_api","payload":{}})"); // no id
        s.says(R"({"type":"something_new"})");
        s.says(envelope("e-1", "events_api", data("message_main_line.json")));
    };
    w.play([&] { return !w.sockets.opened.empty() && w.sockets.opened[0]->sent.size() == 1; });
    CHECK(w.sockets.opened.size() == 1);
    CHECK(w.counted("whynow_slack_socket_frames_refused_total{why=\"unreadable\"} 2"));
    CHECK(w.counted("whynow_slack_socket_frames_refused_total{why=\"binary\"} 1"));
}

TEST_CASE("asked to refresh, the next connection stands before the old one goes, and what is under way is finished") {
    for (const std::string reason : {"warning", "refresh_requested"}) {
        world w;
        w.client.says(opened_url);
        w.work = 30ms;
        int open_at_second = -1;
        w.sockets.greet = [&](fake_socket& s, std::size_t nth) {
            if (nth == 1)
                open_at_second = w.sockets.opened[0]->over ? 0 : 1;
            s.hello();
            if (nth == 0) {
                s.says(envelope("e-1", "events_api", data("message_main_line.json")));
                s.says(R"({"type":"disconnect","reason":")" + reason + R"("})");
            }
        };
        w.play([&] { return w.sockets.opened.size() == 2 && w.sockets.opened[0]->over; });
        CHECK(open_at_second == 1);
        CHECK(w.sockets.opened[0]->sent.size() == 1); // acknowledged on the connection it came over
        CHECK(w.sockets.opened[0]->said_goodbye);
        CHECK(w.sockets.opened.size() == 2);
    }
}

TEST_CASE("where the next one cannot be had, the old one stays until Slack takes it") {
    world w;
    w.client.says(opened_url);
    w.client.says(R"({"ok":false,"error":"internal_error"})");
    w.client.says(R"({"ok":false,"error":"internal_error"})");
    w.client.says(opened_url);
    w.sockets.greet = [&](fake_socket& s, std::size_t nth) {
        s.hello();
        if (nth == 0)
            s.says(R"({"type":"disconnect","reason":"warning"})");
        else
            CHECK_FALSE(w.sockets.opened[0]->over);
    };
    w.play([&] { return w.sockets.opened.size() == 2; });
    CHECK(w.client.asked.size() == 4);
}

TEST_CASE("a connection is replaced before the time that hello names is over") {
    world w;
    w.client.says(opened_url);
    w.sockets.greet = [](fake_socket& s, std::size_t nth) { s.hello(nth == 0 ? 1 : 18060); };
    const auto began = std::chrono::steady_clock::now();
    w.play([&] { return w.sockets.opened.size() == 2 && w.sockets.opened[0]->over; });
    CHECK(std::chrono::steady_clock::now() - began < 1s);
}

TEST_CASE("a broken or silent connection is opened anew, with growing pauses") {
    world w;
    w.client.says(opened_url);
    w.sockets.failures = {http::client_errc::not_sent, http::client_errc::not_sent};
    w.settings.greeting = 20ms;
    w.sockets.greet = [](fake_socket& s, std::size_t nth) {
        if (nth == 0)
            return; // never says hello
        s.hello();
        if (nth == 1)
            s.cut();
    };
    w.play([&] { return w.mode->open() == 1 && w.sockets.opened.size() == 3; });
    CHECK(w.sockets.asked.size() == 5);
    CHECK(w.counted("whynow_slack_socket_ends_total{reason=\"broken\"} 1"));
}

TEST_CASE("switched off at Slack: said, and asked again slowly") {
    world w;
    w.client.says(opened_url);
    w.sockets.greet = [](fake_socket& s, std::size_t nth) {
        if (nth == 0)
            s.says(R"({"type":"disconnect","reason":"link_disabled"})");
        else
            s.hello();
    };
    std::string said;
    log::set_sink([&](std::string_view line) { said += line; });
    const auto began = std::chrono::steady_clock::now();
    w.play([&] { return w.mode->open() == 1; });
    log::set_sink({});
    CHECK(std::chrono::steady_clock::now() - began >= 30ms);
    CHECK(said.find("slack_socket_disabled") != std::string::npos);
}

TEST_CASE("too many connections: back off; a bad token: said, slowly; a limit: as long as Slack says") {
    world w;
    w.client.says(R"({"ok":false,"error":"invalid_auth"})");
    w.client.says(opened_url);
    w.sockets.greet = [](fake_socket& s, std::size_t nth) {
        s.hello();
        if (nth == 0)
            s.says(R"({"type":"disconnect","reason":"too_many_websockets"})");
    };
    std::string said;
    log::set_sink([&](std::string_view line) { said += line; });
    w.play([&] { return w.sockets.opened.size() == 2 && w.mode->open() == 1; });
    log::set_sink({});
    CHECK(said.find("slack_socket_refused") != std::string::npos);
    CHECK(said.find("xapp-canary") == std::string::npos);
    CHECK(said.find("ticket") == std::string::npos);

    world limited;
    limited.client.says("", 429, "1");
    limited.client.says(opened_url);
    const auto began = std::chrono::steady_clock::now();
    limited.play([&] { return limited.mode->open() == 1; });
    CHECK(std::chrono::steady_clock::now() - began >= 1s);
}

TEST_CASE("several connections stand side by side, ten at most") {
    for (const int wanted : {2, 10, 50}) {
        world w;
        w.client.says(opened_url);
        w.settings.connections = wanted;
        const int expected = std::min(wanted, 10);
        w.play([&] { return w.mode->open() == expected; },
               [&] { CHECK(w.counted("whynow_slack_socket_connections " + std::to_string(expected))); });
        CHECK(int(w.sockets.opened.size()) == expected);
    }
}
