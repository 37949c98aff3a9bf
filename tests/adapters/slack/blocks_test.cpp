#include "adapters/slack/blocks.hpp"
#include "adapters/slack/forms.hpp"
#include "adapters/slack/manifest.hpp"
#include "adapters/slack/mrkdwn.hpp"
#include "tests/adapters/slack/block_checker.hpp"
#include "tests/adapters/slack/sample.hpp"
#include "tests/adapters/slack/test_data.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>

using namespace whynow;
using namespace slack_test;
using namespace whynow::domain::cards;
using nlohmann::ordered_json;

namespace {

void no_findings(const std::string& blocks) {
    for (const auto& f : findings_in_blocks(blocks))
        FAIL_CHECK(f);
}

// WHYNOW_GOLDEN=write renews the files; the difference is then read by a person.
void golden(const std::string& name, const std::string& json_text) {
    const auto pretty = ordered_json::parse(json_text).dump(2) + "\n";
    const auto path = "golden/slack/" + name;
    const char* mode = std::getenv("WHYNOW_GOLDEN");
    if (mode && std::string(mode) == "write")
        std::ofstream(std::string(WHYNOW_SOURCE_DIR) + "/tests/" + path) << pretty;
    CHECK(file(path) == pretty);
}

const std::vector<std::string> hostile = {"<!channel>",
                                          "<!here|x> <@U0DANA001> <#C1>",
                                          "<https://evil.example|click>",
                                          "*bold* _it_ ~no~ `code` ```pre```",
                                          "> quoted\n> again",
                                          "a & b &lt;!channel&gt;",
                                          "@channel @here @everyone",
                                          "https://evil.example/x",
                                          "J\xff\xc3(",
                                          "right\u202eleft\u2066x",
                                          "line\u2028break",
                                          "{{name}}",
                                          "|bar|",
                                          "👩‍👩‍👧‍👦👩🏽‍🚒",
                                          "<tel:+1|x>",
                                          ">",
                                          "&",
                                          "*",
                                          "_"};

message hostile_message(const std::string& bad) {
    auto m = sample_brief();
    m.fallback = bad;
    fold f;
    f.id = bad;
    f.open = true;
    f.head = {1, bad, bad, {{bad, "tel:" + bad}, {bad, "https://ok.example/" + bad}}, bad, bad};
    f.inside = {paragraph{{{bad, bad}, {bad, "javascript:" + bad}, {bad, {}, true}, {bad, {}, false, true}}},
                box{bad, bad, bad + "\n" + bad}, facts{{{bad, {{bad}}}}},
                actions{{{"log", "card:1", bad}, {"log", "card:2", bad}, {"log", "card:1", bad, {}, true, bad}}}};
    f.opener = {"open", "card:1", bad};
    auto closed = f;
    closed.open = false;
    m.blocks = {
        heading{bad}, subtle{{{bad}}}, f, closed, bars{bad, {{bad, 3, bad}}}, table{bad, {bad, "x"}, {{bad, bad}}}};
    return m;
}

} // namespace

TEST_CASE("a closed call leaves no empty line between the person and how it stands") {
    fold f;
    f.id = "c1";
    f.open = true;
    f.head = {1, "Jerry Smith", "EVP Sales, Northwind", {}, "", ""};
    f.inside = {paragraph{{{"✓ No answer"}}}};
    const auto shown = slack::render({"x", {f}});
    no_findings(shown.blocks);
    CHECK(ordered_json::parse(shown.blocks)[0]["text"]["text"] ==
          "*1  Jerry Smith* · EVP Sales, Northwind\n✓ No answer");
}

TEST_CASE("the brief looks as intended") {
    const auto r = slack::render(sample_brief());
    no_findings(r.blocks);
    golden("brief.json", r.blocks);
    CHECK(r.text == sample_brief().fallback);
}

TEST_CASE("digest, draft and dialog look as intended") {
    const auto digest = slack::render(sample_digest());
    no_findings(digest.blocks);
    golden("digest.json", digest.blocks);
    const auto view = slack::modal_view(sample_form(), {"D0DANA001", "1763990000.000200"});
    for (const auto& f : findings_in_modal(view))
        FAIL_CHECK(f);
    golden("form.json", view);
    const auto origin = slack::read_private_metadata(ordered_json::parse(view)["private_metadata"].get<std::string>());
    CHECK(origin.context == "card:17");
    CHECK(origin.about == chat::message_ref{"D0DANA001", "1763990000.000200"});
}

TEST_CASE("foreign text pings nobody, links nowhere and breaks nothing") {
    for (const auto& bad : hostile) {
        const auto r = slack::render(hostile_message(bad));
        no_findings(r.blocks);
        for (const auto& link : links_in(r.blocks))
            CHECK_MESSAGE((link.starts_with("https://ok.example/") || link.starts_with("tel:") ||
                           link.starts_with("https://evil.example/x|")), // there it is the href we gave
                          link);
        CHECK_MESSAGE(r.text.find_first_of("<>") == std::string::npos, r.text);
        CHECK_MESSAGE(r.text.find("@channel") == std::string::npos, r.text);
    }
}

TEST_CASE("markup of foreign text is neutral") {
    CHECK(slack::escaped("<!channel> & co") == "&lt;!channel&gt; &amp; co");
    CHECK(slack::escaped("a*b* `c` ~20 %") == "a∗b∗ ˋcˋ ∼20 %");
    CHECK(slack::escaped("first_last@acme.example _x_") == "first_last@acme.example ˍxˍ");
    CHECK(slack::escaped("> no quote\n>x 5 > 3") == "› no quote\n›x 5 › 3");
    CHECK(slack::escaped("@here @Channel @hereafter") == "@\u200bhere @\u200bChannel @\u200bhereafter");
    CHECK(slack::link_target("https://a.example/x|y>z?a=1&b= c") == "https://a.example/x%7Cy%3Ez?a=1&amp;b=%20c");
    for (const char* bad :
         {"javascript:alert(1)", "data:text/html,x", "ftp://x", "//x", "https://", "tel:", "", "http", " https://x"})
        CHECK_MESSAGE(slack::link_target(bad).empty(), bad);
    CHECK(slack::link_target("https://x/" + std::string(2000, 'a')).empty());
}

TEST_CASE("cutting keeps characters whole") {
    CHECK(slack::cut("abc", 3) == "abc");
    CHECK(slack::cut("abcd", 3) == "ab…");
    CHECK(slack::cut("äöüß", 3) == "äö…");
    CHECK(slack::cut("a👩🏽bc", 4) == "a…");
    CHECK(slack::cut("ae\u0301bcd", 3) == "a…");
}

TEST_CASE("large messages stay within every limit") {
    for (const std::size_t calls : {1U, 4U, 8U, 20U, 49U, 80U, 200U})
        for (const std::size_t words : {1U, 30U, 200U, 900U, 4000U}) {
            if (calls * words > 20'000)
                continue;
            std::string text;
            for (std::size_t i = 0; i < words; ++i)
                text += i % 7 ? "churn & <renewals> " : "überfällig👩🏽 ";
            auto m = sample_brief();
            const auto model = std::get<fold>(m.blocks[3]);
            for (std::size_t i = 0; i < calls; ++i) {
                auto f = model;
                f.inside.insert(f.inside.begin() + 1, paragraph{{{text, {}, i % 2 == 0}}});
                std::get<box>(f.inside[2]).text = text;
                m.blocks.push_back(std::move(f));
            }
            m.fallback = text;
            const auto r = slack::render(m);
            no_findings(r.blocks);
            CHECK(utf16_length(r.text) < 4000);
            CHECK(r.blocks.find("Jerry Smith") != std::string::npos);
        }
}

TEST_CASE("a message that is too large closes folds first, the last ones first") {
    auto m = sample_brief();
    const auto model = std::get<fold>(m.blocks[3]);
    m.blocks.clear();
    for (int i = 0; i < 12; ++i) {
        auto f = model;
        f.id = "c" + std::to_string(i);
        m.blocks.push_back(f);
    }
    const auto r = slack::render(m);
    no_findings(r.blocks);
    const auto blocks = ordered_json::parse(r.blocks);
    std::size_t closed = 0;
    for (const auto& b : blocks)
        closed += b.contains("accessory");
    CHECK(closed > 0);
    CHECK(closed < 12);
    CHECK_FALSE(blocks.front().contains("accessory"));
    CHECK(blocks.back().contains("accessory"));
    CHECK(r.blocks.find("\"…\"") == std::string::npos);
}

TEST_CASE("what must go is said with a last line") {
    message m;
    m.fallback = "many";
    m.blocks = {heading{"Many"}};
    for (int i = 0; i < 70; ++i) {
        m.blocks.push_back(paragraph{{{"paragraph " + std::to_string(i)}}});
        m.blocks.push_back(rule{});
    }
    const auto r = slack::render(m);
    no_findings(r.blocks);
    const auto blocks = ordered_json::parse(r.blocks);
    CHECK(blocks.size() == 50);
    CHECK(blocks.back()["elements"][0]["text"] == "…");
    CHECK(blocks[1]["text"]["text"] == "paragraph 0");
}

TEST_CASE("a long text to be approved is shown whole, over several sections") {
    std::string text;
    for (int i = 0; i < 900; ++i)
        text += "word" + std::to_string(i) + (i % 40 == 39 ? "\n" : " ");
    message m{"x", {box{"Draft", "Subject", text}}};
    const auto r = slack::render(m);
    no_findings(r.blocks);
    CHECK(ordered_json::parse(r.blocks).size() > 1);
    for (int i = 0; i < 900; ++i)
        CHECK(r.blocks.find("word" + std::to_string(i)) != std::string::npos);
}

TEST_CASE("buttons: many, alike, too large") {
    message m{"x", {}};
    actions many;
    for (int i = 0; i < 60; ++i)
        many.buttons.push_back({"pick", "card:" + std::to_string(i), "Call " + std::to_string(i)});
    many.buttons.push_back({"pick", std::string(2001, 'x'), "Too large"});
    m.blocks = {many};
    const auto r = slack::render(m);
    no_findings(r.blocks);
    CHECK(ordered_json::parse(r.blocks).size() == 3);
    CHECK(r.blocks.find("Too large") == std::string::npos);
}

TEST_CASE("wide tables are read as paragraphs, long ones in parts") {
    table wide{"Wide", {"One", "Two", "Three", "Four", "Five"}, {}};
    table tall{"Tall", {"Name", "n"}, {}};
    for (int i = 0; i < 20; ++i)
        wide.rows.push_back({"row " + std::to_string(i), std::string(40, 'b'), std::string(40, 'c'), "d", ""});
    for (int i = 0; i < 150; ++i)
        tall.rows.push_back({"a person with a long name " + std::to_string(i), std::to_string(i)});
    for (const auto& t : {wide, tall}) {
        const auto r = slack::render({"x", {t}});
        no_findings(r.blocks);
        CHECK(r.blocks.find("<") == std::string::npos);
    }
}

TEST_CASE("an empty message still has words") {
    const auto r = slack::render({});
    CHECK_FALSE(r.text.empty());
    CHECK(r.blocks == "[]");
}

TEST_CASE("hostile forms stay within the limits") {
    for (const auto& bad : hostile) {
        form f{"outcome", "card:17", bad + bad + bad, bad, bad, {}};
        using kind = field::kind;
        for (const auto k : {kind::line, kind::text, kind::choice, kind::choices, kind::date, kind::time, kind::tick}) {
            field one{"f" + std::to_string(int(k)), k, bad, bad, bad};
            for (int i = 0; i < 130; ++i)
                one.options.emplace_back("v" + std::to_string(i), bad + std::to_string(i));
            one.options.emplace_back(std::string(151, 'v'), "too long a value");
            f.fields.push_back(one);
        }
        for (const auto& finding : findings_in_modal(slack::modal_view(f, {})))
            FAIL_CHECK(finding);
    }
}

TEST_CASE("errors go to fields the dialog has") {
    const auto j =
        ordered_json::parse(slack::form_errors({{"day", "Past"}, {"ghost", "Lost"}}, {{"a", ""}, {"day", ""}}));
    CHECK(j["response_action"] == "errors");
    CHECK(j["errors"]["day"] == "Past");
    CHECK(j["errors"]["a"] == "Lost");
    CHECK_FALSE(j["errors"].contains("ghost"));
    CHECK(slack::read_values("rubbish").empty());
    CHECK(slack::read_values("[]").empty());
    CHECK(slack::read_values("{\"a\":null,\"b\":{\"c\":null}}") ==
          std::map<std::string, std::string>{{"a", ""}, {"b", ""}});
}

TEST_CASE("the manifest keeps Slack's rules") {
    const auto j = ordered_json::parse(slack::manifest({.public_url = "https://whynow.example.com/"}));
    CHECK(j["settings"]["event_subscriptions"]["request_url"] == "https://whynow.example.com/slack/events");
    CHECK(j["settings"]["interactivity"]["request_url"] == "https://whynow.example.com/slack/interactivity");
    CHECK(j["features"]["slash_commands"][0]["url"] == "https://whynow.example.com/slack/commands");
    CHECK(j["features"]["app_home"]["messages_tab_read_only_enabled"] == false);
    CHECK(j["display_information"]["description"].get<std::string>().size() <= 140);
}
