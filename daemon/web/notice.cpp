#include "web/frame.hpp"

#include <fmt/format.h>

namespace whynow::web {

std::string notice_page(std::string_view which, const workday::rulebook& rules) {
    const voice v({}, rules);
    const auto say = [&](std::string_view part) {
        return v.html(fmt::format("pages.{}.{}", which, part), text::slots{}.set("company", rules.team.company));
    };
    return narrow_page(v, say("title"), fmt::format("<p>{}</p>", say("text")), true);
}

} // namespace whynow::web
