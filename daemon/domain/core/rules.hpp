// Rules as data: what a file below config/ says, as a tree of plain values that remember where they stood.
// settings::read_toml makes the tree; each pure room reads its own rules out of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace whynow::domain::rules {

// The name of a file, kept for the life of the process: thousands of values stand in a handful of files. Any thread.
std::string_view kept_name(std::string_view file);

struct place {
    std::string_view file;  // from kept_name(), or a literal
    std::uint32_t line = 0; // from 1; 0 where the value did not come from a file
    std::uint32_t column = 0;
};

class node;
using list = std::vector<node>;

// Keys in the order of the file (a table of words is read top down), found by name in linear time: tables are small.
using table = std::vector<std::pair<std::string, node>>;

class node {
  public:
    using value_type = std::variant<std::monostate, bool, std::int64_t, double, std::string, list, table>;

    node() = default;
    node(value_type value, place at);

    const place& at() const { return at_; }
    const value_type& value() const { return value_; }
    bool missing() const { return std::holds_alternative<std::monostate>(value_); }
    // The kind of the value in the words of TOML: "string", "integer", "float", "boolean", "array", "table", "nothing".
    std::string_view kind() const;

    // A child of a table; a missing node where this is no table or has no such key.
    const node& operator[](std::string_view key) const;
    const table& entries() const; // empty where this is no table
    const list& items() const;    // empty where this is no list

    // The value where it is of that kind (an integer is a good double), else the fallback.
    std::string text(std::string_view fallback = {}) const;
    double number(double fallback) const;
    std::int64_t integer(std::int64_t fallback) const;
    bool truth(bool fallback) const;
    // A list of strings, or one string as a list of one; anything else is skipped.
    std::vector<std::string> texts() const;

  private:
    value_type value_;
    place at_;
};

} // namespace whynow::domain::rules
