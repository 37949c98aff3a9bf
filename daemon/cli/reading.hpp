// What the commands about texts have in common: the rules of the house without a config, moments, whole files.
#pragma once

#include "cli/jsonl.hpp"
#include "domain/core/time.hpp"
#include "workday/rulebook.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace whynow::cli {

using namespace whynow::domain;

// The rules as built in, no team. stop(usage) where they cannot be read (a broken build).
std::shared_ptr<const workday::rulebook> rules_of_the_house();

// The wall clock now; only commands may ask, the rooms below never do.
instant clock_now();
// `given` as ISO 8601 or, where empty, the clock; stop(usage) where it cannot be read.
instant now_or(std::string_view given);

// "now" and "tz" of a line: both must be readable, tz may be missing (UTC). A "now" without an offset is the wall clock
// in that zone.
std::string zone_of(const json& line, const zones& clocks);
instant moment_of(const json& line, std::string_view zone, const zones& clocks);

constexpr std::size_t any_size = std::string::npos;

// The bytes of a file ("-" is stdin), the first `most` of them; stop(usage) where it cannot be read.
std::string whole_file(const std::string& name, std::size_t most = any_size);
// The same where it is no reason to stop.
std::optional<std::string> file_if_readable(const std::string& name, std::size_t most = any_size);

} // namespace whynow::cli
