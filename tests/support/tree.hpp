// A TOML file of this checkout as the tree that the pure rooms read.
#pragma once

#include "settings/toml.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <variant>

namespace whynow::test {

// `path` below `root`; throws with place and reason where it is not TOML.
inline domain::rules::node tree_of(const std::string& root, const std::string& path) {
    std::ifstream in(root + "/" + path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    auto read = settings::read_toml(text, path);
    if (const auto* e = std::get_if<settings::toml_error>(&read))
        throw std::runtime_error(path + ":" + std::to_string(e->at.line) + ": " + e->why);
    return std::get<domain::rules::node>(std::move(read));
}

} // namespace whynow::test
