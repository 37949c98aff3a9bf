#include "web/frame.hpp"

#include <fmt/format.h>

namespace whynow::web {

std::string slack_install_page(std::string_view what, std::string_view team, const workday::rulebook& rules) {
    const voice v({}, rules);
    auto body = fmt::format("<p>{}</p>", escaped(rules.say(v.language(), fmt::format("pages.slack.{}", what),
                                                           text::slots{}.set("team", std::string(team)))));
    if (what != "installed")
        body += fmt::format(R"(<p><a href="/slack/install">{}</a></p>)", v.html("pages.slack.again"));
    return narrow_page(v, v.html("pages.slack.title"), body);
}

} // namespace whynow::web
