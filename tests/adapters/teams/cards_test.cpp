#include "adapters/teams/cards.hpp"
#include "adapters/teams/forms.hpp"
#include "adapters/teams/markdown.hpp"
#include "card_rules.hpp"
#include "domain/text/utf8.hpp"
#include "samples.hpp"
#include "support.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>

using namespace whynow;
using namespace whynow::adapters::teams;
using namespace whynow::teams_test;
using namespace whynow::domain::cards;
using nlohmann::ordered_json;

namespace {

// WHYNOW_GOLDEN=write writes what is right now.
void matches_golden(const std::string& name, const std::string& json_text) {
    const auto shown = ordered_json::parse(json_text).dump(1) + "\n";
    const auto path = "golden/teams/" + name + ".json";
    const char* mode = std::getenv("WHYNOW_GOLDEN");
    if (mode && std::string(mode) == "write")
        std::ofstream(std::string(WHYNOW_SOURCE_DIR "/tests/") + path, std::ios::binary) << shown;
    CHECK_MESSAGE(file(path) == shown, path);
}

void is_sound(const std::string& card) {
    for (const auto& fault : card_faults(card))
        FAIL_CHECK(fault);
}

constexpr const char* hostile[] = {"*Jerry* _Smith_ **boss**",
                                   "[click](https://evil.example)",
                                   "![x](https://evil.example/p.png)",
                                   "<at>Everyone</at>",
                                   "<https://evil.example>",
                                   "# Sales",
                                   "1. Sales",
                                   "- Sales",
                                   "> Sales",
                                   "```js\nalert(1)\n```",
                                   "~~~",
                                   "a\\*b\\",
                                   "{{DATE(2017-02-14T06:08:39Z, SHORT)}}",
                                   "${evil}",
                                   "x\u202Egnp.exe",
                                   "line\nbreak\r\n# two",
                                   "&lt;b&gt; &amp;",
                                   "see https://evil.example or www.evil.example",
                                   "\"quotes\" 'n' \\\"",
                                   "<script>alert(1)</script>",
                                   "\xff\xfe broken",
                                   "",
                                   "   ",
                                   "日本語 🙂",
                                   "|a|b|\n|--|--|",
                                   "foo_bar_baz",
                                   "2*3*4",
                                   "`code`",
                                   "](https://evil.example)",
                                   "[a]: https://evil.example",
                                   "+1 555",
                                   "===",
                                   "---",
                                   "\x01\x02\x1b[31m",
                                   "a\u200bb"};

message hostile_message(const std::string& s) {
    message m = sample_brief();
    m.fallback = s.empty() ? "x" : s + " x";
    m.blocks = {heading{s + "x"},
                subtle{{{s}, {"x"}}},
                paragraph{{{s, "", true}, {s, "https://ok.example/" + s}, {s, "javascript:alert(1)"}, {s + "x"}}},
                box{s, s, s + "\nx"},
                facts{{{s, {{s}}}}},
                call_head{1, s, s, {{s + "x", "", false, true}}, s + "x", s + "x"},
                actions{{{"log", s, s + "x"}}},
                fold{s,
                     {2, s, s, {{s + "x"}}, s + "x", s + "x"},
                     {{s + "x"}},
                     {paragraph{{{s + "x"}}}},
                     false,
                     {"open", s, s + "x", button::style::normal, false, s + "x"}},
                bars{s, {{s, 1, s}}},
                table{s + "x", {s + "x", s + "x"}, {{s + "x", s + "x"}}}};
    return m;
}

} // namespace

TEST_CASE("an address in a label keeps its letters") {
    const auto json = card_json({"x", {box{"Thank-you to Jerry → jerry.smith@northwind.example", "", "Hello"}}});
    CHECK(json.find("THANK") != std::string::npos);
    CHECK(json.find("jerry.smith@northwind.example") != std::string::npos);
}

TEST_CASE("a column is as wide as its longest word") {
    const auto json = card_json({"x", {table{"t", {"a", "Conversations"}, {{"people changed now", "11"}}}}});
    CHECK(json.find(R"("columns":[{"width":14},{"width":13}])") != std::string::npos);
}

TEST_CASE("the samples look as they shall") {
    for (const auto& [name, m] :
         {std::pair{"brief", sample_brief()}, {"understood", sample_understood()}, {"digest", sample_digest()}}) {
        const auto card = card_json(m);
        is_sound(card);
        matches_golden(name, card);
    }
}

TEST_CASE("a brief that does not fit opens its calls by button") {
    auto m = sample_brief();
    const auto fold_of = [&](std::size_t i) -> fold& { return std::get<fold>(m.blocks[i]); };
    fold_of(7).inside.push_back(box{"Long", "", std::string(5000, 'y')});
    for (int i = 0; i < 5; ++i)
        m.blocks.insert(m.blocks.begin() + 8, m.blocks[7]);
    const auto card = card_json(m);
    is_sound(card);
    CHECK(card.find("ToggleVisibility") == std::string::npos);
    CHECK(card.find(R"("verb":"open")") != std::string::npos);
    CHECK(card.find("Open call 2, Ann Lee") != std::string::npos);
    fold_of(7).open = true;
    const auto opened = card_json(m);
    is_sound(opened);
    CHECK(opened.find("yyyy") != std::string::npos);
}

TEST_CASE("no message is too large") {
    for (const std::size_t size : {100u, 3000u, 20000u})
        for (const char* stuff : {"x", "*", "\"", "\x01", "🙂", "日", "\xff"}) {
            std::string s;
            while (s.size() < size)
                s += stuff;
            is_sound(card_json(hostile_message(s)));
        }
    auto m = sample_brief();
    for (int i = 0; i < 60; ++i)
        m.blocks.insert(m.blocks.end(), {m.blocks[2], m.blocks[3], m.blocks[6], m.blocks[7]});
    is_sound(card_json(m));
    message t{"x", {table{"t", {"a", "b"}, {}}}};
    for (int i = 0; i < 600; ++i)
        std::get<table>(t.blocks[0]).rows.push_back({"row " + std::to_string(i), "1"});
    is_sound(card_json(t));
    is_sound(card_json({"nothing", {}}));
}

TEST_CASE("hostile names stay names") {
    for (const char* s : hostile) {
        CAPTURE(s);
        const auto card = card_json(hostile_message(s));
        is_sound(card);
        CHECK(domain::text::valid_utf8(card));
        CHECK(card.find("javascript:") == std::string::npos);
        auto texts = card_texts(card);
        // Our own link may carry anything in its path.
        for (auto at = texts.find("(https://ok.example/"); at != std::string::npos;
             at = texts.find("(https://ok.example/"))
            texts.erase(at, texts.find(')', at) - at);
        CHECK(texts.find("](https://evil") == std::string::npos);
        CHECK(texts.find("://evil") == texts.npos);
        CHECK(texts.find("{{") == std::string::npos);
        CHECK(texts.find("\u202e") == std::string::npos);
    }
}

TEST_CASE("Markdown comes out as it went in") {
    CHECK(literal("*a* _b_ [c](d) `e` ~f~ <g> \\h") == "\\*a\\* \\_b\\_ \\[c\\](d) \\`e\\` \\~f\\~ \\<g> \\\\h");
    CHECK(literal("foo_bar AT&T R&D, a &amp; b") == "foo_bar AT&T R&D, a \\&amp; b");
    CHECK(literal("1. one") == "1\\. one");
    CHECK(literal("2026) x") == "2026\\) x");
    CHECK(literal("# x") == "\\# x");
    CHECK(literal("+1 206 555") == "\\+1 206 555");
    CHECK(literal("C# and 5 > 3 - 1") == "C# and 5 > 3 - 1");
    CHECK(literal("a\nb") == "a b");
    CHECK(literal_paragraphs("Hello,\nyou\n\n\n- Dana") == "Hello,\n\nyou\n\n\\- Dana");
    CHECK(markdown({{" bold ", "", true}, {"and"}, {" it", "", false, true}}) == " **bold** and *it*");
    CHECK(markdown({{"8-K", "https://www.sec.gov/a_(b)?x=1&y=2 3"}}) ==
          "[8-K](https://www.sec.gov/a_%28b%29?x=1&y=2%203)");
    CHECK(markdown({{"x", "javascript:alert(1)"}}) == "x");
    CHECK(markdown({{"", "https://www.sec.gov/x"}}) == "[www\u200b.sec.gov](https://www.sec.gov/x)");
    CHECK(upper_case("Öffnen · für ж ω") == "ÖFFNEN · FÜR Ж Ω");
}

TEST_CASE("links") {
    CHECK(link_target("https://a.example/x?y=%20%zz\"<>") == "https://a.example/x?y=%20%25zz%22%3C%3E");
    CHECK(link_target("tel:+1 (206) 555-0134") == "tel:+12065550134");
    for (const char* bad : {"javascript:alert(1)", "data:text/html,x", "https://good.example@evil.example/", "https://",
                            "https://a b.example/", "https://a.example/\nx", "mailto:x@y", "tel:javascript", "tel:+",
                            "//x", "HTTPS://x", "https://ex\u0430mple.com/", "https://a.example\\@b/"})
        CHECK_MESSAGE(link_target(bad).empty(), bad);
}

TEST_CASE("dialogs") {
    const auto f = sample_form();
    const auto card = form_card_json({f, {}, {}, 1});
    is_sound(card);
    matches_golden("form", card);
    const auto again =
        form_card_json({f, {{"back_on", "Which day?"}, {"", "Nothing was saved."}}, {{"note", "as *typed*"}}, 2});
    is_sound(again);
    matches_golden("form_again", again);
    CHECK(again.find("\"note~2\"") != std::string::npos);
    CHECK(field_name("note~2") == "note");
    CHECK(field_name("note") == "note");
    CHECK(field_name("a~b") == "a~b");
    CHECK(field_name("~2") == "~2");
    const auto dialog = ordered_json::parse(dialog_json({f, {}, {}, 1}));
    CHECK(dialog["task"]["type"] == "continue");
    CHECK(dialog["task"]["value"]["title"] == "Call outcome");
    CHECK(dialog["task"]["value"]["card"]["contentType"] == "application/vnd.microsoft.card.adaptive");
}
