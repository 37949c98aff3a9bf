#include "http/redirect.hpp"

#include <algorithm>
#include <initializer_list>

namespace whynow::http {
namespace {

fields without(const fields& all, std::initializer_list<std::string_view> names) {
    fields kept;
    for (const auto& [name, value] : all.all())
        if (std::none_of(names.begin(), names.end(), [&n = name](std::string_view x) { return same_name(n, x); }))
            kept.add(name, value);
    return kept;
}

} // namespace

void turn_to(outgoing& what, const url_parts& from, const url_parts& next, int status) {
    const bool becomes_get = (status == 303 && what.method != "HEAD") || (status <= 302 && what.method == "POST");
    if (becomes_get) {
        what.method = "GET";
        what.body.clear();
        what.fields = without(what.fields, {"Content-Type", "Content-Length", "Content-Encoding"});
    }
    if (next.origin() != from.origin()) {
        what.fields = without(what.fields, {"Authorization", "Cookie", "Proxy-Authorization", "Host"});
        what.any_address = false;
    }
    what.url = next.whole;
}

} // namespace whynow::http
