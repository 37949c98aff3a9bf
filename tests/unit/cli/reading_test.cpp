#include "cli/reading.hpp"
#include "cli/stop.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace whynow;

TEST_CASE("a file is read whole, or as much of it as is wanted") {
    const auto path = (std::filesystem::temp_directory_path() / "whynow_reading_test").string();
    const std::string text = std::string(200'000, 'a') + '\0' + "b";
    std::ofstream(path, std::ios::binary) << text;
    CHECK(cli::whole_file(path) == text);
    CHECK(cli::whole_file(path, 10) == "aaaaaaaaaa");
    CHECK(cli::whole_file(path, 70'000).size() == 70'000);
    CHECK(cli::whole_file(path, 1'000'000) == text);
    std::ofstream(path, std::ios::trunc).flush();
    CHECK(cli::whole_file(path).empty());
    std::filesystem::remove(path);
    CHECK(!cli::file_if_readable(path));
    CHECK(!cli::file_if_readable(std::filesystem::temp_directory_path().string()));
    CHECK_THROWS_AS(cli::whole_file(path), cli::stop);
    CHECK(cli::whole_file("/dev/zero", 100).size() == 100); // without end
}
