#include "web/frame.hpp"

#include <fmt/format.h>

namespace whynow::web {

std::string unsubscribe_page(std::string_view token, bool done, const workday::rulebook& rules) {
    const voice v({}, rules);
    const auto body =
        done
            ? fmt::format("<p>{}</p>", v.html("pages.unsubscribe.done"))
            : fmt::format(
                  R"(<p>{}</p><form method="post" action="/unsubscribe/{}"><button type="submit" class="primary" name="List-Unsubscribe" value="One-Click">{}</button></form>)",
                  v.html("pages.unsubscribe.question"), escaped(token), v.html("pages.unsubscribe.button"));
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
                       escaped(v.language()), v.html("pages.unsubscribe.title"), body);
}

} // namespace whynow::web
