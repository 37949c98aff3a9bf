#include "embedded/embedded.hpp"

#include <algorithm>

namespace whynow::embedded {

std::optional<std::string_view> find(std::string_view path) {
    const auto all = files();
    const auto it = std::ranges::find(all, path, &file::path);
    if (it == all.end())
        return std::nullopt;
    return it->bytes;
}

} // namespace whynow::embedded
