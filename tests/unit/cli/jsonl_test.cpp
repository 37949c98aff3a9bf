#include "cli/jsonl.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <sstream>

using namespace whynow::cli;

namespace {

std::string run(const std::string& text, std::string_view key = "id") {
    std::istringstream in(text);
    std::ostringstream out;
    each_line(
        in, out,
        [&](const json& line) { return json{{std::string(key), id_of(line, key)}, {"text", text_of(line, "text")}}; },
        key);
    return out.str();
}

} // namespace

TEST_CASE("lines are answered in their order, bad ones too") {
    CHECK(run("\xEF\xBB\xBF{\"id\":1,\"text\":\"a\",\"more\":[]}\r\n\n{\"id\":\"x\",\"text\":7}\n{broken\n[1]\n{"
              "\"text\":null}") == "{\"id\":1,\"text\":\"a\"}\n"
                                   "{\"id\":\"x\",\"error\":\"\\\"text\\\" must be a string, not number\"}\n"
                                   "{\"id\":null,\"error\":\"no JSON, byte 2\"}\n"
                                   "{\"id\":null,\"error\":\"not a JSON object\"}\n"
                                   "{\"id\":null,\"text\":\"\"}\n");
}

TEST_CASE("bytes that are no UTF-8 do not cost the line") {
    CHECK(run("{\"id\":1,\"text\":\"a\xFF\"}\n") == "{\"id\":1,\"text\":\"a\xEF\xBF\xBD\"}\n");
}

TEST_CASE("another key than id") {
    CHECK(run("{\"file\":\"f\",\"text\":[]}\n", "file") ==
          "{\"file\":\"f\",\"error\":\"\\\"text\\\" must be a string, not array\"}\n");
}
