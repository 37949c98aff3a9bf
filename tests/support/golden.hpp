// Golden texts: what a person reads, kept word for word below tests/golden/. WHYNOW_GOLDEN=write renews them.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace whynow::test {

// Compares `text` with tests/golden/`name` below `root` (WHYNOW_SOURCE_DIR), or writes it there.
inline void expect_golden(const std::string& root, const std::string& name, const std::string& text) {
    const auto path = root + "/tests/golden/" + name;
    const char* wish = std::getenv("WHYNOW_GOLDEN");
    if (wish && std::string_view(wish) == "write") {
        std::filesystem::create_directories(std::filesystem::path(path).parent_path());
        std::ofstream(path, std::ios::binary) << text;
        return;
    }
    std::ifstream in(path, std::ios::binary);
    const std::string kept{std::istreambuf_iterator<char>(in), {}};
    INFO("golden file ", path, " (WHYNOW_GOLDEN=write renews it)");
    CHECK(text == kept);
}

} // namespace whynow::test
