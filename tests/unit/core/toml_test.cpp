#include "settings/toml.hpp"

#include <doctest/doctest.h>

using namespace whynow;

TEST_CASE("a TOML text becomes a tree in the order of the file, each value with its place") {
    const auto got = settings::read_toml("zeta = 1\nalpha = [\"x\", \"y\"]\n[table]\nat = 07:30:00\n", "a.toml");
    const auto& root = std::get<domain::rules::node>(got);
    CHECK(root.entries().front().first == "zeta");
    CHECK(root["zeta"].integer(0) == 1);
    CHECK(root["zeta"].at().line == 1);
    CHECK(root["alpha"].texts() == std::vector<std::string>{"x", "y"});
    CHECK(root["table"]["at"].text() == "07:30");
    CHECK(root["table"]["nothing"].missing());
}

TEST_CASE("a text that is no TOML says where") {
    const auto got = settings::read_toml("a = 1\nb = \n", "b.toml");
    const auto& error = std::get<settings::toml_error>(got);
    CHECK(error.at.line == 2);
    CHECK_FALSE(error.why.empty());
}
