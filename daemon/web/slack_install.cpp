#include "web/frame.hpp"

#include <fmt/format.h>

namespace whynow::web {

std::string slack_install_page(std::string_view what, std::string_view team, const workday::rulebook& rules) {
    const voice v({}, rules);
    auto body = fmt::format("<p>{}</p>", escaped(rules.say(v.language(), fmt::format("pages.slack.{}", what),
                                                           text::slots{}.set("team", std::string(team)))));
    if (what != "installed")
        body += fmt::format(R"(<p><a href="/slack/install">{}</a></p>)", v.html("pages.slack.again"));
    return fmt::format(R"(<!doctype html>
<html lang="{0}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{1}</title>
<link rel="stylesheet" href="/assets/style.css">
</head>
<body><main class="narrow"><h1>{1}</h1>{2}</main></body>
</html>
)",
                       escaped(v.language()), v.html("pages.slack.title"), body);
}

} // namespace whynow::web
