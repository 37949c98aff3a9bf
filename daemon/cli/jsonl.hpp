// JSON Lines in, JSON Lines out, in the same order; one bad line never ends the run.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <iosfwd>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::cli {

using json = nlohmann::ordered_json;

// Why a line cannot be answered.
class bad_line : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// Calls `answer` for every line's object and writes what it returns; blank lines are passed over. A line that is no
// JSON object, or for which `answer` throws bad_line, is answered with {"id":…,"error":"…"} (`key` instead of "id").
void each_line(std::istream& in, std::ostream& out, const std::function<json(const json&)>& answer,
               std::string_view key = "id");
// On stdin and stdout, buffered. The exit code: 0, or 1 where stdout cannot be written.
int each_line(const std::function<json(const json&)>& answer, std::string_view key = "id");

// A value by its key: empty where it is missing or null; bad_line where it is of another kind.
std::string text_of(const json& j, std::string_view key);
std::vector<std::string> texts_of(const json& j, std::string_view key); // one string counts as a list of one
bool truth_of(const json& j, std::string_view key);
const json& id_of(const json& j, std::string_view key = "id"); // null where missing

// Text as JSON; invalid UTF-8 becomes U+FFFD.
std::string dumped(const json& j, int indent = -1);

} // namespace whynow::cli
