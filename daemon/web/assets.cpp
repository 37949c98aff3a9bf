#include "embedded/embedded.hpp"
#include "web/pages.hpp"

#include <algorithm>
#include <array>

namespace whynow::web {
namespace {

struct type {
    std::string_view ending, name;
};
constexpr std::array types{type{".css", "text/css; charset=utf-8"}, type{".js", "text/javascript; charset=utf-8"},
                           type{".svg", "image/svg+xml"}};

} // namespace

std::optional<asset> asset_named(std::string_view name) {
    if (name.empty() || name.find('/') != std::string_view::npos)
        return std::nullopt;
    const auto kind = std::ranges::find_if(types, [&](const auto& t) { return name.ends_with(t.ending); });
    const auto bytes = embedded::find("daemon/web/assets/" + std::string(name));
    if (kind == types.end() || !bytes)
        return std::nullopt;
    return asset{*bytes, kind->name};
}

} // namespace whynow::web
