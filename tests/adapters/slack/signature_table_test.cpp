// Every way a signed request can be wrong that we know of, in one table, through the door that the daemon uses.
#include "adapters/slack/signature.hpp"
#include "adapters/slack/slack_adapter.hpp"
#include "log/log.hpp"
#include "tests/adapters/slack/test_data.hpp"

#include <doctest/doctest.h>

#include <functional>

using namespace whynow;
using namespace slack_test;
using slack::verdict;

namespace {

const std::string secret = "8f742231b10e8888abcd99yyyzzz85a5";
constexpr std::string_view stamp_name = "X-Slack-Request-Timestamp";
constexpr std::string_view signature_name = "X-Slack-Signature";

std::string upper(std::string text) {
    for (auto& c : text)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

// One request; good as it is made.
struct letter {
    std::string body = data("message_main_line.json");
    std::string stamp = std::to_string(noon.time_since_epoch().count());
    std::string signature;
    std::vector<std::pair<std::string, std::string>> more;
    bool with_stamp = true, with_signature = true;

    letter() { signature = slack::sign(body, noon, secret); }
    void sign_at(domain::instant at) {
        stamp = std::to_string(at.time_since_epoch().count());
        signature = slack::sign(body, at, secret);
    }
    // Signs what is written into the header as it is, even where it is no number.
    void sign_as(const std::string& text) {
        stamp = text;
        signature = slack::sign(body, noon, secret);
    }
    http::fields fields() const {
        http::fields f;
        if (with_stamp)
            f.add(std::string(stamp_name), stamp);
        if (with_signature)
            f.add(std::string(signature_name), signature);
        for (const auto& [name, value] : more)
            f.add(name, value);
        return f;
    }
};

struct variant {
    const char* name;
    verdict expected;
    std::function<void(letter&)> change;
};

const auto seconds = [](long long n) { return std::chrono::seconds{n}; };

const std::vector<variant> variants{
    {"as Slack sends it", verdict::good, [](letter&) {}},
    {"299 s old", verdict::good, [](letter& l) { l.sign_at(noon - seconds(299)); }},
    {"300 s old", verdict::good, [](letter& l) { l.sign_at(noon - seconds(300)); }},
    {"300 s ahead", verdict::good, [](letter& l) { l.sign_at(noon + seconds(300)); }},
    {"an unrelated header twice", verdict::good, [](letter& l) { l.more = {{"X-Other", "1"}, {"X-Other", "2"}}; }},
    {"a retry", verdict::good,
     [](letter& l) { l.more = {{"X-Slack-Retry-Num", "1"}, {"X-Slack-Retry-Reason", "http_timeout"}}; }},
    // headers that are not there, or too often
    {"no header at all", verdict::missing, [](letter& l) { l.with_stamp = l.with_signature = false; }},
    {"no stamp", verdict::missing, [](letter& l) { l.with_stamp = false; }},
    {"no signature", verdict::missing, [](letter& l) { l.with_signature = false; }},
    {"the same signature twice", verdict::repeated, [](letter& l) { l.more = {{"X-Slack-Signature", l.signature}}; }},
    {"a bad signature after the good one", verdict::repeated,
     [](letter& l) { l.more = {{"X-Slack-Signature", "v0=0"}}; }},
    {"an empty signature after the good one", verdict::repeated,
     [](letter& l) { l.more = {{"X-Slack-Signature", ""}}; }},
    {"a second signature in lower-case spelling", verdict::repeated,
     [](letter& l) { l.more = {{"x-slack-signature", l.signature}}; }},
    {"the same stamp twice", verdict::repeated, [](letter& l) { l.more = {{"X-Slack-Request-Timestamp", l.stamp}}; }},
    {"another stamp as well", verdict::repeated, [](letter& l) { l.more = {{"x-slack-request-timestamp", "1"}}; }},
    // time
    {"301 s old", verdict::stale, [](letter& l) { l.sign_at(noon - seconds(301)); }},
    {"301 s ahead", verdict::stale, [](letter& l) { l.sign_at(noon + seconds(301)); }},
    {"a day old", verdict::stale, [](letter& l) { l.sign_at(noon - seconds(86'400)); }},
    {"a day ahead", verdict::stale, [](letter& l) { l.sign_at(noon + seconds(86'400)); }},
    {"the beginning of time", verdict::stale, [](letter& l) { l.sign_at(domain::instant{}); }},
    {"a year ahead", verdict::stale, [](letter& l) { l.sign_at(noon + seconds(31'536'000)); }},
    {"milliseconds", verdict::bad_stamp, [](letter& l) { l.sign_as(l.stamp + "000"); }},
    {"microseconds", verdict::bad_stamp, [](letter& l) { l.sign_as(l.stamp + "000000"); }},
    {"a stamp over all bounds", verdict::bad_stamp, [](letter& l) { l.sign_as("99999999999999999999999"); }},
    {"an empty stamp", verdict::bad_stamp, [](letter& l) { l.sign_as(""); }},
    {"a stamp with a sign", verdict::bad_stamp, [](letter& l) { l.sign_as("+" + l.stamp); }},
    {"a negative stamp", verdict::bad_stamp, [](letter& l) { l.sign_as("-" + l.stamp); }},
    {"a stamp with a fraction", verdict::bad_stamp, [](letter& l) { l.sign_as(l.stamp + ".0"); }},
    {"a stamp with a blank", verdict::bad_stamp, [](letter& l) { l.sign_as(" " + l.stamp); }},
    {"a stamp in hex", verdict::bad_stamp, [](letter& l) { l.sign_as("0x6924ad00"); }},
    {"a stamp with an exponent", verdict::bad_stamp, [](letter& l) { l.sign_as("1764e6"); }},
    {"two stamps in one", verdict::bad_stamp, [](letter& l) { l.sign_as(l.stamp + "," + l.stamp); }},
    {"a stamp in other digits", verdict::bad_stamp, [](letter& l) { l.sign_as("١٧٦٤٠٠٠٠٠٠"); }},
    {"a word for a stamp", verdict::bad_stamp, [](letter& l) { l.sign_as("now"); }},
    {"a stamp with a zero byte", verdict::bad_stamp, [](letter& l) { l.sign_as(l.stamp + std::string(1, '\0')); }},
    // the form of the signature
    {"an empty signature", verdict::bad_form, [](letter& l) { l.signature.clear(); }},
    {"without v0=", verdict::bad_form, [](letter& l) { l.signature = l.signature.substr(3); }},
    {"version 1", verdict::bad_form, [](letter& l) { l.signature[1] = '1'; }},
    {"V0=", verdict::bad_form, [](letter& l) { l.signature[0] = 'V'; }},
    {"v0:", verdict::bad_form, [](letter& l) { l.signature[2] = ':'; }},
    {"upper case", verdict::bad_form, [](letter& l) { l.signature = "v0=" + upper(l.signature.substr(3)); }},
    {"one digit less", verdict::bad_form, [](letter& l) { l.signature.pop_back(); }},
    {"one digit more", verdict::bad_form, [](letter& l) { l.signature += '0'; }},
    {"a blank before it", verdict::bad_form, [](letter& l) { l.signature = " " + l.signature; }},
    {"a blank after it", verdict::bad_form, [](letter& l) { l.signature += ' '; }},
    {"two in one, with a comma", verdict::bad_form, [](letter& l) { l.signature += "," + l.signature; }},
    {"no hex", verdict::bad_form, [](letter& l) { l.signature.back() = 'g'; }},
    {"base64", verdict::bad_form, [](letter& l) { l.signature = "v0=ohFNV7SOrDm62YncaLFiNadLigIYQ8PLeTW0fU6/3wA="; }},
    {"a megabyte", verdict::bad_form, [](letter& l) { l.signature.append(1 << 20, '0'); }},
    // the content
    {"the first digit changed", verdict::mismatch,
     [](letter& l) { l.signature[3] = l.signature[3] == '0' ? '1' : '0'; }},
    {"the last digit changed", verdict::mismatch,
     [](letter& l) { l.signature.back() = l.signature.back() == '0' ? '1' : '0'; }},
    {"all zeros", verdict::mismatch, [](letter& l) { l.signature = "v0=" + std::string(64, '0'); }},
    {"another secret", verdict::mismatch, [](letter& l) { l.signature = slack::sign(l.body, noon, "another"); }},
    {"the secret in upper case", verdict::mismatch,
     [](letter& l) { l.signature = slack::sign(l.body, noon, upper(secret)); }},
    {"an empty secret", verdict::mismatch, [](letter& l) { l.signature = slack::sign(l.body, noon, ""); }},
    {"the stamp of a second later", verdict::mismatch,
     [](letter& l) { l.stamp = std::to_string(noon.time_since_epoch().count() + 1); }},
    {"a zero before the stamp", verdict::mismatch, [](letter& l) { l.stamp = "0" + l.stamp; }},
    {"a byte more in the body", verdict::mismatch, [](letter& l) { l.body += '\n'; }},
    {"a byte less in the body", verdict::mismatch, [](letter& l) { l.body.pop_back(); }},
    {"a truncated body", verdict::mismatch, [](letter& l) { l.body.resize(l.body.size() / 2); }},
    {"no body", verdict::mismatch, [](letter& l) { l.body.clear(); }},
    {"another body", verdict::mismatch, [](letter& l) { l.body = data("message_thread.json"); }},
    {"the body with other blanks", verdict::mismatch, [](letter& l) { l.body = " " + l.body; }},
    {"the body with a byte order mark", verdict::mismatch, [](letter& l) { l.body = "\xEF\xBB\xBF" + l.body; }},
};

} // namespace

TEST_CASE("one table of signatures: only what Slack sends gets in, and nothing else leaves an event") {
    CHECK(variants.size() >= 40);
    recorded_client client;
    slack::slack_adapter adapter{client, {"xoxb-canary", {secret}, "https://slack.example/api", "", "U0BOT0001"}};
    const std::vector<std::string> secrets{secret};
    for (const auto& v : variants) {
        CAPTURE(v.name);
        letter l;
        v.change(l);
        CHECK(slack::to_string(slack::verify(l.body, l.fields(), secrets, noon)) == slack::to_string(v.expected));
        http::request r;
        r.method = "POST";
        r.body = l.body;
        r.fields = l.fields();
        const auto in = run(adapter.receive(r, noon));
        CHECK(in.events.empty() == (v.expected != verdict::good));
        if (v.expected != verdict::good) {
            REQUIRE(in.refuse);
            CHECK(in.refuse->status == 401);
            CHECK(in.refuse->body.find(secret) == std::string::npos);
        }
    }
}

TEST_CASE("an unsigned ssl_check is answered, and whatever is smuggled with it is not read") {
    recorded_client client;
    slack::slack_adapter adapter{client, {"xoxb-canary", {secret}, "https://slack.example/api", "", "U0BOT0001"}};
    for (const std::string body :
         {"ssl_check=1&token=x", "token=x&ssl_check=1", "ssl_check=1&command=%2Fwhynow&text=x&user_id=U1&team_id=T1",
          "ssl_check=1&payload=%7B%22type%22%3A%22block_actions%22%7D"}) {
        http::request r;
        r.body = body;
        const auto in = run(adapter.receive(r, noon));
        CHECK(in.events.empty());
        REQUIRE(in.refuse);
        CHECK(in.refuse->status == 200);
        CHECK(in.refuse->body.empty());
        letter signed_one;
        signed_one.body = body;
        signed_one.sign_at(noon);
        r.fields = signed_one.fields();
        CHECK(run(adapter.receive(r, noon)).events.empty());
    }
    for (const std::string body :
         {"ssl_check=0", "ssl_check=", "ssl_check=11", "x=ssl_check=1", R"({"ssl_check":"1"})"}) {
        http::request r;
        r.body = body;
        CHECK_MESSAGE(run(adapter.receive(r, noon)).refuse->status == 401, body);
    }
}

TEST_CASE("app_rate_limited has no inner event: told in the log and counted, by either way in") {
    recorded_client client;
    int told = 0;
    slack::settings s{"xoxb-canary", {secret}, "https://slack.example/api", "", "U0BOT0001"};
    s.rate_limited = [&] { ++told; };
    slack::slack_adapter adapter{client, s};
    std::string said;
    log::set_sink([&](std::string_view line) { said += line; });
    letter l;
    l.body =
        R"({"token":"x","type":"app_rate_limited","team_id":"T1","minute_rate_limited":1518467820,"api_app_id":"A1"})";
    l.sign_at(noon);
    http::request r;
    r.body = l.body;
    r.fields = l.fields();
    const auto in = run(adapter.receive(r, noon));
    CHECK(in.refuse->status == 200);
    slack::socket_frame frame;
    frame.what = slack::socket_frame::kind::envelope;
    frame.type = "events_api";
    frame.payload = l.body;
    CHECK(adapter.receive_envelope(frame, noon).refuse->status == 200);
    log::set_sink({});
    CHECK(told == 2);
    CHECK(said.find("slack_events_rate_limited") != std::string::npos);
}

TEST_CASE("subtypes and events nobody knows yet are understood and of no interest") {
    const auto read = [](const std::string& inner) {
        return slack::read_body(
            R"({"type":"event_callback","team_id":"T1","event_id":"Ev1","event_time":1764000000,"event":)" + inner +
                "}",
            "U0BOT0001", noon);
    };
    for (const std::string subtype :
         {"me_message", "channel_join", "channel_topic", "reminder_add", "huddle_thread", "assistant_app_thread",
          "document_mention", "a_subtype_of_2031", "bot_message", "ekm_access_denied", "tombstone"}) {
        const auto r =
            read(R"({"type":"message","subtype":")" + subtype +
                 R"(","channel":"D1","channel_type":"im","user":"U1","text":"spoke with Jerry","ts":"1.1"})");
        CHECK_MESSAGE(r.what == slack::reading::kind::nothing, subtype);
        CHECK(r.events.empty());
    }
    for (const std::string type : {"reaction_added", "file_shared", "an_event_of_2031", "team_join"})
        CHECK_MESSAGE(read(R"({"type":")" + type + R"(","user":"U1","event_ts":"1.1"})").what ==
                          slack::reading::kind::nothing,
                      type);
    for (const std::string good : {"thread_broadcast", "file_share"})
        CHECK(read(R"({"type":"message","subtype":")" + good +
                   R"(","channel":"D1","channel_type":"im","user":"U1","text":"spoke with Jerry","ts":"1.1"})")
                  .events.size() == 1);
}

TEST_CASE("a body cut at any byte is refused, never half read") {
    for (const auto& whole : {data("message_main_line.json"), interaction("block_actions.json")}) {
        const auto good = slack::read_body(whole, "U0BOT0001", noon);
        REQUIRE(good.what == slack::reading::kind::events);
        for (std::size_t n = 0; n + 2 < whole.size(); n += 1 + n / 64) {
            const auto r = slack::read_body(std::string_view(whole).substr(0, n), "U0BOT0001", noon);
            CHECK_MESSAGE(r.events.empty(), n);
        }
    }
}
