#include "domain/text/mustache.hpp"

#include <doctest/doctest.h>

using namespace whynow::domain::text;

namespace {

std::string text_of(std::string_view tpl, const slots& s, const render_options& o = {}) {
    const auto r = render(tpl, s, o);
    if (const auto* e = std::get_if<template_error>(&r))
        return "! " + e->name + ":" + std::to_string(e->line) + ":" + std::to_string(e->column) + " " + e->why;
    return std::get<std::string>(r);
}

} // namespace

TEST_CASE("names, sections, lists and tables are filled") {
    slots s;
    s.set("name", "Jerry").set("n", 4).set("yes", true).set("no", false).set("none", "");
    s.set("people", slots::list{slots().set("first", "Ann"), slots().set("first", "Ben")});
    s.set("words", slots::list{"a", "b"});
    s.set("account", slots().set("city", "Seattle").set("boss", slots().set("first", "Eve")));
    CHECK(text_of("{{name}} has {{ n }} calls", s) == "Jerry has 4 calls");
    CHECK(text_of("{{#yes}}y{{/yes}}{{#no}}n{{/no}}{{^no}}N{{/no}}{{^yes}}Y{{/yes}}", s) == "yN");
    CHECK(text_of("{{#people}}{{first}} of {{name}};{{/people}}", s) == "Ann of Jerry;Ben of Jerry;");
    CHECK(text_of("{{#words}}<{{.}}>{{/words}}", s) == "<a><b>");
    CHECK(text_of("{{account.city}} {{account.boss.first}} {{#account}}{{city}}{{/account}}", s) ==
          "Seattle Eve Seattle");
    CHECK(text_of("A.{{#none}} B {{none}}.{{/none}} C{{none}}.", s) == "A. C.");
    CHECK(text_of("{{! note {{ }}x", s) == "x");
}

TEST_CASE("an unknown name is an error with its place, an empty one is not") {
    const slots s = slots().set("a", "").set("t", slots());
    CHECK(text_of("x\nää {{b}}", s, {.name = "card.txt"}) == "! card.txt:2:4 nothing is called \"b\" here");
    CHECK(text_of("{{#b}}{{/b}}", s).starts_with("! template:1:1"));
    CHECK(text_of("{{^b}}{{/b}}", s).starts_with("! template:1:1"));
    CHECK(text_of("{{t.x}}", s).starts_with("! "));
    CHECK(text_of("{{a.x}}", s).starts_with("! "));
    CHECK(text_of("{{t}}", s) == "! template:1:1 \"t\" is no text");
    CHECK(text_of("[{{a}}]", s) == "[]");
    CHECK(text_of("{{#a}}{{never looked at}}{{/a}}", s).starts_with("! ")); // no name at all
    CHECK(text_of("{{#a}}{{b}}{{/a}}", s).empty());                         // only what is written is looked up
}

TEST_CASE("form is checked") {
    const slots s = slots().set("a", "1").set("b", "2");
    CHECK(text_of("{{a", s) == "! template:1:1 a tag is never closed");
    CHECK(text_of("{{#a}}", s).find("never closed") != std::string::npos);
    CHECK(text_of("{{/a}}", s).find("never opened") != std::string::npos);
    CHECK(text_of("{{#a}}\n{{#b}}{{/a}}{{/b}}", s).starts_with("! template:2:7"));
    CHECK(text_of("{{}}", s).starts_with("! "));
    CHECK(text_of("{{=<% %>=}}", s).starts_with("! "));
    CHECK_FALSE(check_template("{{#x}}{{y}}{{/x}}", "t").has_value());
    CHECK(check_template("{{#x}}{{y}}", "t")->name == "t");
    CHECK(names_in_template("{{#x}}{{y.z}}{{y.z}}{{> p}}{{/x}}") == std::vector<std::string>{"x", "y.z", "> p"});
}

TEST_CASE("lines of sections alone disappear") {
    const slots s = slots().set("on", true).set("list", slots::list{"a", "b"}).set("off", "");
    CHECK(text_of("1\n  {{#on}}\n2\n{{/on}}  \n3\n", s) == "1\n2\n3\n");
    CHECK(text_of("{{#list}}\n- {{.}}\n{{/list}}\n", s) == "- a\n- b\n");
    CHECK(text_of("1\r\n{{#off}}\r\nno\r\n{{/off}}\r\n2", s) == "1\r\n2");
    CHECK(text_of("{{! only this }}\nx", s) == "x");
    CHECK(text_of("a {{#on}}\nb{{/on}}", s) == "a \nb");
    CHECK(text_of("{{#on}}{{/on}}\n", s) == "\n");
}

TEST_CASE("values are escaped for their reader and never read as templates") {
    const slots s = slots().set("v", "<b>\"{{v}}\" & {{#v}}'</b>");
    CHECK(text_of("{{v}}", s, {.escape = escape_html}) == "&lt;b&gt;&quot;{{v}}&quot; &amp; {{#v}}&#39;&lt;/b&gt;");
    CHECK(text_of("{{v}}", s, {.escape = escape_slack}) == "&lt;b&gt;\"{{v}}\" &amp; {{#v}}'&lt;/b&gt;");
    CHECK(text_of("{{{v}}}|{{&v}}", s, {.escape = escape_html}) ==
          "<b>\"{{v}}\" & {{#v}}'</b>|<b>\"{{v}}\" & {{#v}}'</b>");
}

TEST_CASE("partials are looked up, and stop") {
    const slots s = slots().set("x", "X");
    render_options o;
    o.partial = [](std::string_view name) -> std::optional<std::string_view> {
        if (name == "hi")
            return "hi {{x}}";
        if (name == "bad")
            return "\n{{y}}";
        if (name == "loop")
            return "{{> loop}}";
        return {};
    };
    CHECK(text_of("<{{> hi}}>", s, o) == "<hi X>");
    CHECK(text_of("{{> bad}}", s, o) == "! bad:2:1 nothing is called \"y\" here");
    CHECK(text_of("{{> loop}}", s, o).find("too deep") != std::string::npos);
    CHECK(text_of("{{> gone}}", s, o).find("no template") != std::string::npos);
    CHECK(text_of("{{> hi}}", s).find("no template") != std::string::npos);
}

TEST_CASE("output and work are bounded") {
    slots items = slots::list(300, slots("x"));
    const slots s = slots().set("l", items);
    CHECK(text_of("{{#l}}{{#l}}{{#l}}{{.}}{{/l}}{{/l}}{{/l}}", s).starts_with("! "));
    CHECK(text_of("{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}", s).find("come to an end") != std::string::npos);
    CHECK(text_of("{{x}}", slots().set("x", std::string(70'000, 'a'))).starts_with("! "));
    CHECK(text_of("{{x}}", slots().set("x", std::string(60'000, 'a'))).size() == 60'000);
}

TEST_CASE("optional values and numbers are slots") {
    const slots s =
        slots().set("a", std::optional<std::string>{}).set("b", std::optional<int>{3}).set("c", std::string_view("z"));
    CHECK(text_of("{{#a}}no{{/a}}{{b}}{{c}}", s) == "3z");
}

TEST_CASE("a template read once fills like its text") {
    const prepared_template t("Hello {{#name}}{{name}}{{/name}}{{^name}}you{{/name}}!", "hello");
    CHECK_FALSE(t.error().has_value());
    CHECK(std::get<std::string>(t.render(slots{}.set("name", "Jerry"))) == "Hello Jerry!");
    const auto copy = t;
    CHECK(std::get<std::string>(copy.render(slots{}.set("name", ""))) == "Hello you!");
    const prepared_template broken("{{#x}}", "broken");
    REQUIRE(broken.error().has_value());
    CHECK(broken.error()->name == "broken");
    CHECK(std::get<template_error>(broken.render({})).line == 1);
}
