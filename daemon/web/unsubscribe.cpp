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
    return narrow_page(v, v.html("pages.unsubscribe.title"), body);
}

} // namespace whynow::web
