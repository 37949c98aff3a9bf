#include "web/frame.hpp"

#include <fmt/format.h>

namespace whynow::web {

std::string notice_page(std::string_view which, const workday::rulebook& rules) {
    const voice v({}, rules);
    const auto say = [&](std::string_view part) {
        return v.html(fmt::format("pages.{}.{}", which, part), text::slots{}.set("company", rules.team.company));
    };
    return fmt::format(R"(<!doctype html>
<html lang="{0}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{1}</title>
<link rel="stylesheet" href="/assets/style.css">
</head>
<body><main class="narrow"><h1>{1}</h1><p>{2}</p></main></body>
</html>
)",
                       escaped(v.language()), say("title"), say("text"));
}

} // namespace whynow::web
